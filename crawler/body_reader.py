"""One body in, one `Document` out: read before, or read now by the workers and kept."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from checklist.evidence import Document, Embed, EmbedKind, Image, TextSource
from checklist.passing_marks import bangkok_day
from crawler.extract.html import with_seen
from crawler.headers import attachment_name, charset_in, charset_of, fetch_of
from crawler.hosted import embedded
from crawler.memory.readings import Kept, lasts, name_of
from crawler.tally import Counted
from crawler.urls import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from scrapy.http import Response

    from checklist.evidence import Fetch
    from crawler.bodies import BodyStore
    from crawler.memory.readings import Readings
    from crawler.tally import Tally

logger = logging.getLogger(__name__)


class Extractor(Protocol):
    """What reads bodies: `crawler.extract.ExtractPool` in a crawl."""

    def submit(
        self,
        body: bytes,
        fetch: Fetch,
        *,
        charset: str | None,
        rendered: bool,
        styles: Sequence[str] = (),
    ) -> Future[Document]:
        """Start to read `body`; the future never raises for hostile input."""


class BodyReader:
    """Reads answers; keeps their bytes, and what was read in them."""

    def __init__(
        self,
        extractor: Extractor,
        bodies: BodyStore | None = None,
        readings: Readings | None = None,
        *,
        reuse: bool = True,
    ) -> None:
        """Read with `extractor`; without `reuse` everything is read anew and kept."""
        self._extractor = extractor
        self._bodies = bodies
        self._readings = readings
        self._reuse = reuse

    async def read(self, url: str, response: Response, tally: Tally, *, rendered: bool) -> Document:
        """The document that answers `url`; what it costs is added to `tally`."""
        charset = None if rendered else charset_of(response)
        fetch = fetch_of(url, response)
        name = attachment_name(response)
        await self.keep(response.body)
        reading = name_of(fetch, charset, name, rendered=rendered)
        known = await self._known(reading, fetch)
        if known is not None and known.document is not None:
            tally[Counted.READ_BEFORE] += 1
            return known.document
        tally[Counted.READ] += 1
        future = self._extractor.submit(response.body, fetch, charset=charset, rendered=rendered)
        document = _with_embedded(await asyncio.wrap_future(future), response)
        document = replace(document, file_name=name) if name else document
        if self._readings is None or not lasts(document):
            return document
        read_on = known.read_on if known is not None else bangkok_day(datetime.now(UTC))
        document = replace(document, read_on=read_on)
        await asyncio.to_thread(self._readings.keep, reading, document, read_on)
        return document

    async def seen(self, document: Document, styles: Sequence[str]) -> Document:
        """A page that was read, with what the texts of its style sheets leave to be seen.

        As it is where its body is not kept. Read again only where page or sheets are others than
        the last time; a reading that fails stands there with its problem.
        """
        fetch = document.fetch
        body = await self._kept(fetch.sha256)
        if body is None:
            return document
        charset = charset_in(fetch.content_type)
        told = sha256("\0".join(styles).encode("utf-8", "replace")).hexdigest()
        reading = name_of(fetch, charset, f"seen {told}", rendered=False)
        known = await self._known(reading, fetch)
        if known is not None and known.document is not None:
            return replace(document, seen=known.document.seen)
        future = self._extractor.submit(body, fetch, charset=charset, rendered=False, styles=styles)
        read = _with_extras(await asyncio.wrap_future(future), document)
        found = with_seen(document, read)
        if self._readings is not None and read.readable:
            bare = Document(fetch, document.source, seen=found.seen)
            day = bangkok_day(datetime.now(UTC))
            await asyncio.to_thread(self._readings.keep, reading, bare, day)
        return found

    async def _kept(self, sha256: str) -> bytes | None:
        if self._bodies is None or not sha256:
            return None
        return await asyncio.to_thread(self._bodies.get, sha256)

    async def keep(self, *bodies: bytes) -> None:
        """Keep the bytes that came: evidence, and what a second look or the next night needs."""
        if self._bodies is None:
            return
        try:
            await asyncio.to_thread(_put, self._bodies, bodies)
        except OSError as error:
            logger.warning("a body could not be kept: %s", error)

    async def _known(self, reading: str, fetch: Fetch) -> Kept | None:
        if self._readings is None:
            return None
        known = await asyncio.to_thread(self._readings.find, reading, fetch)
        return known if self._reuse or known is None else Kept(known.read_on)


def _put(store: BodyStore, bodies: Iterable[bytes]) -> None:
    for body in bodies:
        store.put(body)


def _with_embedded(document: Document, response: Response) -> Document:
    """The page with the documents and page pictures that its scripts show."""
    if not document.readable or document.source not in (TextSource.HTML, TextSource.RENDERED):
        return document
    files, pictures = embedded(response.url, response.body)
    known = {key(embed.url) for embed in document.embeds}
    embeds = [Embed(url, EmbedKind.DOCUMENT) for url in files if key(url) not in known]
    images = [Image(url) for url in pictures]
    return replace(
        document,
        embeds=(*document.embeds, *embeds),
        images=(*document.images, *images),
    )


def _with_extras(seen: Document, document: Document) -> Document:
    """The second reading of a page with what the first one got from elsewhere than its text."""
    if not seen.readable:
        return seen
    files = {embed.url for embed in seen.embeds}
    pictures = {image.url for image in seen.images}
    return replace(
        seen,
        file_name=document.file_name,
        embeds=(*seen.embeds, *(x for x in document.embeds if x.url not in files)),
        images=(*seen.images, *(x for x in document.images if x.url not in pictures)),
    )
