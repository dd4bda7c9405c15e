"""Pictures of what a person must look at: a page of a document, or a web page as it shows."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from playwright.async_api import Error, Route, async_playwright

from crawler.gate import Gate
from crawler.guard import AddressPolicy
from crawler.scrapy_settings import launch_options
from crawler.standins import stand_in_for

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from crawler.settings import CrawlSettings

MAX_PX = 1100
PAGE_TIMEOUT_S = 40.0
VIEW_WIDTH = 1100
VIEW_HEIGHT = 1500
_STARTS = ("http://", "https://")


class PictureError(Exception):
    """No picture could be made; the message says why, for the log."""


def page_picture(body: bytes, page: int = 1, max_px: int = MAX_PX) -> bytes:
    """A PNG or WebP of page `page` (from 1) of a PDF or picture, at most `max_px` wide and high.

    Drawn in a process of its own with limits of time and memory; about 150 kB at most for a
    page of writing. Raises `PictureError` when the body or the page cannot be drawn.
    """
    if page < 1 or max_px < 16:
        raise PictureError(f"no page {page} at {max_px} pixels")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crawler.picture_worker", str(page), str(max_px)],
            input=body,
            capture_output=True,
            timeout=PAGE_TIMEOUT_S,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureError(f"page {page} took longer than {PAGE_TIMEOUT_S:.0f} s") from None
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise PictureError(said or f"the drawing process ended with {done.returncode}")
    return done.stdout


def screenshot(source: str, settings: CrawlSettings) -> bytes:
    """A PNG or WebP of the top of a web page as a visitor sees it.

    `source` is an http(s) address, opened through the crawl's guard, or HTML, shown without
    scripts and without the network. Raises `PictureError` when there is no browser, the address
    has a stand-in, or the page does not show in time.
    """
    if not settings.browser_path:
        raise PictureError("no browser is installed")
    if source.startswith(_STARTS) and stand_in_for(source, settings.resolve):
        raise PictureError("the host has a stand-in, which the browser does not know")
    # A thread of its own: the caller may be inside a running loop.
    with ThreadPoolExecutor(1, thread_name_prefix="screenshot") as threads:
        taken = threads.submit(lambda: asyncio.run(_taken(source, settings))).result()
    return page_picture(taken, 1, max(VIEW_WIDTH, VIEW_HEIGHT))


async def _taken(source: str, settings: CrawlSettings) -> bytes:
    gate = Gate(AddressPolicy(settings.allow_networks))
    await gate.open()
    try:
        async with asyncio.timeout(settings.page_deadline_s), async_playwright() as playwright:
            browser = await playwright.chromium.launch(**launch_options(settings, gate.url))
            try:
                return await _shot(browser, source, settings)
            finally:
                await browser.close()
    except TimeoutError:
        raise PictureError(f"the page took longer than {settings.page_deadline_s:g} s") from None
    except (Error, OSError) as error:
        raise PictureError(str(error).partition("\n")[0][:300]) from error
    finally:
        await gate.close()


async def _shot(browser: Browser, source: str, settings: CrawlSettings) -> bytes:
    online = source.startswith(_STARTS)
    context = await browser.new_context(
        viewport={"width": VIEW_WIDTH, "height": VIEW_HEIGHT},
        java_script_enabled=online,
        offline=not online,
        locale="th-TH",
        user_agent=settings.full_user_agent,
        service_workers="block",
        accept_downloads=False,
    )
    page: Page = await context.new_page()
    if online:
        await page.route("**/*", _only_the_web)
        answer = await page.goto(source, wait_until="domcontentloaded")
        if answer is None or answer.status >= 400:
            raise PictureError(f"the page answers HTTP {answer.status if answer else 0}")
        try:
            await page.wait_for_load_state("networkidle", timeout=settings.settle_s * 1000)
        except Error:
            # What still loads after the time allowed is not shown.
            return await page.screenshot(animations="disabled")
    else:
        # Emulated offline alone was seen to let a first request out.
        await page.route("**/*", _nothing)
        await page.set_content(source, wait_until="domcontentloaded")
    return await page.screenshot(animations="disabled")


async def _nothing(route: Route) -> None:
    await route.abort()


async def _only_the_web(route: Route) -> None:
    allowed = route.request.url.startswith((*_STARTS, "data:", "blob:"))
    await (route.continue_() if allowed else route.abort())
