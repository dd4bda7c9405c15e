"""Pages that pdf2htmlEX made of a PDF: absolutely placed lines, put back into paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

from crawler.extract.pdf_blocks import page_passages

if TYPE_CHECKING:
    from checklist.evidence import Passage

_LINE = "t"
_PAGE = "pf"


def converted_pages(soup: BeautifulSoup) -> list[Passage] | None:
    """The passages of a page made by pdf2htmlEX, with page numbers; None for other pages."""
    container = soup.find(id="page-container")
    if not isinstance(container, Tag):
        return None
    pages = container.find_all("div", class_=_PAGE)
    if not pages:
        return None
    passages: list[Passage] = []
    for number, page in enumerate(pages, 1):
        lines = (line.get_text() for line in page.find_all("div", class_=_LINE))
        passages.extend(page_passages("\n".join(lines), number, is_cover=number == 1))
    return passages
