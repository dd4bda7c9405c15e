"""Do documents together report every month of a half year?

Months, quarters and halves add up over titles, headings, table headers and documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checklist.half_doubts import (
    ahead_of_time,
    contradicted,
    cut_short,
    left_blank,
    may_hold,
    missing_months,
    signed_early,
)
from checklist.half_reported import Reported, reported_by
from checklist.period_wording import said_year
from checklist.probes.base import Finding, absent, present, unsure
from checklist.statements import STRONG, Rank
from checklist.verdict import ElementState, Quote, Tier

if TYPE_CHECKING:
    from checklist.document_period import PeriodReading
    from checklist.fiscal import FiscalYear
    from checklist.probes.base import Context


def first_half(readings: Sequence[PeriodReading], target: FiscalYear, context: Context) -> Finding:
    """Rule `h1_fy`: 1 October to 31 March of `target` is reported, by one document or several.

    A period that ends after the context's day is a plan or a blank form, not yet a report.
    """
    reported = [entry for reading in readings for entry in reported_by(reading, target)]
    half = target.first_half
    inside = [entry for entry in reported if entry.period.overlaps(half)]
    missing = missing_months(half, target, inside)
    if inside and not missing:
        return (
            contradicted(readings, target)
            or cut_short(readings, half, inside)
            or ahead_of_time(target, inside, context)
            or signed_early(readings, half, inside)
            or left_blank(readings, target)
            or present(*_quotes(inside))
        )
    if inside:
        seen = ", ".join(str(m) for m in target.months[:6] if m not in missing)
        lacks = ", ".join(map(str, missing))
        said = f"รายงานครอบคลุม {seen}" if seen else "รายงานยังไม่ครบเดือนใดเลย"
        detail = f"{said} ขาด {lacks} ต้องครอบคลุม {half}"
        return absent(detail, *_quotes(inside), reason="period_incomplete")
    return _without_half(readings, target, reported)


def _quotes(entries: Sequence[Reported]) -> list[Quote]:
    quotes = [quote for entry in entries for quote in (entry.quote, *entry.year)]
    return list(dict.fromkeys(quotes))[:8]


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
    right = [s for s in named if may_hold(s, target)]
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
