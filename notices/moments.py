"""When a message goes: the hour of a digest, quiet hours, and how long to wait after a failure.

All moments are aware; hours and days are those of Thailand. Pure.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from results.speech import BANGKOK

LONGEST_WAIT = timedelta(days=1)
Quiet = tuple[time, time] | None


def day_of(moment: datetime) -> date:
    """The day in Thailand."""
    return moment.astimezone(BANGKOK).date()


def week_of(day: date) -> str:
    """The ISO week of a day: `2023-W17`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def is_quiet(moment: datetime, quiet: Quiet) -> bool:
    """True within the quiet hours, which may run over midnight; their end is not quiet."""
    if quiet is None or quiet[0] == quiet[1]:
        return False
    start, end = quiet
    now = moment.astimezone(BANGKOK).time()
    return start <= now < end if start < end else now >= start or now < end


def after_quiet(moment: datetime, quiet: Quiet) -> datetime:
    """`moment`, or the end of the quiet hours that it falls into."""
    if quiet is None or not is_quiet(moment, quiet):
        return moment
    local = moment.astimezone(BANGKOK)
    end = local.replace(hour=quiet[1].hour, minute=quiet[1].minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def digest_due(now: datetime, hour: int, quiet: Quiet) -> datetime:
    """When a digest made `now` goes: at the person's hour today, or at once when that has passed.

    Never in the quiet hours.
    """
    local = now.astimezone(BANGKOK)
    at_hour = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return after_quiet(max(local, at_hour), quiet)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after the attempt of this number (from 1): 1, 2, 4 … minutes.

    `None` once that would be longer than a day.
    """
    minutes = 2 ** min(attempts - 1, 20)
    wait = timedelta(minutes=minutes)
    return wait if wait <= LONGEST_WAIT else None
