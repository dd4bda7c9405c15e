"""Scanned pages read into a `Document`: passages in page order, each with how sure it is.

A passage's `confidence` is that of its least sure digit group (0 to 100), or None without digits.
Digits of amounts and long numbers, which no verdict reads as a year, do not count.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Passage, TextSource
from crawler.extract.pdf_blocks import cover_title, page_passages
from crawler.ocr.cache import ReadingCache
from crawler.ocr.model import PageFailure, PageReading
from crawler.ocr.pool import OcrPool, shared_pool
from crawler.tally import Counted

if TYPE_CHECKING:
    from crawler.ocr.settings import OcrSettings
    from crawler.tally import Tally

_log = logging.getLogger(__name__)
_COVER_WITHIN = 3
_MOST_FRAMES = 500
_DIGIT = re.compile(r"[0-9๐-๙]")
_NUMBER = re.compile(r"[0-9๐-๙](?:[0-9๐-๙]|[.,](?=[0-9๐-๙]))*")
_CAUSES = {
    "timeout": "หมดเวลา",
    "too_large": "ภาพใหญ่เกินกำหนด",
    "damaged": "ภาพชำรุด",
    "died": "โปรแกรมอ่านหยุดทำงานกลางคัน",
    "no_engine": "เครื่องนี้ยังไม่ได้ติดตั้งข้อมูลภาษาไทยของ Tesseract",
}
_PASSING = ("timeout", "died", "no_engine")


def read_pages(
    body: bytes,
    document: Document,
    settings: OcrSettings,
    pages: Sequence[int] | None = None,
    pool: OcrPool | None = None,
    tally: Tally | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> Document:
    """`document` with the text of its scanned pages read from the picture, by OCR.

    `body` is the file `document` was extracted from: a PDF or a picture (each frame of a TIFF is
    a page). Read are `pages` (from 1), by default the document's `blank_pages`, of a picture all
    frames; at most `settings.max_pages`. Pages that gave text leave `blank_pages`. What was not
    read and why stands in Thai in `metadata["ocr"]`. Pages that had to be read are added to
    `tally`, not those whose reading was kept. `on_page` is told before each of these which it is,
    from 1, and how many there are. Never raises on bad files.
    """
    runner = pool or shared_pool(settings)
    wanted = _wanted(body, document, pages, runner)
    if not wanted:
        return document
    # Imported here: without scans nothing draws pages.
    from crawler.ocr.pages import chosen

    within = chosen(wanted, settings.max_pages)
    cache = ReadingCache(body, settings)
    kept = cache.load()
    missing = [page for page in within if page not in kept]
    answers = runner.read(body, missing, _counting(missing, on_page)) if missing else []
    if tally is not None:
        tally[Counted.OCR_PAGES] += len(missing)
    fresh = {answer.page: answer for answer in answers if isinstance(answer, PageReading)}
    if fresh:
        cache.save((kept | fresh).values())
    readings = [reading for page, reading in sorted((kept | fresh).items()) if page in within]
    failures = [answer for answer in answers if isinstance(answer, PageFailure)]
    return _merged(document, readings, failures, len(wanted))


def _counting(
    pages: Sequence[int], on_page: Callable[[int, int], None] | None
) -> Callable[[int], None] | None:
    """`on_page` told by a page's own number."""
    if on_page is None:
        return None
    return lambda page: on_page(pages.index(page) + 1, len(pages))


def _wanted(
    body: bytes, document: Document, pages: Sequence[int] | None, pool: OcrPool
) -> list[int]:
    if pages is not None:
        return sorted({page for page in pages if page >= 1})
    if document.blank_pages or document.source is not TextSource.IMAGE:
        return list(document.blank_pages)
    return list(range(1, min(max(1, pool.page_count(body)), _MOST_FRAMES) + 1))


def _merged(
    document: Document,
    readings: Sequence[PageReading],
    failures: Sequence[PageFailure],
    wanted: int,
) -> Document:
    """The document with its new passages between the old ones, in page order."""
    read = {reading.page for reading in readings if _DIGIT_OR_LETTER.search(reading.text)}
    first_old = min((p.page for p in document.passages if p.page), default=None)
    cover = min((page for page in read), default=None)
    if cover is None or cover > _COVER_WITHIN or (first_old is not None and first_old <= cover):
        cover = None
    new = [p for reading in readings for p in passages_of(reading, is_cover=reading.page == cover)]
    old = [p for p in document.passages if p.page not in read or p.source is not TextSource.OCR]
    passages = sorted(old + new, key=lambda passage: passage.page or 0)
    note = _note(len(readings), failures, wanted)
    cover_passages = [p for p in new if p.page == cover] if cover else []
    return replace(
        document,
        title=document.title or cover_title(cover_passages),
        passages=tuple(passages),
        blank_pages=tuple(page for page in document.blank_pages if page not in read),
        metadata={**document.metadata, **({"ocr": note} if note else {})},
    )


def may_be_read_on(document: Document) -> bool:
    """True where pages were left unread for a reason that may pass, such as the time allowed."""
    note = document.metadata.get("ocr", "")
    return any(_CAUSES[cause] in note for cause in _PASSING)


_DIGIT_OR_LETTER = re.compile(r"[^\W_]")


def passages_of(reading: PageReading, *, is_cover: bool) -> list[Passage]:
    """The page's text as passages of source OCR, each with its confidence."""
    sure = iter(reading.digits)
    return [
        replace(
            passage,
            source=TextSource.OCR,
            confidence=_least_sure(passage.text, sure),
        )
        for passage in page_passages(reading.text, reading.page, is_cover=is_cover)
    ]


def _least_sure(text: str, sure: Iterable[float]) -> float | None:
    """The lowest figure among groups that may state time; takes one figure for every digit."""
    digits = iter(sure)
    own = {found.start(): next(digits, 0.0) for found in _DIGIT.finditer(text)}
    counted = [
        own[place]
        for group in _NUMBER.finditer(text)
        if len(group.group()) <= 4
        for place in range(group.start(), group.end())
        if place in own
    ]
    return round(min(counted), 1) if counted else None


def _note(read: int, failures: Sequence[PageFailure], wanted: int) -> str:
    """In Thai: how many scanned pages were read, and why others were not; "" when all were."""
    if read == wanted:
        return ""
    causes = dict.fromkeys(_CAUSES.get(failure.cause, failure.cause) for failure in failures)
    why = f" ({', '.join(causes)})" if causes else ""
    return f"อ่านข้อความจากภาพสแกนได้ {read} หน้า จากทั้งหมด {wanted} หน้า{why}"
