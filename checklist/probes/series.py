"""One report for every month of the period, or a statement that the month had none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from checklist.document_period import PeriodReading, read_period
from checklist.inner_years import other_years_inside
from checklist.month_reports import MonthReport, merged_period, month_reports
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.verdict import ElementState

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.fiscal import FiscalYear, Month


class SeriesProbe(Probe):
    """One report for every month of the period, or a statement that the month had none.

    `h1_fy`: October to March of the checklist's year; `fy`, `fy_prev`: all twelve months.
    """

    kind: Literal["series"]
    covers: Literal["h1_fy", "fy", "fy_prev"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer for the documents as a set; every month's quote is given."""
        readings = [read_period(document) for document in documents]
        year = context.fiscal_year.previous if self.covers == "fy_prev" else context.fiscal_year
        wanted = year.months[:6] if self.covers == "h1_fy" else year.months
        found: dict[Month, MonthReport] = {}
        for reading in readings:
            for report in month_reports(reading):
                known = found.get(report.month)
                if known is None or not known.seen:
                    found[report.month] = report
        missing = [month for month in wanted if month not in found]
        if missing:
            return _missing(readings, found, wanted, missing, year, context)
        quotes = [found[month].quote for month in wanted]
        unseen = [month for month in wanted if not found[month].seen]
        if unseen:
            detail = f"อ่านข้อความในเอกสารของเดือน {_list(unseen)} ไม่ได้ โปรดเปิดดูว่ามีรายการครบหรือไม่"
            return unsure(detail, *quotes, reason="image_only")
        for reading in readings:
            other = other_years_inside(reading, year.period)
            if other:
                detail = f"หัวรายงานบอกปี {year} แต่ในตารางเป็น {other.mention.period} โปรดเปิดดูว่าเป็นปีใด"
                return unsure(detail, quotes[0], other.quote(), reason="conflicting_years")
        return present(*quotes)


def _missing(
    readings: Sequence[PeriodReading],
    found: dict[Month, MonthReport],
    wanted: Sequence[Month],
    missing: Sequence[Month],
    year: FiscalYear,
    context: Context,
) -> Finding:
    have = [month for month in wanted if month in found]
    old = [month for month in year.previous.months if month in found]
    if not have and old:
        detail = f"พบรายงานของเดือน {_list(old)} ซึ่งเป็นปี {year.previous} ต้องเป็นปี {year}"
        return Finding(
            ElementState.OUTDATED, tuple(found[m].quote for m in old), "outdated", detail
        )
    detail = f"ขาดเดือน {_list(missing)}"
    quotes = [found[month].quote for month in have]
    lump = next(filter(None, map(merged_period, readings)), None)
    if not have and lump is not None:
        detail = f"พบเอกสารที่รวมหลายเดือน ไม่ได้แยกเป็นรายเดือน {detail}"
        quotes = [lump.quote()]
    day_after = timedelta(days=1)
    pending = [m for m in missing if not context.reached(m.period.end + day_after)]
    if pending:
        detail += f" (ยังไม่สิ้นเดือน: {_list(pending)})"
    return absent(detail, *quotes, reason="month_missing")


def _list(months: Sequence[Month]) -> str:
    return ", ".join(map(str, months))
