"""What a scan gives to take away: its overview in each format, and what changed since another."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from accounts.roles import Right
from checklist.loader import load
from crawler.settings import installed_browser
from results.board.choice import Choice, chosen
from results.board.shelf import shelf_of
from results.diff import STEPS, ScanDiff, scan_diff
from results.diff_rows import unit_pairs
from results.formats import Format, write_overview
from results.formats.printing import Printer, PrintError
from results.newest import known_scan, scan_before
from results.record import ScanInfo
from results.speech import BANGKOK
from results.stands import Step
from results.statistic_rows import statistics_of
from results.trend import trend_of
from sweep.reporting import report_of, today
from web.faults import BadInput, NotFound, Unavailable
from web.overview.shown import Shown
from web.overview.tables import table_file
from web.render import page
from web.site import Site
from web.viewer import OnSite, needs

router = APIRouter(prefix="/scans", dependencies=[Depends(needs(Right.READ_ALL))])
MOST_UNITS = 400
"""The changes of more units, or an overview but the grid in Excel, are not made while one waits."""
KINDS = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}
_TOLD = 200
_MOVES = (Step.WORSE, Step.BETTER, Step.UNSEEN, Step.SEEN, Step.OTHER_REASON, Step.EXCUSED)


def _known(site: Site, number: int) -> ScanInfo:
    info = known_scan(site.store, number)
    if info is None:
        raise NotFound(f"ไม่มีการตรวจครั้งที่ {number}")
    return info


@router.get("/{number:int}/overview.{kind}")
def overview(site: OnSite, number: int, kind: str) -> Response:
    """The overview of a scan as a file."""
    if kind not in KINDS:
        raise NotFound
    info = _known(site, number)
    if not info.units:
        raise BadInput(f"การตรวจครั้งที่ {number} ยังไม่มีหน่วยงานที่ตรวจเสร็จ จึงยังไม่มีภาพรวม")
    if info.units > MOST_UNITS and kind != "xlsx":
        raise BadInput(
            f"การตรวจครั้งที่ {number} มี {info.units:,} หน่วยงาน ดาวน์โหลดจากหน้านี้ได้เป็น Excel เท่านั้น "
            f"แบบ {kind.upper()} ให้ผู้ดูแลเครื่องสั่ง oit report --scan {number}"
        )
    large = info.units > MOST_UNITS
    content = _grid(site, info) if large else _overview(site, info, Format(kind))
    name = f"overview-scan{number}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=KINDS[kind], headers=headers)


def _grid(site: Site, info: ScanInfo) -> bytes:
    """The result of every item of every unit as a workbook, however many units there are."""
    checklist = load(info.checklist)
    now = shelf_of(site.store).board(info, checklist, site.clock().astimezone(BANGKOK).date())
    return table_file("xlsx", Shown(now, chosen(now, Choice())))


def _overview(site: Site, info: ScanInfo, kind: Format) -> bytes:
    store, checklist = site.store, load(info.checklist)
    units = sorted(store.done_units(info.id))
    reports = [report_of(store, checklist, info.id, unit) for unit in units]
    trend = trend_of(store, checklist, reports)
    with tempfile.TemporaryDirectory() as folder, _printer(site, kind) as printer:
        cost = statistics_of(store, info.id)
        try:
            (written,) = write_overview(reports, Path(folder), [kind], printer, trend, cost)
        except PrintError as error:
            raise Unavailable(f"พิมพ์ PDF ไม่ได้: {error} ใช้ไฟล์ HTML แทนได้") from None
        return written.read_bytes()


def _printer(site: Site, kind: Format) -> AbstractContextManager[Printer | None]:
    if kind is not Format.PDF:
        return nullcontext()
    browser = (site.crawl and site.crawl.browser_path) or installed_browser()
    if not browser:
        raise Unavailable("เครื่องนี้ไม่มี Chromium สำหรับพิมพ์ PDF ใช้ไฟล์ HTML แทนได้")
    return Printer(browser)


@router.get("/{number:int}/changes")
def changes(
    request: Request,
    site: OnSite,
    number: int,
    since: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """What changed since the scan before, or since another."""
    info, earlier, found = changes_of(site, number, since)
    shown = [(one, [item for item in one.items if item.step in _MOVES]) for one in found.units]
    told = [(one, items) for one, items in shown if items]
    return page(
        request, "scan_changes.html", info=info, earlier=earlier, found=found,
        told=told[:_TOLD], more=max(0, len(told) - _TOLD),
        counts=[(STEPS[step], found.counts.get(step, 0)) for step in _MOVES],
    )  # fmt: skip


def changes_of(site: Site, number: int, since: int = 0) -> tuple[ScanInfo, ScanInfo, ScanDiff]:
    """A scan, the one before (or `since`), and what differs; raises `NotFound` and `BadInput`."""
    info = _known(site, number)
    held = site.store.last_saved_unit(number)
    before = since or (scan_before(site.store, info, held) if held is not None else None)
    if before is None:
        raise BadInput(f"การตรวจครั้งที่ {number} ไม่มีครั้งก่อนหน้าให้เทียบ")
    earlier = _known(site, before)
    if earlier.checklist != info.checklist or earlier.id == info.id:
        raise BadInput(f"เทียบครั้งที่ {number} กับครั้งที่ {before} ไม่ได้ ต้องเป็นรายการตรวจเดียวกันและคนละครั้ง")
    if max(info.units, earlier.units) > MOST_UNITS and min(info.units, earlier.units) > 1:
        raise BadInput(
            "การตรวจสองครั้งนี้ใหญ่เกินกว่าจะเทียบขณะรอ "
            f"ให้ผู้ดูแลเครื่องสั่ง oit diff {before} {number} -o diff.xlsx"
        )
    small = min((earlier, info), key=lambda one: one.units)
    # Units of one side alone are counted, not read, where a check of one unit meets a whole scan.
    wanted = sorted(site.store.done_units(small.id)) if small.units < MOST_UNITS else ()
    pairs = unit_pairs(site.store, (earlier, info), today(), wanted)
    return info, earlier, scan_diff(load(info.checklist), (earlier, info), pairs)
