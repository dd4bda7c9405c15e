"""Which stored scan speaks now: for a whole ministry, for one unit, for one item.

A scan of some units or items is part of their history and never speaks for the others. The scans
given here come without their settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select

from database.base import MOST_NUMBER
from database.sessions import reading
from database.texts import storable
from results.models import ItemRow, ScanRow, UnitRow
from results.record import ScanInfo, ScanStatus, Scope, UnitResult
from results.rows import BRIEF, brief_info

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from results.store import Store

_KEPT = ScanRow.status != ScanStatus.FORGOTTEN.value
_EVERY_ITEM = ScanRow.scope != Scope.ITEMS.value


def newest_whole_scan(store: Store, checklist: str) -> ScanInfo | None:
    """The scan that speaks for all units of the checklist (its key): the newest finished whole one.

    Until one is finished, the newest whole one that holds a result; `None` without any. A scan of
    a few units or items is never given.
    """
    whole = (ScanRow.checklist == checklist, ScanRow.scope == Scope.WHOLE.value)
    ended = select(func.max(ScanRow.id)).where(*whole, ScanRow.status == ScanStatus.FINISHED.value)
    with reading(store.engine) as session:
        number = session.scalar(ended)
        if number is None:
            begun = select(ScanRow.id).where(*whole, _KEPT).order_by(ScanRow.id.desc())
            held = (one for one in session.scalars(begun).all() if _holds_units(session, one))
            number = next(held, None)
        return None if number is None else brief_scan(session, number)


def newest_scan_of(
    store: Store, checklist: str, unit_id: str, item: str | None = None
) -> ScanInfo | None:
    """The newest scan that holds a result of the unit, of whatever scope it was.

    Without `item` scans of every item go before those of some. With `item`, the newest that holds
    its verdict. `None` when no scan holds the unit.
    """
    query = _of_unit(checklist, unit_id)
    whole = _of_unit(checklist, unit_id, _EVERY_ITEM)
    with reading(store.engine) as session:
        if item is not None:
            wanted = query.join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
            number = session.scalar(wanted.where(ItemRow.item == item))
        else:
            number = session.scalar(whole) or session.scalar(query)
        return None if number is None else brief_scan(session, number)


def scans_by_item(store: Store, checklist: str, unit_id: str) -> dict[str, int]:
    """Of each item of the unit the number of the newest scan that holds its verdict."""
    kept = select(ScanRow.id).where(ScanRow.checklist == checklist, _KEPT)
    query = (
        select(ItemRow.item, func.max(UnitRow.scan_id))
        .join(UnitRow, UnitRow.id == ItemRow.scan_unit_id)
        .where(UnitRow.unit_id == storable(unit_id), UnitRow.scan_id.in_(kept))
        .group_by(ItemRow.item)
    )
    with reading(store.engine) as session:
        return dict(session.execute(query).all())


def newest_result(store: Store, checklist: str, unit_id: str) -> UnitResult | None:
    """How the unit stands: its newest result of every item, with items that were checked since.

    Which scan each verdict is of is told by `scans_by_item`. `None` when no scan holds the unit.
    """
    base = newest_scan_of(store, checklist, unit_id)
    if base is None:
        return None
    later = sorted(
        {one for one in scans_by_item(store, checklist, unit_id).values() if one > base.id}
    )
    return with_rechecked(
        store.unit_result(base.id, unit_id), [store.unit_result(one, unit_id) for one in later]
    )


def with_rechecked(base: UnitResult, later: Sequence[UnitResult]) -> UnitResult:
    """`base` with the verdicts of `later` results (oldest first) in the place of its own. Pure."""
    verdicts = {one.item: one for one in base.verdicts}
    grounds: dict[str, Mapping[str, Any]] = dict(base.grounds)
    documents = {one.url: one for one in base.documents}
    for result in later:
        for one in result.verdicts:
            verdicts[one.item] = one
            grounds.pop(one.item, None)
        grounds.update(result.grounds)
        documents.update({one.url: one for one in result.documents})
    return replace(
        base,
        verdicts=tuple(verdicts.values()),
        documents=tuple(documents.values()),
        grounds=grounds,
    )


def scan_before(store: Store, scan: ScanInfo, unit_id: str) -> int | None:
    """The number of the scan that the unit's result in `scan` is compared with, `None` without.

    For a scan of every item the newest such one before it; for one of some items the newest that
    holds a verdict on any of these.
    """
    earlier = ScanRow.id < scan.id
    query = _of_unit(scan.checklist, unit_id, earlier)
    with reading(store.engine) as session:
        if scan.scope is not Scope.ITEMS:
            whole = _of_unit(scan.checklist, unit_id, earlier, _EVERY_ITEM)
            before: int | None = session.scalar(whole) or session.scalar(query)
            return before
        own = (
            select(ItemRow.item)
            .join(UnitRow, UnitRow.id == ItemRow.scan_unit_id)
            .where(UnitRow.scan_id == scan.id, UnitRow.unit_id == storable(unit_id))
        )
        wanted = query.join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        found: int | None = session.scalar(wanted.where(ItemRow.item.in_(own)))
        return found


def resumable_scans(store: Store, checklist: str) -> tuple[ScanInfo, ...]:
    """The unfinished scans that can be gone on with, whole ones first, each sort newest first.

    A whole scan ends with the next finished whole one, a narrower one with any later one that is
    finished: what a person asked for one unit ends no sweep of the ministry.
    """
    finished = ScanRow.status == ScanStatus.FINISHED.value
    of_list = (ScanRow.checklist == checklist, _KEPT)
    last = select(ScanRow.scope, func.max(ScanRow.id)).where(*of_list, finished)
    open_ones = select(ScanRow.id, ScanRow.scope).where(*of_list, ~finished)
    with reading(store.engine) as session:
        ended = dict(session.execute(last.group_by(ScanRow.scope)).all())
        last_whole, last_any = ended.get(Scope.WHOLE.value, 0), max(ended.values(), default=0)
        found = [
            (scope == Scope.WHOLE.value, number)
            for number, scope in session.execute(open_ones)
            if number > (last_whole if scope == Scope.WHOLE.value else last_any)
        ]
        return tuple(brief_scan(session, number) for _whole, number in sorted(found, reverse=True))


def known_scan(store: Store, number: int) -> ScanInfo | None:
    """The kept scan of that number without its settings, if there is one."""
    if number > MOST_NUMBER:
        return None
    query = select(ScanRow.id).where(ScanRow.id == number, _KEPT)
    with reading(store.engine) as session:
        found = session.scalar(query)
        return None if found is None else brief_scan(session, found)


def scan_page(store: Store, skip: int, most: int) -> tuple[tuple[ScanInfo, ...], int]:
    """Part of the kept scans, the newest first, and how many there are."""
    query = select(ScanRow.id).where(_KEPT).order_by(ScanRow.id.desc())
    with reading(store.engine) as session:
        total = session.scalar(select(func.count()).select_from(ScanRow).where(_KEPT)) or 0
        shown = session.scalars(query.offset(skip).limit(most)).all()
        return tuple(brief_scan(session, one) for one in shown), total


def scan_numbers(store: Store, checklist: str) -> tuple[int, ...]:
    """The numbers of all kept scans of the checklist, oldest first."""
    query = select(ScanRow.id).where(ScanRow.checklist == checklist, _KEPT)
    with reading(store.engine) as session:
        return tuple(session.scalars(query.order_by(ScanRow.id)))


def brief_scan(session: Session, number: int) -> ScanInfo:
    """A scan that is there, without its settings and the program's version."""
    row = session.execute(select(*BRIEF).where(ScanRow.id == number)).one()
    held = select(func.count()).select_from(UnitRow).where(UnitRow.scan_id == number)
    return brief_info(row, number, session.scalar(held) or 0)


def _of_unit(checklist: str, unit_id: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    """A query for the newest kept scan of the checklist that holds the unit.

    Which scans are of the checklist is answered from an index first.
    """
    kept = select(ScanRow.id).where(ScanRow.checklist == checklist, _KEPT, *conditions)
    return select(func.max(UnitRow.scan_id)).where(
        UnitRow.unit_id == storable(unit_id), UnitRow.scan_id.in_(kept)
    )


def _holds_units(session: Session, number: int) -> bool:
    found = session.scalar(select(UnitRow.id).where(UnitRow.scan_id == number).limit(1))
    return found is not None
