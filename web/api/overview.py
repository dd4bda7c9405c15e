"""The overview for programs: its figures, and the units of the grid."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import Field

from checklist.profile import UnitType
from results.board.counts import BoardHead, BoardItem, BoardOwner
from results.group import Group
from results.parts import Part
from results.record import ScanStatus
from results.trend import TrendPoint
from web.overview.asked import Asked, OnBoard
from web.overview.shown import ShownUnit, figures, shown
from web.paging import Paging
from web.viewer import OnSite

router = APIRouter(prefix="/api/v1", tags=["overview"])
A_PAGE = 50


class ScanPart(Part):
    """The scan that is told of; times are in UTC."""

    id: int
    checklist: str
    as_of: date
    started: datetime
    finished: datetime | None
    status: ScanStatus


class OverviewAnswer(Part):
    """The figures of the units and cells that were asked for.

    `scan` and `head` are null where nothing was scanned yet. `items` stand in the order of the
    checklist, `owners` by points lost, `trend` oldest first.
    """

    checklist: str
    scan: ScanPart | None
    head: BoardHead | None
    items: tuple[BoardItem, ...] = ()
    owners: tuple[BoardOwner, ...] = ()
    trend: tuple[TrendPoint, ...] = ()


class CellPart(Part):
    """An item of a unit; `points` of the assessment's 100 hang on it.

    `counted` is false where the filters look past it. `reasons` are codes.
    """

    item: str
    group: Group
    points: float
    reasons: tuple[str, ...]
    counted: bool


class UnitPart(Part):
    """A unit's row; `certain` to `possible` are null where nothing could be checked.

    `lost` and `open` are the points of 100 of the cells that are looked at.
    """

    id: str
    name: str
    type: UnitType | None
    certain: float | None
    possible: float | None
    lost: float
    open: float
    cells: tuple[CellPart, ...]


class UnitsAnswer(Part):
    """A part of the grid: page `page` of `pages`, `total` units in all."""

    checklist: str
    scan: ScanPart | None
    page: int = Field(ge=1)
    pages: int = Field(ge=1)
    total: int = Field(ge=0)
    items: tuple[str, ...] = ()
    units: tuple[UnitPart, ...] = ()


@router.get("/overview", summary="ตัวเลขภาพรวมของหน่วยงานที่เลือก")
def overview(site: OnSite, asked: OnBoard) -> OverviewAnswer:
    """Head, items, offices and trend under the same filters as the page."""
    board = shown(site, asked)
    if board is None:
        return OverviewAnswer(checklist=asked.checklist.key, scan=None, head=None)
    told = figures(site, asked, board)
    return OverviewAnswer(
        checklist=asked.checklist.key,
        scan=_scan(asked),
        head=told.head,
        items=told.items,
        owners=told.owners,
        trend=told.trend,
    )


@router.get("/units", summary="หน่วยงานและผลทุกข้อ ทีละหน้า")
def units(site: OnSite, asked: OnBoard) -> UnitsAnswer:
    """The units in the order that is asked for, so many a page."""
    board = shown(site, asked)
    paging = Paging.of(asked.page, A_PAGE, board.total if board else 0)
    return UnitsAnswer(
        checklist=asked.checklist.key,
        scan=_scan(asked),
        page=paging.number,
        pages=paging.last,
        total=paging.total,
        items=board.columns if board else (),
        units=tuple(map(_unit, board.units(paging.skip, A_PAGE))) if board else (),
    )


def _scan(asked: Asked) -> ScanPart | None:
    scan = asked.scan
    if scan is None:
        return None
    return ScanPart(
        id=scan.id,
        checklist=scan.checklist,
        as_of=scan.as_of,
        started=scan.started,
        finished=scan.finished,
        status=scan.status,
    )


def _unit(unit: ShownUnit) -> UnitPart:
    return UnitPart(
        id=unit.id,
        name=unit.name,
        type=unit.type,
        certain=unit.certain if unit.judged else None,
        possible=unit.possible if unit.judged else None,
        lost=unit.lost,
        open=unit.open,
        cells=tuple(
            CellPart(
                item=cell.item,
                group=cell.group,
                points=cell.points,
                reasons=cell.reasons,
                counted=cell.counted,
            )
            for cell in unit.cells
        ),
    )
