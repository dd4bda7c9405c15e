"""The units that a crawling process has still to visit, of which more may come while it works."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.plan import UnitPlan


class Waiting:
    """Plans in the order in which they came; with `fed` the end is only told by ending it all."""

    def __init__(self, plans: Iterable[UnitPlan] = (), *, fed: bool = False) -> None:
        """Begin with `plans`."""
        self._plans = deque(plans)
        self._fed = fed
        self._news: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self) -> None:
        """Take what comes from other threads from now on; called inside the loop that visits."""
        self._loop, self._news = asyncio.get_running_loop(), asyncio.Event()

    def add_from_outside(self, plan: UnitPlan) -> None:
        """Add a plan, from any thread."""
        self._plans.append(plan)
        if self._loop is not None and self._news is not None:
            self._loop.call_soon_threadsafe(self._news.set)

    def next(self) -> UnitPlan | None:
        """The next plan, `None` where none waits."""
        return self._plans.popleft() if self._plans else None

    @property
    def ended(self) -> bool:
        """True when none waits and none will come."""
        return not self._plans and not self._fed

    async def news(self) -> None:
        """Until a plan has come; for ever where none will."""
        assert self._news is not None, "listen comes first"
        if not self._plans:
            self._news.clear()
            # One may have come between the look and the clearing.
            if not self._plans:
                await self._news.wait()
