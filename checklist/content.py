"""What a document holds, as digests: exactly, and apart from what every visitor sees anew. Pure."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from checklist.evidence import Document, TextSource, Trail
from checklist.passing_marks import bangkok_day, masked, masked_url, shows_today

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_OF_A_READING: Any = {
    "fetch": {"sha256", "size", "fetched_at", "headers"},
    "trail": True,
    "read_on": True,
    "style_sheets": True,
}
_PASSING: Any = {**_OF_A_READING, "seen": _OF_A_READING}
_PAGES = (TextSource.HTML, TextSource.RENDERED)


def day_read(document: Document) -> date | None:
    """The day in Thailand when the bytes of a web page were first read; `None` for other files.

    Only on a page can that day be a date line that changes by itself.
    """
    if document.source not in _PAGES:
        return None
    moment = document.fetch.fetched_at
    return document.read_on or (bangkok_day(moment) if moment is not None else None)


def exact_digest(document: Document) -> str:
    """The SHA-256 in hex of all that the judge may read in a document, the way to it left out."""
    return hashlib.sha256(_documents().dump_json(document, exclude=_PASSING)).hexdigest()


def trail_digest(trail: Trail) -> str:
    """The SHA-256 in hex of how a document was reached."""
    return hashlib.sha256(_trails().dump_json(trail)).hexdigest()


def alike_digest(document: Document) -> tuple[str, bool]:
    """The digest of a web page without what passes, and whether it shows the day of its reading.

    For every other document the exact digest: what stands in a file was written by somebody.
    """
    day = day_read(document)
    if document.source not in _PAGES:
        return exact_digest(document), False
    fetch = document.fetch
    text = masked("\n".join(_texts(document)), day)
    parts = [
        [fetch.url, fetch.final_url, fetch.status, fetch.content_type, fetch.problem],
        [document.source, document.file_name, document.page_count, document.blank_pages],
        _shape(document),
        text,
        [masked_url(url) for url in _addresses(document)],
        alike_digest(document.seen)[0] if document.seen is not None else "",
    ]
    plain = json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")
    return hashlib.sha256(plain).hexdigest(), shows_today(text)


def _texts(document: Document) -> Iterable[str]:
    """Every text of the page; passages first and one after the other, as a reader sees them."""
    yield from (passage.text for passage in document.passages)
    yield document.title
    yield from (text for p in document.passages for text in p.heading_path)
    for table in document.tables:
        yield from ("\t".join(row) for row in (table.header, *table.rows))
        yield from (table.caption, *table.heading_path)
    for link in document.links:
        yield from (link.text, link.context, *link.heading_path)
    for image in document.images:
        yield from (image.alt, image.context, *image.heading_path)
    for form in document.forms:
        yield from (form.text, *form.heading_path, *(f.label for f in form.fields))
    for embed in document.embeds:
        yield from (embed.title, *embed.heading_path)
    yield from (f"{name}={value}" for name, value in sorted(document.metadata.items()))


def _addresses(document: Document) -> Iterable[str]:
    yield from (link.url for link in document.links)
    yield from (image.url for image in document.images)
    yield from (form.action for form in document.forms)
    yield from (embed.url for embed in document.embeds)


def _shape(document: Document) -> list[object]:
    """How the texts stand to each other, without the texts themselves."""
    return [
        [
            [p.region, p.page, p.table, p.source, len(p.heading_path), p.text.count("\n")]
            for p in document.passages
        ],
        [
            [len(t.header), [len(row) for row in t.rows], len(t.heading_path), t.page]
            for t in document.tables
        ],
        [[link.region, len(link.heading_path)] for link in document.links],
        [[i.region, i.width, i.height, len(i.heading_path)] for i in document.images],
        [
            [f.method, f.region, len(f.heading_path), [(x.name, x.kind) for x in f.fields]]
            for f in document.forms
        ],
        [[e.kind, len(e.heading_path)] for e in document.embeds],
    ]


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _trails() -> TypeAdapter[Trail]:
    return TypeAdapter(Trail)
