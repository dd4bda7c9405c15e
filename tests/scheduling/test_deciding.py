"""What the scheduler does with a job: once, never twice, not too late, and on with what broke."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from scheduling.deciding import (
    MOST_CONTINUATIONS,
    Cause,
    Decision,
    Outcome,
    State,
    after_run,
    decide,
)
from tests.scheduling.nights import DAY, HOUR, at, nightly, plan

if TYPE_CHECKING:
    from scheduling.jobs import Schedule

NIGHT = at("2026-03-02 01:00")
READY = State(due=NIGHT, reckoned=NIGHT - HOUR)
MINUTE = timedelta(minutes=1)


def look(
    schedule: Schedule, state: State, now: datetime, free: bool = True, job: str = "sweep"
) -> Decision:
    return decide(job, schedule, state, now, (), free)


def test_a_new_job_waits_for_its_first_time() -> None:
    found = look(nightly(), State(), NIGHT - MINUTE)
    assert (found.start, found.state.due) == (None, NIGHT)


def test_a_job_starts_once_when_it_is_due() -> None:
    found = look(nightly(), READY, NIGHT)
    assert found.start is not None
    assert (found.start.cause, found.start.arguments) == (Cause.DUE, ("sweep",))
    assert found.state.due == NIGHT + DAY
    assert look(nightly(), found.state, NIGHT + MINUTE).start is None


def test_three_nights_missed_are_made_up_for_once() -> None:
    found = look(nightly(), READY, NIGHT + 2 * DAY + 5 * HOUR)
    assert found.start is not None
    assert found.start.due == NIGHT + 2 * DAY
    assert found.state.due == NIGHT + 3 * DAY
    assert look(nightly(), found.state, NIGHT + 2 * DAY + 6 * HOUR).start is None


def test_what_is_too_old_to_make_sense_is_left_out() -> None:
    found = look(nightly(too_late_after="4h"), READY, NIGHT + 2 * DAY + 5 * HOUR)
    assert (found.start, found.missed) == (None, NIGHT + 2 * DAY)
    assert found.state.due == NIGHT + 3 * DAY


def test_a_machine_off_for_a_year_counts_quickly() -> None:
    often = plan(often={"when": {"cron": "* * * * *"}})
    found = look(often, READY, NIGHT + 366 * DAY, job="often")
    assert found.start is not None
    assert found.start.due == NIGHT + 366 * DAY


def test_nothing_starts_while_another_of_its_group_runs() -> None:
    found = look(nightly(), READY, NIGHT, free=False)
    assert found == Decision(READY)
    later = look(nightly(), found.state, NIGHT + HOUR)
    assert later.start is not None


def test_a_start_in_quiet_hours_waits_for_their_end() -> None:
    schedule = nightly(quiet_hours=["00:30-03:00"])
    assert look(schedule, READY, NIGHT + HOUR).start is None
    assert look(schedule, READY, NIGHT + 2 * HOUR).start is not None


def test_a_night_missed_is_not_made_up_for_in_quiet_hours() -> None:
    schedule = nightly(quiet_hours=["08:00-16:30"], too_late_after="20h")
    assert look(schedule, READY, at("2026-03-02 09:00")) == Decision(READY)
    assert look(schedule, READY, at("2026-03-02 16:30")).start is not None


def test_a_paused_job_starts_nothing_and_makes_up_for_nothing() -> None:
    paused = replace(READY, paused=True)
    found = look(nightly(), paused, NIGHT + HOUR)
    assert (found.start, found.missed, found.state.due) == (None, None, NIGHT + DAY)
    assert look(nightly(), replace(found.state, paused=False), NIGHT + 2 * HOUR).start is None


def test_a_job_paused_in_the_file_can_be_let_go_by_word() -> None:
    schedule = nightly(paused=True)
    assert look(schedule, READY, NIGHT).start is None
    assert look(schedule, replace(READY, paused=False), NIGHT).start is not None


def test_what_is_asked_for_runs_though_paused_and_in_quiet_hours() -> None:
    asked = replace(READY, requested=NIGHT, paused=True)
    found = look(nightly(quiet_hours=["00:30-03:00"]), asked, NIGHT)
    assert found.start is not None
    assert (found.start.cause, found.state.requested) == (Cause.REQUESTED, None)
    assert look(nightly(), asked, NIGHT, free=False).state.requested == NIGHT


@pytest.mark.parametrize("hours", [1, 5, 24])
def test_a_clock_set_back_does_not_run_a_night_twice(hours: int) -> None:
    state = look(nightly(), READY, NIGHT).state
    jumped = NIGHT + MINUTE - hours * HOUR
    nights = [jumped + n * 10 * MINUTE for n in range(6 * 48)]
    starts = []
    for now in nights:
        found = look(nightly(), state, now)
        state = found.state
        starts += [now] * (found.start is not None)
    assert [start >= NIGHT + DAY for start in starts] == [True] * len(starts)


@pytest.mark.parametrize("hours", [1, 5, 23])
def test_a_clock_set_forward_over_a_night_still_runs_it(hours: int) -> None:
    found = look(nightly(too_late_after="1d"), READY, NIGHT - MINUTE + hours * HOUR)
    assert found.start is not None
    assert found.start.due == NIGHT


def test_a_clock_that_was_years_ahead_is_forgotten() -> None:
    lost = State(due=at("2036-03-02 01:00"), reckoned=at("2036-03-01 12:00"))
    assert look(nightly(), lost, NIGHT - HOUR).state.due == NIGHT


@given(st.lists(st.integers(min_value=-20, max_value=400), max_size=120))
def test_no_walk_of_the_clock_runs_a_moment_twice_or_loses_one(steps: list[int]) -> None:
    """Minutes go by, now and then backwards by at most twenty; the machine sleeps for hours."""
    schedule, state, now = nightly(too_late_after="1d"), State(), NIGHT - DAY
    served: list[datetime | None] = []
    furthest = now
    for step in steps:
        now += timedelta(minutes=step)
        found = look(schedule, state, now)
        state = found.state
        served += [found.start.due] if found.start else []
        furthest = max(furthest, now)
    passed = [NIGHT + n * DAY for n in range(-1, 60) if NIGHT + n * DAY <= furthest]
    assert served == [due for due in passed if due != NIGHT - DAY or due in served]
    assert len(set(served)) == len(served)


def end(
    schedule: Schedule, outcome: Outcome, code: int | None, state: State = READY, **more: Any
) -> State:
    cause = more.get("cause", Cause.DUE)
    return after_run(schedule.jobs["sweep"], state, cause, outcome, code, NIGHT)


def test_a_failure_is_tried_again_as_often_as_told_and_as_late() -> None:
    schedule = nightly(retry={"times": 2, "after": "30m"})
    state = end(schedule, Outcome.FAILED, 3)
    assert (state.again, state.again_as) == (NIGHT + 30 * MINUTE, Cause.RETRY)
    again = look(schedule, replace(state, due=NIGHT + DAY), NIGHT + 31 * MINUTE)
    assert again.start is not None
    assert again.start.arguments == ("sweep",)
    state = end(schedule, Outcome.FAILED, 3, again.state)
    assert end(schedule, Outcome.FAILED, 3, state).again is None


def test_a_wrong_call_is_not_tried_again() -> None:
    assert end(nightly(retry={"times": 2, "after": "1m"}), Outcome.FAILED, 2).again is None


@pytest.mark.parametrize("code", [-9, 137])
def test_a_sweep_killed_for_memory_is_gone_on_with(code: int) -> None:
    state = end(nightly(retry={"times": 1, "after": "1m"}), Outcome.FAILED, code)
    assert state.again_as is Cause.CONTINUED


def test_a_sweep_stopped_for_the_office_hours_goes_on_after_them() -> None:
    schedule = nightly(quiet_hours=["08:00-16:30"])
    stopped = at("2026-03-02 08:00")
    state = State(due=NIGHT + DAY, reckoned=NIGHT)
    job = schedule.jobs["sweep"]
    state = after_run(job, state, Cause.DUE, Outcome.INTERRUPTED, 130, stopped)
    assert look(schedule, state, at("2026-03-02 12:00")).start is None
    found = look(schedule, state, at("2026-03-02 16:30"))
    assert found.start is not None
    assert (found.start.cause, found.start.arguments) == (Cause.CONTINUED, ("sweep", "--resume"))


def test_a_night_that_comes_before_the_rest_is_done_is_served_by_the_rest() -> None:
    state = end(nightly(), Outcome.BROKEN, None)
    found = look(nightly(), state, NIGHT)
    assert found.start is not None
    assert (found.start.cause, found.state.due) == (Cause.CONTINUED, NIGHT + DAY)
    assert found.state.again is None


def test_with_nothing_to_go_on_with_the_run_begins_afresh() -> None:
    state = end(nightly(), Outcome.FAILED, 2, State(due=NIGHT + DAY), cause=Cause.CONTINUED)
    found = look(nightly(), replace(state, reckoned=NIGHT), NIGHT)
    assert found.start is not None
    assert found.start.arguments == ("sweep",)


def test_a_run_that_always_breaks_off_is_given_up() -> None:
    state = READY
    for _ in range(MOST_CONTINUATIONS):
        state = end(nightly(), Outcome.BROKEN, None, state)
        assert state.again is not None
    assert end(nightly(), Outcome.BROKEN, None, state).again is None


def test_the_rest_of_a_run_of_last_week_is_not_gone_on_with() -> None:
    state = replace(end(nightly(), Outcome.BROKEN, None), due=NIGHT + 7 * DAY)
    found = look(nightly(), state, NIGHT + 6 * DAY)
    assert (found.start, found.state.again) == (None, None)


def test_success_clears_what_went_before() -> None:
    tried = replace(READY, again=NIGHT, again_as=Cause.RETRY, attempts=2)
    assert end(nightly(), Outcome.SUCCESS, 0, tried) == READY


@time_machine.travel("2026-03-01 18:00:00", tick=False)
def test_the_moments_are_those_of_the_machines_clock() -> None:
    assert look(nightly(), READY, datetime.now(UTC)).start is not None
