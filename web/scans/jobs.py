"""A scan asked for in the browser, what it may become, and which one is begun next. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = (JobState.WAITING, JobState.RUNNING, JobState.STOPPING)
LIVE = (JobState.RUNNING, JobState.STOPPING)
STATE_WORDS = {
    JobState.WAITING: "รอคิว",
    JobState.RUNNING: "กำลังตรวจ",
    JobState.STOPPING: "กำลังหยุด",
    JobState.DONE: "เสร็จแล้ว",
    JobState.FAILED: "ไม่สำเร็จ",
    JobState.STOPPED: "ถูกหยุด",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: units and items of a checklist (its key), all of them where none is named.

    `from_scratch`: nothing of earlier scans is taken over. `resume` is the scan to go on with.
    """

    checklist: str
    units: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    from_scratch: bool = False
    resume: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether it is a check of named units, which goes before sweeps of all."""
        return bool(self.units)


@dataclass(frozen=True, slots=True)
class Job:
    """One scan asked for: by whom and when, where it stands, and the process that carries it out.

    `stops` is how often a person asked to stop it. Moments are aware, in UTC.
    """

    id: int
    asked_by: str
    asked_at: datetime
    wanted: Wanted
    state: JobState
    stops: int = 0
    stopped_by: str = ""
    host: str = ""
    pid: int | None = None
    process: str = ""
    scan_id: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    exit_code: int | None = None
    message: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in OPEN


def in_turn(waiting: Iterable[Job]) -> list[Job]:
    """Waiting jobs in the order in which they are begun: checks of named units, then by number."""
    return sorted(waiting, key=lambda job: (not job.wanted.narrow, job.id))


def next_job(waiting: Iterable[Job], busy: Collection[str]) -> Job | None:
    """The job to begin now; `busy` are the checklists that somebody sweeps already."""
    free = (job for job in in_turn(waiting) if job.wanted.checklist not in busy)
    return next(free, None)


def ahead_of(job: Job, jobs: Iterable[Job]) -> list[Job]:
    """The jobs of the same checklist that are under way or begun before `job`, which waits."""
    others = [one for one in jobs if one.open and one.wanted.checklist == job.wanted.checklist]
    live = [one for one in others if one.state is not JobState.WAITING]
    line = in_turn(one for one in others if one.state is JobState.WAITING)
    numbers = [one.id for one in line]
    return live + (line[: numbers.index(job.id)] if job.id in numbers else [])


def same_wish(job: Job, wanted: Wanted) -> bool:
    """Whether a job that has not begun does already what is asked for."""
    return job.state is JobState.WAITING and job.wanted == wanted
