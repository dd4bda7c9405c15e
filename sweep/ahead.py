"""Units judged a few at a time: while scans of one are read, others are judged and written down."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from sweep.confirming import InDoubt, Scanned

AT_ONCE = 3
"""So many units are judged at once. Two wait for OCR (`OcrSettings.workers`), one is judged."""


class JudgedAhead:
    """Judges harvests in threads of its own and hands them out in the thread that asks.

    No more than `AT_ONCE` are taken in: `done` must be asked before the next `put` when `full`.
    Leaving the block waits for what is being judged; what nobody took is forgotten.
    """

    def __init__(self, judge: Callable[[UnitHarvest, UnitPlan], Scanned | InDoubt]) -> None:
        """`judge` is called in other threads, with the context variables of whoever puts."""
        self._judge = judge
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="judge")
        self._under_way: set[Future[Scanned | InDoubt]] = set()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    @property
    def full(self) -> bool:
        """True when as many are under way as may be."""
        return len(self._under_way) >= AT_ONCE

    @property
    def busy(self) -> bool:
        """True when any is under way."""
        return bool(self._under_way)

    def put(self, harvest: UnitHarvest, plan: UnitPlan) -> None:
        """Begin to judge a unit."""
        context = contextvars.copy_context()
        self._under_way.add(self._threads.submit(context.run, self._judge, harvest, plan))

    def done(self, *, patient: bool = False) -> Iterator[Scanned | InDoubt]:
        """Those that are judged; `patient` waits for one of them. Raises what judging raised."""
        ready, _ = wait(self._under_way, None if patient else 0, FIRST_COMPLETED)
        for one in ready:
            self._under_way.discard(one)
            yield one.result()

    def rest(self) -> Iterator[Scanned | InDoubt]:
        """All that are under way, each when it is judged."""
        while self._under_way:
            yield from self.done(patient=True)
