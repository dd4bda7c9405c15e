"""What a page may not do to the browser that shows it: windows, dialogs, storms, memory."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from playwright.async_api import Error

from crawler.over_limit import OverLimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Page
    from playwright.async_api import Request as BrowserRequest

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.25
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 1024 * 1024
# Each dialog that the page is spared is a message less between the browser and this process.
_QUIET = """
(() => {
  const nothing = () => undefined;
  window.alert = window.print = nothing;
  window.confirm = () => false;
  window.prompt = window.open = () => null;
})();
"""
_EXTENT = """
() => [document.getElementsByTagName('*').length, document.documentElement?.textContent.length ?? 0]
"""


class Tamer:
    """Keeps pages within limits; `verdict` says of a page that was closed for it which one."""

    def __init__(self, most_requests: int, most_elements: int, most_letters: int) -> None:
        """Let a page ask for so many files, and hold so many elements and letters."""
        self._most_requests = most_requests
        self._most_elements = most_elements
        self._most_letters = most_letters
        self._asked: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
        self._over: WeakKeyDictionary[Page, OverLimitError] = WeakKeyDictionary()
        self._closing: set[asyncio.Future[None]] = set()

    async def tame(self, page: Page, _: object = None) -> None:
        """Prepare a page before it opens anything."""
        page.on("popup", self._close)
        page.on("request", self._count)
        await page.add_init_script(_QUIET)

    def verdict(self, page: Page) -> OverLimitError | None:
        """The limit for which `page` was closed, if it was."""
        return self._over.get(page)

    async def measure(self, page: Page) -> None:
        """Raise `OverLimitError` when the page has grown too large to be taken home."""
        elements, letters = await page.evaluate(_EXTENT)
        if elements > self._most_elements or letters > self._most_letters:
            detail = (
                f"สคริปต์ของหน้านี้สร้างเนื้อหาใหญ่เกินกำหนด ({self._most_elements:,} องค์ประกอบ "
                f"หรือ {self._most_letters:,} ตัวอักษร) จึงไม่ได้อ่าน"
            )
            raise OverLimitError("too_large", detail)

    def _count(self, request: BrowserRequest) -> None:
        try:
            page = request.frame.page
        except Error:
            return
        asked = self._asked[page] = self._asked.get(page, 0) + 1
        if asked > self._most_requests and page not in self._over:
            detail = f"หน้านี้เรียกไฟล์ไม่หยุด เกิน {self._most_requests:,} ครั้ง เบราว์เซอร์จึงปิดหน้า"
            self._over[page] = OverLimitError("render_failed", detail)
            self._close(page)

    def _close(self, page: Page) -> None:
        closing = asyncio.ensure_future(_closed(page))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)


async def _closed(page: Page) -> None:
    with suppress(Error):
        await page.close()


class MemoryWatch:
    """Ends renderers of the browsers below this process that take more memory than they may.

    Use as an asynchronous context manager while pages are shown.
    """

    def __init__(self, most_bytes: int) -> None:
        """Let a renderer hold `most_bytes` of resident memory."""
        self._most_bytes = most_bytes
        self._open = 0
        self._task: asyncio.Task[None] | None = None
        self.ended = 0

    @property
    def detail(self) -> str:
        """Why a page was ended, in Thai."""
        return f"หน้านี้ใช้หน่วยความจำของเบราว์เซอร์เกิน {self._most_bytes / _MEGABYTE:,.0f} MB จึงถูกปิด"

    async def __aenter__(self) -> None:
        """Watch while at least one page is shown."""
        self._open += 1
        if self._task is None:
            self._task = asyncio.create_task(self._watch())

    async def __aexit__(self, *_: object) -> None:
        """Look away when the last page is gone."""
        self._open -= 1
        if not self._open and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            self.ended += await asyncio.to_thread(end_greedy, os.getpid(), self._most_bytes)


def end_greedy(root: int, most_bytes: int) -> int:
    """End the renderers below the process `root` that hold too much; how many they were."""
    ended = 0
    for pid in _greedy(root, most_bytes):
        with suppress(OSError):
            if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                logger.warning("a page's process took more than %s bytes and was ended", most_bytes)
                ended += 1
    return ended


def _greedy(root: int, most_bytes: int) -> Iterator[int]:
    parents: dict[int, int] = {}
    large: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with suppress(OSError, ValueError, IndexError):
            # The command's name, in brackets, may itself hold blanks and brackets.
            fields = (entry / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            parents[int(entry.name)] = int(fields[1])
            if int(fields[21]) * _PAGE_BYTES > most_bytes:
                large.append(int(entry.name))
    for pid in large:
        ancestor = parents.get(pid, 0)
        while ancestor and ancestor != root:
            ancestor = parents.get(ancestor, 0)
        if ancestor == root:
            yield pid
