"""Plans on their way into the crawling process: no more of them at once than are worked on."""

from __future__ import annotations

import asyncio
import os
import queue
import select
import threading
from collections.abc import Iterable, Sequence
from itertools import chain
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
    """Sends packed plans down a pipe from a thread of its own, as they are read; `stop` ends it."""

    def __init__(self, pipe: int, packed: Iterable[bytes]) -> None:
        """Begin to send `packed` into the file descriptor `pipe`, and that there are no more."""
        self._pipe = pipe
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._send, args=(packed,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more; the pipe may be closed afterwards."""
        self._stopped.set()
        self._thread.join()

    def _send(self, packed: Iterable[bytes]) -> None:
        for one in chain(packed, (None,)):
            if not self._write(framed(one)):
                return

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
