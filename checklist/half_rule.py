"""Do documents together report every month of a half year?

Months, quarters and halves add up over titles, headings, table headers and documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from checklist.document_period import STRONG, PeriodReading, Rank, Statement
from checklist.evidence import Passage, Region, Table
from checklist.fiscal import FiscalYear, Month, Period
from checklist.mentions import Basis, Mention, Precision, TimeRole, find_mentions, find_parts
from checklist.period_wording import conflict, said_year
from checklist.probes.base import Finding, absent, present, unsure
from checklist.reading import excerpt
from checklist.thai import normalise
from checklist.verdict import ElementState, Quote, Tier

_OWN = (Rank.TITLE, Rank.HEADING, Rank.TABLE, Rank.LINK, Rank.FILE)
_EMPTY = frozenset({"", "-", "–", "—", "."})
_PARTIAL = (Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.RANGE)
_LONGEST = 400
_ONE_MONTH = 31


@dataclass(frozen=True, slots=True)
class Reported:
    """A stretch of time that a document reports, and the words that say so."""

    period: Period
    quote: Quote
    claimed: bool = False
    """True for "รอบ 6 เดือน": a name, outweighed by stated dates."""
    year: tuple[Quote, ...] = ()
    """Where the year was said when the words themselves name none."""


def first_half(readings: Sequence[PeriodReading], target: FiscalYear, as_of: date) -> Finding:
    """Rule `h1_fy`: 1 October to 31 March of `target` is reported, by one document or several.

    A period that ends after `as_of` is a plan or a blank form, not yet a report.
    """
    reported = [entry for reading in readings for entry in _reported(reading, target)]
    half = target.first_half
    inside = [entry for entry in reported if entry.period.overlaps(half)]
    missing = _missing(half, target, inside)
    if inside and not missing:
        return (
            _contradicted(readings, target)
            or _cut_short(readings, half, inside)
            or _ahead_of_time(target, inside, as_of)
            or _signed_early(readings, half, inside)
            or present(*_quotes(inside))
        )
    if inside:
        seen = ", ".join(str(m) for m in target.months[:6] if m not in missing)
        lacks = ", ".join(map(str, missing))
        said = f"รายงานครอบคลุม {seen}" if seen else "รายงานยังไม่ครบเดือนใดเลย"
        detail = f"{said} ขาด {lacks} ต้องครอบคลุม {half}"
        return absent(detail, *_quotes(inside), reason="period_incomplete")
    return _without_half(readings, target, reported)


def _missing(half: Period, target: FiscalYear, inside: Sequence[Reported]) -> list[Month]:
    stated = [entry for entry in inside if not entry.claimed]
    if _stops_short(half, target, stated):
        inside = stated
    return [m for m in target.months[:6] if not any(e.period.covers(m.period) for e in inside)]


def _stops_short(half: Period, target: FiscalYear, stated: Sequence[Reported]) -> bool:
    """Stated days or months that leave a part of the half open outweigh a name.

    A range says so by itself; single months do when at least two follow each other from
    October and none comes after 31 March.
    """
    if all(any(e.period.covers(m.period) for e in stated) for m in target.months[:6]):
        return False
    if any(entry.period.days > _ONE_MONTH for entry in stated):
        return True
    in_a_row = list(
        takewhile(lambda m: any(e.period.covers(m.period) for e in stated), target.months)
    )
    return len(in_a_row) > 1 and all(entry.period.end < half.end for entry in stated)


def _quotes(entries: Sequence[Reported]) -> list[Quote]:
    quotes = [quote for entry in entries for quote in (entry.quote, *entry.year)]
    return list(dict.fromkeys(quotes))[:8]


def _contradicted(readings: Sequence[PeriodReading], target: FiscalYear) -> Finding | None:
    """Title, link or file name of one document: one fits the year, another does not."""
    for reading in readings:
        named = [reading.naming(rank, subject=False) for rank in (Rank.TITLE, Rank.LINK, Rank.FILE)]
        fitting = [ss for ss in named if any(_may_hold(s, target) for s in ss)]
        against = [ss for ss in named if ss and ss not in fitting]
        if fitting and against:
            return conflict(fitting[0][0], against[0][0])
    return None


def _ahead_of_time(target: FiscalYear, inside: Sequence[Reported], as_of: date) -> Finding | None:
    last = max(as_of, target.first_half.end)
    done = [entry for entry in inside if entry.period.end <= last]
    if not _missing(target.first_half, target, done):
        return None
    ahead = next(entry for entry in inside if entry.period.end > last)
    detail = f"เอกสารระบุช่วง {ahead.period} ซึ่งยังไม่สิ้นสุด โปรดดูว่ามีผลจริงครบ {target.first_half} แล้วหรือไม่"
    return unsure(detail, ahead.quote)


def _signed_early(
    readings: Sequence[PeriodReading], half: Period, inside: Sequence[Reported]
) -> Finding | None:
    """A report of the half year whose last signature is older than 31 March."""
    signed = [s for r in readings for s in r.statements if s.mention.role is TimeRole.SIGNED]
    last = max(signed, key=lambda s: s.mention.period.end, default=None)
    if last is None or not half.start <= last.mention.period.end < half.end:
        return None
    detail = f"ลงวันที่ {last.mention.period} ก่อนสิ้นงวด โปรดดูว่าเป็นผลครบ {half} หรือไม่"
    return unsure(detail, inside[0].quote, last.quote())


def _cut_short(
    readings: Sequence[PeriodReading], half: Period, inside: Sequence[Reported]
) -> Finding | None:
    """A report called "รอบ 6 เดือน" whose figures are as of an earlier day."""
    if not all(entry.claimed for entry in inside):
        return None
    for reading in readings:
        for statement in reading.statements:
            day = statement.mention.period.end
            if statement.as_of and half.start <= day < half.end:
                detail = (
                    f"ชื่อเอกสารบอกว่ารอบ 6 เดือน แต่ข้อมูลถึงวันที่ {statement.mention.period} "
                    f"โปรดดูว่าครอบคลุม {half} หรือไม่"
                )
                return unsure(
                    detail, inside[0].quote, statement.quote(), reason="conflicting_years"
                )
    return None


def _reported(reading: PeriodReading, target: FiscalYear) -> Iterator[Reported]:
    for statement in reading.naming(*_OWN):
        mention = statement.mention
        if mention.precision in _PARTIAL and mention.period.days <= _LONGEST:
            claimed = mention.precision is Precision.HALF
            yield Reported(mention.period, statement.quote(), claimed)
    said = _own_year(reading)
    if said is None:
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
    said = _own_year(reading)
    return FiscalYear.of(said.mention.period.start) if said else None


def _own_year(reading: PeriodReading) -> Statement | None:
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
        elif statement.rank is Rank.BODY and _is_half_range(mention, target):
            yield Reported(mention.period, statement.quote())


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
            if month and any(_filled(row, column) for row in body if row is not head):
                yield month, "\t".join(head)
    for row in body:
        month = next(filter(None, (month_of_cell(cell, year) for cell in row[:2])), None)
        if month and any(_filled(row, column) for column in range(1, len(row))):
            yield month, "\t".join(row)


def _filled(row: Sequence[str], column: int) -> bool:
    return column < len(row) and row[column].strip() not in _EMPTY


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


def _without_half(
    readings: Sequence[PeriodReading], target: FiscalYear, reported: Sequence[Reported]
) -> Finding:
    """Nothing reports a day of the half year: say what the documents report instead."""
    half = target.first_half
    if reported and all(entry.period.end < half.start for entry in reported):
        detail = f"เอกสารรายงาน {reported[0].period} ต้องเป็น {half}"
        return Finding(ElementState.OUTDATED, (reported[0].quote,), "outdated", detail)
    if reported:
        detail = f"เอกสารรายงาน {reported[0].period} ไม่ครอบคลุม {half}"
        return absent(detail, *_quotes(reported), reason="period_incomplete")
    return _by_year(readings, target)


def _by_year(readings: Sequence[PeriodReading], target: FiscalYear) -> Finding:
    half = target.first_half
    named = [s for r in readings for s in r.naming(*STRONG)]
    right = [s for s in named if _may_hold(s, target)]
    if right:
        detail = f"เอกสารเป็น{said_year(right[0])} แต่ไม่บอกว่ารายงานถึงเดือนใด ต้องครอบคลุม {half}"
        return unsure(detail, right[0].quote(Tier.WEAK))
    if named and any(s.rank < Rank.LINK for s in named):
        first = named[0]
        detail = f"เอกสารเป็น{said_year(first)} ต้องเป็น 6 เดือนแรกของปี {target} ({half})"
        return Finding(ElementState.OUTDATED, (first.quote(),), "outdated", detail)
    for reading in readings:
        if reading.ocr_years:
            detail = "ปีในเอกสารอ่านได้จากภาพสแกนเป็นเลขไทยเท่านั้น ซึ่งอ่านผิดได้ง่าย โปรดเปิดดูด้วยตนเอง"
            return unsure(detail, reading.ocr_years[0].quote(Tier.WEAK), reason="ocr_year")
    body = [s for r in readings for s in r.statements if s.mention.period.overlaps(half)]
    if body:
        detail = f"พบช่วงเวลาเฉพาะในเนื้อหา ไม่ได้อยู่ในชื่อหรือหัวข้อ โปรดดูว่าครอบคลุม {half} หรือไม่"
        return unsure(detail, body[0].quote(Tier.WEAK))
    if named:
        detail = f"{said_year(named[0])} ต้องเป็น 6 เดือนแรกของปี {target} ({half})"
        return Finding(ElementState.OUTDATED, (named[0].quote(),), "outdated", detail)
    return absent(f"ไม่พบปีหรือช่วงเดือนที่รายงาน ต้องครอบคลุม {half}")


def _may_hold(statement: Statement, target: FiscalYear) -> bool:
    mention = statement.mention
    if mention.basis is Basis.ACADEMIC:
        return mention.period.overlaps(target.first_half)
    return mention.period.overlaps(target.period)
