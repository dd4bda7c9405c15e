"""Which of two readings of a PDF page is kept, and which pages hold no text at all.

Poppler reads first; PDFium reads again the pages on which Poppler's text is doubtful. Neither is
right on all files: Poppler drops the ring of a sara am that Word drew as SPACE + sara aa, PDFium
draws clusters twice in files that Chromium printed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from crawler.extract.poppler import PopplerError
from crawler.extract.problems import damaged, locked
from crawler.extract.quality import Grade, Quality, page_quality
from crawler.extract.second_reading import GAP, mend

if TYPE_CHECKING:
    from collections.abc import Iterable

_log = logging.getLogger(__name__)

_GOOD = 0.999
_LIGHT = frozenset({"private", "decomposed", "spaced"})
_NO_WORDS = "no_words"
_FIGURES = 0.4
_FEW_SIGNS = 40
_TRIALS = 4
_PAGE_SIZED = 0.5
_MAX_OBJECTS = 400


@dataclass(frozen=True, slots=True)
class PageText:
    """The chosen text of one page, counted from 1; `blank` when its text is still to be read."""

    number: int
    text: str
    blank: bool = False


def choose_pages(
    texts: Iterable[str], last: int | None, second: pdfium.PdfDocument | None
) -> list[PageText]:
    """The pages up to `last`; `texts` is Poppler's reading, `second` the file in PDFium.

    `last` and `second` are None when PDFium cannot open the file. A page that breaks Poppler ends
    Poppler's reading only: PDFium reads on from there.

    Raises:
        UnreadableError: neither reader can open the file, or it is locked.
    """
    chooser = _Chooser(second)
    pages: list[PageText] = []
    try:
        for text in texts:
            if last is None or len(pages) < last:
                pages.append(chooser.page(len(pages), text))
    except PopplerError as error:
        if error.locked:
            raise locked() from error
        if second is None and not pages:
            raise damaged("ไฟล์ PDF ") from error
        _log.info("poppler stopped after %d pages: %s", len(pages), error)
    if second is not None and last is not None:
        for index in range(len(pages), last):
            pages.append(chooser.page(index, page_text(second, index)))
    return pages


class _Chooser:
    """Chooses a reading page by page, and learns whether second readings of the file help."""

    def __init__(self, second: pdfium.PdfDocument | None) -> None:
        self._second = second
        self._tried = 0
        self._won = 0

    def page(self, index: int, first: str) -> PageText:
        quality = page_quality(first)
        text = first
        if self._second is not None and self._is_doubtful(first, quality):
            text, quality = self._better(index, first, quality)
        if quality.grade is Grade.GOOD and quality.score >= _GOOD:
            return PageText(index + 1, text)
        if quality.grade is Grade.NONE:
            return self._wordless(index, text)
        if quality.grade is Grade.GARBAGE:
            return self._senseless(index, text, quality)
        return PageText(index + 1, text)

    def _is_doubtful(self, text: str, quality: Quality) -> bool:
        """True for a page worth a second reading.

        Faults that normalising restores only count while second readings of this file help.
        """
        if quality.grade is Grade.NONE:
            return False
        if GAP.search(text):
            return True
        if quality.score >= _GOOD:
            return False
        light = quality.grade is Grade.REPAIRED and _LIGHT.issuperset(quality.reasons)
        return not light or self._tried < _TRIALS or self._won > 0

    def _better(self, index: int, first: str, quality: Quality) -> tuple[str, Quality]:
        if self._second is None:
            return first, quality
        other = page_text(self._second, index)
        mended = mend(first, other)
        best = (mended, quality if mended == first else page_quality(mended))
        if best[1].score < _GOOD:
            best = max(best, (other, page_quality(other)), key=lambda reading: reading[1].score)
        self._tried += 1
        self._won += best[0] != first
        return best

    def _wordless(self, index: int, text: str) -> PageText:
        """A page with next to no letters: a scan when it shows something beside its text."""
        if self._second is None:
            return PageText(index + 1, text)
        objects, coverage = inked(self._second, index)
        blank = objects > 0 and (not text.strip() or coverage >= _PAGE_SIZED)
        return PageText(index + 1, text, blank)

    def _senseless(self, index: int, text: str, quality: Quality) -> PageText:
        """A page whose text does not read: what a scanner left, or codes of its own font.

        Figures and abbreviations in a drawn table are no words either and stay as they are.
        """
        solid = "".join(text.split())
        figures = sum(char.isdecimal() for char in solid)
        table = quality.reasons == (_NO_WORDS,) and (
            figures >= _FIGURES * len(solid) or len(solid) - figures < _FEW_SIGNS
        )
        if table and self._second is not None and inked(self._second, index)[1] < _PAGE_SIZED:
            return PageText(index + 1, text)
        return PageText(index + 1, "", blank=True)


def page_text(document: pdfium.PdfDocument, index: int) -> str:
    """PDFium's text of the page at `index` (from 0); "" for a page that cannot be opened."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return ""
    try:
        reader = page.get_textpage()
        try:
            return str(reader.get_text_bounded()).replace("\r", "")
        finally:
            reader.close()
    except pdfium.PdfiumError:
        return ""
    finally:
        page.close()


def inked(document: pdfium.PdfDocument, index: int) -> tuple[int, float]:
    """How many objects a page draws, and the share of it that its pictures cover."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return 0, 0.0
    try:
        width, height = page.get_size()
        area = max(1.0, width * height)
        count = 0
        covered = 0.0
        for drawn in page.get_objects(max_depth=3):
            count += 1
            if drawn.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = drawn.get_bounds()
                covered += max(0.0, right - left) * max(0.0, top - bottom) / area
            if count >= _MAX_OBJECTS:
                break
        return count, min(1.0, covered)
    except pdfium.PdfiumError:
        return 1, 0.0
    finally:
        page.close()
