"""A unit's report and history, for programs."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel

from checklist.verdict import Verdict
from results.history import unit_history
from results.report import GapReport
from web.faults import NotFound
from web.pages.units import AnyScan, Key, UnitId
from web.units.reading import checklist_asked, history_of, report_on, standing_of
from web.viewer import OnSite, SignedIn

router = APIRouter(prefix="/api/v1/units", tags=["units"])


class UnitNow(BaseModel):
    """How a unit stands: its whole gap report, and which items a later scan checked again."""

    scan: int
    newest: bool
    rechecked: dict[str, int]
    report: GapReport


class ScanLine(BaseModel):
    """A scan that holds the unit; points are `None` where too few items could be judged."""

    scan: int
    day: date
    checked_at: datetime
    certain: float | None
    possible: float | None
    weight: float


class ItemLine(BaseModel):
    """An item's verdict in each of the scans; `null` where a scan did not ask for it."""

    item: str
    title: str
    verdicts: list[Verdict | None]
    since: date | None
    line: str


class UnitHistoryNow(BaseModel):
    """The last scans of a unit, oldest first, under the decisions that hold today."""

    unit: str
    name: str
    checklist: str
    scans: list[ScanLine]
    items: list[ItemLine]


@router.get("/{unit}", summary="รายงานช่องว่างของหน่วยงานหนึ่ง")
def one_unit(
    site: OnSite, viewer: SignedIn, unit: UnitId, key: Key = "", scan: AnyScan = None
) -> UnitNow:
    """A unit as it stands now, or stood in one scan."""
    viewer.require_unit(unit)
    standing = standing_of(site, checklist_asked(site, key), unit, scan)
    if standing is None:
        raise NotFound
    return UnitNow(
        scan=standing.scan.id,
        newest=standing.newest,
        rechecked=dict(standing.rechecked),
        report=report_on(site, standing),
    )


@router.get("/{unit}/history", summary="ประวัติผลตรวจรายข้อของหน่วยงาน")
def history(site: OnSite, viewer: SignedIn, unit: UnitId, key: Key = "") -> UnitHistoryNow:
    """A unit over its last scans."""
    viewer.require_unit(unit)
    checklist = checklist_asked(site, key)
    stands = history_of(site, checklist, unit)
    if not stands:
        raise NotFound
    found = unit_history(checklist, stands)
    return UnitHistoryNow(
        unit=found.unit,
        name=found.name,
        checklist=found.checklist,
        scans=[
            ScanLine(
                scan=point.scan_id,
                day=point.day,
                checked_at=stood.checked_at,
                certain=point.certain if point.comparable else None,
                possible=point.possible if point.comparable else None,
                weight=point.weight,
            )
            for point, stood in zip(found.scans, stands, strict=True)
        ],
        items=[
            ItemLine(
                item=one.item,
                title=one.title,
                verdicts=[point.verdict for point in one.points],
                since=one.since,
                line=one.line,
            )
            for one in found.items
        ],
    )
