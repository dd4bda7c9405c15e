"""Between the tables and plain values: states as JSON, and what a row repeats for listing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checklist.profile import UnitType
from registry.changes import url_changes
from registry.records import Approval, Entry, How, Revision
from registry.remarks import remarks
from units.contacts import Contact
from units.registry import Unit, UnitStatus

if TYPE_CHECKING:
    from registry.models import RegistryApprovalRow, RegistryRevisionRow, RegistryUnitRow


def state_of(unit: Unit) -> dict[str, Any]:
    """The unit as plain JSON values; what it leaves at its default is not there."""
    return unit.model_dump(mode="json", exclude_defaults=True)


def unit_of(state: dict[str, Any]) -> Unit:
    """The unit of a state that `state_of` made.

    It was checked when it was saved; checking every address again would make lists slow.
    """
    values = {
        **state,
        "type": UnitType(state["type"]),
        "status": UnitStatus(state.get("status", UnitStatus.ACTIVE)),
        "aliases": tuple(state.get("aliases", ())),
        "urls": {item: tuple(urls) for item, urls in state.get("urls", {}).items()},
        "contacts": tuple(map(_contact, state.get("contacts", ()))),
    }
    return Unit.model_construct(**values)


def _contact(state: dict[str, Any]) -> Contact:
    return Contact.model_construct(**{**state, "items": tuple(state.get("items", ()))})


def fold(text: str) -> str:
    """The text as it is searched: case makes no difference."""
    return text.casefold()


def show(row: RegistryUnitRow, unit: Unit, number: int, approved: Unit | None) -> None:
    """Put the unit into its row; `approved` is the unit as it was approved last."""
    row.number, row.state = number, state_of(unit)
    row.words = fold("\n".join((unit.id, unit.name, *unit.aliases, unit.main_site)))
    row.type, row.status = unit.type.value, unit.status.value
    row.problems = len(remarks(unit))
    row.changed = len(url_changes(approved, unit)) if approved is not None else 0


def entry(row: RegistryUnitRow) -> Entry:
    """The unit as it stands."""
    return Entry(unit_of(row.state), row.number, row.problems, row.approved, row.changed)


def revision(row: RegistryRevisionRow) -> Revision:
    """One revision with its whole state."""
    return Revision(
        unit_id=row.unit_id,
        number=row.number,
        at=row.at,
        by=row.by,
        how=How(row.how),
        unit=None if row.state is None else unit_of(row.state),
        note=row.note,
        batch=row.batch,
    )


def approval(row: RegistryApprovalRow) -> Approval:
    """One approval."""
    return Approval(row.number, row.at, row.by, row.name, row.note)
