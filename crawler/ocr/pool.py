"""Workers kept between documents, and the reading of one document's pages within its limits."""

from __future__ import annotations

import atexit
import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from crawler.ocr.model import PageFailure
from crawler.ocr.process import Answer, Worker, WorkerLostError

if TYPE_CHECKING:
    from crawler.ocr.settings import OcrSettings

_log = logging.getLogger(__name__)
_OPEN_S = 30.0


class OcrPool:
    """Reads pages in at most `settings.workers` processes; use from any number of threads."""

    def __init__(self, settings: OcrSettings) -> None:
        """Processes start with the first document and stay until `close`."""
        self._settings = settings
        self._free = threading.BoundedSemaphore(settings.workers)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []

    def read(
        self, body: bytes, pages: Iterable[int], on_page: Callable[[int], None] | None = None
    ) -> list[Answer]:
        """Readings and failures of `pages` in the order asked for; never raises on bad files.

        `on_page` is told of each page before it is read.
        """
        wanted = list(pages)
        answers: list[Answer] = []
        deadline = time.monotonic() + self._settings.document_seconds
        with self._free:
            while wanted and time.monotonic() < deadline:
                try:
                    done = self._read_on(body, wanted, deadline, on_page)
                except WorkerLostError as lost:
                    _log.error("no OCR worker could be started: %s", lost.cause)
                    return answers + [PageFailure(page, "died") for page in wanted]
                answers.extend(done)
                wanted = wanted[len(done) :]
        return answers + [PageFailure(page, "timeout") for page in wanted]

    def page_count(self, body: bytes) -> int:
        """How many pages or frames the file has; 0 when it cannot be opened."""
        count = 0
        with self._free, contextlib.suppress(WorkerLostError), self._worker() as worker:
            opened = worker.open(body, _OPEN_S)
            count = opened if isinstance(opened, int) else 0
        return count

    def _read_on(
        self,
        body: bytes,
        wanted: list[int],
        deadline: float,
        on_page: Callable[[int], None] | None,
    ) -> list[Answer]:
        """Pages in one worker, up to and with the one that loses it."""
        done: list[Answer] = []
        with self._worker() as worker:
            opened = worker.open(body, _OPEN_S)
            if not isinstance(opened, int):
                return [PageFailure(page, opened) for page in wanted]
            for page in wanted:
                left = min(self._settings.page_seconds, deadline - time.monotonic())
                done.append(PageFailure(page, "timeout"))
                if left <= 0:
                    continue
                if on_page is not None:
                    on_page(page)
                try:
                    done[-1] = worker.read(page, left)
                except WorkerLostError as lost:
                    done[-1] = PageFailure(page, lost.cause)
                    raise
        return done or [PageFailure(page, "died") for page in wanted]

    @contextlib.contextmanager
    def _worker(self) -> Iterator[Worker]:
        """A worker for a while; one that is lost is ended, the loss is logged and swallowed."""
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None or not worker.usable:
            worker = Worker(self._settings)
        try:
            yield worker
        except WorkerLostError as lost:
            _log.warning("OCR worker lost: %s", lost.cause)
            worker.end()
        except BaseException:
            worker.end()
            raise
        else:
            with self._lock:
                self._idle.append(worker)

    def close(self) -> None:
        """End the idle workers."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def __enter__(self) -> OcrPool:
        """Return the pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the pool."""
        self.close()


_pools: dict[OcrSettings, OcrPool] = {}
_pools_lock = threading.Lock()


def shared_pool(settings: OcrSettings) -> OcrPool:
    """The pool of these settings, kept until the program ends."""
    with _pools_lock:
        if settings not in _pools:
            _pools[settings] = OcrPool(settings)
            atexit.register(_pools[settings].close)
        return _pools[settings]
