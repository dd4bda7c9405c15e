"""What people do with scans, for the pages and the API: each deed with its line in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Right
from database.sessions import together
from web.faults import BadInput, NotFound, Refused
from web.scans.asking import ask, checklist_named, items_named, resuming, units_named
from web.scans.book import JobBook
from web.scans.jobs import Job, Wanted
from web.scans.snapshot import sees_job, with_their_scans
from web.scans.watching import watch_of
from web.viewer import record

if TYPE_CHECKING:
    from fastapi import Request

    from web.site import Site
    from web.viewer import Viewer


def scan_asked(request: Request, site: Site, viewer: Viewer, wanted: Wanted) -> Job:
    """Put a scan in the queue; raises `BadInput` and `TooSoon`."""

    def note(job: Job) -> None:
        record(request, viewer, "scan.asked", f"scan-job:{job.id}", _facts(job))

    return ask(site, viewer, wanted, note)


def scan_resumed(request: Request, site: Site, viewer: Viewer, number: int) -> Job:
    """Go on with a scan that was left unfinished; raises `NotFound`, `BadInput`, `TooSoon`."""

    def note(job: Job) -> None:
        record(request, viewer, "scan.resumed", f"scan:{number}", {"job": job.id})

    return ask(site, viewer, resuming(site, number), note)


def check_asked(
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

    def note(job: Job) -> None:
        detail = {"items": list(wanted.items), "checklist": year.key, "job": job.id}
        record(request, viewer, "unit.check_asked", f"unit:{unit}", detail)

    return ask(site, viewer, wanted, note)


def job_for(site: Site, viewer: Viewer, number: int) -> Job:
    """The job, when it is open to the viewer; raises `NotFound`."""
    found = JobBook(site.engine).job(number)
    if found is None or not sees_job(viewer, found.wanted.units):
        raise NotFound(f"ไม่มีรายการสั่งตรวจหมายเลข {number}")
    return found


def may_stop(viewer: Viewer, job: Job) -> bool:
    """Whether the viewer may stop the job, were it not asked to already."""
    own = job.asked_by == viewer.name and viewer.may(Right.CHECK)
    return own or viewer.may(Right.RUN_SCANS)


def job_stopped(request: Request, site: Site, viewer: Viewer, job: Job) -> Job:
    """Ask the job to stop; raises `Refused`, or `BadInput` for one that has ended."""
    if not may_stop(viewer, job):
        raise Refused("หยุดได้เฉพาะรายการที่ท่านสั่งเอง")
    with together(site.engine):
        after = JobBook(site.engine).ask_stop(job.id, viewer.name, site.clock())
        if after is None:
            raise BadInput(f"รายการสั่งตรวจหมายเลข {job.id} จบไปแล้ว ไม่มีอะไรให้หยุด")
        detail = {"times": after.stops, "scan": job.scan_id}
        record(request, viewer, "scan.stopped", f"scan-job:{job.id}", detail)
    return after


def scan_stopped(request: Request, site: Site, viewer: Viewer, number: int) -> Job:
    """Ask the job that fills the scan to stop; raises `BadInput` when none here does."""
    jobs = with_their_scans(JobBook(site.engine).open_jobs(), watch_of(site).latest().scans)
    found = next((one for one in jobs if one.scan_id == number), None)
    if found is None:
        raise BadInput(
            f"การตรวจครั้งที่ {number} ไม่ได้สั่งจากหน้านี้ หรือจบไปแล้ว ถ้าเริ่มจากกำหนดการ ให้หยุดด้วย "
            "oit schedule pause หรือกด Ctrl-C ที่หน้าต่างซึ่งสั่ง oit sweep"
        )
    return job_stopped(request, site, viewer, found)


def _facts(job: Job) -> dict[str, object]:
    """What was asked for, for the log of who did what."""
    wanted = job.wanted
    return {
        "checklist": wanted.checklist,
        "units": list(wanted.units) or "all",
        "items": list(wanted.items) or "all",
        "from_scratch": wanted.from_scratch,
    }
