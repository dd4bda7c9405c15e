"""What a statement of time in a text is: its period and how it was put."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checklist.fiscal import FiscalYear, Month, Period


class Precision(StrEnum):
    """How fine the statement is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    SINCE = "since"


class Basis(StrEnum):
    """Which sort of year was named; `unstated` is read as a fiscal year.

    Source: yearly documents of agencies mean the fiscal year by "ปี พ.ศ. NNNN".
    """

    FISCAL = "fiscal"
    CALENDAR = "calendar"
    ACADEMIC = "academic"
    UNSTATED = "unstated"


class TimeRole(StrEnum):
    """What the statement does in its sentence; only `content` and `signed` may decide.

    `signed`: the date of a signature. `published`, `furniture`: dates a site prints by itself.
    `law`: part of a law's name. `national_plan`: the nation's plans, not the unit's.
    `target`: a deadline or goal. `reference`: the date of another document. `subject`: the year
    whose assessment is analysed. `number`: not a year at all.
    """

    CONTENT = "content"
    SIGNED = "signed"
    PUBLISHED = "published"
    FURNITURE = "furniture"
    LAW = "law"
    NATIONAL_PLAN = "national_plan"
    TARGET = "target"
    REFERENCE = "reference"
    SUBJECT = "subject"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement of time: the days it means and the characters [start, end) that say so."""

    period: Period
    text: str
    start: int
    end: int
    precision: Precision
    basis: Basis = Basis.UNSTATED
    thai_digits: bool = False
    role: TimeRole = TimeRole.CONTENT

    @property
    def fiscal_year(self) -> FiscalYear | None:
        """The one fiscal year that holds the whole period, else None."""
        year = FiscalYear.of(self.period.start)
        return year if year.period.covers(self.period) else None

    @property
    def names_a_year(self) -> bool:
        """True for statements that name a document's period rather than date an event."""
        return self.precision is not Precision.DAY


@dataclass(frozen=True, slots=True)
class YearPart:
    """Part of a year named without the year: "เดือนตุลาคม", "ไตรมาสที่ 2", "รอบ 6 เดือน".

    `months` are calendar numbers in the order of the fiscal year.
    """

    months: tuple[int, ...]
    text: str
    start: int
    end: int
    precision: Precision

    def within(self, year: FiscalYear) -> Period:
        """The days of this part in `year`."""
        first, last = year.month(self.months[0]), year.month(self.months[-1])
        return Period(first.period.start, last.period.end)

    def months_of(self, year: FiscalYear) -> tuple[Month, ...]:
        """The months of this part in `year`."""
        return tuple(year.month(number) for number in self.months)
