"""What moves on the page of scans: read once for all who look, each seeing what is theirs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from checklist.loader import available
from results.parts import Part
from web.scans.book import JobBook
from web.scans.jobs import LIVE, STATE_WORDS, Job, JobState, ahead_of
from web.scans.live import LiveScan, live_scans
from web.scans.spans import about

if TYPE_CHECKING:
    from web.site import Site
    from web.viewer import Viewer

PAUSE_S = 1.5
"""The database is read at most so often, however many look."""
_JUST_ENDED = 5


class JobView(Part):
    """A job as it is shown: `waits_for` says what a waiting one waits for, in Thai."""

    job: int
    state: JobState
    state_th: str
    checklist: str
    units: tuple[str, ...]
    items: tuple[str, ...]
    from_scratch: bool
    resumes: bool
    asked_by: str
    asked_at: datetime
    stopped_by: str
    stops: int
    scan: int | None
    started_at: datetime | None
    ended_at: datetime | None
    exit_code: int | None
    message: str
    waits_for: str


class Snapshot(Part):
    """What is under way and waits; `ended` are the jobs that ended last, newest first."""

    scans: tuple[LiveScan, ...]
    jobs: tuple[JobView, ...]
    ended: tuple[JobView, ...]

    def shape(self) -> str:
        """Changes when there is more to show anew than figures."""
        jobs = (f"{one.job}{one.state}{one.stops}{one.scan}" for one in (*self.jobs, *self.ended))
        return " ".join(("now", *(f"s{one.scan}" for one in self.scans), *jobs))


def job_view(job: Job, waits_for: str = "") -> JobView:
    """The job as it is shown."""
    wanted = job.wanted
    return JobView(
        job=job.id,
        state=job.state,
        state_th=STATE_WORDS[job.state],
        checklist=wanted.checklist,
        units=wanted.units,
        items=wanted.items,
        from_scratch=wanted.from_scratch,
        resumes=wanted.resume is not None,
        asked_by=job.asked_by,
        asked_at=job.asked_at,
        stopped_by=job.stopped_by,
        stops=job.stops,
        scan=job.scan_id,
        started_at=job.started_at,
        ended_at=job.ended_at,
        exit_code=job.exit_code,
        message=job.message,
        waits_for=waits_for,
    )


def read_snapshot(site: Site) -> Snapshot:
    """Read the database; raises `StoreError`.

    The jobs are read after the scans: a scan that is seen has its job among them.
    """
    seen = live_scans(site.store, available(), site.clock())
    jobs, ended = JobBook(site.engine).open_and_ended(_JUST_ENDED)
    scans = still_live(seen, ended)
    known = with_their_scans(jobs, scans)
    return Snapshot(
        scans=scans,
        jobs=tuple(job_view(job, waiting_text(job, known, scans)) for job in known),
        ended=tuple(job_view(job) for job in ended),
    )


def still_live(scans: Iterable[LiveScan], ended: Sequence[Job]) -> tuple[LiveScan, ...]:
    """The scans without those whose process was the one of a job that has ended since. Pure."""
    over = {(job.scan_id, job.pid) for job in ended}
    return tuple(one for one in scans if not one.process or (one.scan, one.process) not in over)


def with_their_scans(jobs: Iterable[Job], scans: Sequence[LiveScan]) -> list[Job]:
    """The jobs, each with the scan that its process fills, also before it is noted. Pure."""
    noted = {job.scan_id for job in jobs}
    return [
        replace(job, scan_id=next(
            (one.scan for one in scans if one.scan not in noted and _carries_out(job, one)), None
        )) if job.scan_id is None else job
        for job in jobs
    ]  # fmt: skip


def _carries_out(job: Job, scan: LiveScan) -> bool:
    """Whether the process of a live job fills the scan; one of the two may not be known."""
    if job.state not in LIVE or job.wanted.checklist != scan.checklist:
        return False
    return not job.pid or not scan.process or job.pid == scan.process


def waiting_text(job: Job, jobs: list[Job], scans: tuple[LiveScan, ...]) -> str:
    """What a waiting job waits for, with how long where that can be told. Pure."""
    if job.state is not JobState.WAITING:
        return ""
    ahead = ahead_of(job, jobs)
    live = next((one for one in scans if one.checklist == job.wanted.checklist), None)
    queue = [one for one in ahead if one.state is JobState.WAITING]
    parts = []
    if live is not None:
        ours = any(one.scan_id == live.scan for one in ahead)
        by = "" if ours else " ซึ่งเริ่มจากกำหนดการหรือจากเครื่องแม่ข่าย"
        left = f" เหลือราว {about(live.left)}" if live.left is not None else ""
        parts.append(f"รอการตรวจครั้งที่ {live.scan}{by}{left}")
    elif len(ahead) > len(queue):
        parts.append("รอการตรวจที่กำลังเริ่ม")
    if queue:
        parts.append(f"มีคิวก่อนหน้า {len(queue)} รายการ")
    return " และ".join(parts) or job.message or "กำลังจะเริ่ม"


def seen_by(found: Snapshot, viewer: Viewer) -> Snapshot:
    """What of it is open to the viewer: everything, or the checks of one's own units."""
    if viewer.sees_all:
        return found
    jobs = tuple(one for one in found.jobs if sees_job(viewer, one.units))
    own = {one.scan for one in jobs}
    return Snapshot(
        scans=tuple(one for one in found.scans if one.scan in own),
        jobs=jobs,
        ended=tuple(one for one in found.ended if sees_job(viewer, one.units)),
    )


def sees_job(viewer: Viewer, units: tuple[str, ...]) -> bool:
    """Whether a job of these units (none: of all) is open to the viewer."""
    return viewer.sees_all or (bool(units) and all(viewer.sees(unit) for unit in units))


class Watch:
    """The last snapshot, read anew when it is old and somebody looks."""

    def __init__(self, read: Callable[[], Snapshot], pause_s: float = PAUSE_S) -> None:
        """`read` gives a snapshot of now."""
        self._read = read
        self._pause = pause_s
        self._lock = threading.Lock()
        self._at = float("-inf")
        self._last: Snapshot | None = None

    def fresh(self) -> Snapshot | None:
        """The last snapshot while it is fresh enough."""
        return self._last if time.monotonic() - self._at < self._pause else None

    def latest(self) -> Snapshot:
        """A fresh snapshot; of many who ask at once one reads and all get it."""
        with self._lock:
            known = self.fresh()
            if known is not None:
                return known
            found = self._read()
            self._last, self._at = found, time.monotonic()
            return found
