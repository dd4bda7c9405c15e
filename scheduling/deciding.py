"""What to do with a job now, and what follows from a run's end. Pure: no clock, no database."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduling.timing import latest_due, next_due, quiet_until, start_of

if TYPE_CHECKING:
    from scheduling.jobs import Job, Schedule

CLOCK_TOLERANCE = timedelta(hours=25)
"""A clock that is set back by less leaves every job's next run as it was."""

MOST_CONTINUATIONS = 5
"""How often in a row a run that breaks off is gone on with before the next regular one."""

_BAD_INPUT = 2
_STOPPED = 130
_KILLED = 128 + signal.SIGKILL


class Outcome(StrEnum):
    """How a run ended; `missed` never began."""

    SUCCESS = "success"
    FAILED = "failed"
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"
    BROKEN = "broken"
    MISSED = "missed"


class Cause(StrEnum):
    """Why a run was started."""

    DUE = "due"
    REQUESTED = "requested"
    RETRY = "retry"
    CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of a job. `due`: its next regular run, reckoned at `reckoned`.

    `again` is when a broken-off (`CONTINUED`) or failed (`RETRY`) run is taken up, `attempts`
    how often it was. `paused` is a person's word, `None` where nobody said anything.
    """

    due: datetime | None = None
    reckoned: datetime | None = None
    requested: datetime | None = None
    again: datetime | None = None
    again_as: Cause | None = None
    attempts: int = 0
    paused: bool | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Start a run now, for the regular moment `due` if it is one."""

    cause: Cause
    arguments: tuple[str, ...]
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The state to keep, and what to do: start a run, or write down that one was `missed`."""

    state: State
    start: Start | None = None
    missed: datetime | None = None


def is_paused(job: Job, state: State) -> bool:
    """Whether the job starts nothing by itself."""
    return job.paused if state.paused is None else state.paused


def reckoned(
    job: Job, schedule: Schedule, state: State, now: datetime, deadlines: Sequence[date]
) -> State:
    """The state with its next regular run told anew, counted from `now`."""
    due = next_due(job.when, schedule.zone(job), now, deadlines)
    return replace(state, due=due, reckoned=now)


def decide(
    name: str,
    schedule: Schedule,
    state: State,
    now: datetime,
    deadlines: Sequence[date],
    free: bool = True,
) -> Decision:
    """What to do with the job now; `free` says that no other of its group runs."""
    job = schedule.jobs[name]
    if state.reckoned is None or state.reckoned - now > CLOCK_TOLERANCE:
        state = reckoned(job, schedule, state, now, deadlines)
    if state.requested is not None:
        if not free:
            return Decision(state)
        state = replace(state, requested=None)
        return Decision(state, Start(Cause.REQUESTED, job.run))
    if is_paused(job, state):
        if state.due is not None and state.due <= now:
            state = reckoned(job, schedule, state, now, deadlines)
        return Decision(state)
    return _by_itself(name, schedule, state, now, deadlines, free)


def _by_itself(
    name: str,
    schedule: Schedule,
    state: State,
    now: datetime,
    deadlines: Sequence[date],
    free: bool,
) -> Decision:
    job, zone = schedule.jobs[name], schedule.zone(schedule.jobs[name])
    quiet = quiet_until(now, schedule.quiet(job), zone) is not None
    again_now = state.again is not None and state.again <= now
    if again_now and state.again_as is Cause.CONTINUED:
        return _again(job, schedule, state, now, deadlines, free and not quiet)
    if state.due is not None and state.due <= now:
        due = latest_due(job, zone, state.due, now, deadlines)
        start = start_of(name, job, schedule, due)
        if now < start or (quiet and now - start <= job.too_late_after):
            return Decision(state)
        onward = reckoned(job, schedule, state, now, deadlines)
        if now - start > job.too_late_after:
            return Decision(onward, missed=due)
        if not free:
            return Decision(state)
        fresh = replace(onward, again=None, again_as=None, attempts=0)
        return Decision(fresh, Start(Cause.DUE, job.run, due))
    if again_now:
        return _again(job, schedule, state, now, deadlines, free and not quiet)
    return Decision(state)


def _again(
    job: Job,
    schedule: Schedule,
    state: State,
    now: datetime,
    deadlines: Sequence[date],
    may: bool,
) -> Decision:
    """Take a run up again; a regular one that is due meanwhile is served by it."""
    if state.again is not None and now - state.again > job.too_late_after + timedelta(days=1):
        return Decision(replace(state, again=None, again_as=None, attempts=0))
    if not may:
        return Decision(state)
    cause = state.again_as or Cause.RETRY
    if state.due is not None and state.due <= now:
        state = reckoned(job, schedule, state, now, deadlines)
    arguments = job.continue_with if cause is Cause.CONTINUED else job.run
    return Decision(replace(state, again=None, again_as=None), Start(cause, arguments))


def after_run(
    job: Job, state: State, cause: Cause, outcome: Outcome, code: int | None, now: datetime
) -> State:
    """The state after a run that ended with `code` (negative: killed by that signal)."""
    can_go_on = bool(job.continue_with)
    done = replace(state, again=None, again_as=None, attempts=0)
    if outcome is Outcome.SUCCESS:
        return done
    if outcome is Outcome.INTERRUPTED:
        # Stopped by us, for the hour or for a shutdown: the rest is done in the next hour allowed.
        again_as = Cause.CONTINUED if can_go_on else Cause.RETRY
        return replace(state, again=now, again_as=again_as)
    attempts = state.attempts + 1
    counted = replace(done, attempts=attempts)
    if outcome is Outcome.BROKEN and can_go_on and attempts <= MOST_CONTINUATIONS:
        return replace(counted, again=now, again_as=Cause.CONTINUED)
    if cause is Cause.CONTINUED and code == _BAD_INPUT:
        # Nothing was there to go on with: the run is begun afresh.
        return replace(counted, again=now, again_as=Cause.RETRY)
    if code in (_BAD_INPUT, _STOPPED) or attempts > job.retry.times:
        return done
    half_done = outcome is Outcome.TIMEOUT or (code is not None and (code < 0 or code == _KILLED))
    again_as = Cause.CONTINUED if can_go_on and half_done else Cause.RETRY
    return replace(counted, again=now + job.retry.after, again_as=again_as)
