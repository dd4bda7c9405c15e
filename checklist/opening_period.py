"""The period that a document's first sentences state when its name states none.

A memo, a web post, a report by a small office often has a bare title; its first sentence then says
what it reports and of which year. That sentence decides only where nothing better does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.evidence import Region
from checklist.mentions import Precision, TimeRole
from checklist.period_wording import outdated
from checklist.probes.base import Finding, present
from checklist.reading import reading_of
from checklist.statements import Rank, Statement
from checklist.verdict import Tier

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear
    from checklist.statements import Fit

_LINES = 14
_SENTENCES = 2
_SENTENCE_CHARS = 45
_PERIODS = (Precision.YEAR, Precision.HALF, Precision.RANGE)
_HALF_DAYS = range(150, 200)


def opening_statements(reading: PeriodReading) -> list[Statement]:
    """What the first sentences of the text state about its year or half year."""
    lines = reading_of(reading.document).evidence[:_LINES]
    sentences = [
        line.text for line in lines
        if line.passage.region is Region.MAIN and len(line.text) >= _SENTENCE_CHARS
    ][:_SENTENCES]  # fmt: skip
    return [
        s for s in _body(reading)
        if s.mention.precision in _PERIODS and s.passage.text in sentences
    ]  # fmt: skip


def opening_halves(reading: PeriodReading) -> list[Statement]:
    """The half years that the first sentences say the document reports."""
    return [
        s
        for s in opening_statements(reading)
        if s.mention.precision is Precision.HALF or s.mention.period.days in _HALF_DAYS
    ]


def by_opening(reading: PeriodReading, target: FiscalYear, fit: Fit) -> Finding | None:
    """The year of the first sentences, where all of the text agrees and something bears it out."""
    opening = [s for s in opening_statements(reading) if fit(s) is not None]
    body = _body(reading)
    years = [s for s in body if s.mention.precision in _PERIODS and fit(s) is not None]
    if not opening:
        return None
    if not any(fit(s) for s in years):
        return outdated(opening[0], f"ปี {target}")
    if not all(fit(s) for s in years):
        return None
    others = [s for s in body if s.passage is not opening[0].passage]
    if any(s.mention.period.overlaps(target.period) for s in others):
        return present(opening[0].quote(Tier.VARIANT))
    return None


def _body(reading: PeriodReading) -> list[Statement]:
    return [
        s for s in reading.statements
        if s.rank is Rank.BODY and s.mention.role is TimeRole.CONTENT and not _is_bare(s)
    ]  # fmt: skip


def _is_bare(statement: Statement) -> bool:
    """True for a number of two digits, which may be anything."""
    return statement.mention.precision is Precision.YEAR and len(statement.mention.text) <= 2
