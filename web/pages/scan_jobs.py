"""Asking for scans: the form, the queue's jobs, stop, go on, and a unit's check again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from accounts.roles import Right
from checklist.loader import available
from results.newest import newest_whole_scan
from web.faults import Fault
from web.render import page
from web.scans.asking import MOST_UNITS, checklist_named, items_named, units_named
from web.scans.book import JobBook
from web.scans.deeds import (
    check_asked,
    job_for,
    job_stopped,
    may_stop,
    scan_asked,
    scan_resumed,
    scan_stopped,
)
from web.scans.jobs import Wanted
from web.scans.kept import FIGURES
from web.scans.registry import known_units
from web.scans.snapshot import job_view, waiting_text, with_their_scans
from web.scans.spans import about, span
from web.scans.watching import watch_of
from web.site import Site
from web.viewer import OnSite, SignedIn, needs

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
        job = scan_asked(request, site, viewer, wanted)
    except Fault as fault:
        typed = {
            "checklist": checklist,
            "units": units,
            "items": items,
            "from_scratch": from_scratch,
        }
        return _form(request, site, typed, str(fault), fault.status)
    return RedirectResponse(f"/scans/jobs/{job.id}", 303)


@router.post("/scans/{number:int}/resume", dependencies=RUNS)
def resume_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Go on with a scan that was left unfinished."""
    job = scan_resumed(request, site, viewer, number)
    return RedirectResponse(f"/scans/jobs/{job.id}", 303)


@router.post("/scans/{number:int}/stop", dependencies=RUNS)
def stop_scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Ask the scan to stop, a second time to end at once."""
    scan_stopped(request, site, viewer, number)
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
        live=live, about=about,
        may_stop=found.open and found.stops < 2 and may_stop(viewer, found),
        unit_names=[(one, names.get(one, one)) for one in found.wanted.units],
        full=viewer.sees_all,
    )  # fmt: skip


@router.post("/scans/jobs/{number:int}/stop")
def stop_job(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """Take a job out of the queue, or ask it to stop, a second time to end at once."""
    job_stopped(request, site, viewer, job_for(site, viewer, number))
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
    made = check_asked(request, site, viewer, unit, item, checklist)
    return RedirectResponse(f"/scans/jobs/{made.id}", 303)
