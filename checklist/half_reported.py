"""What stretches of time documents report: stated ranges, months, and filled table columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from checklist.evidence import Passage, Region, Table
from checklist.fiscal import FiscalYear, Month, Period
from checklist.lines import excerpt
from checklist.mentions import Mention, Precision, TimeRole, find_mentions, find_parts
from checklist.opening_period import opening_halves
from checklist.statements import STRONG, Rank, Statement
from checklist.thai import normalise
from checklist.verdict import Quote, Tier

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading

_OWN = (Rank.TITLE, Rank.HEADING, Rank.TABLE, Rank.LINK, Rank.FILE)
_EMPTY = frozenset({"", "-", "–", "—", "."})
_PARTIAL = (Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.RANGE)
_LONGEST = 400
_ONE_MONTH = 31
_HEAD = 25


@dataclass(frozen=True, slots=True)
class Reported:
    """A stretch of time that a document reports, and the words that say so."""

    period: Period
    quote: Quote
    claimed: bool = False
    """True for "รอบ 6 เดือน": a name, outweighed by stated dates."""
    year: tuple[Quote, ...] = ()
    """Where the year was said when the words themselves name none."""


def reported_by(reading: PeriodReading, target: FiscalYear) -> Iterator[Reported]:
    """Every stretch of time that one document reports, named, stated or tabulated."""
    for statement in reading.naming(*_OWN):
        mention = statement.mention
        if mention.precision in _PARTIAL and mention.period.days <= _LONGEST:
            claimed = mention.precision is Precision.HALF
            yield Reported(mention.period, statement.quote(), claimed)
    said = _said_year(reading)
    if said is None:
        for statement in opening_halves(reading):
            claimed = statement.mention.precision is Precision.HALF
            yield Reported(statement.mention.period, statement.quote(), claimed)
        return
    own_year = FiscalYear.of(said.mention.period.start)
    for part in reading.parts:
        if part.rank in _OWN and part.rank is not Rank.TABLE:
            period = part.part.within(own_year)
            claimed = part.part.precision is Precision.HALF
            if claimed or len(part.part.months) > 1 or part.rank is not Rank.HEADING:
                yield Reported(period, part.quote(), claimed, (said.quote(),))
    yield from _months_of_tables(reading, own_year)
    if own_year == target:
        yield from _by_days(reading, target)


def own_year_of(reading: PeriodReading) -> FiscalYear | None:
    """The one fiscal year that the document's best source names."""
    said = _said_year(reading)
    return FiscalYear.of(said.mention.period.start) if said else None


def _said_year(reading: PeriodReading) -> Statement | None:
    for rank in STRONG:
        named = reading.naming(rank, subject=False)
        within = [s for s in named if s.mention.fiscal_year]
        if within:
            one = len({s.mention.fiscal_year for s in within}) == 1
            return within[0] if one else None
    return None


def _by_days(reading: PeriodReading, target: FiscalYear) -> Iterator[Reported]:
    """Ranges of days in the text, and "ข้อมูล ณ วันที่ …" of a report of the year."""
    for statement in reading.statements:
        mention = statement.mention
        if mention.role is not TimeRole.CONTENT:
            continue
        if statement.as_of and target.period.covers(mention.period):
            yield Reported(Period(target.start, mention.period.end), statement.quote())
        elif statement.rank is Rank.BODY and (
            _is_half_range(mention, target) or _heads_its_line(mention, target)
        ):
            yield Reported(mention.period, statement.quote())


def _heads_its_line(mention: Mention, target: FiscalYear) -> bool:
    """Several months that a line of text begins with, as the parts of a plain report do."""
    several = mention.precision in (Precision.RANGE, Precision.QUARTER)
    long = mention.period.days > _ONE_MONTH
    return several and long and mention.start < _HEAD and target.period.covers(mention.period)


def _is_half_range(mention: Mention, target: FiscalYear) -> bool:
    return (
        mention.precision is Precision.RANGE
        and mention.period.start == target.start
        and mention.period.end <= target.end
    )


def _months_of_tables(reading: PeriodReading, year: FiscalYear) -> Iterator[Reported]:
    """Months that a table reports: filled columns under month names, or filled rows."""
    for index, table in enumerate(reading.document.tables):
        for month, text in _filled_months(table, year):
            passage = Passage(text, Region.TABLE, table.heading_path, table.page, index)
            quote = Quote.of(reading.document, passage, excerpt(text), Tier.EXACT)
            yield Reported(month.period, quote)


def _filled_months(table: Table, year: FiscalYear) -> Iterator[tuple[Month, str]]:
    heads = [table.header] if table.header else list(table.rows[:2])
    body = table.rows if table.header else table.rows[1:]
    for head in heads:
        for column, cell in enumerate(head):
            month = month_of_cell(cell, year)
            if month and any(filled(row, column) for row in body if row is not head):
                yield month, "\t".join(head)
    for row in body:
        month = next(filter(None, (month_of_cell(cell, year) for cell in row[:2])), None)
        if month and any(filled(row, column) for column in range(1, len(row))):
            yield month, "\t".join(row)


def filled(row: Sequence[str], column: int) -> bool:
    """True when the row has something in this column."""
    return column < len(row) and row[column].strip() not in _EMPTY


@lru_cache(maxsize=8192)
def month_of_cell(cell: str, year: FiscalYear) -> Month | None:
    """The month that a short table cell names, its year taken from `year` when it states none."""
    text = normalise(cell)
    if len(text) > 40:
        return None
    months = [m for m in find_mentions(text) if m.precision is Precision.MONTH]
    if len(months) == 1:
        return Month.of(months[0].period.start)
    parts = [p for p in find_parts(text) if p.precision is Precision.MONTH]
    if len(parts) == 1 and not months:
        return year.month(parts[0].months[0])
    return None
