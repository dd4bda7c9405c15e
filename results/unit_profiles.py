"""The units of a stored scan as the judge knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from checklist.profile import UnitProfile, UnitType
from database.sessions import reading
from results.models import UnitRow

if TYPE_CHECKING:
    from results.store import Store


def unit_profiles(store: Store, scan_id: int) -> list[UnitProfile]:
    """The units that the scan holds, by name."""
    columns = (UnitRow.unit_id, UnitRow.name, UnitRow.type, UnitRow.aliases, UnitRow.main_site)
    query = select(*columns).where(UnitRow.scan_id == scan_id).order_by(UnitRow.name)
    with reading(store.engine) as session:
        return [
            UnitProfile(unit_id, name, UnitType(kind) if kind else None, tuple(aliases), main_site)
            for unit_id, name, kind, aliases, main_site in session.execute(query)
        ]
