"""The desk that takes self-checks: it lets them wait, run and be forgotten.

All of it lives in this process's memory and in one folder that goes with it; a person finds only
what they started themselves.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from web.checking.folders import WorkFolder
from web.checking.job import Job, State
from web.checking.line import in_order, next_of
from web.checking.process import MODULE, Spare
from web.checking.running import UNFORESEEN, Ending, run

if TYPE_CHECKING:
    from sweep.self_check.request import SelfCheckRequest
    from web.checking.settings import SelfCheckSettings

_log = logging.getLogger(__name__)

NEVER_SHOWN = timedelta(hours=2)
"""After so long an answer that nobody came for is forgotten."""
_TIDY_EVERY_S = 5.0
_SPARE_WAITS_S = 600.0
_ENDED_EACH = 10


class FullError(Exception):
    """No further check is taken now; `str` says it in Thai, with what to do."""


class Desk:
    """Takes, runs and forgets self-checks; use from any thread."""

    def __init__(
        self,
        root: Path,
        settings: SelfCheckSettings,
        clock: Callable[[], datetime],
        module: str = MODULE,
    ) -> None:
        """Keep what is under way below `root`; `module` is what a check's process runs.

        Raises `OSError` when there is no writing there.
        """
        self.settings = settings
        self.folders = WorkFolder(root)
        self._clock = clock
        self._lock = threading.RLock()
        self._jobs: list[Job] = []
        self._spare = Spare(module)
        self._threads: set[threading.Thread] = set()
        self._closed = threading.Event()
        threading.Thread(target=self._keep_tidy, name="self-check-tidy", daemon=True).start()

    def prepare(self) -> None:
        """Have a process ready: somebody is about to ask."""
        if not self._closed.is_set():
            self._spare.prepare()

    def refuse_when_full(self, person: str) -> None:
        """Raise `FullError` when `person` could not start a check now."""
        with self._lock:
            waiting = [job for job in self._jobs if job.state is State.WAITING]
            own = [job for job in self._jobs if job.person == person and not job.state.over]
        if len(own) > self.settings.waiting_each:
            raise FullError(
                f"ท่านมีการตรวจที่ยังไม่เสร็จอยู่ {len(own)} รายการแล้ว รอให้เสร็จหรือยกเลิกบางรายการก่อน"
            )
        if len(waiting) >= self.settings.waiting and self.settings.waiting:
            raise FullError(f"ขณะนี้มีผู้รอตรวจ {len(waiting)} รายการ เต็มจำนวนที่รับได้ กรุณาลองใหม่ในอีกสักครู่")

    def start(self, person: str, request: SelfCheckRequest, host: str) -> Job:
        """Take a check; it runs at once where there is room. Raises `FullError`."""
        with self._lock:
            self.refuse_when_full(person)
            job = Job(person, request, host, self._clock())
            self._jobs.append(job)
            self._go_on()
        return job

    def find(self, person: str, job_id: str) -> Job | None:
        """The person's own job of this id."""
        with self._lock:
            mine = (job for job in self._jobs if job.person == person)
            return next((job for job in mine if job.id == job_id), None)

    def of(self, person: str) -> list[Job]:
        """The person's jobs, newest first."""
        with self._lock:
            return [job for job in reversed(self._jobs) if job.person == person]

    def saw(self, job: Job) -> None:
        """The end of the job was shown; from now on its time runs."""
        if job.state.over and job.shown is None:
            job.shown = self._clock()

    def cancel(self, job: Job) -> None:
        """Stop a job that is not over; what it started is killed and its folder deleted."""
        job.cancelled.set()
        with self._lock:
            if job.state is State.WAITING:
                self._end(job, Ending(State.CANCELLED))

    def forget(self, job: Job) -> None:
        """Delete a job with its answer; one that still runs is stopped."""
        self.cancel(job)
        with self._lock:
            if job in self._jobs:
                self._jobs.remove(job)
            self._go_on()

    def tidy(self) -> None:
        """Forget the answers whose time is over, and a process that waited in vain."""
        now = self._clock()
        after = timedelta(minutes=self.settings.forget_minutes)
        with self._lock:
            old = [job for job in self._jobs if _is_old(job, now, after)]
            for person in {job.person for job in self._jobs}:
                ended = [job for job in self.of(person) if job.state.over]
                old.extend(ended[_ENDED_EACH:])
            self._jobs = [job for job in self._jobs if job not in old]
        self._spare.dismiss(_SPARE_WAITS_S)

    def close(self) -> None:
        """Stop everything and delete what was kept on the way."""
        self._closed.set()
        with self._lock:
            for job in list(self._jobs):
                self.cancel(job)
            threads = set(self._threads)
        for thread in threads:
            thread.join(15)
        self._spare.dismiss()
        self.folders.close()

    def _keep_tidy(self) -> None:
        while not self._closed.wait(_TIDY_EVERY_S):
            self.tidy()

    def _go_on(self) -> None:
        """Begin what there is room for, and tell the others their places."""
        with self._lock:
            while not self._closed.is_set() and (job := next_of(self._jobs, self.settings.at_once)):
                job.begin()
                thread = threading.Thread(
                    target=self._work, args=(job,), name="self-check", daemon=True
                )
                self._threads.add(thread)
                thread.start()
            for place, job in enumerate(in_order(self._jobs), 1):
                job.stand_at(place)

    def _work(self, job: Job) -> None:
        ending = Ending(State.FAILED, failure=UNFORESEEN)
        try:
            process = self._spare.take()
            try:
                ending = run(job, process, self.settings)
            finally:
                process.end()
        except Exception:
            _log.exception("a self-check could not be run")
        with self._lock:
            self._threads.discard(threading.current_thread())
            self._end(job, ending)
        self.prepare()

    def _end(self, job: Job, ending: Ending) -> None:
        shutil.rmtree(job.request.folder, ignore_errors=True)
        job.finish(ending.state, self._clock(), ending.report, ending.failure)
        self._go_on()


def _is_old(job: Job, now: datetime, after: timedelta) -> bool:
    if not job.state.over or job.ended is None:
        return False
    if job.shown is not None:
        return now - job.shown >= after
    return now - job.ended >= NEVER_SHOWN
