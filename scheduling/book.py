"""The book of jobs in the database: read by every command, written in short transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from database.engine import clear_errors, connect, migrate, to_write
from scheduling.deciding import Cause, Outcome, Start, State
from scheduling.models import HeartbeatRow, JobRow, RunRow

_ONE = 1
_KEPT_RUNS = 400
"""Runs of each job whose rows are kept."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run; `outcome` is `None` while it runs. `output` is the end of what it wrote."""

    id: int
    job: str
    cause: Cause
    arguments: tuple[str, ...]
    started: datetime
    due: datetime | None = None
    ended: datetime | None = None
    outcome: Outcome | None = None
    exit_code: int | None = None
    output: str = ""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When the scheduler's loop last turned, when it began, and where it runs."""

    beat: datetime
    started: datetime
    pid: int
    host: str
    token: str


class Book:
    """States and runs of all jobs; open it with `Book.open`, close it with `close` or `with`."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database is already at the newest revision."""
        self._reading = engine
        self._writing = to_write(engine)

    @classmethod
    def open(cls, url: str, *, busy_timeout: float = 15.0) -> Book:
        """Open the database at `url`, its tables brought up to date; raises `StoreError`."""
        engine = connect(url, busy_timeout)
        migrate(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of the database's connections."""
        self._reading.dispose()

    def __enter__(self) -> Self:
        """Give the book to a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def states(self) -> dict[str, tuple[str, State]]:
        """Of every job ever seen: the hash of when it is due, and what is remembered of it."""
        with self._read() as session:
            return {
                row.name: (row.definition, _state_of(row))
                for row in session.scalars(select(JobRow))
            }

    def keep(self, name: str, definition: str, before: State, after: State) -> None:
        """Write what the loop changed in a job's state; a person's words meanwhile stay."""
        with self._write() as session:
            _change(_job_row(session, name), definition, before, after)

    def begin(
        self, name: str, definition: str, before: State, after: State, start: Start, now: datetime
    ) -> int:
        """Write down that a run starts, with the state after it; returns the run's number."""
        with self._write() as session:
            _change(_job_row(session, name), definition, before, after)
            row = RunRow(
                job=name, cause=start.cause.value, arguments=list(start.arguments),
                due=start.due, started=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
            _forget_oldest(session, name)
            return row.id

    def miss(
        self, name: str, definition: str, before: State, after: State, due: datetime, now: datetime
    ) -> None:
        """Write down that the run due at `due` was left out."""
        with self._write() as session:
            _change(_job_row(session, name), definition, before, after)
            row = RunRow(job=name, cause=Cause.DUE.value, arguments=[], due=due, started=now)
            row.ended, row.outcome = now, Outcome.MISSED.value
            session.add(row)

    def end(self, run: Run, before: State, after: State, followers: tuple[str, ...] = ()) -> None:
        """Write down how a run ended; `followers` are due from that moment on."""
        with self._write() as session:
            job = _job_row(session, run.job)
            _change(job, job.definition, before, after)
            row = session.get_one(RunRow, run.id)
            row.ended, row.exit_code, row.output = run.ended, run.exit_code, run.output
            row.outcome = run.outcome.value if run.outcome else ""
            for name in followers:
                follower = _job_row(session, name)
                follower.due = follower.reckoned = run.ended

    def request(self, name: str, now: datetime) -> None:
        """Ask for a run as soon as can be."""
        with self._write() as session:
            _job_row(session, name).requested = now

    def pause(self, name: str, paused: bool) -> None:
        """Pause a job or let it go on; what was missed meanwhile is not made up for."""
        with self._write() as session:
            row = _job_row(session, name)
            row.paused = paused
            if not paused:
                row.reckoned = None

    def last_runs(self) -> dict[str, Run]:
        """The newest run of every job."""
        newest = select(func.max(RunRow.id)).group_by(RunRow.job)
        with self._read() as session:
            rows = session.scalars(select(RunRow).where(RunRow.id.in_(newest)))
            return {row.job: _run_of(row) for row in rows}

    def unfinished(self) -> list[Run]:
        """The runs that are not known to have ended, oldest first."""
        with self._read() as session:
            asked = select(RunRow).where(RunRow.outcome == "").order_by(RunRow.id)
            return [_run_of(row) for row in session.scalars(asked)]

    def beat(self, heartbeat: Heartbeat) -> None:
        """Give the scheduler's sign of life."""
        with self._write() as session:
            row = session.get(HeartbeatRow, _ONE) or HeartbeatRow(id=_ONE)
            row.beat, row.started = heartbeat.beat, heartbeat.started
            row.pid, row.host, row.token = heartbeat.pid, heartbeat.host, heartbeat.token
            session.add(row)

    def heartbeat(self) -> Heartbeat | None:
        """The last sign of life; `None` when no scheduler ever ran."""
        with self._read() as session:
            row = session.get(HeartbeatRow, _ONE)
            return Heartbeat(row.beat, row.started, row.pid, row.host, row.token) if row else None

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with clear_errors(self._reading), Session(self._reading) as session:
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with clear_errors(self._reading), Session(self._writing) as session, session.begin():
            yield session


def _job_row(session: Session, name: str) -> JobRow:
    row = session.get(JobRow, name)
    if row is None:
        row = JobRow(name=name, definition="", attempts=0)
        session.add(row)
    return row


def _change(row: JobRow, definition: str, before: State, after: State) -> None:
    """Set what differs between the states: another process may have changed the rest."""
    row.definition = definition
    for name in ("due", "reckoned", "requested", "again", "attempts"):
        if getattr(before, name) != getattr(after, name):
            setattr(row, name, getattr(after, name))
    row.again_as = after.again_as.value if after.again_as else None


def _forget_oldest(session: Session, name: str) -> None:
    kept = select(RunRow.id).where(RunRow.job == name).order_by(RunRow.id.desc()).offset(_KEPT_RUNS)
    oldest = session.scalars(kept.limit(1)).first()
    if oldest is not None:
        session.execute(delete(RunRow).where(RunRow.job == name, RunRow.id <= oldest))


def _state_of(row: JobRow) -> State:
    return State(
        due=row.due,
        reckoned=row.reckoned,
        requested=row.requested,
        again=row.again,
        again_as=Cause(row.again_as) if row.again_as else None,
        attempts=row.attempts,
        paused=row.paused,
    )


def _run_of(row: RunRow) -> Run:
    return Run(
        id=row.id,
        job=row.job,
        cause=Cause(row.cause),
        arguments=tuple(map(str, row.arguments)),
        started=row.started,
        due=row.due,
        ended=row.ended,
        outcome=Outcome(row.outcome) if row.outcome else None,
        exit_code=row.exit_code,
        output=row.output,
    )
