"""The units that a person sees, part by part, each with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checklist.profile import UnitType
from checklist.verdict import Verdict
from database.sessions import reading
from results.models import ScanRow, UnitRow
from results.newest import newest_whole_scan
from results.record import ScanStatus, Scope
from results.score import score
from results.stand_rows import scan_stands
from results.stands import with_decisions
from web.paging import Paging
from web.units.reading import today

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from checklist.schema import Checklist
    from results.score import Score
    from web.site import Site
    from web.viewer import Viewer

SIZE = 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list; `counts` are its items by verdict, `score` is under decisions."""

    id: str
    name: str
    type: UnitType | None
    checked_at: datetime
    score: Score
    counts: dict[Verdict, int]


def listed(
    site: Site, viewer: Viewer, checklist: Checklist, sought: str, number: int
) -> tuple[list[UnitLine], Paging]:
    """Part `number` of the units that the viewer sees and whose name or id holds `sought`."""
    wanted = _wanted(site, viewer, checklist, sought)
    newest = func.max(UnitRow.scan_id).label("scan")
    groups = select(UnitRow.unit_id, newest).where(*wanted).group_by(UnitRow.unit_id)
    with reading(site.engine) as session:
        total = session.scalar(select(func.count()).select_from(groups.subquery())) or 0
        paging = Paging.of(number, SIZE, total)
        part = groups.order_by(UnitRow.unit_id).offset(paging.skip).limit(SIZE)
        found = [(row.unit_id, row.scan) for row in session.execute(part)]
        types = _types(site, found)
    return _lines(site, checklist, found, types), paging


def _wanted(
    site: Site, viewer: Viewer, checklist: Checklist, sought: str
) -> list[ColumnElement[bool]]:
    """Whose newest results are listed: for who sees all, those of the newest whole scan."""
    conditions: list[ColumnElement[bool]] = []
    whole = newest_whole_scan(site.store, checklist.key) if viewer.sees_all else None
    if whole is not None:
        conditions.append(UnitRow.scan_id == whole.id)
    else:
        kept = select(ScanRow.id).where(
            ScanRow.checklist == checklist.key,
            ScanRow.status != ScanStatus.FORGOTTEN.value,
            ScanRow.scope != Scope.ITEMS.value,
        )
        conditions.append(UnitRow.scan_id.in_(kept))
    if not viewer.sees_all:
        conditions.append(UnitRow.unit_id.in_(viewer.units))
    if sought.strip():
        name, unit = (
            column.icontains(sought.strip(), autoescape=True)
            for column in (UnitRow.name, UnitRow.unit_id)
        )
        conditions.append(name | unit)
    return conditions


def _types(site: Site, found: Sequence[tuple[str, int]]) -> dict[str, str | None]:
    query = select(UnitRow.unit_id, UnitRow.type).where(
        UnitRow.unit_id.in_([unit for unit, _ in found]),
        UnitRow.scan_id.in_({scan for _, scan in found}),
    )
    with reading(site.engine) as session:
        return {row.unit_id: row.type for row in session.execute(query)}


def _lines(
    site: Site,
    checklist: Checklist,
    found: Sequence[tuple[str, int]],
    types: dict[str, str | None],
) -> list[UnitLine]:
    by_scan: dict[int, list[str]] = {}
    for unit, scan in found:
        by_scan.setdefault(scan, []).append(unit)
    lines = {
        line.id: line
        for scan, units in by_scan.items()
        for line in _of_scan(site, checklist, scan, units, types)
    }
    return [lines[unit] for unit, _ in found if unit in lines]


def _of_scan(
    site: Site,
    checklist: Checklist,
    scan: int,
    units: Collection[str],
    types: dict[str, str | None],
) -> list[UnitLine]:
    known = {item.id for item in checklist.items}
    found = []
    for one in scan_stands(site.store, scan, units):
        waivers = site.store.waivers(checklist.key, one.unit_id)
        stood = with_decisions(one, waivers, today(site))
        answers = {item: v for item, v in stood.answers.items() if item in known}
        counts = {verdict: list(answers.values()).count(verdict) for verdict in Verdict}
        kind = types.get(one.unit_id)
        found.append(
            UnitLine(
                id=one.unit_id,
                name=one.name or one.unit_id,
                type=UnitType(kind) if kind else None,
                checked_at=one.checked_at,
                score=score(checklist, answers),
                counts=counts,
            )
        )
    return found
