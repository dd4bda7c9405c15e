"""What a worker does with a file: open it, read a page at 200 dpi, small print again at 300."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING

from crawler.ocr.engine import EngineMissingError, engine_for
from crawler.ocr.model import PageFailure, PageReading
from crawler.ocr.network import shipped
from crawler.ocr.pages import PageDamagedError, PageSource, PageTooLargeError, opened
from crawler.ocr.reading import is_better, needs_finer, read_picture

if TYPE_CHECKING:
    from crawler.ocr.settings import OcrSettings

_log = logging.getLogger(__name__)


class Job:
    """The open file of a worker."""

    def __init__(self, settings: OcrSettings) -> None:
        """Keep the settings; engine and network are loaded with the first page."""
        self._settings = settings
        self._stack = ExitStack()
        self._source: PageSource | None = None

    def open(self, body: bytes) -> int | str:
        """Open a file in place of the one before: its number of pages or the cause of failure."""
        self._stack.close()
        self._source = None
        try:
            self._source = self._stack.enter_context(opened(body))
        except PageTooLargeError:
            return "too_large"
        except PageDamagedError as error:
            _log.info("cannot open for OCR: %s", error)
            return "damaged"
        except MemoryError:
            return "too_large"
        return self._source.count

    def read(self, page: int) -> PageReading | PageFailure:
        """Read one page; what goes wrong comes back as a failure with its cause."""
        try:
            return self._read(page)
        except (PageTooLargeError, MemoryError):
            return PageFailure(page, "too_large")
        except PageDamagedError as error:
            _log.info("page %d cannot be rendered: %s", page, error)
            return PageFailure(page, "damaged")
        except EngineMissingError as error:
            _log.error("%s", error)
            return PageFailure(page, "no_engine")

    def _read(self, page: int) -> PageReading:
        settings = self._settings
        if self._source is None or not 1 <= page <= self._source.count:
            raise PageDamagedError(f"no page {page}")
        engine = engine_for(settings.tessdata, settings.languages)
        network = shipped()
        best: PageReading | None = None
        for dpi in (settings.dpi, settings.fine_dpi):
            picture = self._source.picture(page, dpi, settings.max_pixels)
            reading = read_picture(picture, page, dpi, engine, network)
            if best is None or is_better(reading, best):
                best = reading
            if not needs_finer(best):
                break
        return best if best is not None else PageReading(page, "")
