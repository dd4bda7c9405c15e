"""Reading the registry: a unit, its revisions and approvals, and pages of the list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from database.sessions import reading
from registry import rows
from registry.models import RegistryApprovalRow, RegistryRevisionRow, RegistryUnitRow
from registry.records import Approval, Entry, Revision, UnknownRevisionError
from units.registry import Registry, Unit

if TYPE_CHECKING:
    from sqlalchemy import Engine, Select
    from sqlalchemy.orm import Session


class ApprovalState(StrEnum):
    """Whether a unit's addresses are as somebody approved them."""

    APPROVED = "approved"
    CHANGED = "changed"
    NEVER = "never"


APPROVAL_NAMES = {
    ApprovalState.APPROVED: "อนุมัติแล้ว",
    ApprovalState.CHANGED: "แก้ไขหลังอนุมัติ",
    ApprovalState.NEVER: "ยังไม่อนุมัติ",
}


def approval_state(entry: Entry) -> ApprovalState:
    """Where the unit stands between being approved and being changed."""
    if entry.approved is None:
        return ApprovalState.NEVER
    return ApprovalState.CHANGED if entry.changed else ApprovalState.APPROVED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which units are listed; `among` limits them to these ids, `start` counts from 0."""

    search: str = ""
    type: str = ""
    status: str = ""
    approval: str = ""
    problems: bool = False
    among: Collection[str] | None = None
    start: int = 0
    most: int = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and how many units there are on all pages."""

    entries: tuple[Entry, ...]
    total: int


def holds_units(engine: Engine) -> bool:
    """True when the registry was ever filled, though all units may have been taken out since."""
    with reading(engine) as session:
        return session.scalar(select(RegistryRevisionRow.id).limit(1)) is not None


def units(engine: Engine) -> Registry:
    """Every unit of the registry, in order."""
    with reading(engine) as session:
        return Registry(one.unit for one in all_entries(session))


def all_entries(session: Session) -> list[Entry]:
    """Every unit as it stands, in order."""
    query = select(RegistryUnitRow).order_by(RegistryUnitRow.position, RegistryUnitRow.id)
    return [rows.entry(row) for row in session.scalars(query)]


def listed(engine: Engine, wanted: Wanted) -> Listed:
    """The units that are `wanted`, in the registry's order."""
    query = _filtered(select(RegistryUnitRow), wanted)
    count = _filtered(select(func.count()).select_from(RegistryUnitRow), wanted)
    page = query.order_by(RegistryUnitRow.position, RegistryUnitRow.id)
    with reading(engine) as session:
        found = session.scalars(page.offset(wanted.start).limit(wanted.most))
        return Listed(tuple(map(rows.entry, found)), session.scalar(count) or 0)


def _filtered(query: Select[Any], wanted: Wanted) -> Select[Any]:
    row = RegistryUnitRow
    for word in rows.fold(wanted.search.replace("\0", " ")).split()[:8]:
        query = query.where(row.words.contains(word, autoescape=True))
    if wanted.type:
        query = query.where(row.type == wanted.type)
    if wanted.status:
        query = query.where(row.status == wanted.status)
    if wanted.problems:
        query = query.where(row.problems > 0)
    if wanted.approval == ApprovalState.NEVER:
        query = query.where(row.approved.is_(None))
    elif wanted.approval:
        still = row.changed == 0 if wanted.approval == ApprovalState.APPROVED else row.changed > 0
        query = query.where(row.approved.is_not(None), still)
    if wanted.among is not None:
        query = query.where(row.unit_id.in_(wanted.among))
    return query


def entry(engine: Engine, unit_id: str) -> Entry | None:
    """The unit as it stands; `None` when the registry does not have it (now)."""
    with reading(engine) as session:
        row = session.scalar(select(RegistryUnitRow).where(RegistryUnitRow.unit_id == unit_id))
        return None if row is None else rows.entry(row)


def revisions(
    engine: Engine, unit_id: str, *, start: int = 0, most: int = 200
) -> tuple[Revision, ...]:
    """The revisions of a unit, newest first; none for a unit that never was."""
    query = (
        select(RegistryRevisionRow)
        .where(RegistryRevisionRow.unit_id == unit_id)
        .order_by(RegistryRevisionRow.number.desc())
        .offset(start)
        .limit(most)
    )
    with reading(engine) as session:
        return tuple(map(rows.revision, session.scalars(query)))


def revision(engine: Engine, unit_id: str, number: int) -> Revision:
    """One revision of a unit; raises `UnknownRevisionError`."""
    with reading(engine) as session:
        return revision_in(session, unit_id, number)


def revision_in(session: Session, unit_id: str, number: int) -> Revision:
    """As `revision`, within a transaction."""
    held = and_(RegistryRevisionRow.unit_id == unit_id, RegistryRevisionRow.number == number)
    row = session.scalar(select(RegistryRevisionRow).where(held))
    if row is None:
        raise UnknownRevisionError(
            f"หน่วยงาน “{unit_id[:64]}” ไม่มีฉบับที่ {number}",
            f'the unit "{unit_id[:64]}" has no revision {number}',
        )
    return rows.revision(row)


def latest(engine: Engine, *, start: int = 0, most: int = 100) -> tuple[Revision, ...]:
    """The newest revisions of all units, newest first."""
    query = select(RegistryRevisionRow).order_by(RegistryRevisionRow.id.desc())
    with reading(engine) as session:
        return tuple(map(rows.revision, session.scalars(query.offset(start).limit(most))))


def approvals(engine: Engine, unit_id: str) -> tuple[Approval, ...]:
    """Every approval of a unit's addresses, newest first."""
    query = select(RegistryApprovalRow).where(RegistryApprovalRow.unit_id == unit_id)
    with reading(engine) as session:
        found = session.scalars(query.order_by(RegistryApprovalRow.id.desc()))
        return tuple(map(rows.approval, found))


def approved_units(session: Session, unit_ids: Collection[str] | None = None) -> dict[str, Unit]:
    """Each unit as it was when its addresses were approved last; of all units without ids."""
    of, at = RegistryApprovalRow, RegistryRevisionRow
    query = (
        select(at)
        .join(of, and_(at.unit_id == of.unit_id, at.number == of.number))
        .order_by(of.id)
    )  # fmt: skip
    if unit_ids is not None:
        query = query.where(of.unit_id.in_(unit_ids))
    states = {row.unit_id: row.state for row in session.scalars(query)}
    return {unit_id: rows.unit_of(state) for unit_id, state in states.items() if state is not None}


def last_approvals(session: Session) -> dict[str, Approval]:
    """The newest approval of every unit that has one."""
    query = select(RegistryApprovalRow).order_by(RegistryApprovalRow.id)
    return {row.unit_id: rows.approval(row) for row in session.scalars(query)}
