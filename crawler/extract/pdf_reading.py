"""Which of two readings of a PDF page is kept, and which pages hold no text at all.

Poppler reads first; PDFium reads again the pages on which Poppler's text is doubtful. Neither is
right on all files: Poppler drops the ring of a sara am that Word drew as SPACE + sara aa, PDFium
draws clusters twice in files that Chromium printed.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from crawler.extract.poppler import PopplerError
from crawler.extract.problems import damaged, locked
from crawler.extract.quality import Grade, Quality, measure, page_quality
from crawler.extract.second_reading import GAP, close_gaps, mend

if TYPE_CHECKING:
    from collections.abc import Iterable

_log = logging.getLogger(__name__)

_NO_WORDS = "no_words"
_FIGURES = 0.4
_FEW_SIGNS = 40
_TRIALS = 6
_ENOUGH = 60
_READABLE = frozenset({Grade.GOOD, Grade.REPAIRED})
_GAIN = 0.005
# The second reading loses gaps between cells, which its score does not show.
_OTHERS_GAIN = 0.03
_MANY_CUTS = 5
_CLOSELY = 3
# After these marks no word ends, so the space is none; after sara ii ("ปี") it may be one.
_SURE_GAP = re.compile(r"(?<=[ปฝฟฬ])([ัิึื็][่-๋]?|[่-๋]) (?=[ก-ฮา])")
# Drawn apart from its tall letter, a mark may even begin a line of its own.
_CUT = re.compile(r"(?<=[ปฝฟฬ])\n([ัิ-ื็-๋]+) ?(?=[ก-ฮาะ])")
_BEFORE_MARK = re.compile("\n[ะ-ฺๅ็-๎]")
_PAGE_SIZED = 0.5
_MAX_OBJECTS = 400


class _Way(Enum):
    """Which reading of a page was best."""

    FIRST = "first"
    MENDED = "mended"
    OTHER = "other"


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
    """Chooses a reading page by page.

    Faults come from a file's fonts, so its pages are alike: after the first doubtful pages have
    been weighed in full, pages with no more faults are read in the way that won there.
    """

    def __init__(self, second: pdfium.PdfDocument | None) -> None:
        self._second = second
        self._won: Counter[_Way] = Counter()
        self._worst = 1.0

    def page(self, index: int, first: str) -> PageText:
        """The better reading of the page at `index` (from 0), whose text by Poppler is `first`."""
        if (whole := self._uncut(index, first)) is not None:
            return PageText(index + 1, whole)
        text = _SURE_GAP.sub(r"\1", _CUT.sub(r"\1", first))
        if (alike := self._as_before(index, text)) is not None:
            return PageText(index + 1, alike)
        quality = page_quality(text)
        if quality.grade is Grade.NONE:
            return self._wordless(index, text)
        if self._second is not None:
            if quality.grade is not Grade.GOOD:
                text, quality = self._better(index, text, quality)
            elif quality.score < 1.0:
                self._learn(_Way.FIRST, text)
            if index < _CLOSELY and quality.grade is Grade.GOOD and GAP.search(text):
                text = close_gaps(text, page_text(self._second, index))
        if quality.grade is Grade.GARBAGE:
            return self._senseless(index, text, quality)
        return PageText(index + 1, text)

    def _uncut(self, index: int, first: str) -> str | None:
        """The second reading of a page whose first one is cut before its marks.

        In fonts whose marks have a width Poppler ends the line at each mark and mixes up the
        lines of table cells; joining them again mends words, not their order.
        """
        if self._second is None or len(_BEFORE_MARK.findall(first)) < _MANY_CUTS:
            return None
        other = page_text(self._second, index)
        return other if page_quality(other).grade in _READABLE else None

    def _as_before(self, index: int, text: str) -> str | None:
        """The page in the way that won before; None when it must be weighed by itself."""
        if self._won.total() < _TRIALS:
            return None
        faults = measure(text)
        sound = faults.plain and faults.letters >= _ENOUGH and not faults.garbled
        if not sound or faults.toneless or faults.score < self._worst:
            return None
        way = self._won.most_common(1)[0][0]
        if faults.score == 1.0 or way is _Way.FIRST or self._second is None:
            return text
        other = page_text(self._second, index)
        return other if way is _Way.OTHER else mend(text, other)

    def _better(self, index: int, first: str, quality: Quality) -> tuple[str, Quality]:
        """The best of both readings and of the first mended by the second."""
        if self._second is None:
            return first, quality
        other = page_text(self._second, index)
        mended = mend(first, other)
        way, text, best = _Way.FIRST, mended, quality
        if mended != first and (found := page_quality(mended)).score > quality.score + _GAIN:
            way, best = _Way.MENDED, found
        if (
            best.grade is not Grade.GOOD
            and (found := page_quality(other)).score > best.score + _OTHERS_GAIN
        ):
            way, text, best = _Way.OTHER, other, found
        if best.grade in _READABLE:
            self._learn(way, first)
        return text, best

    def _learn(self, way: _Way, first: str) -> None:
        self._won[way] += 1
        self._worst = min(self._worst, measure(first).score)

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
