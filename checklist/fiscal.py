"""Time as Thai agencies count it: periods, months, fiscal years. Years are B.E. when shown."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from checklist.thai import to_arabic_digits

BE_OFFSET = 543
"""A Buddhist Era year is the Common Era year plus this."""
_LATEST_CE = 2400
"""A larger year is one of the Buddhist Era."""

THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def thai_date(day: date) -> str:
    """A date in short Thai form with the B.E. year: ``31 มี.ค. 2566``."""
    return f"{day.day} {THAI_MONTHS_SHORT[day.month - 1]} {day.year + BE_OFFSET}"


def day_in(text: str) -> date:
    """The day that `2566-04-30`, `30/4/2566` or the like names, in B.E. or C.E., in any digits.

    Raises `ValueError` for another text.
    """
    plain = to_arabic_digits(text).strip()
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    turned = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain)
    parts = match.groups() if match else turned.groups()[::-1] if turned else ()
    if not parts:
        raise ValueError(f"no day: {text!r}")
    year, month, day = map(int, parts)
    return date(year - BE_OFFSET if year > _LATEST_CE else year, month, day)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included; `date.max` as `end` means without end.

    Raises ValueError when the period ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that runs backwards."""
        if self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start} to {self.end}")

    @property
    def open_ended(self) -> bool:
        """True when the period has no stated end."""
        return self.end == date.max

    @property
    def days(self) -> int:
        """Number of days, the first and the last included."""
        return (self.end - self.start).days + 1

    def covers(self, other: Period) -> bool:
        """True when every day of `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """True when the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        """In Thai with B.E. years: ``1 ต.ค. 2565 - 31 มี.ค. 2566``."""
        if self.open_ended:
            return f"ตั้งแต่ {thai_date(self.start)} เป็นต้นไป"
        if self.start == self.end:
            return thai_date(self.start)
        return f"{thai_date(self.start)} - {thai_date(self.end)}"


def shared_days(one: Period, other: Period) -> int:
    """Number of days that lie in both periods."""
    return max(0, (min(one.end, other.end) - max(one.start, other.start)).days + 1)


@lru_cache(maxsize=2048)
def _days_of(year: int, month: int) -> Period:
    """The first to the last day of a month; C.E."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of a B.E. year; raises ValueError unless 1 <= month <= 12."""

    year_be: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month outside the calendar."""
        if not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")

    @property
    def period(self) -> Period:
        """The month's first to last day."""
        return _days_of(self.year_be - BE_OFFSET, self.month)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that holds `day`."""
        return cls(day.year + BE_OFFSET, day.month)

    def __str__(self) -> str:
        """Short Thai label with a two-digit B.E. year: ``ต.ค. 65``."""
        return f"{THAI_MONTHS_SHORT[self.month - 1]} {self.year_be % 100:02d}"


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A Thai fiscal year by its B.E. number: 2566 runs from 1 Oct 2565 to 30 Sep 2566.

    Source: Budget Procedure Act B.E. 2561, section 4.
    """

    year: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year that holds `day`."""
        return cls(day.year + BE_OFFSET + (1 if day.month >= 10 else 0))

    @property
    def start(self) -> date:
        """1 October of the year before."""
        return date(self.year - BE_OFFSET - 1, 10, 1)

    @property
    def end(self) -> date:
        """30 September."""
        return date(self.year - BE_OFFSET, 9, 30)

    @property
    def period(self) -> Period:
        """The whole year."""
        return Period(self.start, self.end)

    @property
    def first_half(self) -> Period:
        """1 October to 31 March."""
        return Period(self.start, date(self.year - BE_OFFSET, 3, 31))

    @property
    def second_half(self) -> Period:
        """1 April to 30 September."""
        return Period(date(self.year - BE_OFFSET, 4, 1), self.end)

    def quarters(self, first: int, last: int) -> Period:
        """Quarters `first` to `last` of the year; raises ValueError outside 1 to 4."""
        if not 1 <= first <= last <= 4:
            raise ValueError(f"no such quarters: {first} to {last}")
        months = self.months
        return Period(months[3 * first - 3].period.start, months[3 * last - 1].period.end)

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months, October of the year before first."""
        late = tuple(Month(self.year - 1, month) for month in (10, 11, 12))
        return late + tuple(Month(self.year, month) for month in range(1, 10))

    def month(self, number: int) -> Month:
        """The month of this fiscal year with calendar number `number` (1 to 12)."""
        return Month(self.year - 1 if number >= 10 else self.year, number)

    @property
    def previous(self) -> FiscalYear:
        """The fiscal year before."""
        return FiscalYear(self.year - 1)

    def __str__(self) -> str:
        """The B.E. number."""
        return str(self.year)
