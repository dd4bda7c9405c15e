"""How a unit's standing in a checklist is told, and when: weights, grades, calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from checklist.strict import Confidence, Strict, Thai

_WHOLE = 100.0


class Measure(StrEnum):
    """What a unit's standing is counted in.

    `points`: items average into indicators, which weigh `oit_weight` of the assessment's 100.
    `share`: the share of the items that pass, of 100; every item counts alike.
    """

    POINTS = "points"
    SHARE = "share"


class Scoring(Strict):
    """How a unit's standing is counted: `measure`, and for points the weights of the instruments.

    `title` names a share to the reader and `notice` says what it is and what not; the points of
    the OIT have both already.
    """

    measure: Measure = Measure.POINTS
    oit_weight: Annotated[float, Field(ge=0, le=100)] = 0
    iit_weight: Annotated[float, Field(ge=0, le=100)] = 0
    eit_weight: Annotated[float, Field(ge=0, le=100)] = 0
    pass_line: Annotated[float, Field(ge=0, le=100)] = 0
    title: str = ""
    notice: str = ""
    source: Thai

    @property
    def weight(self) -> float:
        """What a unit that shows everything reaches: the OIT's points, or 100 of a share."""
        return _WHOLE if self.measure is Measure.SHARE else self.oit_weight

    @model_validator(mode="after")
    def _keys_fit_the_measure(self) -> Self:
        weights = (self.oit_weight, self.iit_weight, self.eit_weight)
        if self.measure is Measure.POINTS and not all(weights):
            raise ValueError("points need oit_weight, iit_weight and eit_weight")
        if self.measure is Measure.SHARE and (any(weights) or self.pass_line):
            raise ValueError("a share has neither weights nor a pass_line")
        if self.measure is Measure.SHARE and not (self.title.strip() and self.notice.strip()):
            raise ValueError("a share needs a title and a notice")
        return self


class Band(Strict):
    """A grade band: `name` from `at_least` points up (of 100)."""

    name: Thai
    at_least: float
    confidence: Confidence


class Window(Strict):
    """A stretch of the year's calendar, both days included (C.E. dates)."""

    name: Thai
    start: date
    end: date
    confidence: Confidence


class MonthlyReport(Strict):
    """A report that is due on the same `day` of every month from `start` to `end` (C.E. dates)."""

    name: Thai
    day: Annotated[int, Field(ge=1, le=28)]
    start: date
    end: date
    confidence: Confidence

    def due_days(self) -> Iterator[date]:
        """Every day on which the report is due, in order."""
        year, month = self.start.year, self.start.month
        while (due := date(year, month, self.day)) <= self.end:
            if due >= self.start:
                yield due
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    @model_validator(mode="after")
    def _is_due_at_least_once(self) -> Self:
        if not any(True for _ in self.due_days()):
            raise ValueError(f"no day {self.day} lies between {self.start} and {self.end}")
        return self


class Calendar(Strict):
    """When a checklist must be answered: `oit_entry` in ITAS once a year, or a `monthly` report.

    `windows` are the other stretches of the ITAS year, `results` the day of its results.
    """

    oit_entry: Window | None = None
    monthly: MonthlyReport | None = None
    windows: tuple[Window, ...] = ()
    results: date | None = None
    source: Thai

    @property
    def closes(self) -> date:
        """The last day that counts for this year's checklist."""
        entry = self.oit_entry or self.monthly
        assert entry is not None, "held by the validator"
        return entry.end

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.oit_entry is None) is (self.monthly is None):
            raise ValueError("give oit_entry or monthly, one of them")
        return self
