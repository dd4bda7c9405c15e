"""Pictures of the pages at given addresses, kept as evidence of what a visitor saw.

Taken once a page and content, at the end of a unit's crawl. Nothing that goes wrong here is more
than a picture that is missing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Error, Route, async_playwright

from checklist.evidence import Document, Origin, TextSource
from crawler.bodies import BodyStore
from crawler.browser_turns import BrowserTurns
from crawler.memory.conditional import its_turn
from crawler.scrapy_settings import launch_options
from crawler.stand_in_hosts import stand_in_for
from crawler.turns import NoTurnError
from crawler.urls import identity
from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright, Request

    from crawler.manners import Manners
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

WIDTH_PX = 1100
TALLEST_PX = 6000
_VIEW_PX = 900
_QUALITY = 72
_CLOSE_S = 2.0
_OF_UNIT = 0.25
"""The part of a unit's time that its pictures may take."""
_HEIGHT = "() => Math.max(document.documentElement.scrollHeight, document.body?.scrollHeight || 0)"


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture (JPEG) by its SHA-256: when it was taken (aware), of which bytes of the page."""

    sha256: str
    taken_at: datetime
    page_sha256: str
    size: int = 0


class Screenshots:
    """Takes pictures with one browser, which starts with the first; close it at the end."""

    def __init__(
        self, settings: CrawlSettings, gate_url: str, folder: Path, manners: Manners
    ) -> None:
        """Keep pictures among the bodies in `folder`; the browser's only way out is `gate_url`."""
        self._manners = manners
        self._settings = settings
        self._gate_url = gate_url
        self._bodies = BodyStore(folder)
        self._taken = folder / "screenshots"
        self._turn = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def of_unit(self, documents: Mapping[str, Iterable[Document]]) -> dict[str, Screenshot]:
        """Pictures by address of the readable pages that were given; of some, when time is short.

        A page whose bytes are those of a kept picture is not opened again before it is its turn:
        once in `whole_fetch_days` days, so that an entry window has pictures of its own.
        """
        found: dict[str, Screenshot] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.max_seconds_per_unit * _OF_UNIT):
                for shared in worth_a_picture(documents):
                    picture = await self._picture(shared[0])
                    if picture is not None:
                        found.update((document.fetch.url, picture) for document in shared)
        return found

    async def _picture(self, document: Document) -> Screenshot | None:
        url, digest = identity(document.fetch.final_url), document.fetch.sha256
        if stand_in_for(url, self._settings.resolve):
            return None
        try:
            kept = await asyncio.to_thread(self._kept, url, digest)
            if kept is not None:
                return kept
            async with self._manners.turn(url):
                # The pause before a page; its own requests then follow without one.
                pass
            async with self._turn, asyncio.timeout(self._settings.page_deadline_s):
                content = await self._shot(url)
            return await asyncio.to_thread(self._keep, url, digest, content)
        except TimeoutError:
            logger.info("no picture of %s in time", url)
            await self.close()
        except (Error, NoTurnError, OSError, ValueError) as error:
            logger.info("no picture of %s: %s", url, str(error).partition("\n")[0][:300])
        return None

    async def _shot(self, url: str) -> bytes:
        context = await self._context()
        turns = BrowserTurns(self._manners, _unseen)
        try:
            page = await context.new_page()
            await page.route("**/*", _what_shows)
            await turns.attach(page)
            answer = await page.goto(url, wait_until="domcontentloaded")
            if answer is None or answer.status >= 400:
                raise ValueError(f"HTTP {answer.status if answer else 0}")
            with suppress(Error):
                await page.wait_for_load_state(
                    "networkidle", timeout=self._settings.settle_s * 1000
                )
            await turns.quiet(self._settings.settle_s)
            height = min(max(int(await page.evaluate(_HEIGHT)), 1), TALLEST_PX)
            return await page.screenshot(
                type="jpeg",
                quality=_QUALITY,
                full_page=True,
                clip={"x": 0, "y": 0, "width": WIDTH_PX, "height": height},
                animations="disabled",
            )
        finally:
            await turns.stop()
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), _CLOSE_S)
            turns.close()

    async def _context(self) -> BrowserContext:
        if self._browser is None or not self._browser.is_connected():
            await self.close()
            self._playwright = await async_playwright().start()
            options = launch_options(self._settings, self._gate_url)
            self._browser = await self._playwright.chromium.launch(**options)
        return await self._browser.new_context(
            viewport={"width": WIDTH_PX, "height": _VIEW_PX},
            locale="th-TH",
            user_agent=self._settings.full_user_agent,
            service_workers="block",
            accept_downloads=False,
        )

    async def close(self) -> None:
        """End the browser; the next picture starts another."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        with suppress(Error, TimeoutError):
            if browser is not None:
                await asyncio.wait_for(browser.close(), _CLOSE_S)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                await asyncio.wait_for(playwright.stop(), _CLOSE_S)

    def _note(self, url: str, digest: str) -> Path:
        name = hashlib.sha256(f"{digest} {url}".encode("utf-8", "replace")).hexdigest()
        return self._taken / name[:2] / name

    def _kept(self, url: str, digest: str) -> Screenshot | None:
        """The picture taken of these bytes at this address, when it is there and not too old."""
        try:
            said = json.loads(self._note(url, digest).read_bytes())
            content = self._bodies.get(said["sha256"])
            at = datetime.fromisoformat(said["taken_at"])
            old = its_turn(said["sha256"], at, datetime.now(UTC), self._settings.whole_fetch_days)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if content is None or old:
            return None
        return Screenshot(said["sha256"], at, digest, len(content))

    def _keep(self, url: str, digest: str, content: bytes) -> Screenshot:
        taken = Screenshot(self._bodies.put(content), datetime.now(UTC), digest, len(content))
        said = {"sha256": taken.sha256, "taken_at": taken.taken_at.isoformat()}
        write_whole(self._note(url, digest), json.dumps(said).encode())
        return taken


def worth_a_picture(documents: Mapping[str, Iterable[Document]]) -> list[list[Document]]:
    """The readable web pages that were given; places on the same page stand together."""
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for of_item in documents.values():
        for document in of_item:
            given = document.trail.origin is Origin.GIVEN and document.readable
            shows = document.source in (TextSource.HTML, TextSource.RENDERED)
            if given and shows and document.fetch.sha256:
                found[identity(document.fetch.final_url)].append(document)
    return list(found.values())


async def _what_shows(route: Route) -> None:
    await (route.abort() if _unseen(route.request) else route.continue_())


def _unseen(request: Request) -> bool:
    shown = request.url.startswith(("http://", "https://", "data:", "blob:"))
    return not shown or request.resource_type == "media"
