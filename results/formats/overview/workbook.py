"""The overview of a sweep as an Excel workbook: figures, the whole grid, and every gap as a row."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from results.excel.book import Book
from results.formats.overview.cost_sheet import add_cost
from results.formats.overview.gap_sheets import add_decisions, add_gaps
from results.formats.overview.page import overview_title
from results.formats.overview.sheets import add_grid, add_items, add_owners, add_ranking
from results.formats.overview.summary_sheet import add_summary
from results.formats.overview.trend_sheet import add_trend
from results.speech import Language, _, spoken
from results.wording import tidy

if TYPE_CHECKING:
    from results.overview import Overview

MOST_AT_ONCE = 300
"""The cells of so many units are held in memory; of more each row goes to the disk."""
_LANGUAGES = {Language.TH: "th-TH", Language.EN: "en-GB"}


def overview_xlsx(overview: Overview) -> bytes:
    """The workbook's bytes; its links lead to the units' HTML reports in the same folder."""
    title = overview_title(overview)
    day = _("ประเมิน ณ วันที่ {day}", day=overview.as_of_th)
    book = Book(
        {
            "title": title,
            "subject": tidy(overview.checklist_title, 200),
            "author": _("ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)"),
            "comments": day,
            "created": datetime.combine(overview.as_of, time()),
        },
        language=_LANGUAGES[spoken()],
        foot=(title, day),
        long=len(overview.units) > MOST_AT_ONCE,
    )
    charted = add_summary(book, overview)
    add_grid(book, overview)
    add_ranking(book, overview)
    items = add_items(book, overview)
    add_owners(book, overview)
    trend = add_trend(book, overview)
    add_gaps(book, overview)
    add_decisions(book, overview)
    add_cost(book, overview)
    charted.draw(items, trend, overview.weight)
    return book.content()
