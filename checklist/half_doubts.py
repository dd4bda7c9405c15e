"""When a half-year report that seems complete must still be looked at by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from checklist.evidence import Passage, Region, Table
from checklist.half_reported import Reported, filled, month_of_cell
from checklist.inner_years import other_years_inside
from checklist.mentions import Basis, Precision, TimeRole
from checklist.period_wording import conflict
from checklist.probes.base import Finding, unsure
from checklist.statements import Rank, Statement
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear, Month, Period
    from checklist.probes.base import Context

_REPORTER = re.compile(r"\s*(?:ผู้รายงาน|ผู้จัดทำ|ผู้รับรอง|ลงชื่อ)")
_ONE_MONTH = 31


def missing_months(half: Period, target: FiscalYear, inside: Sequence[Reported]) -> list[Month]:
    """The months of `half` that nothing reports; a name gives way to stated dates."""
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


def contradicted(readings: Sequence[PeriodReading], target: FiscalYear) -> Finding | None:
    """Title, link, file name or text of one document: one fits the year, another does not."""
    for reading in readings:
        named = [reading.naming(rank, subject=False) for rank in (Rank.TITLE, Rank.LINK, Rank.FILE)]
        fitting = [ss for ss in named if any(may_hold(s, target) for s in ss)]
        against = [ss for ss in named if ss and ss not in fitting]
        if fitting and against:
            return conflict(fitting[0][0], against[0][0])
        other = other_years_inside(reading, target.period)
        if fitting and other:
            return conflict(fitting[0][0], other)
    return None


def ahead_of_time(
    target: FiscalYear, inside: Sequence[Reported], context: Context
) -> Finding | None:
    """A period that ends after the day judged for is a plan, not yet a report."""
    half = target.first_half.end
    ends = {entry.period.end for entry in inside}
    over = {end for end in ends if end <= half or context.reached(end)}
    done = [entry for entry in inside if entry.period.end in over]
    if not missing_months(target.first_half, target, done):
        return None
    ahead = next(entry for entry in inside if entry.period.end not in over)
    detail = f"เอกสารระบุช่วง {ahead.period} ซึ่งยังไม่สิ้นสุด โปรดดูว่ามีผลจริงครบ {target.first_half} แล้วหรือไม่"
    return unsure(detail, ahead.quote)


def signed_early(
    readings: Sequence[PeriodReading], half: Period, inside: Sequence[Reported]
) -> Finding | None:
    """A report of the half year whose last signature is older than 31 March."""
    signed = [s for r in readings for s in r.statements if _is_signing(s)]
    last = max(signed, key=lambda s: s.mention.period.end, default=None)
    if last is None or not half.start <= last.mention.period.end < half.end:
        return None
    detail = f"ลงวันที่ {last.mention.period} ก่อนสิ้นงวด โปรดดูว่าเป็นผลครบ {half} หรือไม่"
    return unsure(detail, inside[0].quote, last.quote())


def _is_signing(statement: Statement) -> bool:
    mention, text = statement.mention, statement.passage.text
    line = text[: mention.start].rsplit("\n", 1)[-1]
    by_reporter = mention.precision is Precision.DAY and _REPORTER.match(line)
    return mention.role is TimeRole.SIGNED or bool(by_reporter)


def left_blank(readings: Sequence[PeriodReading], target: FiscalYear) -> Finding | None:
    """A table with a column or row for a month of the half year in which nothing is filled in."""
    for reading in readings:
        for table in reading.document.tables:
            named = dict(_named_months(table, target))
            blank = [m for m in target.months[:6] if named.get(m) is False]
            if blank and any(named.get(m) for m in target.months[:6]):
                months = ", ".join(map(str, blank))
                passage = Passage("\t".join(table.header), Region.TABLE, table.heading_path)
                detail = f"ตารางมีช่องของเดือน {months} แต่ไม่ได้กรอก โปรดดูว่าเดือนนั้นไม่มีหรือยังไม่ได้ลง"
                return unsure(detail, Quote.of(reading.document, passage))
    return None


def _named_months(table: Table, year: FiscalYear) -> Iterator[tuple[Month, bool]]:
    """The months that head columns, and whether any row fills the column."""
    for column, cell in enumerate(table.header):
        month = month_of_cell(cell, year)
        if month:
            yield month, any(filled(row, column) for row in table.rows)


def cut_short(
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


def may_hold(statement: Statement, target: FiscalYear) -> bool:
    """True when a statement may hold the half year of `target`."""
    mention = statement.mention
    if mention.basis is Basis.ACADEMIC:
        return mention.period.overlaps(target.first_half)
    return mention.period.overlaps(target.period)
