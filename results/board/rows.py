"""Writes the board's rows: beside a unit when it is saved, and for scans from before the board."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, insert, select

from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Verdict
from database.sessions import reading, writing
from results.board.line import line_of
from results.board.models import BoardRow
from results.models import ElementRow, ItemRow, ScanRow, UnitRow
from results.wording import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

Stamp = tuple[int, "datetime | None"]
"""What changes with any saved unit: how many lines a scan has, and when the last was saved."""
UNITS_AT_ONCE = 200
"""So many units are filled in one transaction, well under a second of a writer's time."""


def board_row(unit: UnitRow, verdicts: Sequence[ItemVerdict]) -> BoardRow:
    """The row of a unit that is being saved; to be added after the unit's own row is written."""
    return BoardRow(**_values(unit, verdicts))


def stamp(engine: Engine, scan_id: int) -> Stamp:
    """The stamp of a scan, from an index alone; raises `StoreError` when it cannot be read."""
    query = select(func.count(), func.max(BoardRow.checked_at)).where(BoardRow.scan_id == scan_id)
    with reading(engine) as session:
        count, last = session.execute(query).one()
        return count, last


def last_saved(engine: Engine, scan_ids: Collection[int]) -> dict[int, datetime]:
    """When the last unit of each scan that has a line was saved: one look into an index each."""
    last = select(func.max(BoardRow.checked_at)).where(BoardRow.scan_id == ScanRow.id)
    query = select(ScanRow.id, last.scalar_subquery()).where(ScanRow.id.in_(scan_ids))
    with reading(engine) as session:
        return {scan: at for scan, at in session.execute(query) if at is not None}


def lacking(engine: Engine, scan_ids: Collection[int]) -> set[int]:
    """Those of the scans that hold units without a line."""
    counts = (
        select(UnitRow.scan_id, func.count())
        .where(UnitRow.scan_id.in_(scan_ids))
        .group_by(UnitRow.scan_id)
    )
    lines = (
        select(BoardRow.scan_id, func.count())
        .where(BoardRow.scan_id.in_(scan_ids))
        .group_by(BoardRow.scan_id)
    )
    with reading(engine) as session:
        have = dict(session.execute(lines).all())
        return {scan for scan, count in session.execute(counts) if have.get(scan, 0) != count}


def fill(engine: Engine, scan_id: int, within_s: float | None = None) -> bool:
    """Write the lines that a scan lacks, from its verdicts; True when none is lacking any more.

    Stops after `within_s` seconds and goes on with the next call. Raises `StoreError` for a
    database that cannot be written.
    """
    until = None if within_s is None else time.monotonic() + within_s
    while until is None or time.monotonic() < until:
        with writing(engine) as session:
            if not _fill_some(session, scan_id):
                return True
    return not lacking(engine, [scan_id])


def _fill_some(session: Session, scan_id: int) -> int:
    there = exists().where(BoardRow.scan_id == UnitRow.scan_id, BoardRow.unit_id == UnitRow.unit_id)
    lacks = select(UnitRow).where(UnitRow.scan_id == scan_id, ~there).order_by(UnitRow.id)
    units = list(session.scalars(lacks.limit(UNITS_AT_ONCE)))
    if units:
        verdicts = _verdicts(session, [unit.id for unit in units])
        rows = [_values(unit, verdicts.get(unit.id, ())) for unit in units]
        session.execute(insert(BoardRow), rows)
    return len(units)


def _values(unit: UnitRow, verdicts: Sequence[ItemVerdict]) -> dict[str, object]:
    line = line_of(verdicts)
    return {
        "scan_id": unit.scan_id,
        "unit_id": unit.unit_id,
        "name": tidy(unit.name) or tidy(unit.unit_id),
        "type": unit.type,
        "checked_at": unit.checked_at,
        "letters": line.letters,
        "reasons": line.reasons,
    }


def _verdicts(session: Session, units: Sequence[int]) -> Mapping[int, list[ItemVerdict]]:
    """The verdicts of units by the number of their rows, with no more than a line needs."""
    elements = _elements(session, units)
    columns = (ItemRow.id, ItemRow.scan_unit_id, ItemRow.item, ItemRow.verdict, ItemRow.reasons)
    found: dict[int, list[ItemVerdict]] = defaultdict(list)
    query = select(*columns).where(ItemRow.scan_unit_id.in_(units))
    for number, unit, item, verdict, reasons in session.execute(query):
        found[unit].append(
            ItemVerdict(
                item,
                Verdict(verdict),
                reasons=tuple(reasons),
                elements=tuple(elements.get(number, ())),
            )
        )
    return found


def _elements(session: Session, units: Sequence[int]) -> Mapping[int, list[ElementVerdict]]:
    """The elements of failed items: they tell the outdated from the missing."""
    query = (
        select(ElementRow.item_verdict_id, ElementRow.state, ElementRow.required)
        .join(ItemRow, ItemRow.id == ElementRow.item_verdict_id)
        .where(ItemRow.scan_unit_id.in_(units), ItemRow.verdict == Verdict.FAIL.value)
    )
    found: dict[int, list[ElementVerdict]] = defaultdict(list)
    for number, state, required in session.execute(query):
        found[number].append(ElementVerdict("", "", ElementState(state), required=required))
    return found
