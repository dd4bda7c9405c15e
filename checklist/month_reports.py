"""Which months have a report of their own: a document of the month, or a section with content.

A list of links that names the months is a pointer, not a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.evidence import Document, Passage, Region, Table
from checklist.fiscal import FiscalYear, Month
from checklist.half_reported import month_of_cell, own_year_of
from checklist.lines import Line, excerpt
from checklist.mentions import Mention, Precision, TimeRole, find_mentions, find_parts
from checklist.probes.image import is_content
from checklist.reading import reading_of
from checklist.statements import Rank, Statement
from checklist.thai import normalise
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading

_NAMES_MONTH = (Rank.TITLE, Rank.LINK, Rank.FILE)
_HEADS_REPORT = re.compile(r"รอบเดือน|ประจำเดือน|สขร|สรุปผล|รายงานผล|เดือน\s*:")
_NONE = re.compile(
    r"ไม่มี(?:การ|รายการ|ผล|ข้อมูลการ|เรื่อง)(?!\S{0,25}ที่(?:ผิด|ไม่|ค้าง|ล่าช้า|มีปัญหา))"
    r"|ไม่ได้(?:ดำเนินการ)?จัดซื้อ|ไม่ปรากฎรายการ|ไม่มีจัดซื้อ|มิได้(?:ดำเนินการ)?จัดซื้อ"
    r"|^[-\d().]*ไม่มี[-().]*$"
)
_FIGURE = re.compile(r"\d[\d,.]*")
_LONG_LINE = 220
_ROW_CELLS = 4


@dataclass(frozen=True, slots=True)
class MonthReport:
    """A month and the words that show its report; `seen` is False when no text was readable."""

    month: Month
    quote: Quote
    seen: bool = True


def month_reports(reading: PeriodReading) -> tuple[MonthReport, ...]:
    """The months that a document reports, each once, readable ones first."""
    return reading_of(reading.document).once(month_reports, lambda: _month_reports(reading))


def _month_reports(reading: PeriodReading) -> tuple[MonthReport, ...]:
    found: dict[Month, MonthReport] = {}
    for report in (
        *_whole(reading), *_sections(reading), *_rows(reading), *_pictured(reading)
    ):  # fmt: skip
        known = found.get(report.month)
        if known is None or (report.seen and not known.seen):
            found[report.month] = report
    return tuple(found.values())


def merged_period(reading: PeriodReading) -> Statement | None:
    """A title that spans several months, when the document is one lump of them."""
    for statement in reading.naming(*_NAMES_MONTH):
        if statement.mention.period.days > 31 and statement.mention.precision in (
            Precision.RANGE, Precision.HALF, Precision.QUARTER, Precision.YEAR,
        ):  # fmt: skip
            return statement
    return None


def _whole(reading: PeriodReading) -> Iterator[MonthReport]:
    """The document is the report of the one month that its best source names."""
    for rank in _NAMES_MONTH:
        months = {
            month: statement.quote()
            for statement in reading.naming(rank)
            if (month := single_month(statement.mention))
        }
        year = own_year_of(reading)
        if not months and year is not None:
            months = {
                year.month(p.part.months[0]): p.quote()
                for p in reading.parts
                if p.rank is rank and p.part.precision is Precision.MONTH
            }
        if len(months) == 1:
            month, quote = next(iter(months.items()))
            if _has_content(reading.document):
                yield MonthReport(month, quote)
            elif _is_unread(reading.document):
                yield MonthReport(month, quote, seen=False)
        if months:
            return


def single_month(mention: Mention) -> Month | None:
    """The month that a statement names: a month, or days that all lie in one."""
    if mention.role is not TimeRole.CONTENT or mention.precision is Precision.DAY:
        return None
    month = Month.of(mention.period.start)
    return month if month.period.covers(mention.period) else None


def _has_content(document: Document) -> bool:
    lines = reading_of(document).evidence
    rows = [x for x in lines if len(_FIGURE.findall(x.form)) >= 2]
    return len(rows) >= 2 or any(_NONE.search(x.form) for x in lines)


def _is_unread(document: Document) -> bool:
    return bool(document.blank_pages or document.images or document.page_count)


def _sections(reading: PeriodReading) -> Iterator[MonthReport]:
    """A line that heads a month's report, with rows or a none statement below it."""
    head: tuple[Month, Passage, Mention | None] | None = None
    given = False
    lines = reading_of(reading.document).evidence
    for index, line in enumerate(lines):
        named = _heads(line, reading)
        if named:
            head, given = named, False
            if _NONE.search(line.form):
                yield _report(reading, named[0], line.passage)
                given = True
        elif head and not given and _proves(line, lines[max(0, index - 1)]):
            yield _report(reading, head[0], head[1])
            given = True


def _pictured(reading: PeriodReading) -> Iterator[MonthReport]:
    """A heading that names a month above a picture, which may hold the month's rows."""
    pictures = [image for image in reading.document.images if is_content(image)]
    above = {image.heading_path[-1] for image in pictures if image.heading_path}
    for line in reading_of(reading.document).evidence:
        if line.passage.region is Region.HEADING and line.passage.text in above:
            named = _heads(line, reading)
            if named:
                quote = Quote.of(reading.document, line.passage, excerpt(line.passage.text))
                yield MonthReport(named[0], quote, seen=False)


def _report(reading: PeriodReading, month: Month, passage: Passage) -> MonthReport:
    return MonthReport(month, Quote.of(reading.document, passage, excerpt(passage.text)))


def _proves(line: Line, before: Line) -> bool:
    """A row with figures, or a statement that there was none."""
    if line.passage.region is Region.HEADING:
        return False
    if _NONE.search(line.form):
        return True
    return len(_FIGURE.findall(line.form)) >= 2 and before is not line


def _heads(line: Line, reading: PeriodReading) -> tuple[Month, Passage, Mention | None] | None:
    passage = line.passage
    text = normalise(passage.text)
    if passage.region is Region.TABLE or len(text) > _LONG_LINE:
        return None
    months = {m: mention for mention in find_mentions(text) if (m := single_month(mention))}
    if not months:
        month = _yearless(text, passage, reading)
        months_found = {month} if month else set()
    else:
        months_found = set(months)
    if len(months_found) != 1:
        return None
    month = months_found.pop()
    bare = len(text) <= 30
    if passage.region is Region.HEADING or bare or _HEADS_REPORT.search(text):
        return month, passage, months.get(month)
    return None


def _yearless(text: str, passage: Passage, reading: PeriodReading) -> Month | None:
    parts = [p for p in find_parts(text) if p.precision is Precision.MONTH]
    year = _year_above(passage) or own_year_of(reading)
    if len(parts) != 1 or year is None:
        return None
    return year.month(parts[0].months[0])


def _year_above(passage: Passage) -> FiscalYear | None:
    for heading in reversed(passage.heading_path):
        years = {
            m.fiscal_year
            for m in find_mentions(normalise(heading))
            if m.precision is Precision.YEAR and m.role is TimeRole.CONTENT
        }
        years.discard(None)
        if len(years) == 1:
            return years.pop()
    return None


def _rows(reading: PeriodReading) -> Iterator[MonthReport]:
    """Tables captioned with a month, and full rows that name their month in a cell."""
    year = own_year_of(reading)
    for index, table in enumerate(reading.document.tables):
        captioned = _caption_month(table, year)
        if captioned and _has_rows(table):
            passage = Passage(table.caption, Region.TABLE, table.heading_path, table.page, index)
            yield _report(reading, captioned, passage)
        for row in table.rows:
            month = _row_month(row, year)
            if month:
                text = "\t".join(row)
                passage = Passage(text, Region.TABLE, table.heading_path, table.page, index)
                yield _report(reading, month, passage)


def _caption_month(table: Table, year: FiscalYear | None) -> Month | None:
    text = normalise(table.caption)
    months = {m for mention in find_mentions(text) if (m := single_month(mention))}
    if not months and year is not None:
        parts = [p for p in find_parts(text) if p.precision is Precision.MONTH]
        months = {year.month(p.months[0]) for p in parts}
    return months.pop() if len(months) == 1 else None


def _has_rows(table: Table) -> bool:
    return any(_NONE.search("".join(row)) or _is_full(row) for row in table.rows)


def _is_full(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip() not in ("", "-")]
    return len(filled) >= _ROW_CELLS and any(_FIGURE.search(cell) for cell in filled)


def _row_month(row: Sequence[str], year: FiscalYear | None) -> Month | None:
    if not _is_full(row):
        return None
    for cell in row[:3]:
        month = month_of_cell(cell, year or FiscalYear(0)) if cell else None
        if month and (year is not None or _states_year(cell)):
            return month
    return None


def _states_year(cell: str) -> bool:
    return bool(find_mentions(normalise(cell)))
