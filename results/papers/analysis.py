"""The yearly analysis of ITA results: strengths, weaknesses, changes, measures. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from results.papers.ita_scores import (
    FULL,
    INDICATORS,
    INSTRUMENTS,
    Grade,
    Instrument,
    ItaYear,
    Question,
    grade,
)

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.papers.measures import Measure, Measures

LIMIT = Decimal(95)
"""Scores below this are weak, as in the ministry's report of 2565."""
SHOWN_YEARS = 3


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator over the years; `changes` has one fewer than `scores`."""

    number: int
    scores: tuple[Decimal, ...]
    changes: tuple[Decimal, ...]
    lowest: bool

    @property
    def title(self) -> str:
        """Its name."""
        return INDICATORS[self.number]

    @property
    def score(self) -> Decimal:
        """The newest year's score of 100."""
        return self.scores[-1]

    @property
    def change(self) -> Decimal | None:
        """How far the newest score lies above the year before; None without one."""
        return self.changes[-1] if self.changes else None


@dataclass(frozen=True, slots=True)
class InstrumentBlock:
    """An instrument with its indicators and its points of each year."""

    instrument: Instrument
    lines: tuple[IndicatorLine, ...]
    points: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Weakness:
    """An indicator below the limit; rank 1 is the lowest score, equal scores share a rank."""

    rank: int
    line: IndicatorLine


@dataclass(frozen=True, slots=True)
class WeakQuestion:
    """A question, or a part of one, below the limit; `previous` is the year before's score."""

    question: Question
    previous: Decimal | None
    lowest: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One measure: the questions it answers (none: the indicator as a whole) and its steps."""

    questions: tuple[WeakQuestion, ...]
    steps: tuple[str, ...]
    owner: str
    follow_up: str
    reporting: str


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """The measures for one indicator; `urgent` when it, or a question of it, is below the limit."""

    line: IndicatorLine
    urgent: bool
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The whole analysis: of the newest year in `years`, beside at most two years before it.

    `changes` are those of the totals, one fewer than the years.
    """

    years: tuple[ItaYear, ...]
    limit: Decimal
    blocks: tuple[InstrumentBlock, ...]
    totals: tuple[Decimal, ...]
    changes: tuple[Decimal, ...]
    grades: tuple[Grade, ...]
    strengths: tuple[IndicatorLine, ...]
    weaknesses: tuple[Weakness, ...]
    weak_questions: tuple[WeakQuestion, ...]
    plan: tuple[PlanGroup, ...]

    @property
    def newest(self) -> ItaYear:
        """The year that is analysed."""
        return self.years[-1]

    @property
    def action_year(self) -> int:
        """The fiscal year (B.E.) in which the measures are carried out."""
        return self.newest.year + 1

    @property
    def lines(self) -> tuple[IndicatorLine, ...]:
        """The ten indicators."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def risen(self) -> tuple[IndicatorLine, ...]:
        """The indicators above the year before, the largest gain first."""
        up = [line for line in self.lines if line.change and line.change > 0]
        return tuple(sorted(up, key=lambda line: (-(line.change or 0), line.number)))

    @property
    def fallen(self) -> tuple[IndicatorLine, ...]:
        """The indicators below the year before, the largest loss first."""
        down = [line for line in self.lines if line.change and line.change < 0]
        return tuple(sorted(down, key=lambda line: (line.change or 0, line.number)))

    @property
    def to_improve(self) -> tuple[IndicatorLine, ...]:
        """The indicators from the limit up to, and without, full score; lowest first."""
        middle = [line for line in self.lines if self.limit <= line.score < FULL]
        return tuple(sorted(middle, key=lambda line: (line.score, line.number)))


def analyse(
    years: Sequence[ItaYear],
    measures: Measures,
    checklists: Mapping[int, Checklist],
    limit: Decimal = LIMIT,
) -> Analysis:
    """The analysis of the newest of `years` (oldest first), at most three of which are shown.

    `limit` is a score of 100. Raises `ValueError` for no year, or no checklist to grade by.
    """
    if not years:
        raise ValueError("no year to analyse")
    shown = tuple(years[-SHOWN_YEARS:])
    lowest = min(shown[-1].indicators.values())
    blocks = tuple(_block(instrument, shown, lowest) for instrument in INSTRUMENTS)
    lines = [line for block in blocks for line in block.lines]
    weak = _weak_questions(shown, limit)
    totals = tuple(year.total() for year in shown)
    return Analysis(
        years=shown,
        limit=limit,
        blocks=blocks,
        totals=totals,
        changes=_steps(totals),
        grades=tuple(grade(year.total(), year.year, checklists) for year in shown),
        strengths=tuple(line for line in lines if line.score == FULL),
        weaknesses=_weaknesses(lines, limit),
        weak_questions=weak,
        plan=tuple(_plan_group(line, limit, weak, measures) for line in lines),
    )


def _block(instrument: Instrument, years: Sequence[ItaYear], lowest: Decimal) -> InstrumentBlock:
    lines = []
    for number in instrument.indicators:
        scores = tuple(year.indicators[number] for year in years)
        is_lowest = scores[-1] == lowest < FULL
        lines.append(IndicatorLine(number, scores, _steps(scores), is_lowest))
    points = tuple(year.points(instrument) for year in years)
    return InstrumentBlock(instrument, tuple(lines), points)


def _steps(scores: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(after - before for before, after in itertools.pairwise(scores))


def _weaknesses(lines: Iterable[IndicatorLine], limit: Decimal) -> tuple[Weakness, ...]:
    weak = sorted(
        (line for line in lines if line.score < limit), key=lambda line: (line.score, line.number)
    )
    scores = [line.score for line in weak]
    return tuple(Weakness(scores.index(line.score) + 1, line) for line in weak)


def _weak_questions(years: Sequence[ItaYear], limit: Decimal) -> tuple[WeakQuestion, ...]:
    newest = years[-1].questions
    before = {one.code: one.score for one in years[-2].questions} if len(years) > 1 else {}
    lowest = min((one.score for one in newest), default=FULL)
    return tuple(
        WeakQuestion(one, before.get(one.code), one.score == lowest)
        for one in newest
        if one.score < limit
    )


def _plan_group(
    line: IndicatorLine, limit: Decimal, weak: Sequence[WeakQuestion], measures: Measures
) -> PlanGroup:
    mine = [one for one in weak if one.question.indicator == line.number]
    whole = measures.of_indicator(line.number)
    urgent = line.score < limit or bool(mine)
    if not urgent:
        return PlanGroup(line, urgent, (_row((), whole.keep, whole),))
    asked: dict[str, list[WeakQuestion]] = {}
    for one in mine:
        own = measures.of_question(one.question.code)
        asked.setdefault(own.for_ if own else "", []).append(one)
    rows = []
    for code, questions in asked.items():
        measure = measures.by_code[code] if code else whole
        rows.append(_row(tuple(questions), measure.urgent, measure))
    return PlanGroup(line, urgent, tuple(rows) or (_row((), whole.urgent, whole),))


def _row(questions: tuple[WeakQuestion, ...], steps: tuple[str, ...], told: Measure) -> PlanRow:
    return PlanRow(questions, steps, told.owner, told.follow_up, told.reporting)
