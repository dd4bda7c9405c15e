"""The office that must act is one that the unit has."""

from __future__ import annotations

import pytest

from checklist.loader import load_year
from checklist.profile import UnitType
from results.findings import finding_of


@pytest.mark.parametrize("year", [2565, 2566])
@pytest.mark.parametrize(
    ("unit_type", "ministry_offices"),
    [(UnitType.CENTRAL, True), (UnitType.LOCAL, False), (None, True)],
)
def test_offices_are_those_of_the_units_type(
    year: int, unit_type: UnitType | None, ministry_offices: bool
) -> None:
    checklist = load_year(year)
    owners = {finding_of(checklist, item, None, (), unit_type).owner for item in checklist.items}
    assert ("กองการเจ้าหน้าที่" in owners) is ministry_offices
    assert any("สำนักปลัด" in owner for owner in owners) is not ministry_offices


def test_every_office_of_the_ministry_has_its_like_elsewhere() -> None:
    checklist = load_year(2566)
    for unit_type, named in checklist.owners_elsewhere.items():
        missing = {item.owner for item in checklist.items} - named.keys() - {"กองคลัง"}
        assert not missing, unit_type
