"""Pictures of the pages that a person must look at: which, and how they join a report. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from checklist.evidence import Document, TextSource
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Quote, Verdict
from results.report import GapReport, ItemFinding, PictureText
from results.speech import _
from results.wording import tidy

SHOWN_FOR = frozenset({"image_only", "ocr_year", "unreadable"})
"""Reasons that only a look at the page can settle."""
PAGES_PER_ITEM = 3
EVIDENCE_FOLDER = "evidence"
_ENDINGS = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
_PICTURED = (TextSource.OCR, TextSource.IMAGE)


@dataclass(frozen=True, slots=True)
class PageToShow:
    """A page to draw for an item: `sha256` is its body's, `page` counts from 1.

    `page` is `None` for a document that was quoted without one, `sha256` is empty when only the
    address is known.
    """

    item: str
    url: str
    sha256: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: `content` is a PNG, JPEG or WebP."""

    place: PageToShow
    content: bytes


def pages_to_show(
    verdicts: Sequence[ItemVerdict],
    documents: Mapping[str, Sequence[Document]] | None = None,
    most: int = PAGES_PER_ITEM,
) -> tuple[PageToShow, ...]:
    """The pages worth a picture: of items to review or failed, for what only eyes can settle.

    `documents` are those looked at, by item id: their scans and pictures serve where a verdict
    quotes nothing. At most `most` an item, in the order of its elements; the pages that were
    read from a picture come before others.
    """
    known = documents or {}
    return tuple(
        page
        for verdict in verdicts
        for page in list(_pages(verdict, known.get(verdict.item, ())))[:most]
    )


def _pages(verdict: ItemVerdict, documents: Sequence[Document]) -> Iterator[PageToShow]:
    if verdict.verdict not in (Verdict.REVIEW, Verdict.FAIL):
        return
    doubted = [element for element in verdict.elements if _needs_eyes(element)]
    if not doubted and not SHOWN_FOR & set(verdict.reasons):
        return
    quotes = [quote for element in doubted for quote in element.quotes]
    quotes.sort(key=lambda quote: quote.source not in _PICTURED)
    places = dict.fromkeys(_place(verdict.item, quote) for quote in quotes)
    places = places or dict.fromkeys(_scans(verdict.item, documents))
    yield from places or (PageToShow(verdict.item, url) for url in verdict.urls)


def _scans(item: str, documents: Sequence[Document]) -> Iterator[PageToShow]:
    for document in documents:
        fetch = document.fetch
        if document.readable and document.blank_pages:
            page = document.blank_pages[0]
            yield PageToShow(item, fetch.final_url, fetch.sha256, page)
        elif document.readable and document.source is TextSource.IMAGE:
            yield PageToShow(item, fetch.final_url, fetch.sha256, 1)


def _needs_eyes(element: ElementVerdict) -> bool:
    if element.state is ElementState.PRESENT:
        return False
    return element.reason in SHOWN_FOR or any(q.source in _PICTURED for q in element.quotes)


def _place(item: str, quote: Quote) -> PageToShow:
    return PageToShow(item, quote.final_url or quote.url, quote.sha256, quote.page)


def with_pictures(report: GapReport, pictures: Iterable[Picture]) -> GapReport:
    """The report with each picture beside its item's finding; others' findings stay as they are.

    Only findings to review and failed ones take pictures. Raises `ValueError` for a picture that
    is neither PNG, JPEG nor WebP.
    """
    by_item: dict[str, list[PictureText]] = defaultdict(list)
    for picture in pictures:
        by_item[picture.place.item].append(_text_of(picture))

    def shown(findings: tuple[ItemFinding, ...]) -> tuple[ItemFinding, ...]:
        return tuple(
            finding.model_copy(update={"pictures": tuple(by_item[finding.item])})
            if finding.item in by_item
            else finding
            for finding in findings
        )

    return report.model_copy(
        update={"fails": shown(report.fails), "reviews": shown(report.reviews)}
    )


def _text_of(picture: Picture) -> PictureText:
    name = hashlib.sha256(picture.content).hexdigest()
    return PictureText(
        caption=_caption(picture.place),
        url=tidy(picture.place.url),
        page=picture.place.page,
        file=f"{EVIDENCE_FOLDER}/{name}{_ending(picture.content)}",
        content=picture.content,
    )


def _ending(content: bytes) -> str:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    for magic, ending in _ENDINGS:
        if content.startswith(magic):
            return ending
    raise ValueError("a picture must be PNG, JPEG or WebP")


def _caption(place: PageToShow) -> str:
    name = unquote(urlsplit(place.url).path.rstrip("/").rpartition("/")[2])
    what = _("ของ {name}", name=tidy(name, 80)) if name else _("ของหน้าเว็บ")
    if place.page:
        return _("ภาพหน้า {page} {what}", page=place.page, what=what)
    return _("ภาพ{what}", what=what)
