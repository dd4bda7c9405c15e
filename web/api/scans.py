"""Scans, for programs: what is kept, what is under way, starting, stopping and going on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from accounts.roles import Right
from results.newest import known_scan, scan_page
from results.record import ScanStatus, Scope
from results.statistic_rows import statistics_of
from results.statistics import ScanStatistics
from web.faults import NotFound
from web.pages.scans import kept_of
from web.scans.asking import checklist_named, items_named, units_named
from web.scans.deeds import (
    check_asked,
    job_for,
    job_stopped,
    scan_asked,
    scan_resumed,
    scan_stopped,
)
from web.scans.jobs import Job, Wanted
from web.scans.kept import KeptScan
from web.scans.snapshot import JobView, Snapshot, job_view, seen_by
from web.scans.watching import told, watch_of
from web.streams import Stream
from web.viewer import OnSite, SignedIn, needs

router = APIRouter(prefix="/api/v1", tags=["scans"])
READS = [Depends(needs(Right.READ_ALL))]
RUNS = [Depends(needs(Right.RUN_SCANS))]
_PAUSE_S = 1.5
Number = Annotated[int, Query(ge=1)]


class KeptScanView(BaseModel):
    """A kept scan: `units` of `planned` are done, `verdicts` and `unchecked` count items."""

    scan: int
    checklist: str
    scope: Scope
    as_of: date
    started: datetime
    finished: datetime | None
    status: ScanStatus
    status_th: str
    live: bool
    resumable: bool
    units: int
    planned: int | None
    verdicts: dict[str, int]
    unchecked: dict[str, int]
    seconds: float
    asked_by: str | None


class Scans(BaseModel):
    """Part of the kept scans, newest first; `total` counts all, `now` is under way or waits."""

    total: int
    scans: list[KeptScanView]
    now: Snapshot


class ScanDetail(BaseModel):
    """One kept scan with all its figures."""

    scan: KeptScanView
    statistics: ScanStatistics


class NewScan(BaseModel):
    """What to scan: units and items, all of them where none is named."""

    model_config = ConfigDict(extra="forbid")

    checklist: str = Field("", max_length=40, description="เช่น oit-2566 ไม่ระบุ = OIT ปีล่าสุด")
    units: list[str] = Field([], max_length=500)
    items: list[str] = Field([], max_length=100, description="เช่น O1 หรือ O5-O9")
    from_scratch: bool = False


class NewCheck(BaseModel):
    """Which items of a unit to check again: all where none is named."""

    model_config = ConfigDict(extra="forbid")

    items: list[str] = Field([], max_length=100)
    checklist: str = Field("", max_length=40)


class Asked(BaseModel):
    """The job that was asked for."""

    job: JobView


def _view(one: KeptScan) -> KeptScanView:
    info, found = one.info, one.figures
    return KeptScanView(
        scan=info.id, checklist=info.checklist, scope=info.scope, as_of=info.as_of,
        started=info.started, finished=info.finished, status=info.status,
        status_th=one.status_th, live=one.live, resumable=one.resumable, units=info.units,
        planned=info.planned, verdicts=dict(found.verdicts), unchecked=dict(found.unchecked),
        seconds=round(found.seconds, 1), asked_by=one.job.asked_by if one.job else None,
    )  # fmt: skip


def _asked(job: Job) -> Asked:
    return Asked(job=job_view(job))


@router.get("/scans", summary="การตรวจที่เก็บไว้ ที่กำลังทำ และคิว", dependencies=READS)
def scans(
    site: OnSite,
    viewer: SignedIn,
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    most: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Scans:
    """The kept scans and what moves."""
    infos, total = scan_page(site.store, skip, most)
    seen = seen_by(watch_of(site).latest(), viewer)
    kept = [_view(one) for one in kept_of(site, infos, seen)]
    return Scans(total=total, scans=kept, now=seen)


@router.post("/scans", summary="สั่งตรวจ", status_code=202, dependencies=RUNS)
def start_scan(request: Request, site: OnSite, viewer: SignedIn, wanted: NewScan) -> Asked:
    """Put a scan in the queue."""
    year = checklist_named(site, wanted.checklist)
    units, items = units_named(site, year, wanted.units), items_named(year, wanted.items)
    asked_for = Wanted(year.key, units, items, wanted.from_scratch)
    return _asked(scan_asked(request, site, viewer, asked_for))


# An answer without end is nothing that a description of answers can hold: see docs/scans.md.
@router.get("/scans/events", include_in_schema=False, response_model=None)
async def events(request: Request, site: OnSite, viewer: SignedIn) -> Stream:
    """What is under way and waits, sent again whenever it changes: events named `scans`."""
    return Stream(request, viewer, told(site, viewer, _PAUSE_S))


@router.get("/scans/jobs/{number}", summary="รายการสั่งตรวจหนึ่งรายการ")
def job(site: OnSite, viewer: SignedIn, number: int) -> Asked:
    """One job, also a webmaster's own."""
    return _asked(job_for(site, viewer, _small(number)))


@router.post("/scans/jobs/{number}/stop", summary="ยกเลิกหรือหยุดรายการสั่งตรวจ", status_code=202)
def stop_job(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Asked:
    """Take it out of the queue or ask it to stop; asked twice, it ends at once."""
    return _asked(job_stopped(request, site, viewer, job_for(site, viewer, _small(number))))


@router.get("/scans/{number}", summary="การตรวจครั้งหนึ่งพร้อมตัวเลข", dependencies=READS)
def scan(site: OnSite, viewer: SignedIn, number: int) -> ScanDetail:
    """One scan."""
    info = known_scan(site.store, _small(number))
    if info is None:
        raise NotFound(f"ไม่มีการตรวจครั้งที่ {number}")
    seen = seen_by(watch_of(site).latest(), viewer)
    (kept,) = kept_of(site, (info,), seen)
    return ScanDetail(scan=_view(kept), statistics=statistics_of(site.store, number))


@router.post("/scans/{number}/stop", summary="หยุดการตรวจ", status_code=202, dependencies=RUNS)
def stop_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Asked:
    """Ask the scan to stop; asked twice, it ends at once."""
    return _asked(scan_stopped(request, site, viewer, _small(number)))


@router.post(
    "/scans/{number}/resume", summary="ทำการตรวจที่ค้างต่อ", status_code=202, dependencies=RUNS
)
def resume_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Asked:
    """Go on with a scan that was left unfinished."""
    return _asked(scan_resumed(request, site, viewer, _small(number)))


@router.post(
    "/units/{unit}/checks", summary="ตรวจหน่วยงานซ้ำเดี๋ยวนี้", status_code=202,
    dependencies=[Depends(needs(Right.CHECK))],
)  # fmt: skip
def check_unit(
    request: Request, site: OnSite, viewer: SignedIn, unit: str, wanted: NewCheck
) -> Asked:
    """Check a unit again: the named items, or all."""
    return _asked(check_asked(request, site, viewer, unit, wanted.items, wanted.checklist))


def _small(number: int) -> int:
    """A number that a database can hold; raises `NotFound` for any other."""
    if not 0 < number < 2**31:
        raise NotFound
    return number
