"""Moments for people in Thailand's time and the Buddhist era, and for machines. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import format_date

from results.speech import BANGKOK, moment_text

_ERA = 543


def long_moment(moment: datetime) -> str:
    """`30 เมษายน 2566 เวลา 14.05 น.`, from an aware moment."""
    return moment_text(moment)


def short_moment(moment: datetime) -> str:
    """`30 เม.ย. 66 14.05 น.`, for tables."""
    local = moment.astimezone(BANGKOK)
    return f"{short_day(local.date())} {local:%H.%M} น."


@lru_cache(maxsize=4096)
def short_day(day: date) -> str:
    """`30 เม.ย. 66`, for tables."""
    month = format_date(day, "MMM", locale="th")
    return f"{day.day} {month} {(day.year + _ERA) % 100:02}"


def machine_moment(moment: datetime) -> str:
    """`2023-04-30T07:05:00Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
