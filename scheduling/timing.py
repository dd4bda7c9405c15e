"""When a job is due and when it may start. Pure: the moment is always given.

Times of day are reckoned on a clock without a zone and only then placed in the zone, so that a
time that exists twice in an autumn night is used once, and one that a spring night leaves out
is moved, not lost.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from scheduling.jobs import Job, Schedule, When, wall_trigger

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from scheduling.forms import QuietHours

_LOOK_BACK = timedelta(hours=3)


def dues(
    when: When, zone: ZoneInfo, after: datetime, deadlines: Sequence[date]
) -> Iterator[datetime]:
    """Every moment (UTC) later than `after` at which a job is due, in order.

    `deadlines` are the days that `before_deadline` counts back from.
    """
    if when.before_deadline is not None:
        at = when.at or time()
        days = {day - timedelta(days=left) for day in deadlines for left in when.before_deadline}
        moments = (placed(datetime.combine(day, at), zone) for day in sorted(days))
        yield from (moment for moment in moments if moment > after)
    elif (cron := cron_of(when)) is not None:
        latest = after
        for wall in _walls(cron, _wall_before(after, zone)):
            if (moment := placed(wall, zone)) > latest:
                yield moment
                latest = moment


def next_due(
    when: When, zone: ZoneInfo, after: datetime, deadlines: Sequence[date]
) -> datetime | None:
    """The first moment (UTC) later than `after` at which a job is due; `None` when never."""
    return next(dues(when, zone, after, deadlines), None)


def latest_due(
    job: Job, zone: ZoneInfo, due: datetime, now: datetime, deadlines: Sequence[date]
) -> datetime:
    """The last moment up to `now` at which the job was due, `due` being the first one missed."""
    horizon = now - job.too_late_after - job.jitter - timedelta(days=1)
    missed = takewhile(
        lambda moment: moment <= now, dues(job.when, zone, max(due, horizon), deadlines)
    )
    return max(missed, default=due)


def cron_of(when: When) -> str | None:
    """The cron line of a job that is due by the clock; `None` for any other."""
    if when.cron is not None:
        return when.cron
    at = when.daily or when.at
    if at is None or when.before_deadline is not None:
        return None
    day = "*" if when.monthly is None else str(when.monthly)
    weekdays = "*" if when.weekly is None else ",".join(map(str, when.weekly))
    return f"{at.minute} {at.hour} {day} * {weekdays}"


def placed(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) that a clock in `zone` shows `wall`; the first of two."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def start_of(name: str, job: Job, schedule: Schedule, due: datetime) -> datetime:
    """When the run due at `due` starts: put off by the job's jitter and out of quiet hours.

    The same run is always put off by the same time, also after a restart.
    """
    seconds = random.Random(f"{name} {due.isoformat()}").uniform(0, job.jitter.total_seconds())  # nosec B311  # spreads work, keeps no secret
    start = due + timedelta(seconds=round(seconds))
    return quiet_until(start, schedule.quiet(job), schedule.zone(job)) or start


def quiet_until(moment: datetime, quiet: Sequence[QuietHours], zone: ZoneInfo) -> datetime | None:
    """When the quiet hours around `moment` end (UTC); `None` outside them."""
    end = moment
    for _ in range(1 + 2 * len(quiet)):
        ends = [one for hours in quiet if (one := _end_of(hours, end, zone)) is not None]
        if not ends:
            break
        end = max(ends)
    return end if end > moment else None


def _end_of(hours: QuietHours, moment: datetime, zone: ZoneInfo) -> datetime | None:
    today = moment.astimezone(zone).date()
    for first in (today - timedelta(days=1), today):
        if first.weekday() not in hours.days:
            continue
        last = first if hours.end > hours.start else first + timedelta(days=1)
        begin = placed(datetime.combine(first, hours.start), zone)
        end = placed(datetime.combine(last, hours.end), zone)
        if begin <= moment < end:
            return end
    return None


def _wall_before(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock in `zone` shows at `moment`, or before the change that lies close behind."""
    wall, earlier = moment.astimezone(zone), (moment - _LOOK_BACK).astimezone(zone)
    changed = wall.utcoffset() != earlier.utcoffset()
    return (wall - _LOOK_BACK if changed else wall).replace(tzinfo=None)


def _walls(cron: str, start: datetime) -> Iterator[datetime]:
    """Every time that the cron line names from `start` on, on a clock without a zone."""
    trigger = wall_trigger(cron)
    now = start.replace(tzinfo=UTC)
    while (wall := trigger.get_next_fire_time(None, now)) is not None:
        yield wall.replace(tzinfo=None)
        now = wall + timedelta(microseconds=1)
