"""When a job is due, in any time zone, and when it may start."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from scheduling.jobs import Schedule, When
from scheduling.timing import next_due, quiet_until, start_of
from tests.scheduling.nights import BANGKOK, DAY, at, nightly, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSES = (date(2026, 4, 30),)


def dues(when: dict[str, Any], start: datetime, zone: str = "Asia/Bangkok") -> Iterator[datetime]:
    asked, place = When.model_validate(when), ZoneInfo(zone)
    moment = next_due(asked, place, start, CLOSES)
    while moment is not None:
        yield moment.astimezone(place)
        moment = next_due(asked, place, moment, CLOSES)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"daily": "01:00"}, ["2026-03-03 01:00", "2026-03-04 01:00"]),
        ({"daily": "01.30"}, ["2026-03-02 01:30", "2026-03-03 01:30"]),
        ({"weekly": "จันทร์", "at": "07:30"}, ["2026-03-02 07:30", "2026-03-09 07:30"]),
        ({"weekly": ["อ", "sun"], "at": "07:30"}, ["2026-03-03 07:30", "2026-03-08 07:30"]),
        ({"weekly": "พฤ-ศ", "at": "07:30"}, ["2026-03-05 07:30", "2026-03-06 07:30"]),
        ({"monthly": 10, "at": "07:00"}, ["2026-03-10 07:00", "2026-04-10 07:00"]),
        ({"monthly": "last", "at": "07:00"}, ["2026-03-31 07:00", "2026-04-30 07:00"]),
        ({"before_deadline": [7, 30, 1], "at": "08:00"}, ["2026-03-31 08:00", "2026-04-23 08:00"]),
        ({"cron": "15 */12 * * *"}, ["2026-03-02 12:15", "2026-03-03 00:15"]),
        ({"cron": "0 1 * * mon"}, ["2026-03-09 01:00", "2026-03-16 01:00"]),
    ],
)
def test_a_job_is_due_when_its_words_say(when: dict[str, Any], expected: list[str]) -> None:
    found = [f"{due:%Y-%m-%d %H:%M}" for due in islice(dues(when, at("2026-03-02 01:00")), 2)]
    assert found == expected


def test_reminders_end_with_the_last_deadline_of_the_calendar() -> None:
    days = list(dues({"before_deadline": [1, 0], "at": "08:00"}, at("2026-04-01 00:00")))
    assert [day.day for day in days] == [29, 30]


def test_a_job_that_follows_another_is_never_due_by_the_clock() -> None:
    assert list(dues({"after": "sweep"}, at("2026-03-02 01:00"))) == []


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        # Half past two does not exist on 29 March and exists twice on 25 October in Berlin.
        ("2026-03-28", ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00",
                        "2026-03-30T02:30:00+02:00"]),
        ("2026-10-24", ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00",
                        "2026-10-26T02:30:00+01:00"]),
    ],
)  # fmt: skip
def test_a_night_in_which_clocks_change_has_one_run(night: str, expected: list[str]) -> None:
    start = at(f"{night} 00:00", "Europe/Berlin")
    found = islice(dues({"daily": "02:30"}, start, "Europe/Berlin"), 3)
    assert [due.isoformat() for due in found] == expected


@pytest.mark.parametrize("zone", ["Asia/Bangkok", "Europe/Berlin", "Australia/Lord_Howe"])
def test_a_year_has_a_run_for_every_day_and_none_twice(zone: str) -> None:
    found = list(islice(dues({"daily": "02:15"}, at("2026-01-01 00:00", zone), zone), 365))
    assert [due.date() for due in found] == [date(2026, 1, 1) + n * DAY for n in range(365)]
    assert all(a < b for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-03-02 07:59", None),
        ("2026-03-02 08:00", "2026-03-02 16:30"),
        ("2026-03-02 16:29", "2026-03-02 16:30"),
        ("2026-03-02 16:30", None),
        ("2026-03-07 12:00", None),  # Saturday
        ("2026-03-02 22:30", "2026-03-03 02:00"),
        ("2026-03-03 01:59", "2026-03-03 02:00"),
    ],
)
def test_quiet_hours_end_when_they_say(moment: str, end: str | None) -> None:
    schedule = nightly(quiet_hours=["จ-ศ 08:00-16:30", "22:00-02:00"])
    quiet = schedule.quiet(schedule.jobs["sweep"])
    assert quiet_until(at(moment), quiet, BANGKOK) == (at(end) if end else None)


def test_quiet_hours_that_touch_end_together() -> None:
    schedule = nightly(quiet_hours=["08:00-12:00", "12:00-13:00"])
    quiet = schedule.quiet(schedule.jobs["sweep"])
    assert quiet_until(at("2026-03-02 09:00"), quiet, BANGKOK) == at("2026-03-02 13:00")


def test_a_start_in_quiet_hours_is_put_off_to_their_end() -> None:
    schedule = plan(sweep={"when": {"daily": "09:00"}, "quiet_hours": ["08:00-16:30"]})
    start = start_of("sweep", schedule.jobs["sweep"], schedule, at("2026-03-02 09:00"))
    assert start == at("2026-03-02 16:30")


def test_quiet_hours_of_the_whole_schedule_hold_for_jobs_that_name_none() -> None:
    job: dict[str, Any] = {"title": "x", "run": ["x"], "when": {"daily": "09:00"}}
    jobs = {"held": job, "free": {**job, "quiet_hours": []}}
    schedule = Schedule.model_validate({"quiet_hours": ["08:00-16:30"], "jobs": jobs})
    assert [bool(schedule.quiet(job)) for job in schedule.jobs.values()] == [True, False]


def test_jitter_differs_from_night_to_night_and_is_the_same_after_a_restart() -> None:
    schedule = nightly(jitter="10m")
    job, first = schedule.jobs["sweep"], at("2026-03-02 01:00")
    puts_off = [
        start_of("sweep", job, schedule, first + n * DAY) - (first + n * DAY) for n in range(30)
    ]
    assert all(timedelta(0) <= one <= timedelta(minutes=10) for one in puts_off)
    assert len(set(puts_off)) > 20
    assert start_of("sweep", job, schedule, first) - first == puts_off[0]
