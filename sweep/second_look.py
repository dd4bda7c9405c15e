"""A second look: scans that can still decide an item are read by OCR, and the item judged again.

Also draws the pages that a person must look at. Both work on bodies kept by their hash.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from checklist.evidence import Document, TextSource
from checklist.verdict import ItemVerdict, Verdict
from crawler.ocr import OcrSettings, may_be_read_on, read_pages
from crawler.pictures import PictureError, page_picture
from results.pictures import PageToShow, Picture, pages_to_show
from sweep.basis import Shown
from sweep.unchanged import Deciding, Decision, grounds_of, tally_of

if TYPE_CHECKING:
    from checklist.probes.base import Context
    from checklist.schema import Item
    from crawler.tally import Tally
    from sweep.basis import Grounds
    from sweep.unchanged import Before

BodyOf = Callable[[str], "bytes | None"]
"""The body with a SHA-256 in hex, when it was kept."""
Documents = Mapping[str, Sequence[Document]]
OnPage = Callable[[Document, int, int], None]
"""Told before a page is read by OCR: the document, the page's place among those to read, from 1,
and how many these are."""

_log = logging.getLogger(__name__)
_MAY_CHANGE = (Verdict.FAIL, Verdict.REVIEW)
_MOST_PICTURES = 24


@dataclass(frozen=True)
class Judged:
    """Verdicts in the items' order and the documents by item id that they rest on.

    `grounds` are what verdicts rest on, by item, for those that the next scan may take over.
    `tally` counts items judged and taken over, and pages read by OCR.
    """

    verdicts: tuple[ItemVerdict, ...]
    documents: Documents = field(default_factory=dict)
    grounds: Mapping[str, Grounds] = field(default_factory=dict)
    tally: Tally = field(default_factory=Counter)


def judge_with_ocr(
    items: Sequence[Item],
    documents: Documents,
    context: Context,
    body_of: BodyOf,
    settings: OcrSettings | None,
    page_budget: int = 60,
    before: Mapping[str, Before] | None = None,
    on_page: OnPage | None = None,
) -> Judged:
    """Judge, read the scans of items that did not pass, and judge those again.

    At most `page_budget` pages are read, `on_page` is told of each; without `settings` none is.
    A scan that serves several items is read once. Verdicts of `before` are taken over where all
    they rest on is unchanged.
    """
    deciding = Deciding(context, before or {})
    tally: Tally = Counter()
    first = {item.id: deciding.first(item, documents.get(item.id, ())) for item in items}
    read: dict[str, Document] = {}
    missed: set[str] = set()
    if settings is not None:
        open_items = {item_id for item_id, one in first.items() if one.answer in _MAY_CHANGE}
        reading = _Reading(body_of, settings, page_budget, tally, on_page)
        read, missed = _read_scans(documents, open_items, reading)
    renewed = {
        item_id: tuple(read.get(d.fetch.sha256, d) if is_scan(d) else d for d in found)
        for item_id, found in documents.items()
    }
    last: dict[str, Decision] = {}
    for item in items:
        was, now = documents.get(item.id, ()), renewed.get(item.id, ())
        decision = first[item.id]
        if decision.answer in _MAY_CHANGE and any(d.fetch.sha256 in read for d in now):
            last[item.id] = deciding.again(item, now)
        else:
            first[item.id] = last[item.id] = deciding.whole(item, was, decision)
    tally.update(tally_of(last.values()))
    known = renewed if read else documents
    grounds = {key: grounds_of(first[key], decision) for key, decision in last.items()}
    return Judged(
        tuple(one.whole for one in last.values() if one.whole is not None),
        known,
        {
            item_id: replace(
                one,
                shown=_shown(last[item_id].whole, known.get(item_id, ())),
                unread=first[item_id].answer in _MAY_CHANGE
                and any(d.fetch.sha256 in missed for d in documents.get(item_id, ())),
            )
            for item_id, one in grounds.items()
            if one is not None
        },
        tally,
    )


def _shown(verdict: ItemVerdict | None, documents: Sequence[Document]) -> tuple[Shown, ...]:
    pages = pages_to_show([verdict], {verdict.item: documents}) if verdict is not None else ()
    return tuple(Shown(one.url, one.sha256, one.page) for one in pages)


def is_scan(document: Document) -> bool:
    """True for a document with pages that are pictures whose text was not read."""
    pictured = document.source is TextSource.IMAGE or bool(document.blank_pages)
    return document.readable and pictured and bool(document.fetch.sha256)


@dataclass(frozen=True)
class _Reading:
    """How scans are read, and who is told of it."""

    body_of: BodyOf
    settings: OcrSettings
    page_budget: int
    tally: Tally
    on_page: OnPage | None

    def read(self, body: bytes, document: Document) -> Document:
        told = self.on_page and partial(self.on_page, document)
        return read_pages(body, document, self.settings, tally=self.tally, on_page=told or None)


def _read_scans(
    documents: Documents, open_items: set[str], how: _Reading
) -> tuple[dict[str, Document], set[str]]:
    """Scans as read, by their hash, and the hashes of those of which more may be read next time."""
    read: dict[str, Document] = {}
    missed: set[str] = set()
    left = how.page_budget
    for document in _by_use(documents, open_items):
        pages = min(max(len(document.blank_pages), 1), how.settings.max_pages)
        if pages > left:
            continue
        sha256 = document.fetch.sha256
        body = how.body_of(sha256)
        if body is not None:
            read[sha256] = how.read(body, document)
            left -= pages
        if body is None or may_be_read_on(read[sha256]):
            missed.add(sha256)
    return read, missed


def scans_to_read(
    items: Sequence[Item], documents: Documents, judged: Judged, page_budget: int, most: int
) -> list[Document]:
    """The scans that `judge_with_ocr` reads where `judged` is its first judgement, without OCR.

    `page_budget` and `most` are the pages that may be read in all and of one document.
    """
    open_items = {
        item.id
        for item, verdict in zip(items, judged.verdicts, strict=True)
        if verdict.verdict in _MAY_CHANGE
    }
    chosen: list[Document] = []
    left = page_budget
    for document in _by_use(documents, open_items):
        pages = min(max(len(document.blank_pages), 1), most)
        if pages <= left:
            chosen.append(document)
            left -= pages
    return chosen


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
    return draw_pages(_places(judged), body_of)


def _places(judged: Judged) -> Iterator[PageToShow]:
    for verdict in judged.verdicts:
        known = judged.grounds.get(verdict.item)
        if known is None:
            yield from pages_to_show([verdict], judged.documents)
            continue
        for one in known.shown:
            yield PageToShow(verdict.item, one.url, one.sha256, one.page)


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
