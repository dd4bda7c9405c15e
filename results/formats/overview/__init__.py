"""The overview of a sweep: a page, the same on paper, and a workbook."""

from __future__ import annotations

from results.formats.overview.page import overview_html, overview_pdf
from results.formats.overview.workbook import overview_xlsx

__all__ = ["overview_html", "overview_pdf", "overview_xlsx"]
