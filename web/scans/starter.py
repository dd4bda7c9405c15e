"""Carries the jobs out: one thread that begins what is next, watches it, and notes how it ended."""

from __future__ import annotations

import logging
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from database.addresses import FILE_SETTING, SETTING
from database.engine import StoreError
from scheduling.locks import Lock
from web.scans import processes
from web.scans.book import JobBook
from web.scans.command import arguments_of, log_of, reports_of
from web.scans.endings import ending_of, refused_by_lock
from web.scans.jobs import LIVE, Job, JobState, next_job
from web.scans.lock_holder import sweeping_process
from web.scans.log import last_words, scan_number
from web.scans.places import jobs_folder
from web.scans.processes import OIT, Begun, Found

if TYPE_CHECKING:
    from results.record import ScanStatus
    from results.store import Store
    from web.site import Site

TURN_S = 0.7
KILL_AFTER_S = 30.0
"""A process that was asked twice to stop and lives so long after is killed."""
TELL_AGAIN_S = 3.0
"""It is told again so often: of two signals that come while it does not run, one is lost."""
_AGAIN_AFTER_S = 60.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Workplace:
    """Where jobs are carried out: the folder of their logs and lock, of reports, the program."""

    folder: Path
    out: Path
    program: Sequence[str] = OIT
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Live:
    job: Job
    process: Begun | Found
    sent: int = 0
    sent_at: float = 0.0
    told_at: float = 0.0


class Starter:
    """The one that carries out the jobs of a database; of several, one does it and others wait."""

    def __init__(self, opened: Callable[[], Store], place: Workplace) -> None:
        """Nothing is done before `start`, or a call of `turn`; `opened` gives the results."""
        self._opened = opened
        self._place = place
        self._live: dict[int, _Live] = {}
        self._held_off: dict[str, float] = {}
        self._hold: Lock | None = None
        self._said = ""
        self._found = False
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work in a thread until `stop`."""
        self._thread = threading.Thread(target=self._run, name="scan-jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Work no more. The processes go on, and are found again by the next starter."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(10)
        if self._hold is not None:
            self._hold.let_go()
            self._hold = None

    @property
    def _store(self) -> Store:
        return self._opened()

    @property
    def _book(self) -> JobBook:
        return JobBook(self._store.engine)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self.turn()
            except Exception:
                # The queue of a whole ministry must not end for one job.
                _log.exception("a look at the queue of scans failed")
            self._ending.wait(TURN_S)

    def turn(self) -> None:
        """One look: what ended, what must stop, what is begun. Faults wait for the next look."""
        if self._ending.is_set():
            return
        try:
            if self._hold is None:
                self._hold = Lock.take(self._place.folder / "starter.lock")
                if self._hold is None:
                    return
            if not self._found:
                self._find_again()
                self._found = True
            jobs = self._book.open_jobs()
            for job in jobs:
                if job.id in self._live:
                    self._live[job.id].job = job
            self._look_after()
            self._begin_next([job for job in jobs if job.state is JobState.WAITING])
        except (StoreError, OSError) as error:
            if str(error) != self._said:
                _log.warning("the queue of scans waits: %s", error)
            self._said = str(error)

    def _find_again(self) -> None:
        """Take over what an earlier starter of this machine began; note what ended meanwhile.

        A file of SQLite is this machine's whatever its name was: a container's changes.
        """
        elsewhere = self._store.engine.dialect.name != "sqlite"
        for job in self._book.live_jobs():
            if elsewhere and job.host != socket.gethostname():
                continue
            self._live[job.id] = _Live(job, Found(job.pid or 0, job.process), sent=job.stops)

    def _look_after(self) -> None:
        for number, live in list(self._live.items()):
            ended, code = live.process.ended()
            if live.job.scan_id is None:
                self._note_scan(live)
            if ended:
                self._conclude(live.job, code)
                del self._live[number]
            else:
                self._see_stop(live)

    def _note_scan(self, live: _Live) -> None:
        number = scan_number(log_of(self._place.folder, live.job.id))
        if number is not None:
            self._book.change(live.job.id, scan_id=number)
            live.job = self._book.job(live.job.id) or live.job

    def _see_stop(self, live: _Live) -> None:
        if live.sent < live.job.stops:
            live.sent += 1
            live.sent_at = time.monotonic()
            live.told_at = live.sent_at
            processes.ask_to_stop(live.process.pid, live.process.mark)
        elif live.sent > 1 and time.monotonic() - live.sent_at > KILL_AFTER_S:
            processes.kill(live.process.pid, live.process.mark)
        elif live.sent > 1 and time.monotonic() - live.told_at > TELL_AGAIN_S:
            live.told_at = time.monotonic()
            processes.ask_to_stop(live.process.pid, live.process.mark)

    def _conclude(self, job: Job, code: int | None) -> None:
        """Write down how a job ended, or let it wait again when another sweep was faster."""
        log = log_of(self._place.folder, job.id)
        said = last_words(log)
        shutil.rmtree(reports_of(self._place.folder, job.id), ignore_errors=True)
        if refused_by_lock(code, said) and not job.stops:
            self._held_off[job.wanted.checklist] = time.monotonic() + _AGAIN_AFTER_S
            again = {"state": JobState.WAITING.value, "pid": None, "process": "", "message": said}
            self._book.change(job.id, only_if=[JobState.RUNNING], started_at=None, **again)
            return
        ending = ending_of(code, self._status(job), job.stops, said)
        self._book.change(
            job.id, only_if=LIVE, state=ending.state.value, message=ending.message,
            exit_code=code, ended_at=datetime.now(UTC),
        )  # fmt: skip

    def _status(self, job: Job) -> ScanStatus | None:
        if job.scan_id is None:
            return None
        try:
            return self._store.scan(job.scan_id).status
        except StoreError:
            return None

    def _begin_next(self, waiting: Sequence[Job]) -> None:
        busy = {live.job.wanted.checklist for live in self._live.values()}
        now = time.monotonic()
        busy |= {key for key, until in self._held_off.items() if now < until}
        for key in {job.wanted.checklist for job in waiting} - busy:
            if sweeping_process(self._store.url, key) is not None:
                busy.add(key)
        while (job := next_job(waiting, busy)) is not None:
            busy.add(job.wanted.checklist)
            self._begin(job)

    def _begin(self, job: Job) -> None:
        begun = {"state": JobState.RUNNING.value, "started_at": datetime.now(UTC), "message": ""}
        mine = self._book.change(
            job.id, only_if=[JobState.WAITING], host=socket.gethostname(), **begun
        )
        if not mine:
            return
        place = self._place
        env = {
            SETTING: self._store.url, FILE_SETTING: "", "OIT_LOG_FORMAT": "json", "OIT_LANG": "th",
            **place.env,
        }  # fmt: skip
        command = [*place.program, *arguments_of(job, place.out, place.folder)]
        try:
            process = Begun(command, env, log_of(place.folder, job.id))
        except OSError as error:
            self._book.change(
                job.id, state=JobState.FAILED.value, ended_at=datetime.now(UTC),
                message=f"เริ่มโปรแกรมตรวจไม่ได้: {error.strerror}",
            )  # fmt: skip
            return
        self._book.change(job.id, pid=process.pid, process=process.mark)
        self._live[job.id] = _Live(self._book.job(job.id) or job, process)


@contextmanager
def carrying_out(site: Site) -> Iterator[Starter]:
    """Carry out the jobs of the site while the block runs."""
    starter = Starter(lambda: site.store, Workplace(jobs_folder(site), site.out))
    starter.start()
    try:
        yield starter
    finally:
        starter.stop()
