"""The style sheets of pages that items rest on: fetched, so that hidden text is told from shown.

A sheet is asked for like a page (guard, robots, turns, validators), once a unit, and only for
pages that some item's verdict may rest on. One that cannot be read is noted and changes nothing.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checklist.evidence import Document, TextSource
from crawler.extract.charset import decode
from crawler.extract.html_sheets import imported_by
from crawler.headers import charset_of
from crawler.urls import key, same_site

if TYPE_CHECKING:
    from crawler.visits import Visits

MOST_BYTES = 200_000
"""The size of a sheet that is read; a site's own are a tenth of it."""
MOST_OF_A_PAGE = 3
MOST_OF_A_UNIT = 8
_LIBRARY = re.compile(
    r"bootstrap|font-?awesome|jquery|swiper|slick|owl|animate|aos|select2|fancybox|lightbox"
    r"|dashicons|wp-includes|icons?[.-]|fonts?[./-]|datatables|sweetalert",
    re.IGNORECASE,
)
_TOO_MANY = (
    f"หน้าใช้สไตล์ชีตหลายไฟล์ ระบบอ่านไม่เกิน {MOST_OF_A_PAGE} ไฟล์ต่อหน้า และ {MOST_OF_A_UNIT} ไฟล์ต่อหน่วยงาน"
)


class StyleSheets:
    """The sheets of one unit's pages, each fetched once."""

    def __init__(self, visits: Visits) -> None:
        """Fetch through `visits`."""
        self._visits = visits
        self._sheets: dict[str, asyncio.Future[tuple[str, ...]]] = {}
        self._seen: dict[tuple[str, str], asyncio.Future[Document]] = {}
        self._asked = 0

    async def look(
        self, documents: Mapping[str, Sequence[Document]]
    ) -> dict[str, tuple[Document, ...]]:
        """The documents by item, those pages with `seen` of which a sheet hides something."""
        found = await asyncio.gather(*(self._of_item(of_item) for of_item in documents.values()))
        return dict(zip(documents, found, strict=True))

    async def _of_item(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        return tuple(await asyncio.gather(*map(self._looked_at, documents)))

    async def _looked_at(self, document: Document) -> Document:
        sheets = chosen(document)
        if not sheets:
            return document
        place = (document.fetch.url, document.fetch.sha256)
        if place not in self._seen:
            self._seen[place] = asyncio.ensure_future(self._read(document, sheets))
        return replace(document, seen=(await self._seen[place]).seen)

    async def _read(self, document: Document, sheets: Sequence[str]) -> Document:
        found = await asyncio.gather(*map(self._sheet, sheets))
        texts = list(dict.fromkeys(text for one in found for text in one if "{" in text))
        return await self._visits.seen(document, texts) if texts else document

    async def _sheet(self, url: str) -> tuple[str, ...]:
        """The texts of a sheet and of those that it imports from its own site."""
        place = key(url)
        if place not in self._sheets:
            self._sheets[place] = asyncio.ensure_future(self._with_imported(url))
        return await self._sheets[place]

    async def _with_imported(self, url: str) -> tuple[str, ...]:
        text = await self._fetched(url)
        inner = [one for one in imported_by(text, url) if same_site(one, url)][:MOST_OF_A_PAGE]
        texts = [await self._fetched(one) for one in inner if key(one) not in self._sheets]
        return (*texts, text)

    async def _fetched(self, url: str) -> str:
        if self._asked >= MOST_OF_A_UNIT:
            self._visits.skip(url, "style_sheet", _TOO_MANY)
            return ""
        self._asked += 1
        answer = await self._visits.part(url, MOST_BYTES)
        if answer.response is None:
            detail = answer.problem.detail if answer.problem else ""
            self._visits.skip(url, "style_sheet", detail)
            return ""
        if answer.response.status != 200:
            self._visits.skip(url, "style_sheet", f"เว็บไซต์ตอบรหัส HTTP {answer.response.status}")
            return ""
        return decode(answer.response.body, charset_of(answer.response))[0]


def chosen(document: Document) -> tuple[str, ...]:
    """The sheets to read of a page that no browser showed: its site's own, the latest rule.

    Those of well-known libraries come last: what hides a page's own text stands beside them.
    """
    if not document.readable or document.source is not TextSource.HTML:
        return ()
    page = document.fetch.final_url
    own = [url for url in reversed(document.style_sheets) if same_site(url, page)]
    ranked = sorted(own, key=lambda url: _LIBRARY.search(urlsplit(url).path) is not None)
    return tuple(ranked[:MOST_OF_A_PAGE])
