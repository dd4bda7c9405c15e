"""When a message goes, and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from notices.moments import after_quiet, digest_due, is_quiet, wait_after, week_of
from notices.notice import Channel, Later, Notice
from notices.posting import retry_after
from notices.sending import next_try
from tests.notices.ministry import at

NIGHT = (time(20), time(7))


@pytest.mark.parametrize(
    ("hour", "quiet"), [(19, False), (20, True), (23, True), (0, True), (6, True), (7, False)]
)
def test_quiet_hours_run_over_midnight(hour: int, quiet: bool) -> None:
    assert is_quiet(at(hour), NIGHT) is quiet


def test_quiet_hours_within_a_day() -> None:
    noon = (time(12), time(13))
    assert is_quiet(at(12, 30), noon)
    assert after_quiet(at(12, 30), noon) == at(13)
    assert not is_quiet(at(13), noon)


def test_what_falls_into_the_quiet_hours_waits_for_their_end() -> None:
    assert after_quiet(at(22), NIGHT) == at(7, days=1)
    assert after_quiet(at(3), NIGHT) == at(7)
    assert after_quiet(at(12), NIGHT) == at(12)
    assert after_quiet(at(3), None) == at(3)


@pytest.mark.parametrize(
    ("now", "hour", "due"),
    [
        (at(3), 8, at(8)),
        (at(9), 8, at(9)),
        (at(3), 6, at(7)),
        (at(21), 8, at(7, days=1)),
    ],
    ids=["before-the-hour", "after-the-hour", "hour-in-the-quiet", "evening"],
)
def test_a_digest_goes_at_the_persons_hour(now: datetime, hour: int, due: datetime) -> None:
    assert digest_due(now, hour, NIGHT) == due


def test_the_wait_doubles_up_to_a_day() -> None:
    waits = [wait_after(n) for n in range(1, 12)]
    assert waits == [timedelta(minutes=2**n) for n in range(11)]
    assert wait_after(12) is None
    assert wait_after(500) is None


def test_a_retry_after_is_understood_as_seconds_and_as_a_date() -> None:
    now = datetime(2023, 4, 5, 7, 0, tzinfo=UTC)
    assert retry_after("120", now) == timedelta(minutes=2)
    assert retry_after("Wed, 05 Apr 2023 08:00:00 GMT", now) == timedelta(hours=1)
    assert retry_after("Wed, 05 Apr 2023 06:00:00 GMT", now) == timedelta(0)
    assert retry_after("9" * 30, now) == timedelta(days=31)
    assert retry_after("soon", now) is None
    assert retry_after("", now) is None


def notice(channel: Channel, attempts: int, first: datetime) -> Notice:
    return Notice("web", channel, "x", "", "", "", "id", (), first, first,
                  attempts=attempts, first_tried=first)  # fmt: skip


def test_the_next_try_obeys_the_server_and_the_quiet_hours() -> None:
    one = notice(Channel.MAIL, 1, at(12))
    assert next_try(one, Later("x"), at(12), NIGHT) == at(12, 1)
    assert next_try(one, Later("x", timedelta(hours=2)), at(12), NIGHT) == at(14)
    assert next_try(one, Later("x", timedelta(hours=9)), at(12), NIGHT) == at(7, days=1)


def test_line_is_given_up_before_it_forgets_the_retry_key() -> None:
    late = at(11, days=1)
    assert next_try(notice(Channel.LINE, 7, at(12)), Later("x"), late, None) is None
    assert next_try(notice(Channel.MAIL, 7, at(12)), Later("x"), late, None) == at(12, 4, days=1)


def test_a_week_is_named_by_its_number() -> None:
    assert week_of(datetime(2023, 4, 30).date()) == "2023-W17"
    assert week_of(datetime(2024, 12, 30).date()) == "2025-W01"
