"""The overview of a sweep as an Excel workbook: figures, the whole grid, and every gap as a row.

Every text is written as text, so nothing that a website or a person typed becomes a formula.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from results.formats.overview_gap_sheets import add_decisions, add_gaps
from results.formats.overview_sheets import add_grid, add_items, add_owners, add_ranking, add_trend
from results.formats.overview_summary_sheet import add_summary
from results.formats.sheet_book import Book

if TYPE_CHECKING:
    from results.overview import Overview

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def overview_xlsx(overview: Overview) -> bytes:
    """The workbook's bytes; its links lead to the units' HTML reports in the same folder."""
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, _OPTIONS)
    book = Book(workbook)
    charted = add_summary(book, overview)
    add_grid(book, overview)
    add_ranking(book, overview)
    items = add_items(book, overview)
    add_owners(book, overview)
    trend = add_trend(book, overview)
    add_gaps(book, overview)
    add_decisions(book, overview)
    charted.draw(items, trend, overview.weight)
    workbook.close()
    return out.getvalue()
