"""What a worker does with the jobs it takes: many units at a time, each kept once."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from crawler.feeding import FedCrawl
from crawler.harvest import unchecked
from crawler.log_context import about
from crawler.run import FATAL
from distributed.fence import Start, kept_if_held
from distributed.orders import (
    FIRST_PRIORITY,
    Machine,
    Manner,
    Order,
    planned_alike,
    request_of,
)
from distributed.readings import Wanted, read_elsewhere, read_here, shared
from results.record import ScanStatus
from results.store import Store
from sweep.accounting import Meter
from sweep.archiving import reach_buckets
from sweep.confirming import InDoubt, Scanned, second_ledger, second_settings
from sweep.unit_work import UnitWork

if TYPE_CHECKING:
    from procrastinate import App

    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan

logger = logging.getLogger(__name__)

MOST_STARTS = 5
"""A unit whose worker died so often is not begun again: it could not be checked."""
_JUDGES = 4
_T = TypeVar("_T")


@dataclass
class _Bench:
    """One scan that units are worked on for: its steps, its crawls, its account."""

    work: UnitWork
    meter: Meter
    first: FedCrawl
    second: FedCrawl

    @property
    def idle(self) -> bool:
        return not self.first.units and not self.second.units

    def close(self) -> None:
        self.first.close()
        self.second.close()


class Workshop:
    """Works on units of any scan of the database at `url`, up to `at_once` of a scan at a time."""

    def __init__(self, url: str, machine: Machine, app: App, *, reads: bool) -> None:
        """Open the results; raises `StoreError` when they cannot be used.

        Without `reads` scans are left to other workers, by the queue of `app`.
        """
        reach_buckets(machine.settings)
        self._app, self._reads = app, reads
        self._store = Store.open(url, busy_timeout=60.0)
        self._machine = machine
        self._threads = ThreadPoolExecutor(_JUDGES, thread_name_prefix="judge")
        self._benches: dict[tuple[int, Manner], _Bench] = {}
        self._making = asyncio.Lock()

    async def unit(self, order: Order, start: Start) -> bool:
        """Crawl, judge and keep one unit; False when there was nothing (left) to keep.

        Raises what keeps it from being worked on here; then somebody may try again.
        """
        with about(scan=order.scan, unit=order.unit.id):
            if not await self._in_thread(lambda: self._is_wanted(order)):
                return False
            bench = await self._bench(order)
            plan = await self._in_thread(lambda: bench.work.planned(order.unit))
            scanned = await self._scanned(bench, plan, start)
            return await self._in_thread(lambda: self._keep(bench, scanned, order, start))

    async def reading(self, wanted: Wanted) -> None:
        """Read a scan that another worker judges."""
        pages = await self._in_thread(lambda: read_here(wanted, self._machine))
        logger.info("read %d pages of %s", pages, wanted.sha256)

    def close(self) -> None:
        """End all crawls, and let go of the database."""
        for bench in self._benches.values():
            bench.close()
        self._threads.shutdown(cancel_futures=True)
        self._store.close()

    def _is_wanted(self, order: Order) -> bool:
        running = self._store.scan(order.scan).status is ScanStatus.RUNNING
        return running and not self._store.holds(order.scan, order.unit.id)

    async def _bench(self, order: Order) -> _Bench:
        key = (order.scan, order.manner)
        async with self._making:
            if key not in self._benches:
                await self._in_thread(self._clear)
                self._benches[key] = await self._in_thread(lambda: self._set_up(order))
            return self._benches[key]

    def _set_up(self, order: Order) -> _Bench:
        store = self._store
        request = request_of(store, order.scan, order.manner, self._machine)
        alike = planned_alike(request, store.scan(order.scan).settings.get("crawl"))
        work = UnitWork(request, store, order.scan, shared_turns=True, planned_as=alike)
        settings = request.settings
        return _Bench(
            work,
            Meter(store, order.scan),
            FedCrawl(settings, work.ledger),
            FedCrawl(second_settings(settings), second_ledger(work.ledger)),
        )

    def _clear(self) -> None:
        """Let go of scans of which no unit is at hand."""
        for key in [key for key, bench in self._benches.items() if bench.idle]:
            self._benches.pop(key).close()

    async def _scanned(self, bench: _Bench, plan: UnitPlan, start: Start) -> Scanned:
        if start.before >= MOST_STARTS:
            logger.warning("unit %s is given up: its workers died of it", plan.unit.id)
            given_up = unchecked(plan, FATAL)
            found = await self._in_thread(lambda: bench.work.scanned(given_up, plan))
            return found.scanned if isinstance(found, InDoubt) else found
        harvest = await self._crawled(bench.first, plan)
        await self._have_read(bench, harvest, plan)
        found = await self._in_thread(lambda: bench.work.scanned(harvest, plan))
        if not isinstance(found, InDoubt):
            return found
        doubt = found
        await asyncio.sleep(bench.work.request.settings.confirm_after_s)
        again = await self._crawled(bench.second, doubt.plan)
        return await self._in_thread(lambda: bench.work.settled(doubt, again))

    async def _have_read(self, bench: _Bench, harvest: UnitHarvest, plan: UnitPlan) -> None:
        """Let others read the unit's scans, where this worker does not."""
        if self._reads or not self._machine.settings.shared_url:
            return
        scans = await self._in_thread(
            lambda: shared(bench.work.scans(harvest, plan), self._machine)
        )
        await read_elsewhere(self._app, scans, FIRST_PRIORITY)

    async def _crawled(self, crawl: FedCrawl, plan: UnitPlan) -> UnitHarvest:
        return await asyncio.wrap_future(crawl.submit(plan))

    def _keep(self, bench: _Bench, scanned: Scanned, order: Order, start: Start) -> bool:
        bench.work.archive(scanned)
        kept = kept_if_held(
            self._store, order.scan, order.name, start, lambda: bench.work.keep(scanned)
        )
        bench.meter.note()
        if not kept:
            logger.warning("unit %s is not kept: others have it, or the scan ended", order.unit.id)
        return kept

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, context.run, work)
