"""What a unit's verdicts rest on goes into the evidence archive before its result is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from checklist.evidence import Origin, TextSource
from database.faults import StoreError
from evidence.archive import Archive
from evidence.capture import Capture, CaptureKind
from objects.opening import objects_at
from results.speech import BANGKOK
from sweep.judging import bodies_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from checklist.evidence import Document
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict
    from crawler.screenshots import Screenshot
    from crawler.settings import CrawlSettings
    from objects.opening import Place
    from results.store import Store
    from sweep.confirming import Scanned
    from sweep.request import SweepRequest
    from sweep.second_look import BodyOf, Judged

_log = logging.getLogger(__name__)

FORMAT = "oit-checker"
_PICTURE_TYPE = "image/jpeg"
_Key = tuple[str, CaptureKind, str]


def archive_unit(scanned: Scanned, request: SweepRequest, store: Store, scan_id: int) -> None:
    """Keep copies of what the unit's verdicts rest on; nothing without an archive.

    Called before the result is stored: a crash in between archives again, never too little.
    Raises `StoreError` when the archive cannot be written.
    """
    place = request.settings.evidence_place
    if place is None:
        return
    archive = Archive(place, store.engine)
    unit_id, stood = scanned.plan.unit.id, scanned.stood
    if stood is None:
        captures = captures_of(scanned.judged, scanned.screenshots, request.checklist)
    else:
        captures = stood.captures(archive.of_unit(stood.since, unit_id), request)
    about = {"software": f"{FORMAT} {request.tool_version}".strip()}
    archive.keep(scan_id, unit_id, captures, bodies_of(request.settings), about)


def seal_archive(request: SweepRequest, store: Store, scan_id: int) -> None:
    """Note the manifest's head at the end of a scan, so that a tail cut off later shows."""
    place = request.settings.evidence_place
    if place is not None:
        Archive(place, store.engine).seal(scan_id)


def reach_buckets(settings: CrawlSettings) -> None:
    """See before a sweep that the buckets it needs can be used; raises `StoreError` if not."""
    for url in filter(None, (settings.evidence_url, settings.shared_url)):
        next(objects_at(url).entries("trial"), None)


def bodies_and_copies(body_of: BodyOf, place: Place, engine: Engine) -> BodyOf:
    """What `body_of` gives, else what the evidence archive at `place` kept.

    Another machine may have crawled. A body that cannot be had is `None`; never raises for it.
    """

    def found(sha256: str) -> bytes | None:
        body = body_of(sha256)
        if body is not None:
            return body
        try:
            return Archive(place, engine).payload(sha256)
        except StoreError as error:
            _log.warning("an archived body cannot be had: %s", error)
            return None

    return found


def captures_of(
    judged: Judged, screenshots: Mapping[str, Screenshot], checklist: Checklist
) -> list[Capture]:
    """What the verdicts rest on, each answer once with all the items it serves."""
    found: dict[_Key, Capture] = {}
    for verdict in judged.verdicts:
        for document in rests_on(verdict, judged.documents.get(verdict.item, ())):
            for capture in _captures(document, screenshots, checklist):
                key = (capture.url, capture.kind, capture.payload_sha256)
                items = found[key].items if key in found else ()
                items = tuple(dict.fromkeys((*items, verdict.item)))
                found[key] = replace(capture, items=items)
    return list(found.values())


def rests_on(verdict: ItemVerdict, documents: Sequence[Document]) -> Iterator[Document]:
    """The documents with a body that stood at given addresses, are quoted, named, or failed."""
    quoted = {quote.sha256 for element in verdict.elements for quote in element.quotes}
    for document in documents:
        fetch = document.fetch
        given = document.trail.origin is Origin.GIVEN
        named = fetch.final_url in verdict.urls or fetch.sha256 in quoted
        if fetch.sha256 and (given or named or not document.readable):
            yield document


def in_entry_window(checklist: Checklist, at: datetime) -> bool:
    """True for a moment (aware) while the checklist was answered in ITAS, by the day in Thailand.

    A checklist that is not answered in ITAS has no such window.
    """
    window = checklist.calendar.oit_entry
    return window is not None and window.start <= at.astimezone(BANGKOK).date() <= window.end


def _captures(
    document: Document, screenshots: Mapping[str, Screenshot], checklist: Checklist
) -> Iterator[Capture]:
    fetch = document.fetch
    if fetch.fetched_at is None:
        return
    rendered = document.source is TextSource.RENDERED
    answer = Capture(
        url=fetch.url,
        final_url=fetch.final_url,
        status=fetch.status,
        payload_sha256=fetch.sha256,
        size=fetch.size,
        kind=CaptureKind.RENDERED if rendered else CaptureKind.RESPONSE,
        content_type=fetch.content_type,
        fetched_at=fetch.fetched_at,
        entry_window=in_entry_window(checklist, fetch.fetched_at),
        file_name=document.file_name,
        headers=fetch.headers,
    )
    yield answer
    picture = screenshots.get(fetch.url)
    if picture is not None and document.trail.origin is Origin.GIVEN:
        yield replace(
            answer,
            payload_sha256=picture.sha256,
            size=picture.size,
            kind=CaptureKind.SCREENSHOT,
            content_type=_PICTURE_TYPE,
            fetched_at=picture.taken_at,
            entry_window=in_entry_window(checklist, picture.taken_at),
            file_name="",
            headers=(),
        )
