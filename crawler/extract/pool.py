"""Reading in worker processes, so that a hostile file takes down a worker and not the sweep.

Each slot of the pool is a thread that owns one worker process. A worker that runs past its time,
memory or processor time, or dies, is ended, its whole process group with it (it may have started
Poppler), and the next job gets a fresh one.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Trail
from crawler.confinement import MEBIBYTE, Limits, begin_job, confine, end_job
from crawler.confinement.owner import exchange, note
from crawler.extract.answers import packed, unpacked
from crawler.extract.poppler import POPPLER
from crawler.extract.reader import MAX_FILE_BYTES, extract, failed
from objects.withheld import keys_withheld

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

_log = logging.getLogger(__name__)

START_METHOD = "spawn"
_START_S = 60.0
_LARGEST_FILE = MAX_FILE_BYTES + 50 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Job:
    """The arguments of one `extract` call."""

    body: bytes
    fetch: Fetch
    trail: Trail | None = None
    charset: str | None = None
    rendered: bool = False
    styles: tuple[str, ...] = ()


class ExtractPool:
    """Runs `extract` in `workers` processes with limits a job; use as a context manager."""

    def __init__(self, workers: int = 2, timeout_s: float = 90.0, memory_bytes: int = 3 * 1024**3):
        """Processes start with the first jobs.

        `timeout_s` bounds each job in seconds, `memory_bytes` the address space of a worker.
        """
        if workers < 1 or timeout_s <= 0 or memory_bytes <= 0:
            raise ValueError("workers, timeout_s and memory_bytes must be positive")
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="extract")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._alive: set[_Worker] = set()
        self._closed = False

    def submit(
        self,
        body: bytes,
        fetch: Fetch,
        *,
        trail: Trail | None = None,
        charset: str | None = None,
        rendered: bool = False,
        styles: Sequence[str] = (),
    ) -> Future[Document]:
        """Queue one body; the future never fails, see `crawler.extract.extract`.

        A job that a worker could not finish gives a document with `extract_failed`. In asyncio
        wrap the future with `asyncio.wrap_future`.
        """
        job = Job(body, fetch, trail, charset, rendered, tuple(styles))
        return self._threads.submit(self._run, job)

    def close(self) -> None:
        """End the pool: queued jobs are dropped, running workers are ended."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            workers, self._alive = self._alive, set()
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True)

    def __enter__(self) -> ExtractPool:
        """Return the pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the pool."""
        self.close()

    def _run(self, job: Job) -> Document:
        way = job.trail or Trail()
        try:
            return self._worker().ask(job, self._timeout_s)
        except TimeoutError:
            self._drop()
            detail = f"อ่านเนื้อหาไม่เสร็จภายใน {self._timeout_s:.0f} วินาที"
            return failed(job.fetch, way, "extract_failed", detail)
        except (EOFError, OSError, RuntimeError, ValueError) as error:
            self._drop()
            _log.warning("worker lost while reading %s: %s", job.fetch.url, error)
            detail = "อ่านเนื้อหาไม่ได้ โปรแกรมอ่านหยุดทำงานกลางคัน ไฟล์อาจชำรุดหรือใหญ่ผิดปกติ"
            return failed(job.fetch, way, "extract_failed", detail)

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.usable:
            worker = _Worker(self._memory_bytes, self._timeout_s)
            self._own.worker = worker
            with self._lock:
                self._alive.add(worker)
                closed = self._closed
            if closed:
                # The pool was closed while this worker started.
                raise RuntimeError("pool is closed")
        return worker

    def _drop(self) -> None:
        worker: _Worker | None = getattr(self._own, "worker", None)
        self._own.worker = None
        if worker is not None:
            with self._lock:
                self._alive.discard(worker)
            worker.end()


class _Worker:
    """One process and the pipe to it; used by one thread at a time."""

    def __init__(self, memory_bytes: int, timeout_s: float) -> None:
        context: BaseContext = multiprocessing.get_context(START_METHOD)
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=serve, args=(theirs, memory_bytes, timeout_s), name="extract", daemon=True
        )
        with keys_withheld():
            self._process.start()
        theirs.close()
        try:
            note("extract", exchange(self._pipe, None, _START_S, self.kill))
        except (EOFError, OSError, ValueError) as error:
            self.end()
            raise RuntimeError(f"worker did not start: {error}") from error

    @property
    def usable(self) -> bool:
        return self._process.is_alive()

    def ask(self, job: Job, timeout_s: float) -> Document:
        answer = exchange(self._pipe, job, timeout_s, self.kill)
        return unpacked(answer, job.fetch, job.trail or Trail())

    def end(self) -> None:
        """End the process and close the pipe; only for the thread that uses the pipe."""
        self.kill()
        self._pipe.close()

    def kill(self) -> None:
        """End the process and whatever it started, from any thread; harmless when it is gone.

        The pipe stays open: the thread waiting on it sees its end and closes it itself.
        """
        if self._process.is_alive() and self._process.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.join(timeout=5)


def serve(pipe: Connection, memory_bytes: int, timeout_s: float) -> None:
    """A worker's life: tie itself down, then answer jobs until the pipe closes.

    Each job may use `timeout_s` seconds of processor and wall time; a worker whose owner is gone,
    and can no longer end it, so ends by itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits(memory_bytes, file_bytes=_LARGEST_FILE, programs=(POPPLER,))
    pipe.send_bytes(confine(limits).dump())
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        begin_job(timeout_s, timeout_s)
        answer = extract(
            job.body,
            job.fetch,
            trail=job.trail,
            charset=job.charset,
            rendered=job.rendered,
            styles=job.styles,
        )
        pipe.send_bytes(packed(answer))
        end_job()
