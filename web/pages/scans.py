"""The scans: what is under way and waits, those that are kept, and one of them in full."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from accounts.roles import Right
from results.newest import known_scan, resumable_scans, scan_before, scan_page
from results.record import ScanInfo, ScanStatus
from results.registries import units_left
from results.statistic_rows import statistics_of
from results.statistics import figures
from web.faults import NotFound
from web.pages.scan_files import MOST_UNITS
from web.paging import Paging
from web.render import fragment, page
from web.scans.book import JobBook
from web.scans.command import log_of
from web.scans.jobs import Job
from web.scans.kept import SCOPE_WORDS, KeptScan, causes_of, kept_scans
from web.scans.log import log_lines
from web.scans.places import jobs_folder
from web.scans.snapshot import Snapshot, seen_by
from web.scans.spans import about, span
from web.scans.watching import watch_of
from web.scans.wording import live_words
from web.site import Site
from web.viewer import OnSite, SignedIn, needs

router = APIRouter(prefix="/scans", dependencies=[Depends(needs(Right.READ_ALL))])
PAGE = 15
_MOST_LEFT = 60


@router.get("")
def scans(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """What is under way, what waits, and the kept scans."""
    seen = seen_by(watch_of(site).latest(), viewer)
    paging = Paging.of(number, PAGE, scan_page(site.store, 0, 0)[1])
    infos, _total = scan_page(site.store, paging.skip, PAGE)
    return page(
        request, "scans.html", live=live_words(seen), kept=kept_of(site, infos, seen),
        paging=paging, scope_words=SCOPE_WORDS, span=span, about=about,
    )  # fmt: skip


@router.get("/live")
def live(request: Request, site: OnSite, viewer: SignedIn) -> Response:
    """The part of the page that moves."""
    moving = live_words(seen_by(watch_of(site).latest(), viewer))
    return fragment(request, "scans_live.html", live=moving, about=about)


def kept_of(site: Site, infos: tuple[ScanInfo, ...], seen: Snapshot) -> list[KeptScan]:
    """The scans with who asked for them and whether they can be gone on with."""
    keys = {info.checklist for info in infos}
    open_ones = {one.id for key in keys for one in resumable_scans(site.store, key)}
    jobs = JobBook(site.engine).of_scans([info.id for info in infos])
    running = {one.scan for one in seen.scans}
    return kept_scans(site.store, infos, jobs, running, open_ones)


@router.get("/{number:int}")
def scan(request: Request, site: OnSite, viewer: SignedIn, number: int) -> Response:
    """One scan: how far it came, its figures, what could not be checked, its log."""
    info = known_scan(site.store, number)
    if info is None:
        raise NotFound(f"ไม่มีการตรวจครั้งที่ {number} อาจถูกลบตามอายุการเก็บแล้ว")
    seen = seen_by(watch_of(site).latest(), viewer)
    (kept,) = kept_of(site, (info,), seen)
    found = statistics_of(site.store, number)
    job = next((one for one in seen.jobs if one.scan == number), None)
    return page(
        request, "scan.html", kept=kept, info=info, about=about, scope_words=SCOPE_WORDS, job=job,
        live=live_words(Snapshot(
            scans=tuple(one for one in seen.scans if one.scan == number), jobs=(), ended=(),
        )),
        sections=[(name, list(lines)) for name, lines in groupby(
            figures(found, verdicts=False), key=lambda one: one.section
        )],
        causes=causes_of(found), before=_before(site, info), left=_left(site, info),
        most_units=MOST_UNITS, lines=_lines(site, kept.job) if viewer.may(Right.RUN_SCANS) else [],
    )  # fmt: skip


def _before(site: Site, info: ScanInfo) -> int | None:
    """The scan with which it is compared: the one before of whatever it holds first."""
    held = site.store.last_saved_unit(info.id)
    return scan_before(site.store, info, held) if held is not None else None


def _left(site: Site, info: ScanInfo) -> tuple[list[str], int]:
    """The first units that an unfinished scan has not done, and how many there are."""
    if info.status is ScanStatus.FINISHED or info.planned is None or info.planned <= info.units:
        return [], 0
    left = [str(one.get("name") or one.get("id")) for one in units_left(site.store, info.id)]
    return left[:_MOST_LEFT], len(left)


def _lines(site: Site, job: Job | None) -> list[object]:
    return [] if job is None else list(log_lines(log_of(jobs_folder(site), job.id), 60))
