"""The loop of `oit schedule`: looks once a second what is due, starts it, and sees how it ends."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from database.engine import StoreError
from scheduling.book import Book, Heartbeat, Run
from scheduling.deciding import Cause, Outcome, Start, State, after_run, decide
from scheduling.launching import OIT, Running, end_orphan, tail_of
from scheduling.locks import Lock, is_held
from scheduling.reading import definition_of
from scheduling.timing import quiet_until

if TYPE_CHECKING:
    import threading

    from scheduling.jobs import Job, Schedule

TURN_S = 1.0
BEAT_S = 10.0
BEAT_TOO_OLD = timedelta(seconds=90)
"""A sign of life older than this is of a scheduler that no longer runs."""
_CLOCK_JUMP_S = 60.0


class Announce(Protocol):
    """Writes one line for an event with its values, such as a structlog logger's `info`."""

    def __call__(self, event: str, /, **values: object) -> object:
        """Write the line."""


class AlreadyRunningError(RuntimeError):
    """Another scheduler works on this database."""


@dataclass
class _Live:
    run: Run
    process: Running
    ended_as: Outcome | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a scheduler runs in: its folder (locks, logs), the program that jobs are arguments of,
    and variables that every job gets.
    """  # noqa: D205

    folder: Path
    program: Sequence[str] = OIT
    env: Mapping[str, str] | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Scheduler:
    """Runs the jobs of a schedule; at most one works on a database."""

    def __init__(
        self,
        schedule: Schedule,
        book: Book,
        around: Surroundings,
        announce: Announce,
        deadlines: Sequence[date] = (),
    ) -> None:
        """Take the lock of the database; raises `AlreadyRunningError` and `StoreError`."""
        self._schedule = schedule
        self._book = book
        self._around = around
        self._tell = announce
        self._deadlines = deadlines
        self._live: dict[str, _Live] = {}
        self._orphans: list[Run] = []
        self._orphans_since = time.monotonic()
        self._stopping = False
        self._token = uuid.uuid4().hex
        self._began = around.now()
        self._beaten = -BEAT_S
        self._clock = (self._began, time.monotonic())
        self._hold = self._take()

    def _take(self) -> Lock:
        lock = Lock.take(self._around.folder / "scheduler.lock")
        beat = self._book.heartbeat()
        elsewhere = beat is not None and beat.host != socket.gethostname()
        if lock is not None and beat is not None and elsewhere:
            age = abs(self._around.now() - beat.beat)
            if age < BEAT_TOO_OLD:
                lock.let_go()
                lock = None
        if lock is None:
            where = f"{beat.host} pid {beat.pid}" if beat else "?"
            raise AlreadyRunningError(where)
        self._orphans = self._book.unfinished()
        return lock

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, then stop the running jobs and wait for them, not for ever."""
        self._tell("started", pid=os.getpid(), jobs=len(self._schedule.jobs))
        while not stop.is_set():
            self.turn()
            stop.wait(TURN_S)
        self.wind_up()
        self._tell("stopped")

    def turn(self) -> None:
        """One turn: sign of life, what ended, what must stop, what is due."""
        try:
            self._beat()
            self._see_orphans()
            self._see_ends()
            self._see_limits()
            if not self._stopping:
                self._start_what_is_due()
        except StoreError as error:
            # Busy or gone for a while: nothing was started that is not written down.
            self._tell("database_fault", error=str(error))

    def wind_up(self) -> None:
        """Stop every running job and write down how it ended; then let go of the lock."""
        self._stopping = True
        limit = time.monotonic() + self._schedule.stop_within.total_seconds() + 10
        while self._live and time.monotonic() < limit:
            for live in self._live.values():
                self._stop(live, Outcome.INTERRUPTED, "shutdown")
            self.turn()
            time.sleep(0.1)
        self._hold.let_go()

    def _beat(self) -> None:
        now, steady = self._around.now(), time.monotonic()
        drift = (now - self._clock[0]).total_seconds() - (steady - self._clock[1])
        self._clock = (now, steady)
        if abs(drift) > _CLOCK_JUMP_S:
            self._tell("clock_jumped", seconds=round(drift))
        if steady - self._beaten >= BEAT_S:
            host = socket.gethostname()
            self._book.beat(Heartbeat(now, self._began, os.getpid(), host, self._token))
            self._beaten = steady

    def _see_orphans(self) -> None:
        """Runs of a scheduler that died: wait for what still ends, then call them broken off."""
        for run in list(self._orphans):
            job = self._schedule.jobs.get(run.job)
            lock = self._lock_path(self._group(run))
            if is_held(lock):
                waited = time.monotonic() - self._orphans_since
                if waited > self._schedule.stop_within.total_seconds():
                    end_orphan(lock)
                continue
            self._finish(job, run, Outcome.BROKEN, None)
            self._orphans.remove(run)

    def _group(self, run: Run) -> str:
        job = self._schedule.jobs.get(run.job)
        return job.apart_from if job else run.arguments[0]

    def _see_ends(self) -> None:
        for name, live in list(self._live.items()):
            code = live.process.code()
            if code is None:
                continue
            job = self._schedule.jobs[name]
            outcome = live.ended_as or Outcome.FAILED
            if code in job.succeeds_with and outcome is not Outcome.TIMEOUT:
                outcome = Outcome.SUCCESS
            self._finish(job, live.run, outcome, code)
            del self._live[name]

    def _finish(self, job: Job | None, run: Run, outcome: Outcome, code: int | None) -> None:
        now = self._around.now()
        output = tail_of(self.log_path(run.job, run.id))
        ended = replace(run, ended=now, outcome=outcome, exit_code=code, output=output)
        state = self._book.states().get(run.job, ("", State()))[1]
        after = after_run(job, state, run.cause, outcome, code, now) if job else state
        self._book.end(ended, state, after, self._followers(run.job, outcome))
        values: dict[str, object] = {"job": run.job, "run": run.id, "outcome": outcome.value}
        values |= {"exit_code": code, "seconds": round((now - run.started).total_seconds())}
        if outcome is not Outcome.SUCCESS:
            values["output"] = output[-500:]
        self._tell("ended", **values)

    def _followers(self, name: str, outcome: Outcome) -> tuple[str, ...]:
        if outcome is not Outcome.SUCCESS:
            return ()
        return tuple(one for one, job in self._schedule.jobs.items() if job.when.after == name)

    def _see_limits(self) -> None:
        for name, live in self._live.items():
            job = self._schedule.jobs[name]
            zone, quiet = self._schedule.zone(job), self._schedule.quiet(job)
            if live.process.asked_to_stop is not None:
                live.process.stop(self._schedule.stop_within.total_seconds())
            elif live.process.seconds > job.timeout.total_seconds():
                self._stop(live, Outcome.TIMEOUT, "timeout")
            elif (
                job.continue_with
                and live.run.cause is not Cause.REQUESTED
                and quiet_until(self._around.now(), quiet, zone)
            ):
                self._stop(live, Outcome.INTERRUPTED, "quiet_hours")

    def _stop(self, live: _Live, outcome: Outcome, why: str) -> None:
        if live.process.asked_to_stop is None:
            live.ended_as = outcome
            self._tell("stopping", job=live.run.job, run=live.run.id, why=why)
        live.process.stop(self._schedule.stop_within.total_seconds())

    def _start_what_is_due(self) -> None:
        kept = self._book.states()
        # Until the end of an orphan is written down, its group is not free, whatever its lock says.
        waited_for = {self._group(run) for run in self._orphans}
        for name, job in self._schedule.jobs.items():
            if name in self._live:
                continue
            definition = definition_of(self._schedule, job)
            known, before = kept.get(name, ("", State()))
            state = before if known == definition else replace(before, reckoned=None)
            group = job.apart_from
            free = group not in waited_for and not is_held(self._lock_path(group))
            now = self._around.now()
            decision = decide(name, self._schedule, state, now, self._deadlines, free)
            if decision.missed is not None:
                self._book.miss(name, definition, before, decision.state, decision.missed, now)
                self._tell("missed", job=name, due=decision.missed.isoformat())
            elif decision.start is not None:
                self._start(name, definition, before, decision.state, decision.start)
            elif decision.state != before or known != definition:
                self._book.keep(name, definition, before, decision.state)

    def _start(self, name: str, definition: str, before: State, after: State, start: Start) -> None:
        job = self._schedule.jobs[name]
        lock = Lock.take(self._lock_path(job.apart_from))
        if lock is None:
            return
        now = self._around.now()
        try:
            number = self._book.begin(name, definition, before, after, start, now)
        except StoreError:
            lock.let_go()
            raise
        run = Run(number, name, start.cause, start.arguments, now, start.due)
        env = {**(self._around.env or {}), **job.env}
        command = [*self._around.program, *start.arguments]
        try:
            process = Running(command, env, self.log_path(name, number), lock)
        except OSError as error:
            lock.let_go()
            self._tell("cannot_start", job=name, run=number, error=str(error))
            self._finish(job, run, Outcome.FAILED, None)
            return
        self._live[name] = _Live(run, process)
        values = {"cause": start.cause.value, "pid": process.pid}
        self._tell("begun", job=name, run=number, arguments=" ".join(start.arguments), **values)

    def log_path(self, job: str, number: int) -> Path:
        """The file that holds what a run wrote."""
        return self._around.folder / "logs" / job / f"{number}.log"

    def _lock_path(self, group: str) -> Path:
        safe = "".join(mark if mark.isalnum() else "-" for mark in group)
        return self._around.folder / f"group-{safe}.lock"
