"""Reads the cases that wait: bare verdicts of the newest scans. No evidence is read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, Text, and_, cast, func, select

from checklist.profile import UnitType
from results.cases import QUEUES, Case
from results.models import ItemRow, ScanRow, UnitRow
from results.record import ScanStatus

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MOST_NEW = 500
"""So many new results are laid over what is known; for more everything is read again."""
_FIRST_UNITS = 3
_OPEN = {verdict.value: verdict for verdict in QUEUES}
_TYPES = {kind.value: kind for kind in UnitType}


@dataclass
class OpenCases:
    """The open cases of a checklist by unit and item, as of the results up to row `last`.

    `scans` are those that were kept then, `newest` is of each unit the scan that speaks for it.
    """

    last: int = 0
    scans: frozenset[int] = frozenset()
    cases: dict[tuple[str, str], Case] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)

    def refresh(self, session: Session, checklist: str) -> bool:
        """Bring them up to date with the store; false where nothing had changed."""
        scans = frozenset(session.scalars(_kept(checklist)))
        last = session.scalar(select(func.max(UnitRow.id))) or 0
        if (last, scans) == (self.last, self.scans):
            return False
        new = _results(checklist).where(UnitRow.id > self.last)
        if self.scans - scans or not self.last or _more(session, new, _MOST_NEW):
            self._read_all(session, checklist)
        else:
            self._lay_over(session, new)
        self.last, self.scans = last, scans
        return True

    def _read_all(self, session: Session, checklist: str) -> None:
        wide, narrow = _by_width(session, checklist)
        newest = select(UnitRow.unit_id, func.max(UnitRow.scan_id))
        newest = newest.where(UnitRow.scan_id.in_(wide)).group_by(UnitRow.unit_id)
        self.newest = dict(session.execute(newest).all())
        self.cases = {(case.unit, case.item): case for case in _all_open(session, wide)}
        # What was asked of some items before the sweep that most units stand by adds nothing.
        sweep = Counter(self.newest.values()).most_common(1)
        since = [scan for scan in narrow if not sweep or scan > sweep[0][0]]
        self._lay_over(session, _results(checklist).where(UnitRow.scan_id.in_(since)))

    def _lay_over(self, session: Session, results: Select[Any]) -> None:
        units = {
            row.id: row
            for row in session.execute(results.order_by(UnitRow.scan_id, UnitRow.id))
            if row.scan_id >= self.newest.get(row.unit_id, 0)
        }
        held = _held(session, list(units))
        for number, row in units.items():
            self.newest[row.unit_id] = row.scan_id
            for one in held.get(number, ()):
                self.cases.pop((row.unit_id, one.item), None)
                if one.verdict in _OPEN:
                    self.cases[row.unit_id, one.item] = Case(
                        row.unit_id, one.item, row.name, _TYPES.get(row.type), row.scan_id,
                        one.id, _OPEN[one.verdict], tuple(one.reasons),
                    )  # fmt: skip


def _more(session: Session, results: Select[Any], than: int) -> bool:
    some = results.limit(than + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > than


def questions(session: Session, cases: Iterable[Case]) -> dict[int, str]:
    """What is asked in each of these cases, by the number of its verdict."""
    numbers = [case.row for case in cases]
    query = select(ItemRow.id, ItemRow.question).where(ItemRow.id.in_(numbers))
    return dict(session.execute(query).all())


def _kept(checklist: str) -> Select[int]:
    return select(ScanRow.id).where(
        ScanRow.checklist == checklist, ScanRow.status != ScanStatus.FORGOTTEN.value
    )


def _results(checklist: str) -> Select[Any]:
    columns: tuple[Any, ...] = (
        UnitRow.id, UnitRow.unit_id, UnitRow.scan_id, UnitRow.name, UnitRow.type,
    )  # fmt: skip
    return select(*columns).where(UnitRow.scan_id.in_(_kept(checklist)))


def _by_width(session: Session, checklist: str) -> tuple[list[int], list[int]]:
    """The kept scans of the whole checklist, and those that were asked for some items only.

    A scan's first units tell how many items it was asked for.
    """
    widths: dict[int, int] = {}
    for scan in session.scalars(_kept(checklist)):
        first = select(UnitRow.id).where(UnitRow.scan_id == scan).order_by(UnitRow.unit_id)
        counted = select(func.count()).where(
            ItemRow.scan_unit_id.in_(first.limit(_FIRST_UNITS).scalar_subquery())
        )
        found = session.scalars(counted.group_by(ItemRow.scan_unit_id)).all()
        widths[scan] = max(found, default=0)
    widest = max(widths.values(), default=0)
    wide = [scan for scan, width in widths.items() if width == widest]
    return wide, [scan for scan, width in widths.items() if 0 < width < widest]


def _held(session: Session, units: Sequence[int]) -> dict[int, list[Any]]:
    """The bare verdicts of results by their row."""
    columns = (ItemRow.scan_unit_id, ItemRow.item, ItemRow.verdict, ItemRow.id, ItemRow.reasons)
    held: dict[int, list[Any]] = {}
    for start in range(0, len(units), _MOST_NEW):
        part = units[start : start + _MOST_NEW]
        for one in session.execute(select(*columns).where(ItemRow.scan_unit_id.in_(part))):
            held.setdefault(one.scan_unit_id, []).append(one)
    return held


def _all_open(session: Session, scans: Sequence[int]) -> Iterator[Case]:
    newest = (
        select(UnitRow.unit_id, func.max(UnitRow.scan_id).label("scan_id"))
        .where(UnitRow.scan_id.in_(scans))
        .group_by(UnitRow.unit_id)
        .subquery()
    )
    here = and_(UnitRow.scan_id == newest.c.scan_id, UnitRow.unit_id == newest.c.unit_id)
    columns: tuple[Any, ...] = (
        UnitRow.unit_id, ItemRow.item, UnitRow.name, UnitRow.type, UnitRow.scan_id, ItemRow.id,
        ItemRow.verdict, cast(ItemRow.reasons, Text),
    )  # fmt: skip
    query = select(*columns).select_from(newest).join(UnitRow, here)
    query = query.join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
    said: dict[str, tuple[str, ...]] = {}
    for unit, item, name, kind, scan, row, verdict, reasons in session.execute(
        query.where(ItemRow.verdict.in_(list(_OPEN)))
    ):
        if reasons not in said:
            said[reasons] = tuple(json.loads(reasons))
        yield Case(unit, item, name, _TYPES.get(kind), scan, row, _OPEN[verdict], said[reasons])


def newest_scan_with(session: Session, checklist: str, unit: str, item: str) -> int | None:
    """The newest scan that holds a verdict of the unit on the item."""
    query = (
        select(func.max(UnitRow.scan_id))
        .join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.unit_id == unit, ItemRow.item == item, UnitRow.scan_id.in_(_kept(checklist)))
    )
    return session.scalar(query)
