"""A crawl that is fed: units are given to it one by one, and each one's harvest comes back.

`crawler.run.crawl` knows its units from the start. Whoever takes them from a queue does not, and
starting a crawling process for each would cost more than the crawl of a small site.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.harvest import CrawlEvent, UnitHarvest, unchecked
from crawler.plan_shelf import PlanShelf
from crawler.run import FATAL, FRESH_STARTS, LOST, STALLED, Child, log_again
from crawler.wire import Finished, LogLine

if TYPE_CHECKING:
    from crawler.memory.ledger import Ledger
    from crawler.plan import UnitPlan
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

IDLE_S = 30.0
"""Seconds without a unit after which the crawling process is let go."""
_LOOK_S = 0.5


@dataclass(frozen=True)
class _Asked:
    plan: UnitPlan
    harvest: Future[UnitHarvest]


class _Feed:
    """The plans of one crawling process: those that are there, and those that come."""

    def __init__(self, plans: list[UnitPlan], *, open_end: bool) -> None:
        self._shelf = PlanShelf(plans)
        self._packed: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.items = tuple(self._shelf.named)
        for unit_id in self._shelf:
            self._packed.put(self._shelf.packed(unit_id))
        self.open = open_end
        if not open_end:
            self._packed.put(None)

    def add(self, plan: UnitPlan) -> None:
        """One more plan, of items that the first ones name; raises `ValueError` for others."""
        packed = self._shelf.pack(plan)
        if len(self._shelf.named) > len(self.items):
            raise ValueError("a fed crawl is of the same items from its first plan to its last")
        self._packed.put(packed)

    def close(self) -> None:
        """No more will come."""
        self._packed.put(None)

    def __iter__(self) -> Iterator[bytes]:
        """Each plan when it comes, until the feed is closed."""
        return iter(self._packed.get, None)


class FedCrawl:
    """Crawls units as they come, up to `settings.concurrent_hosts` at a time, in one process.

    When that process dies or falls silent, a fresh one goes on. A unit under way at two deaths is
    crawled alone, and given up when that ends the same; after `FRESH_STARTS` deaths in a row that
    brought no unit home all that wait are. What is given up comes back as `not_checked`.
    """

    def __init__(self, settings: CrawlSettings, ledger: Ledger | None = None) -> None:
        """Start nothing before the first unit comes."""
        self._settings, self._ledger = settings, ledger
        self._guard = threading.Condition()
        self._asked: dict[str, _Asked] = {}
        self._feed: _Feed | None = None
        self._closed = False
        self._under_way: set[str] = set()
        self._deaths: Counter[str] = Counter()
        self._in_vain = 0
        self._thread = threading.Thread(target=self._run, name="fed-crawl", daemon=True)
        self._thread.start()

    def submit(self, plan: UnitPlan) -> Future[UnitHarvest]:
        """The unit's harvest to come; raises `ValueError` for a unit that is under way.

        One that is cancelled is crawled to its end, and its harvest dropped.
        """
        asked = _Asked(plan, Future())
        with self._guard:
            if self._closed:
                raise ValueError("this crawl has ended")
            known = self._asked.get(plan.unit.id)
            if known is not None and not known.harvest.cancelled():
                raise ValueError(f"unit {plan.unit.id} is under way")
            if known is None and self._feed is not None:
                self._feed.add(plan)
            self._asked[plan.unit.id] = asked
            self._guard.notify_all()
        return asked.harvest

    @property
    def units(self) -> int:
        """How many units are under way or wait."""
        return len(self._asked)

    def close(self) -> None:
        """End the crawl and its process; harvests that have not come are cancelled."""
        with self._guard:
            self._closed = True
            self._guard.notify_all()
        self._thread.join()
        for asked in self._asked.values():
            asked.harvest.cancel()

    def _run(self) -> None:
        while self._wait_for_work():
            self._under_way.clear()
            feed, settings = self._next_feed()
            detail = ""
            with Child(feed.items, feed, settings, self._ledger) as child:
                try:
                    detail = self._serve(child)
                finally:
                    with self._guard:
                        self._feed = None
                    feed.close()
            self._give_up(detail)

    def _wait_for_work(self) -> bool:
        with self._guard:
            self._guard.wait_for(lambda: self._closed or self._asked)
            return not self._closed

    def _next_feed(self) -> tuple[_Feed, CrawlSettings]:
        """All that wait and will come, in one process; those that may kill it one by one."""
        with self._guard:
            suspects = [a.plan for u, a in self._asked.items() if self._deaths[u] > 1]
            if suspects:
                alone = self._settings.model_copy(update={"concurrent_hosts": 1})
                return _Feed(suspects, open_end=False), alone
            self._feed = _Feed([a.plan for a in self._asked.values()], open_end=True)
            return self._feed, self._settings

    def _serve(self, child: Child) -> str:
        """Hand out what comes home; why the process was given up, empty where it was let go."""
        heard = busy = time.monotonic()
        while not self._closed:
            message = child.next(_LOOK_S)
            now = time.monotonic()
            heard = now if message is not None else heard
            if isinstance(message, Finished):
                return ""
            if isinstance(message, EOFError) or now - heard >= self._settings.stall_limit_s:
                return self._died(child, silent=message is None)
            self._take(message)
            if isinstance(message, UnitHarvest):
                child.more()
            busy = now if self._asked else busy
            if now - busy >= IDLE_S and self._let_go():
                return ""
        return ""

    def _let_go(self) -> bool:
        with self._guard:
            if self._asked:
                return False
            self._feed = None
            return True

    def _died(self, child: Child, *, silent: bool) -> str:
        child.complain()
        self._in_vain += 1
        self._deaths.update(self._under_way)
        return STALLED if silent else LOST

    def _take(self, message: Any) -> None:
        if isinstance(message, UnitHarvest):
            self._in_vain = 0
            self._under_way.discard(message.unit_id)
            self._deaths.pop(message.unit_id, None)
            self._give(message)
        elif isinstance(message, CrawlEvent):
            if message.kind == "unit_started":
                self._under_way.add(message.unit_id)
        elif isinstance(message, LogLine):
            log_again(message)

    def _give(self, harvest: UnitHarvest) -> None:
        with self._guard:
            asked = self._asked.pop(harvest.unit_id, None)
        if asked is not None:
            with suppress(InvalidStateError):
                asked.harvest.set_result(harvest)

    def _give_up(self, detail: str) -> None:
        """The unit that killed the process alone, and all of them where it dies each time."""
        alone = self._under_way if len(self._under_way) == 1 else set()
        for unit_id in [unit for unit in alone if self._deaths[unit] > 1]:
            logger.warning("unit %s is given up: the crawling process died of it", unit_id)
            self._unchecked(unit_id, FATAL)
        if self._in_vain > FRESH_STARTS:
            for unit_id in list(self._asked):
                self._unchecked(unit_id, detail)
            self._in_vain = 0

    def _unchecked(self, unit_id: str, detail: str) -> None:
        asked = self._asked.get(unit_id)
        if asked is not None:
            self._give(unchecked(asked.plan, detail))
