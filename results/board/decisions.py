"""Which cells people decided about, by the rules of `results.waivers`, at the time of reading."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checklist.evidence import Coverage
from checklist.profile import UnitProfile
from checklist.verdict import ItemVerdict, Verdict
from database.sessions import reading
from results.board.matrix import GROUPS, UNCHECKED
from results.group import Group
from results.models import DocumentRow, UnitRow, WaiverRow
from results.record import LookedAt, UnitResult
from results.waivers import Standing, decided, stand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Engine

    from results.board.matrix import Board, Decided
    from results.record import ScanInfo
    from results.store import Store
    from results.waivers import Waiver

Stamp = tuple[int, ...]
_FAILED = frozenset({Group.MISSING, Group.OUTDATED})
_UNITS_AT_ONCE = 500


def decisions_stamp(engine: Engine, checklist: str) -> Stamp:
    """What changes with every decision that is made, ended or found changed."""
    query = select(
        func.count(),
        func.coalesce(func.max(WaiverRow.id), 0),
        func.count(WaiverRow.ended_at),
        func.count(WaiverRow.changed_scan),
    ).where(WaiverRow.checklist == checklist)
    with reading(engine) as session:
        return tuple(session.execute(query).one())


def decided_cells(store: Store, scan: ScanInfo, board: Board, day: date) -> Decided:
    """The cells of `board` (the one of `scan`, as it was judged) under decisions that hold.

    `day` is the day of reading. Raises `StoreError` when the database cannot be read.
    """
    waivers: dict[str, list[Waiver]] = defaultdict(list)
    for waiver in store.waivers(scan.checklist):
        if waiver.ended_at is None and waiver.unit_id in board.places:
            waivers[waiver.unit_id].append(waiver)
    rested = [unit for unit, own in waivers.items() if any(one.evidence for one in own)]
    documents = _documents(store.engine, scan.id, rested)
    found: dict[str, Mapping[str, Group]] = {}
    for unit, own in waivers.items():
        cells = _decided(own, _light(scan, board, unit, documents.get(unit, ())), day)
        if cells:
            found[unit] = cells
    return found


def _decided(waivers: Sequence[Waiver], result: UnitResult, day: date) -> dict[str, Group]:
    stood = stand(waivers, result, day)
    active = {one.waiver.item for one in stood if one.standing is Standing.ACTIVE}
    after = decided(result, stood).verdicts
    return {one.item: Group(one.verdict.value) for one in after if one.item in active}


def _light(scan: ScanInfo, board: Board, unit: str, documents: Sequence[LookedAt]) -> UnitResult:
    """What the rules look at: the bare verdicts and what the pages said."""
    row = board.cells[board.places[unit]]
    verdicts = tuple(
        ItemVerdict(item, _verdict(GROUPS[cell]))
        for item, cell in zip(board.items, row, strict=True)
        if cell != UNCHECKED
    )
    profile = UnitProfile(unit, unit)
    checked: datetime = scan.started
    return UnitResult(scan.id, scan.as_of, checked, profile, verdicts, Coverage(), tuple(documents))


def _verdict(group: Group) -> Verdict:
    return Verdict.FAIL if group in _FAILED else Verdict(group.value)


def _documents(
    engine: Engine, scan_id: int, units: Collection[str]
) -> Mapping[str, list[LookedAt]]:
    """The addresses that were read for these units, with the digests of what they said."""
    wanted = sorted(units)
    found: dict[str, list[LookedAt]] = defaultdict(list)
    with reading(engine) as session:
        for start in range(0, len(wanted), _UNITS_AT_ONCE):
            some = wanted[start : start + _UNITS_AT_ONCE]
            query = (
                select(
                    UnitRow.unit_id,
                    DocumentRow.url,
                    DocumentRow.final_url,
                    DocumentRow.content_sha256,
                )
                .join(DocumentRow, DocumentRow.scan_unit_id == UnitRow.id)
                .where(UnitRow.scan_id == scan_id, UnitRow.unit_id.in_(some))
            )
            for unit, url, final_url, digest in session.execute(query):
                found[unit].append(LookedAt(url, final_url, content_sha256=digest))
    return found
