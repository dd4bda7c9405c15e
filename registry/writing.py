"""Changing the registry: every change is a revision, and none is made over another's unseen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from database.sessions import writing
from registry import rows
from registry.models import RegistryApprovalRow, RegistryRevisionRow, RegistryUnitRow
from registry.reading import approved_units, revision_in
from registry.records import Author, ConflictError, How, RegistryError, UnknownRevisionError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from units.registry import Unit


def save(engine: Engine, unit: Unit, seen: int, author: Author, how: How, note: str = "") -> int:
    """Save what a person made of the unit at revision `seen` (0: it is new); its new number.

    Nothing is written when nothing differs. Raises `ConflictError` when the unit has another
    revision by now and `RegistryError` when its id differs from another's in case alone.
    """
    with writing(engine) as session:
        row = _row(session, unit.id)
        if row is not None or seen:
            _refuse_unseen(session, unit.id, row, seen)
        if row is not None and row.state == rows.state_of(unit):
            return row.number
        return write(session, {unit.id: unit}, author, how, note)[unit.id]


def remove(engine: Engine, unit_id: str, seen: int, author: Author, note: str = "") -> int:
    """Take a unit out of the registry; its revisions stay, and any of them can be restored.

    Raises `ConflictError`, and `UnknownRevisionError` for a unit that is not there.
    """
    with writing(engine) as session:
        row = _row(session, unit_id)
        if row is None:
            raise no_unit(unit_id)
        _refuse_unseen(session, unit_id, row, seen)
        return write(session, {unit_id: None}, author, How.REMOVED, note)[unit_id]


def restore(engine: Engine, unit_id: str, number: int, seen: int, author: Author) -> int:
    """Make revision `number` the newest again, as a revision of its own; its number.

    Raises `ConflictError`, and `UnknownRevisionError` for a revision that never was.
    """
    with writing(engine) as session:
        row = _row(session, unit_id)
        _refuse_unseen(session, unit_id, row, seen)
        wanted = revision_in(session, unit_id, number)
        note = f"ย้อนกลับเป็นฉบับที่ {number}"
        return write(session, {unit_id: wanted.unit}, author, How.RESTORED, note)[unit_id]


def approve(
    engine: Engine, unit_id: str, seen: int, author: Author, name: str, note: str = ""
) -> None:
    """Approve the unit's addresses as they stand at revision `seen`, under the person's `name`.

    Raises `ConflictError`, and `UnknownRevisionError` for a unit that is not there.
    """
    with writing(engine) as session:
        row = _row(session, unit_id)
        if row is None:
            raise no_unit(unit_id)
        _refuse_unseen(session, unit_id, row, seen)
        session.add(
            RegistryApprovalRow(
                unit_id=unit_id, number=seen, at=author.at, by=author.by, name=name, note=note
            )
        )
        row.approved, row.changed = seen, 0


def write(
    session: Session,
    wanted: Mapping[str, Unit | None],
    author: Author,
    how: How,
    note: str = "",
    batch: str = "",
) -> dict[str, int]:
    """Make a revision of each unit by its id (no unit: it is taken out); their numbers.

    Raises `RegistryError` when an id differs from another unit's in case alone.
    """
    ids = list(wanted)
    held = select(RegistryUnitRow).where(RegistryUnitRow.unit_id.in_(ids))
    there = {row.unit_id: row for row in session.scalars(held)}
    numbers = _last_numbers(session, ids)
    approved = approved_units(session, ids)
    approved_at = _approved_numbers(session, ids)
    new = [unit_id for unit_id, unit in wanted.items() if unit and unit_id not in there]
    _refuse_alike(session, new)
    position = session.scalar(select(func.coalesce(func.max(RegistryUnitRow.position), 0))) or 0
    for unit_id, unit in wanted.items():
        number = numbers[unit_id] = numbers.get(unit_id, 0) + 1
        row = there.get(unit_id)
        if unit is None:
            if row is not None:
                session.delete(row)
        else:
            if row is None:
                position += 1
                row = RegistryUnitRow(
                    unit_id=unit_id, folded=rows.fold(unit_id), position=position,
                    approved=approved_at.get(unit_id),
                )  # fmt: skip
                session.add(row)
            rows.show(row, unit, number, approved.get(unit_id))
        session.add(
            RegistryRevisionRow(
                unit_id=unit_id, number=number, at=author.at, by=author.by, how=how.value,
                note=note, batch=batch, state=None if unit is None else rows.state_of(unit),
            )
        )  # fmt: skip
    return {unit_id: numbers[unit_id] for unit_id in ids}


def no_unit(unit_id: str) -> UnknownRevisionError:
    """The error for a unit that the registry does not have."""
    return UnknownRevisionError(
        f"ไม่มีหน่วยงานรหัส “{unit_id[:64]}” ในทะเบียน", f'no unit "{unit_id[:64]}" in the registry'
    )


def _row(session: Session, unit_id: str) -> RegistryUnitRow | None:
    return session.scalar(select(RegistryUnitRow).where(RegistryUnitRow.unit_id == unit_id))


def _refuse_unseen(session: Session, unit_id: str, row: RegistryUnitRow | None, seen: int) -> None:
    """Raise when the unit stands at another revision than its editor has seen.

    Of a unit that was taken out the revision that says so must have been seen.
    """
    current = row.number if row else _last_numbers(session, [unit_id]).get(unit_id, 0)
    if current != seen:
        raise ConflictError(seen, current)


def _last_numbers(session: Session, ids: Collection[str]) -> dict[str, int]:
    query = (
        select(RegistryRevisionRow.unit_id, func.max(RegistryRevisionRow.number))
        .where(RegistryRevisionRow.unit_id.in_(ids))
        .group_by(RegistryRevisionRow.unit_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _approved_numbers(session: Session, ids: Collection[str]) -> dict[str, int]:
    of = RegistryApprovalRow
    query = select(of.unit_id, of.number).where(of.unit_id.in_(ids)).order_by(of.id)
    return {row[0]: row[1] for row in session.execute(query)}


def _refuse_alike(session: Session, new: Collection[str]) -> None:
    folded = {rows.fold(unit_id): unit_id for unit_id in new}
    query = select(RegistryUnitRow.unit_id).where(RegistryUnitRow.folded.in_(list(folded)))
    for other in session.scalars(query):
        mine = folded[rows.fold(other)]
        raise RegistryError(
            f"รหัสหน่วยงาน “{mine}” ต่างจาก “{other}” ที่มีอยู่แล้วเพียงตัวพิมพ์ใหญ่เล็ก ให้ใช้รหัสอื่น",
            f'the unit id "{mine}" differs from "{other}" in case alone; choose another',
        )
