"""A worker process that reads scanned pages, and its owner's end of the pipe.

The worker answers page by page, so a page that hangs or kills it costs that page alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from crawler.confinement import Limits, begin_job, confine, end_job
from crawler.confinement.owner import exchange, note
from crawler.ocr.model import PageFailure, PageReading
from objects.withheld import keys_withheld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from crawler.ocr.settings import OcrSettings

Answer = PageReading | PageFailure
_OPENED: TypeAdapter[int | str] = TypeAdapter(int | str)
_ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
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
        with _one_thread_each(), keys_withheld():
            self._process.start()
        theirs.close()
        try:
            note("ocr", self._exchange(None, _START_S))
        except (WorkerLostError, ValueError) as error:
            self.end()
            raise WorkerLostError("died") from error

    @property
    def usable(self) -> bool:
        """True while the process lives."""
        return self._process.is_alive()

    def open(self, body: bytes, timeout_s: float) -> int | str:
        """Hand over a file; its number of pages, or why it cannot be opened."""
        answer = self._exchange(Task(body), timeout_s)
        try:
            return _OPENED.validate_json(answer)
        except ValueError as error:
            raise WorkerLostError("died") from error

    def read(self, page: int, timeout_s: float) -> Answer:
        """Read one page of the open file within `timeout_s` seconds.

        Raises:
            WorkerLostError: time ran out or the process died; end the worker then.
        """
        answer = self._exchange(page, timeout_s)
        try:
            read = _ANSWERS.validate_json(answer)
        except ValueError as error:
            raise WorkerLostError("died") from error
        if read.page != page:
            raise WorkerLostError("died")
        return read

    def _exchange(self, message: object, timeout_s: float) -> bytes:
        try:
            return exchange(self._pipe, message, timeout_s, self._kill)
        except TimeoutError as error:
            raise WorkerLostError("timeout") from error
        except (EOFError, OSError) as error:
            raise WorkerLostError("died") from error

    def end(self) -> None:
        """End the process and its group; harmless when it is gone."""
        self._kill()
        self._pipe.close()

    def _kill(self) -> None:
        if self._process.is_alive() and self._process.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.join(timeout=5)


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
    """A worker's life: tie itself down, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Tesseract is loaded in workers only.
    from crawler.ocr.engine import make_ready
    from crawler.ocr.job import Job

    make_ready(settings.tessdata, settings.languages)
    data = (settings.tessdata, os.environ.get("TESSDATA_PREFIX"))
    limits = Limits(settings.memory_bytes, reads=tuple(str(place) for place in data if place))
    pipe.send_bytes(confine(limits).dump())
    job = Job(settings)
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            return
        # Twice the wall time in processor time: Tesseract may use more than one core.
        begin_job(2 * settings.page_seconds, settings.document_seconds)
        if isinstance(message, Task):
            answer = _OPENED.dump_json(job.open(message.body))
        else:
            answer = _ANSWERS.dump_json(job.read(message))
        pipe.send_bytes(answer)
        end_job()
