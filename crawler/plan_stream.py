"""Plans on their way into the crawling process: no more of them at once than are worked on."""

from __future__ import annotations

import asyncio
import os
import queue
import select
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol

from crawler.plan_shelf import unpacked
from crawler.wire import framed, read_message

if TYPE_CHECKING:
    from checklist.schema import Item
    from crawler.plan import UnitPlan

_AHEAD = 4
_LOOK_S = 0.01
_HEED_S = 0.1
_PIECE = select.PIPE_BUF


class Plans(Protocol):
    """Where a crawl's plans come from."""

    async def next(self) -> UnitPlan | None:
        """The next plan when there is one; `None` after the last."""


class PlanStream:
    """The plans that come through a pipe; a few are read ahead, the others wait on its far side."""

    def __init__(self, stream: BinaryIO, items: Sequence[Item]) -> None:
        """Read from `stream` what `PlanSender` sends of these items."""
        self._arrived: queue.Queue[UnitPlan | None] = queue.Queue(_AHEAD)
        reader = threading.Thread(target=self._read, args=(stream, items), daemon=True)
        reader.start()

    async def next(self) -> UnitPlan | None:
        """The next plan; `None` after the last, or when the sender is gone."""
        while True:
            try:
                return self._arrived.get_nowait()
            except queue.Empty:
                await asyncio.sleep(_LOOK_S)

    def _read(self, stream: BinaryIO, items: Sequence[Item]) -> None:
        try:
            while (packed := read_message(stream)) is not None:
                self._arrived.put(unpacked(packed, items))
        except (EOFError, OSError):
            pass
        finally:
            self._arrived.put(None)


class PlanSender:
    """Sends packed plans down a pipe from a thread of its own; `stop` ends it.

    No more than `at_once` of them are out until `more` says that the harvest of one was dealt
    with: a crawl that is faster than the judging would else pile up what it brings home.
    """

    def __init__(self, pipe: int, packed: Iterable[bytes], at_once: int) -> None:
        """Begin to send `packed` into the file descriptor `pipe`, and that there are no more."""
        self._pipe = pipe
        self._room = threading.Semaphore(at_once)
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._send, args=(packed,), name="plans", daemon=True
        )
        self._thread.start()

    def more(self) -> None:
        """Let one plan more be out."""
        self._room.release()

    def stop(self) -> None:
        """Send nothing more; the pipe may be closed afterwards."""
        self._stopped.set()
        self._thread.join()

    def _send(self, packed: Iterable[bytes]) -> None:
        for one in packed:
            if not self._has_room() or not self._write(framed(one)):
                return
        self._write(framed(None))

    def _has_room(self) -> bool:
        while not self._room.acquire(timeout=_HEED_S):
            if self._stopped.is_set():
                return False
        return True

    def _write(self, message: bytes) -> bool:
        """Write a message piece by piece, so that nobody who stops waits for the reader."""
        left = memoryview(message)
        while left and not self._stopped.is_set():
            try:
                _, ready, _ = select.select([], [self._pipe], [], _HEED_S)
                # A pipe that is ready takes a piece of this size without waiting.
                left = left[os.write(self._pipe, left[:_PIECE]) :] if ready else left
            except OSError:
                return False
        return not left
