"""Pages that are empty without JavaScript, opened in a real browser through scrapy-playwright."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.async_api import BrowserContext, Error, Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as Timeout
from scrapy import Request, Spider
from scrapy.http.request import NO_CALLBACK
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawler.browser_turns import BrowserTurns
from crawler.over_limit import OverLimitError
from crawler.shown import mark_unseen
from crawler.stand_in_hosts import STAND_INS
from crawler.standins import answered
from crawler.taming import MemoryWatch, Tamer
from crawler.urls import host_of
from crawler.wire_limits import HEAD_BYTES, bounded_heads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.manners import Manners
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

_CLOSE_S = 2.0
_ROUNDS = 20
_DIED = ("has been closed", "crashed", "Connection closed")
_HEAVY = frozenset({"image", "media", "font"})
_OPEN_PANELS = """
() => {
  const inside = e => e.closest('form, nav, header');
  const panels = document.querySelectorAll(
    'details:not([open]) > summary, [aria-expanded="false"], .accordion-button.collapsed');
  let opened = 0;
  for (const e of panels) {
    const href = e.getAttribute('href');
    const leaves = href && !href.startsWith('#');
    const sends = e.type === 'submit' && e.form;
    if (opened < 80 && !leaves && !sends && !inside(e)) { e.click(); opened += 1; }
  }
  return opened;
}
"""


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's handler, whose driver starts only when a page must be rendered."""

    def __init__(self, crawler: Crawler) -> None:
        """Prepare; nothing is launched yet."""
        super().__init__(crawler)
        self._pool._factory = bounded_heads(crawler.settings.getint(HEAD_BYTES))
        # A page that was closed at its deadline must not be opened again behind our back.
        self.config.target_closed_max_retries = 0
        self._start_lock = asyncio.Lock()
        self._started = False
        self._crawl = crawler
        self._hosts: Mapping[str, str] = crawler.settings.getdict(STAND_INS)

    async def download_request(self, request: Request) -> Response:
        """Download one request, by the browser where its `meta` asks for that."""
        return await answered(request, self._crawl, self._hosts, super().download_request)

    async def _maybe_launch_in_thread(self) -> None:
        return

    async def _download_request(self, request: Request, spider: Spider | None = None) -> Response:
        async with self._start_lock:
            if not self._started:
                await self._launch()
                self._started = True
        response: Response = await super()._download_request(request, spider)
        return response


def unwanted(request: BrowserRequest) -> bool:
    """True for what a page may do without: pictures, sounds, fonts, and local schemes."""
    if request.resource_type in _HEAVY:
        return True
    return not request.url.startswith(("http://", "https://", "data:", "blob:"))


async def settle(page: Page, seconds: float, turns: BrowserTurns) -> None:
    """Wait until scripts are quiet (at most `seconds`), then open folded panels.

    Time in which the page's requests wait for their turns does not count, as long as they come on.
    """
    await _settled(page, seconds, turns)
    with suppress(Error):
        if await page.evaluate(_OPEN_PANELS):
            await page.wait_for_timeout(300)
            await _settled(page, seconds, turns)


async def _settled(page: Page, seconds: float, turns: BrowserTurns) -> None:
    for _ in range(_ROUNDS):
        with suppress(Error):
            await page.wait_for_load_state("networkidle", timeout=seconds * 1000)
        if not await turns.quiet(seconds):
            return


class Renderer:
    """Renders pages: one context a unit, a hard deadline a page, a fresh browser now and then."""

    def __init__(self, engine: ExecutionEngine, settings: CrawlSettings, manners: Manners) -> None:
        """Render through `engine`, each host asked in its turn."""
        self._engine = engine
        self._manners = manners
        self._settings = settings
        self._tamer = Tamer(
            settings.max_requests_per_rendering,
            settings.max_elements_per_rendering,
            settings.max_body_bytes,
        )
        self._memory = MemoryWatch(settings.browser_memory_bytes)
        self._tabs = asyncio.Semaphore(settings.browser_tabs)
        self._entrance = asyncio.Lock()
        self._contexts: dict[str, set[BrowserContext]] = {}
        self._since_start = 0
        self._open = 0
        self._quiet = asyncio.Condition()

    async def render(self, url: str, unit_id: str) -> Response:
        """The page's HTML after its scripts ran.

        Raises `TimeoutError` at the deadline, `OverLimitError` for a page that goes past another
        limit, `NoTurnError` for a host that is not asked, and Playwright's errors for a page that
        fails.
        """
        async with self._manners.turn(url):
            # The pause before a page; its own requests then follow without one.
            pass
        async with self._tabs:
            async with self._entrance:
                await self._recycle_when_due()
                self._open += 1
            try:
                async with self._memory:
                    return await self._render_past_a_crash(url, unit_id)
            except (TimeoutError, Timeout, OverLimitError):
                # Its scripts may run on after it was closed: the next page gets a fresh browser.
                self._since_start = self._settings.browser_pages_before_recycle
                raise
            finally:
                self._open -= 1
                async with self._quiet:
                    self._quiet.notify_all()

    async def _render_past_a_crash(self, url: str, unit_id: str) -> Response:
        """The page, from a fresh browser when the one at work dies under it."""
        ended = self._memory.ended
        try:
            return await self._render(url, unit_id)
        except Error as error:
            if not any(sign in str(error) for sign in _DIED):
                raise
            if self._memory.ended != ended:
                raise OverLimitError("render_failed", self._memory.detail) from error
            logger.info("the browser died while showing %s: %s", url, error)
        # The handler forgets the browser in a callback of its own.
        await asyncio.sleep(0.5)
        return await self._render(url, unit_id)

    async def _render(self, url: str, unit_id: str) -> Response:
        turns = BrowserTurns(self._manners, unwanted)
        request = self._request(url, unit_id, turns)
        task = asyncio.ensure_future(self._engine.download_async(request))
        try:
            done, _ = await asyncio.wait({task}, timeout=self._settings.page_deadline_s)
            if not done:
                raise TimeoutError(f"rendering took longer than {self._settings.page_deadline_s} s")
            response = self._unless_over(request, task)
            if turns.lacking:
                raise TimeoutError("the page waited too long for its turns at a host")
            return response
        finally:
            await turns.stop()
            await self._close_page(request, unit_id)
            turns.close()
            if not task.done():
                task.cancel()
            task.add_done_callback(_look_at_result)

    def _unless_over(self, request: Request, task: asyncio.Future[Response]) -> Response:
        """The response, or the limit for which its page was closed."""
        page = request.meta.get("playwright_page")
        over = self._tamer.verdict(page) if isinstance(page, Page) else None
        if over is not None:
            raise over
        return task.result()

    def _request(self, url: str, unit_id: str, turns: BrowserTurns) -> Request:
        async def attach(page: Page, asked: Request) -> None:
            await self._tamer.tame(page, asked)
            await turns.attach(page)

        options = {
            "locale": "th-TH",
            "service_workers": "block",
            "accept_downloads": False,
            "user_agent": self._settings.full_user_agent,
        }
        meta: dict[str, Any] = {
            "playwright": True,
            "playwright_context": unit_id,
            "playwright_context_kwargs": options,
            "playwright_include_page": True,
            "playwright_page_init_callback": attach,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": [
                PageMethod(settle, self._settings.settle_s, turns),
                PageMethod(self._tamer.measure),
                PageMethod(mark_unseen),
            ],
            "download_timeout": self._settings.page_deadline_s,
            # A slot of its own: the deadline must not run while the request waits for others.
            "download_slot": f"browser {unit_id} {host_of(url)}",
            "autothrottle_dont_adjust_delay": True,
            "dont_redirect": True,
            "dont_retry": True,
            "cookiejar": unit_id,
        }
        return Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)

    async def _close_page(self, request: Request, unit_id: str) -> None:
        page = request.meta.get("playwright_page")
        if isinstance(page, Page):
            self._contexts.setdefault(unit_id, set()).add(page.context)
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(page.close(), _CLOSE_S)

    async def _recycle_when_due(self) -> None:
        self._since_start += 1
        if self._since_start <= self._settings.browser_pages_before_recycle:
            return
        self._since_start = 1
        async with self._quiet:
            with suppress(TimeoutError):
                await asyncio.wait_for(
                    self._quiet.wait_for(lambda: self._open == 0), self._settings.page_deadline_s
                )
        browsers = {c.browser for contexts in self._contexts.values() for c in contexts}
        self._contexts.clear()
        for browser in browsers:
            if browser is not None:
                with suppress(Error, TimeoutError):
                    await asyncio.wait_for(browser.close(), 10)
        # The handler forgets the browser in a callback of its own.
        await asyncio.sleep(0.1)
        logger.debug("browser recycled")

    async def forget(self, unit_id: str) -> None:
        """Close the unit's contexts: its cookies and storage are gone."""
        for context in self._contexts.pop(unit_id, set()):
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), _CLOSE_S)


def _look_at_result(task: asyncio.Future[Response]) -> None:
    """Take an abandoned task's exception, so that asyncio does not complain of it."""
    if not task.cancelled():
        task.exception()
