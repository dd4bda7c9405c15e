"""A second look: scans that can still decide an item are read by OCR, and the item judged again.

Also draws the pages that a person must look at. Both work on bodies kept by their hash.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from checklist.evidence import Document, TextSource
from checklist.judge import judge
from checklist.verdict import ItemVerdict, Verdict
from crawler.ocr import OcrSettings, read_pages
from crawler.pictures import PictureError, page_picture
from crawler.tally import Counted
from results.pictures import PageToShow, Picture, pages_to_show

if TYPE_CHECKING:
    from checklist.probes.base import Context
    from checklist.schema import Item

BodyOf = Callable[[str], "bytes | None"]
"""The body with a SHA-256 in hex, when it was kept."""
Documents = Mapping[str, Sequence[Document]]

_log = logging.getLogger(__name__)
_MAY_CHANGE = (Verdict.FAIL, Verdict.REVIEW)
_MOST_PICTURES = 24


@dataclass(frozen=True)
class Judged:
    """Verdicts in the items' order and the documents by item id that they rest on.

    `tally` counts the items judged and the pages read by OCR.
    """

    verdicts: tuple[ItemVerdict, ...]
    documents: Documents = field(default_factory=dict)
    tally: Mapping[Counted, int] = field(default_factory=dict)


def judge_all(items: Sequence[Item], documents: Documents, context: Context) -> Judged:
    """Judge every item on its own documents."""
    verdicts = tuple(judge(item, documents.get(item.id, ()), context) for item in items)
    return Judged(verdicts, documents, {Counted.JUDGED: len(items)})


def judge_with_ocr(
    items: Sequence[Item],
    documents: Documents,
    context: Context,
    body_of: BodyOf,
    settings: OcrSettings | None,
    page_budget: int = 60,
) -> Judged:
    """Judge, read the scans of items that did not pass, and judge those again.

    At most `page_budget` pages are read; without `settings` none is. A scan that serves several
    items is read once.
    """
    first = judge_all(items, documents, context)
    if settings is None:
        return first
    open_items = {v.item for v in first.verdicts if v.verdict in _MAY_CHANGE}
    read, pages = _read_scans(documents, open_items, body_of, settings, page_budget)
    if not read:
        return first
    renewed = {
        item_id: tuple(read.get(d.fetch.sha256, d) if is_scan(d) else d for d in found)
        for item_id, found in documents.items()
    }
    verdicts = tuple(
        judge(item, renewed.get(item.id, ()), context)
        if item.id in open_items and any(d.fetch.sha256 in read for d in renewed.get(item.id, ()))
        else verdict
        for item, verdict in zip(items, first.verdicts, strict=True)
    )
    return Judged(verdicts, renewed, {**first.tally, Counted.OCR_PAGES: pages})


def is_scan(document: Document) -> bool:
    """True for a document with pages that are pictures whose text was not read."""
    pictured = document.source is TextSource.IMAGE or bool(document.blank_pages)
    return document.readable and pictured and bool(document.fetch.sha256)


def _read_scans(
    documents: Documents,
    open_items: set[str],
    body_of: BodyOf,
    settings: OcrSettings,
    page_budget: int,
) -> tuple[dict[str, Document], int]:
    """The scans that were read by the SHA-256 of their bytes, and their pages together."""
    read: dict[str, Document] = {}
    left = page_budget
    for document in _by_use(documents, open_items):
        pages = min(max(len(document.blank_pages), 1), settings.max_pages)
        body = body_of(document.fetch.sha256) if pages <= left else None
        if body is not None:
            read[document.fetch.sha256] = read_pages(body, document, settings)
            left -= pages
    return read, page_budget - left


def _by_use(documents: Documents, open_items: set[str]) -> list[Document]:
    """The scans of open items, those that most items wait for first."""
    waiting: dict[str, tuple[int, Document]] = {}
    for item_id in documents:
        if item_id in open_items:
            for document in filter(is_scan, documents[item_id]):
                count, _ = waiting.get(document.fetch.sha256, (0, document))
                waiting[document.fetch.sha256] = (count + 1, document)
    return [document for _, document in sorted(waiting.values(), key=lambda pair: -pair[0])]


def draw(judged: Judged, body_of: BodyOf) -> list[Picture]:
    """Pictures of the pages that only eyes can settle, for the report."""
    return draw_pages(pages_to_show(judged.verdicts, judged.documents), body_of)


def draw_pages(places: Iterable[PageToShow], body_of: BodyOf) -> list[Picture]:
    """Pictures of the first of these pages, those whose body is kept and can be drawn."""
    pictures = []
    for place in islice(places, _MOST_PICTURES):
        body = body_of(place.sha256) if place.sha256 else None
        picture = _drawn(place, body) if body is not None else None
        if picture is not None:
            pictures.append(picture)
    return pictures


def _drawn(place: PageToShow, body: bytes) -> Picture | None:
    try:
        return Picture(place, page_picture(body, place.page or 1))
    except PictureError as error:
        _log.info("no picture of page %s of %s: %s", place.page, place.url, error)
        return None
