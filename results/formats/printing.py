"""Prints pages of HTML to PDF with a system Chromium that sees no network and runs no script.

The browser is driven from a thread with a loop of its own, because Playwright's synchronous
interface refuses to work inside a running asyncio loop, where a sweep writes its reports.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Self

from markupsafe import Markup
from playwright.async_api import Error, async_playwright

from results.speech import _, spoken

if TYPE_CHECKING:
    from types import TracebackType

    from playwright.async_api import Browser, PdfMargins, Playwright, Route

SECONDS = 90.0
"""A page that takes longer to print is given up."""
MARGIN: PdfMargins = {"top": "17mm", "right": "14mm", "bottom": "17mm", "left": "14mm"}
_START_MS = 30_000
_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    # Names are never resolved, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_FONTS = "'TH Sarabun New', Sarabun, 'Noto Sans Thai', Laksaman, Loma, sans-serif"
_LINE = (
    "width: 100%; margin: 0 14mm; font: 8.5pt/1.3 {fonts}; font-size-adjust: 0.5; "
    "color: #4b5865; display: flex; justify-content: {place}; white-space: nowrap;"
)


class PrintError(RuntimeError):
    """No PDF could be printed: in Thai, and in English as `en`."""

    def __init__(self, thai: str, english: str) -> None:
        """The error's one line, in both languages."""
        super().__init__(thai)
        self.en = english


@dataclass
class Printer:
    """Prints many pages with one Chromium, `browser_path`, which starts with the first page.

    Use it as a context manager; it closes the browser. It may be used inside a running loop,
    which then waits. `seconds` is what one page may take.
    """

    browser_path: str
    seconds: float = SECONDS
    _thread: ThreadPoolExecutor = field(init=False, repr=False)
    _runner: asyncio.Runner = field(init=False, repr=False)
    _playwright: Playwright | None = field(default=None, init=False, repr=False)
    _browser: Browser | None = field(default=None, init=False, repr=False)

    def __enter__(self) -> Self:
        """Make ready; nothing is started before the first page."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="printer")
        self._runner = asyncio.Runner()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the browser, whatever happened."""
        with self._thread as thread:
            thread.submit(self._close).result()

    def pdf(self, html: str, title: str) -> bytes:
        """`html` as a tagged PDF with an outline, A4 unless its `@page` says otherwise.

        Title and language come from the page itself; `title` stands at the head of each sheet,
        and its number at the foot. Pictures show only from `data:` addresses. Raises
        `PrintError` when the browser cannot be started, dies twice, or takes too long.
        """
        head, foot = running_title(title), page_number()
        return self._thread.submit(lambda: self._runner.run(self._pdf(html, head, foot))).result()

    async def _pdf(self, html: str, head: str, foot: str) -> bytes:
        try:
            async with asyncio.timeout(self.seconds):
                try:
                    return await self._printed(html, head, foot)
                except Error:
                    # The browser may have died since the page before; a new one may do.
                    await self._stop()
                    return await self._printed(html, head, foot)
        except TimeoutError:
            await self._stop()
            raise PrintError(
                f"พิมพ์ PDF ไม่เสร็จใน {self.seconds:g} วินาที จึงเลิกพิมพ์",
                f"printing a PDF took longer than {self.seconds:g} s and was given up",
            ) from None
        except (Error, OSError) as error:
            await self._stop()
            why = str(error).strip().partition("\n")[0][:300]
            raise PrintError(
                f"พิมพ์ PDF ไม่ได้ เพราะ Chromium ({self.browser_path}) เริ่มทำงานไม่ได้หรือหยุดทำงาน: {why}",
                f"no PDF: Chromium ({self.browser_path}) does not start or died: {why}",
            ) from error

    async def _printed(self, html: str, head: str, foot: str) -> bytes:
        browser = await self._started()
        context = await browser.new_context(
            java_script_enabled=False,
            offline=True,
            service_workers="block",
            accept_downloads=False,
        )
        try:
            page = await context.new_page()
            await page.route("**/*", _refused)
            await page.set_content(html, wait_until="load", timeout=self.seconds * 1000)
            return await page.pdf(
                format="A4",
                prefer_css_page_size=True,
                print_background=True,
                margin=MARGIN,
                display_header_footer=True,
                header_template=head,
                footer_template=foot,
                tagged=True,
                outline=True,
            )
        finally:
            await context.close()

    async def _started(self) -> Browser:
        if self._browser is not None and self._browser.is_connected():
            return self._browser
        await self._stop()
        self._playwright = await async_playwright().start()
        # Chromium refuses its sandbox to root.
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self.browser_path, args=[*_FLAGS, *root], timeout=_START_MS
        )
        return self._browser

    async def _stop(self) -> None:
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        try:
            if browser is not None:
                await browser.close()
        except Error:
            pass  # It is gone already.
        finally:
            if playwright is not None:
                await playwright.stop()

    def _close(self) -> None:
        with self._runner as runner:
            runner.run(self._stop())


async def _refused(route: Route) -> None:
    await route.abort()


def running_title(title: str) -> str:
    """The line at the head of each sheet, as HTML."""
    return _line("flex-start", f'<span lang="{spoken().value}">{escape(title)}</span>')


def page_number() -> str:
    """The line at the foot of each sheet, `หน้า 3 จาก 12`, as HTML that Chromium fills."""
    said = Markup.escape(_("หน้า {page} จาก {pages}")).format(
        page=Markup('<span class="pageNumber"></span>'),
        pages=Markup('<span class="totalPages"></span>'),
    )
    return _line("flex-end", f'<span lang="{spoken().value}">{said}</span>')


def _line(place: str, said: str) -> str:
    return f'<div style="{_LINE.format(fonts=_FONTS, place=place)}">{said}</div>'
