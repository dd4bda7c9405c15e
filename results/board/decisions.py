"""Which cells people decided about, by the rules of `results.waivers`, at the time of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from checklist.evidence import Coverage
from checklist.profile import UnitProfile
from database.sessions import reading
from results.models import DocumentRow, ElementRow, ItemRow, UnitRow, WaiverRow
from results.record import LookedAt, UnitResult
from results.rows import item_verdict
from results.waivers import Standing, decided, stand

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from checklist.verdict import ItemVerdict
    from results.board.matrix import Board, Decided
    from results.record import ScanInfo
    from results.store import Store
    from results.waivers import Waiver

Stamp = tuple[int, ...]
Results = MutableMapping[tuple[str, frozenset[str]], UnitResult]
"""What the rules look at, by unit and the items that anything was decided about."""
_UNITS_AT_ONCE = 100


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


def decided_cells(store: Store, scan: ScanInfo, board: Board, day: date, known: Results) -> Decided:
    """The verdicts under decisions that hold in `scan`, whose board as it was judged is `board`.

    `day` is the day of reading. `known` keeps what was read for the next time; it is for one state
    of one scan. Raises `StoreError` when the database cannot be read.
    """
    waivers: dict[str, list[Waiver]] = defaultdict(list)
    for waiver in store.waivers(scan.checklist):
        if waiver.ended_at is None and waiver.unit_id in board.places:
            waivers[waiver.unit_id].append(waiver)
    wanted = {unit: frozenset(one.item for one in own) for unit, own in waivers.items()}
    _read(store.engine, scan, {u: i for u, i in wanted.items() if (u, i) not in known}, known)
    found: dict[str, Mapping[str, ItemVerdict]] = {}
    for unit, own in waivers.items():
        result = known.get((unit, wanted[unit]))
        if result is not None and (cells := _decided(own, result, day)):
            found[unit] = cells
    return found


def _decided(waivers: Sequence[Waiver], result: UnitResult, day: date) -> dict[str, ItemVerdict]:
    stood = stand(waivers, result, day)
    active = {one.waiver.item for one in stood if one.standing is Standing.ACTIVE}
    return {one.item: one for one in decided(result, stood).verdicts if one.item in active}


def _read(
    engine: Engine, scan: ScanInfo, wanted: Mapping[str, frozenset[str]], known: Results
) -> None:
    """Put into `known` the wanted verdicts of the units, with the pages that they rest on."""
    units = sorted(wanted)
    with reading(engine) as session:
        for start in range(0, len(units), _UNITS_AT_ONCE):
            some = {unit: wanted[unit] for unit in units[start : start + _UNITS_AT_ONCE]}
            documents = _documents(session, scan.id, some)
            verdicts = _verdicts(session, scan.id, some)
            for unit, items in some.items():
                known[unit, items] = UnitResult(
                    scan.id,
                    scan.as_of,
                    scan.started,
                    UnitProfile(unit, unit),
                    tuple(verdict for verdict, _basis in verdicts.get(unit, ())),
                    Coverage(),
                    tuple(documents.get(unit, ())),
                    {verdict.item: basis for verdict, basis in verdicts.get(unit, ()) if basis},
                )


def _verdicts(
    session: Session, scan_id: int, wanted: Mapping[str, frozenset[str]]
) -> Mapping[str, list[tuple[ItemVerdict, Mapping[str, object] | None]]]:
    """The whole verdicts on the wanted items, with the basis of each."""
    items = frozenset().union(*wanted.values())
    query = (
        select(UnitRow.unit_id, ItemRow.item, ItemRow.id)
        .join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id == scan_id, UnitRow.unit_id.in_(wanted), ItemRow.item.in_(items))
    )
    units = {row: unit for unit, item, row in session.execute(query) if item in wanted[unit]}
    whole = select(ItemRow).where(ItemRow.id.in_(units))
    parts = selectinload(ItemRow.elements).selectinload(ElementRow.quotes)
    found: dict[str, list[tuple[ItemVerdict, Mapping[str, object] | None]]] = defaultdict(list)
    for row in session.scalars(whole.options(parts)):
        found[units[row.id]].append((item_verdict(row), row.basis))
    return found


def _documents(
    session: Session, scan_id: int, units: Collection[str]
) -> Mapping[str, list[LookedAt]]:
    """The addresses that were read for these units, with the digests of what they said."""
    columns = (
        UnitRow.unit_id,
        DocumentRow.url,
        DocumentRow.final_url,
        DocumentRow.content_sha256,
    )
    query = (
        select(*columns)
        .join(DocumentRow, DocumentRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id == scan_id, UnitRow.unit_id.in_(units))
    )
    found: dict[str, list[LookedAt]] = defaultdict(list)
    for unit, url, final_url, digest in session.execute(query):
        found[unit].append(LookedAt(url, final_url, content_sha256=digest))
    return found
