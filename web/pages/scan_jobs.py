"""Asking for scans: the form, the queue's jobs, stop, go on, and a unit's check again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from accounts.roles import Right
from checklist.loader import available
from results.newest import newest_whole_scan
from web.faults import BadInput, Fault, NotFound, Refused
from web.render import page
from web.scans.asking import (
    MOST_UNITS,
    ask,
    checklist_named,
    items_named,
    resuming,
    units_named,
)
from web.scans.book import JobBook
from web.scans.jobs import Job, Wanted
from web.scans.kept import FIGURES
from web.scans.registry import known_units
from web.scans.snapshot import job_view, sees_job, waiting_text, with_their_scans
from web.scans.spans import about, span
from web.scans.watching import watch_of
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, needs, record

router = APIRouter()
RUNS = [Depends(needs(Right.RUN_SCANS))]


@router.get("/scans/new", dependencies=RUNS)
def new_scan(
    request: Request,
    site: OnSite,
    checklist: Annotated[str, Query(max_length=40)] = "",
    units: Annotated[str, Query(max_length=40_000)] = "",
    items: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """The form to ask for a scan, with what the last one cost."""
    typed = {"checklist": checklist, "units": units, "items": items, "from_scratch": False}
    return _form(request, site, typed)


def _form(
    request: Request, site: Site, typed: dict[str, object], wrong: str = "", status: int = 200
) -> Response:
    chosen = str(typed["checklist"])
    checklist = site.checklist(chosen if chosen in available() else None)
    last = newest_whole_scan(site.store, checklist.key)
    cost = FIGURES.of(site.store, last) if last is not None else None
    return page(
        request, "scan_new.html", status=status, typed=typed, wrong=wrong, checklist=checklist,
        checklists=available(), last=last, cost=cost, span=span, most_units=MOST_UNITS,
        registry=len(known_units(site)),
    )  # fmt: skip


@router.post("/scans", dependencies=RUNS)
def start_scan(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    checklist: Annotated[str, Form(max_length=40)] = "",
    units: Annotated[str, Form(max_length=40_000)] = "",
    items: Annotated[str, Form(max_length=2000)] = "",
    from_scratch: Annotated[bool, Form()] = False,
) -> Response:
    """Put a scan in the queue."""
    try:
        year = checklist_named(site, checklist)
        wanted = Wanted(
            year.key, units_named(site, year, units), items_named(year, items), from_scratch
        )
        job, new = ask(site, viewer, wanted)
    except Fault as fault:
        typed = {
            "checklist": checklist,
            "units": units,
            "items": items,
            "from_scratch": from_scratch,
        }
        return _form(request, site, typed, str(fault), fault.status)
    if new:
        record(request, viewer, "scan.asked", f"scan-job:{job.id}", facts(job))
    return RedirectResponse(f"/scans/jobs/{job.id}", 303)


@router.post("/scans/{number:int}/resume", dependencies=RUNS)
def resume_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Go on with a scan that was left unfinished."""
    job, new = ask(site, viewer, resuming(site, number))
    if new:
        record(request, viewer, "scan.resumed", f"scan:{number}", {"job": job.id})
    return RedirectResponse(f"/scans/jobs/{job.id}", 303)


@router.post("/scans/{number:int}/stop", dependencies=RUNS)
def stop_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Ask the scan to stop, a second time to end at once."""
    stop_of_scan(request, site, viewer, number)
    return RedirectResponse(f"/scans/{number}", 303)


@router.get("/scans/jobs/{number:int}")
def job(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """One job: where it stands, what it waits for, how it ended."""
    shown = watch_of(site).latest()
    (found,) = with_their_scans([job_for(site, viewer, number)], shown.scans)
    open_ones = JobBook(site.engine).open_jobs()
    live = next((one for one in shown.scans if one.scan == found.scan_id), None)
    names = known_units(site)
    return page(
        request, "scan_job.html", job=job_view(found, waiting_text(found, open_ones, shown.scans)),
        live=live, about=about, may_stop=_may_stop(viewer, found),
        unit_names=[(one, names.get(one, one)) for one in found.wanted.units],
        full=viewer.sees_all,
    )  # fmt: skip


@router.post("/scans/jobs/{number:int}/stop")
def stop_job(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Take a job out of the queue, or ask it to stop, a second time to end at once."""
    stop_of_job(request, site, viewer, job_for(site, viewer, number))
    return RedirectResponse(f"/scans/jobs/{number}", 303)


@router.post("/units/{unit}/check", dependencies=[Depends(needs(Right.CHECK))])
def check_unit(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: str,
    item: Annotated[list[str], Form()] = [],  # noqa: B006
    checklist: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Check a unit again now: the named items, or all."""
    made = ask_check(request, site, viewer, unit, item, checklist)
    return RedirectResponse(f"/scans/jobs/{made.id}", 303)


def ask_check(
    request: Request, site: Site, viewer: Viewer, unit: str, items: list[str], checklist: str
) -> Job:
    """Put a check of one unit in the queue; raises `NotFound` for one that is not the viewer's."""
    viewer.require_unit(unit)
    year = checklist_named(site, checklist)
    try:
        named = units_named(site, year, [unit])
    except BadInput:
        raise NotFound from None
    # What a person changed a moment ago must not be answered from what was kept.
    wanted = Wanted(year.key, named, items_named(year, items), from_scratch=True)
    made, new = ask(site, viewer, wanted)
    if new:
        detail = {"items": list(wanted.items), "checklist": year.key, "job": made.id}
        record(request, viewer, "unit.check_asked", f"unit:{unit}", detail)
    return made


def job_for(site: Site, viewer: Viewer, number: int) -> Job:
    """The job, when it is open to the viewer; raises `NotFound`."""
    found = JobBook(site.engine).job(number)
    if found is None or not sees_job(viewer, found.wanted.units):
        raise NotFound(f"ไม่มีรายการสั่งตรวจหมายเลข {number}")
    return found


def _may_stop(viewer: Viewer, job: Job) -> bool:
    own = job.asked_by == viewer.name and viewer.may(Right.CHECK)
    return job.open and job.stops < 2 and (own or viewer.may(Right.RUN_SCANS))


def stop_of_job(request: Request, site: Site, viewer: Viewer, job: Job) -> Job:
    """Ask the job to stop; raises `Refused`, or `BadInput` for one that has ended."""
    own = job.asked_by == viewer.name and viewer.may(Right.CHECK)
    if not (own or viewer.may(Right.RUN_SCANS)):
        raise Refused("หยุดได้เฉพาะรายการที่ท่านสั่งเอง")
    after = JobBook(site.engine).ask_stop(job.id, viewer.name, site.clock())
    if after is None:
        raise BadInput(f"รายการสั่งตรวจหมายเลข {job.id} จบไปแล้ว ไม่มีอะไรให้หยุด")
    detail = {"times": after.stops, "scan": job.scan_id}
    record(request, viewer, "scan.stopped", f"scan-job:{job.id}", detail)
    return after


def stop_of_scan(request: Request, site: Site, viewer: Viewer, number: int) -> Job:
    """Ask the job that fills the scan to stop; raises `BadInput` when none here does."""
    jobs = with_their_scans(JobBook(site.engine).open_jobs(), watch_of(site).latest().scans)
    found = next((one for one in jobs if one.scan_id == number), None)
    if found is None:
        raise BadInput(
            f"การตรวจครั้งที่ {number} ไม่ได้สั่งจากหน้านี้ หรือจบไปแล้ว ถ้าเริ่มจากกำหนดการ ให้หยุดด้วย "
            "oit schedule pause หรือกด Ctrl-C ที่หน้าต่างซึ่งสั่ง oit sweep"
        )
    return stop_of_job(request, site, viewer, found)


def facts(job: Job) -> dict[str, object]:
    """What was asked for, for the log of who did what."""
    wanted = job.wanted
    return {
        "checklist": wanted.checklist,
        "units": list(wanted.units) or "all",
        "items": list(wanted.items) or "all",
        "from_scratch": wanted.from_scratch,
    }
