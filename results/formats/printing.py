"""Prints a page of HTML as an A4 PDF: tagged, outlined, fonts embedded, with no way out.

The browser is the system's own headless Chromium; its path comes from the command line's settings.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from types import TracebackType

    from playwright.sync_api import Browser, Playwright, Route

_START_MS = 30_000
_PRINT_MS = 120_000


class PrintingError(Exception):
    """No PDF could be made; the message says why."""


class Printer:
    """A browser kept open while papers are printed; use it with `with`.

    Scripts do not run and no request leaves the page.
    """

    def __init__(self, browser_path: str | None) -> None:
        """`browser_path` is Chromium's executable."""
        self._path = browser_path
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def __enter__(self) -> Self:
        """Start the browser; raises `PrintingError` when there is none or it does not start."""
        if not self._path:
            raise PrintingError("no Chromium is installed")
        self._playwright = sync_playwright().start()
        try:
            self._browser = self._playwright.chromium.launch(
                executable_path=self._path,
                args=["--no-sandbox"] if os.geteuid() == 0 else [],
                timeout=_START_MS,
            )
        except Error as error:
            self._playwright.stop()
            raise PrintingError(_first_line(error)) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the browser."""
        if self._browser is not None:
            self._browser.close()
        if self._playwright is not None:
            self._playwright.stop()

    def pdf(self, html: str, title: str) -> bytes:
        """The PDF of `html`, whose own `@page` rules lay out the sheet; `title` is only for errors.

        Raises `PrintingError` when it cannot be printed in time.
        """
        if self._browser is None:
            raise PrintingError("the printer is not open")
        context = self._browser.new_context(
            java_script_enabled=False, offline=True, service_workers="block", locale="th-TH"
        )
        try:
            context.set_default_timeout(_PRINT_MS)
            page = context.new_page()
            page.route("**/*", _nothing)
            page.set_content(html, wait_until="load")
            return page.pdf(
                format="A4",
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )
        except Error as error:
            raise PrintingError(f"{title}: {_first_line(error)}") from error
        finally:
            context.close()


def _nothing(route: Route) -> None:
    route.abort()


def _first_line(error: Error) -> str:
    return str(error).partition("\n")[0][:300]
