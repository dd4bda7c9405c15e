"""What in a document speaks against the year that its name states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.evidence import Region
from checklist.inner_years import other_plan_inside, other_years_inside, signed_long_before
from checklist.mentions import Precision
from checklist.statements import Fit, Rank, Statement
from checklist.year_fit import NEARLY_A_YEAR

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear


def denied(
    reading: PeriodReading, target: FiscalYear, *, report_of_past: bool, spans: bool
) -> Statement | None:
    """What the text or the signature says against the year in the document's name."""
    if spans:
        return other_plan_inside(reading, target.period)
    early = None if report_of_past else signed_long_before(reading, target.period)
    return early or other_years_inside(reading, target.period)


def other_span(reading: PeriodReading, fit: Fit) -> Statement | None:
    """A whole year from day to day in the text that is another year, with no word of this one."""
    body = [s for s in reading.naming(Rank.BODY, subject=False) if fit(s) is not None]
    spans = [
        s for s in body
        if s.mention.precision is Precision.RANGE and s.mention.period.days >= NEARLY_A_YEAR
    ]  # fmt: skip
    return spans[0] if spans and not any(fit(s) for s in body) else None


def contradiction(
    reading: PeriodReading, decided: Statement, fit: Fit, *, fits: bool
) -> Statement | None:
    """A strong source whose every statement says the opposite of `decided`."""
    ranks = [Rank.LINK, Rank.FILE]
    if not fits or decided.passage.region is Region.TITLE:
        ranks.insert(0, Rank.HEADING)
    if decided.rank >= Rank.LINK:
        ranks.append(Rank.BODY)
    for rank in ranks:
        if rank is decided.rank:
            continue
        named = [s for s in reading.naming(rank, subject=False) if fit(s) is not None]
        if rank is Rank.BODY:
            years = reading.naming(rank, subject=False)
            named = [s for s in years if s.mention.precision is Precision.YEAR]
        if named and all(bool(fit(s)) is not fits for s in named):
            return named[0]
    return None
