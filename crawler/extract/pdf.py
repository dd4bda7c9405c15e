"""A PDF as a `Document`: two readings a page, the better formed one wins; scans are told apart.

Poppler reads first; PDFium reads again the pages on which Poppler's text is not well-formed
Thai. Neither is right on all files: Poppler drops the ring of a sara am that Word drew as SPACE +
sara aa, PDFium draws clusters twice in files that Chromium printed.

A page that shows something yet holds no text is listed in `blank_pages`: a scan, a scan under a
non-Thai text layer (left by the scanner's own recognition), or text in codes of its own font.
"""

from __future__ import annotations

import contextlib
import logging
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checklist.evidence import Document, Fetch, TextSource, Trail
from crawler.extract.pdf_blocks import cover_title, page_passages
from crawler.extract.pdf_links import links_of
from crawler.extract.poppler import PopplerError, page_texts
from crawler.extract.problems import damaged, locked
from crawler.extract.quality import measure
from crawler.extract.second_reading import GAP, mend
from crawler.extract.text import collapse, file_name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_log = logging.getLogger(__name__)

MAX_PAGES = 600
TIMEOUT_S = 60.0
_GOOD = 0.999
_FEW_LETTERS = 10
_COVER_WITHIN = 3
_PAGE_SIZED = 0.5
_MAX_OBJECTS = 400
_LATIN_WORD = re.compile(r"\b[A-Za-z]{3,}\b")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_META = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Creator": "creator",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
}


@dataclass(frozen=True, slots=True)
class PageText:
    """The chosen text of one page, counted from 1; `blank` when only a picture stands there."""

    number: int
    text: str
    blank: bool = False


def read_pdf(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read a PDF of at most `MAX_PAGES` pages; later pages are named in `metadata["truncated"]`.

    Raises:
        UnreadableError: the file is locked with a password, or neither reader can open it.
    """
    with _opened(body) as second, tempfile.TemporaryDirectory(prefix="oit-pdf-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(body)
        count = len(second) if second is not None else None
        last = min(count or MAX_PAGES, MAX_PAGES)
        pages = list(_pages(_first_reading(path, last, second), second))
        metadata = _metadata(second)
        links = links_of(second, MAX_PAGES) if second is not None else ()
    if not any(page.text.strip() or page.blank for page in pages):
        raise damaged("ไฟล์ PDF ")
    if count is not None and count > MAX_PAGES:
        metadata["truncated"] = f"อ่านเพียง {MAX_PAGES} หน้าแรก จากทั้งหมด {count} หน้า"
    cover = next((page.number for page in pages[:_COVER_WITHIN] if page.text.strip()), 1)
    passages = [
        passage
        for page in pages
        for passage in page_passages(page.text, page.number, is_cover=page.number == cover)
    ]
    return Document(
        fetch=fetch,
        source=TextSource.PDF,
        title=cover_title(passages),
        passages=tuple(passages),
        links=links,
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        page_count=count if count is not None else len(pages),
        blank_pages=tuple(page.number for page in pages if page.blank),
        trail=trail,
    )


@contextlib.contextmanager
def _opened(body: bytes) -> Iterator[pdfium.PdfDocument | None]:
    """The file in PDFium; None when only Poppler may be able to open it."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise locked() from error
        document = None
    try:
        yield document
    finally:
        if document is not None:
            document.close()


def _first_reading(path: Path, last: int, second: pdfium.PdfDocument | None) -> list[str]:
    """Poppler's text of each page, or PDFium's of all when Poppler cannot."""
    try:
        texts = page_texts(path, last, TIMEOUT_S)
    except PopplerError as error:
        if error.locked:
            raise locked() from error
        if second is None:
            raise damaged("ไฟล์ PDF ") from error
        _log.info("poppler cannot read the file: %s", error)
        return [_pdfium_text(second, index) for index in range(last)]
    if second is not None:
        texts = (texts + [""] * last)[:last]
    return texts


def _pages(texts: list[str], second: pdfium.PdfDocument | None) -> Iterator[PageText]:
    for index, first in enumerate(texts):
        text, quality = first, measure(first)
        doubtful = quality.score < _GOOD or GAP.search(first) is not None
        if second is not None and quality.letters and doubtful:
            other = _pdfium_text(second, index)
            readings = (mend(first, other), other)
            text = max(readings, key=lambda reading: measure(reading).score)
            quality = measure(text)
        blank = False
        if quality.garbled:
            text, blank = "", True
        elif quality.letters < _FEW_LETTERS or quality.thai_share < 0.2:
            text, blank = _judge_layer(text, second, index, quality.letters)
        yield PageText(index + 1, text, blank)


def _judge_layer(
    text: str, second: pdfium.PdfDocument | None, index: int, letters: int
) -> tuple[str, bool]:
    """For a page almost without Thai: what of its text to keep, and whether it is a scan."""
    if second is None:
        return text, False
    objects, coverage = _inked(second, index)
    if letters < _FEW_LETTERS:
        return text, objects > 0 and (not text.strip() or coverage >= _PAGE_SIZED)
    if coverage >= _PAGE_SIZED and not _is_latin_prose(text):
        return "", True
    return text, False


def _is_latin_prose(text: str) -> bool:
    """True when most letters stand in words that could be English."""
    words = [word for word in _LATIN_WORD.findall(text) if _VOWEL.search(word)]
    proper = [word for word in words if word[1:].islower() or word.isupper()]
    return sum(map(len, proper)) > 0.7 * max(1, measure(text).letters)


def _inked(document: pdfium.PdfDocument, index: int) -> tuple[int, float]:
    """How many objects a page draws, and the share of it that its largest picture covers."""
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


def _pdfium_text(document: pdfium.PdfDocument, index: int) -> str:
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


def _metadata(document: pdfium.PdfDocument | None) -> dict[str, str]:
    """The file's own title, author and dates as text."""
    if document is None:
        return {}
    try:
        raw: Mapping[str, str] = document.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError:
        return {}
    return {_META[key]: collapse(value)[:500] for key, value in raw.items() if key in _META}
