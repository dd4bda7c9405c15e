"""Does one document belong to the year that a rule asks for?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from checklist.dated_rule import by_dates
from checklist.evidence import Region
from checklist.mentions import Precision, TimeRole
from checklist.opening_period import by_opening
from checklist.period_wording import conflict, outdated
from checklist.probes.base import Finding, absent, present, unsure
from checklist.reading import HTML_SOURCES, reading_of
from checklist.statements import STRONG, Fit, Rank, Statement
from checklist.thai import match_form, normalise
from checklist.verdict import ElementState, Tier
from checklist.year_contradictions import contradiction, denied, other_span
from checklist.year_fit import NEARLY_A_YEAR, belongs_to_year, covers_year
from checklist.year_hints import hint_of_year, near_year

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear


_MEASURES = re.compile(r"มาตรการ\S*\s*\S*คุณธรรม|ประเมินคุณธรรม|(?<![A-Za-z])ITA(?![a-z])")


def of_year(reading: PeriodReading, target: FiscalYear, *, report_of_past: bool) -> Finding:
    """Rule `fy` (and `fy_prev` with `report_of_past`): the document is of `target`.

    A report of the past year usually speaks of the year after it too: when its title names the
    past year first, the title decides.
    """
    return _decide(reading, target, belongs_to_year(target), report_of_past=report_of_past)


def covering(reading: PeriodReading, target: FiscalYear) -> Finding:
    """Rule `covers_fy`: the plan's period includes `target`."""
    return _decide(reading, target, covers_year(target), report_of_past=False, any_fit=True)


def _decide(
    reading: PeriodReading,
    target: FiscalYear,
    fit: Fit,
    *,
    report_of_past: bool,
    any_fit: bool = False,
) -> Finding:
    wanted = f"ปี {target}"
    for rank in STRONG:
        named = [s for s in reading.naming(rank, subject=False) if fit(s) is not None]
        fitting = [s for s in named if fit(s)]
        if report_of_past and rank < Rank.LINK:
            analysed = _analysed_years(reading, rank)
            if analysed or not fitting:
                named = [s for s in analysed or reading.all_naming(rank) if fit(s) is not None]
                fitting = [s for s in named if fit(s)]
        if not named:
            if rank is Rank.TITLE and (neutral := near_year(reading, rank, target=target)):
                dated = by_dates(reading, target, fit)
                return dated if dated and dated.present else neutral
            continue
        several = len({s.mention.period for s in named}) > 1
        # The years in a plan's table heads are those of its base and its targets.
        if rank is Rank.TABLE and (not fitting if any_fit else several):
            continue
        if rank is Rank.HEADING and fitting and not any(_heads_text(s) for s in fitting):
            return near_year(reading, rank, target=target) or absent(f"ไม่พบปี {target} ในเอกสาร")
        if not fitting and report_of_past and (analysis := _analysed(reading, named, fit, target)):
            return analysis
        if not fitting:
            return _against(reading, named[0], fit, wanted)
        if len(fitting) < len(named) and not any_fit:
            mixed = _mixed(rank, named, fit, target, report_of_past=report_of_past)
            if mixed.state is not ElementState.PRESENT:
                return mixed
        decided = _for(reading, _fullest(fitting), fit, whole=report_of_past)
        other = denied(reading, target, report_of_past=report_of_past, spans=any_fit)
        return conflict(_fullest(fitting), other) if decided.present and other else decided
    dated = by_dates(reading, target, fit)
    if dated and not dated.present:
        dated = near_year(reading, *STRONG, target=target, subject=True) or dated
    return dated or by_opening(reading, target, fit) or hint_of_year(reading, target, fit)


def _analysed_years(reading: PeriodReading, rank: Rank) -> list[Statement]:
    """The years whose ITA result measures rest on: they decide, whatever year the measures are."""
    return [
        s
        for s in reading.all_naming(rank)
        if s.mention.role is TimeRole.SUBJECT and _MEASURES.search(s.passage.text)
    ]


def _fullest(fitting: Sequence[Statement]) -> Statement:
    """The first statement of a whole year, else the first."""
    years = (s for s in fitting if s.mention.period.days >= NEARLY_A_YEAR)
    return next(years, fitting[0])


def _for(reading: PeriodReading, statement: Statement, fit: Fit, *, whole: bool) -> Finding:
    """The deciding rank fits; a strong source that says otherwise makes it doubtful."""
    other = contradiction(reading, statement, fit, fits=True)
    analysed = statement.mention.role is TimeRole.SUBJECT
    if other and not (analysed and other.mention.period.start > statement.mention.period.start):
        return conflict(statement, other)
    if span := other_span(reading, fit):
        return conflict(statement, span)
    if (
        statement.rank is Rank.FILE
        and statement.mention.text.isdigit()
        and not _in_body(reading, fit)
    ):
        detail = f"ชื่อไฟล์มีเลข {statement.mention.text} แต่ในเอกสารไม่พบปีนี้ โปรดเปิดดูปีของเอกสาร"
        return unsure(detail, statement.quote(Tier.WEAK))
    if whole and statement.mention.period.days < NEARLY_A_YEAR:
        detail = f"เอกสารบอกช่วง {statement.mention.period} โปรดดูว่าเป็นผลของทั้งปีหรือไม่"
        return unsure(detail, statement.quote(Tier.WEAK))
    return present(statement.quote())


def _analysed(
    reading: PeriodReading, named: Sequence[Statement], fit: Fit, target: FiscalYear
) -> Finding | None:
    """Measures of a year that rest on the ITA result of the year before it.

    Only for a document whose own name speaks of such measures: an annual report that happens
    to mention the ITA result stays a report of its own year.
    """
    names = (named[0].passage.text, reading.document.title)
    if not all(_is_next(s, target) for s in named) or not any(map(_MEASURES.search, names)):
        return None
    years = [
        s for s in reading.all_naming(*STRONG, Rank.BODY)
        if s.mention.role is TimeRole.SUBJECT and s.mention.precision is Precision.YEAR
    ]  # fmt: skip
    fitting = [s for s in years if fit(s)]
    if not fitting:
        return None
    return present(fitting[0].quote()) if years[0] is fitting[0] else conflict(fitting[0], years[0])


def _in_body(reading: PeriodReading, fit: Fit) -> bool:
    return any(fit(s) for s in reading.statements if s.rank is Rank.BODY)


def _against(reading: PeriodReading, statement: Statement, fit: Fit, wanted: str) -> Finding:
    other = contradiction(reading, statement, fit, fits=False)
    if other and other.rank < Rank.LINK:
        return conflict(statement, other)
    return outdated(statement, wanted)


def _mixed(
    rank: Rank,
    named: Sequence[Statement],
    fit: Fit,
    target: FiscalYear,
    *,
    report_of_past: bool,
) -> Finding:
    """One source names the wanted year and another year as well."""
    fitting = next(s for s in named if fit(s))
    others = [s for s in named if not fit(s)]
    if report_of_past and named[0] is fitting and all(_is_next(s, target) for s in others):
        return present(fitting.quote())
    if rank is Rank.HEADING:
        section = next((s for s in named if fit(s) and _has_text_below(s)), None)
        if section:
            return present(section.quote())
    return conflict(fitting, others[0])


def _is_next(statement: Statement, target: FiscalYear) -> bool:
    return statement.mention.period.start > target.start


def _has_text_below(statement: Statement) -> bool:
    heading = statement.passage.text
    return any(
        line.passage.region in (Region.MAIN, Region.TABLE)
        and any(match_form(part) == match_form(heading) for part in line.passage.heading_path)
        for line in reading_of(statement.document).evidence
    )


def _heads_text(statement: Statement) -> bool:
    """False for a heading far down a web page with only links below, as in a side bar."""
    document = statement.document
    headings = [p.text for p in document.passages if p.region is Region.HEADING]
    early = statement.passage.text in map(normalise, headings[:3])
    return early or document.source not in HTML_SOURCES or _has_text_below(statement)
