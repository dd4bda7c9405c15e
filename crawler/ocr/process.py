"""A worker process that reads scanned pages, and its owner's end of the pipe.

The worker answers page by page, so a page that hangs or kills it costs that page alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.ocr.model import PageFailure, PageReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from crawler.ocr.settings import OcrSettings

Answer = PageReading | PageFailure
_START_S = 60.0
_THREADS = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_environment = threading.Lock()


@dataclass(frozen=True, slots=True)
class Task:
    """A file to open; its pages are then asked for by their numbers."""

    body: bytes


class WorkerLostError(Exception):
    """The worker died or answered nonsense; `cause` is `died` or `timeout`."""

    def __init__(self, cause: str) -> None:
        """Keep the cause."""
        super().__init__(cause)
        self.cause = cause


class Worker:
    """One process and the pipe to it; used by one thread at a time."""

    def __init__(self, settings: OcrSettings) -> None:
        """Start the process.

        Raises:
            WorkerLostError: it did not come up within a minute.
        """
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=serve, args=(theirs, settings), name="ocr", daemon=True
        )
        with _one_thread_each():
            self._process.start()
        theirs.close()
        try:
            self._receive(_START_S)
        except WorkerLostError:
            self.end()
            raise

    @property
    def usable(self) -> bool:
        """True while the process lives."""
        return self._process.is_alive()

    def open(self, body: bytes, timeout_s: float) -> int | str:
        """Hand over a file; its number of pages, or why it cannot be opened."""
        self._send(Task(body))
        answer = self._receive(timeout_s)
        return answer if isinstance(answer, int) else str(answer)

    def read(self, page: int, timeout_s: float) -> Answer:
        """Read one page of the open file within `timeout_s` seconds.

        Raises:
            WorkerLostError: time ran out or the process died; end the worker then.
        """
        self._send(page)
        answer = self._receive(timeout_s)
        if not isinstance(answer, PageReading | PageFailure):
            raise WorkerLostError("died")
        return answer

    def _send(self, message: object) -> None:
        try:
            self._pipe.send(message)
        except OSError as error:
            raise WorkerLostError("died") from error

    def _receive(self, timeout_s: float) -> object:
        try:
            if not self._pipe.poll(timeout_s):
                raise WorkerLostError("timeout")
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerLostError("died") from error

    def end(self) -> None:
        """End the process and its group; harmless when it is gone."""
        if self._process.is_alive() and self._process.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.join(timeout=5)
        self._pipe.close()


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started inside count their threads when libraries load: one a process.

    Two Tesseracts with threads of their own on two cores are ten times slower than without.
    """
    with _environment:
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def serve(pipe: Connection, settings: OcrSettings) -> None:
    """A worker's life: limit itself, then answer until the pipe closes."""
    with contextlib.suppress(OSError):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Tesseract is loaded in workers only.
    from crawler.ocr.job import Job

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (settings.memory_bytes, settings.memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = Job(settings)
    pipe.send("ready")
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            return
        _limit_cpu(settings)
        pipe.send(job.open(message.body) if isinstance(message, Task) else job.read(message))


def _limit_cpu(settings: OcrSettings) -> None:
    """Twice a page's wall time in CPU seconds from now on, then the kernel ends the process."""
    allowed = int(time.process_time() + 2 * settings.page_seconds) + 2
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
