"""The sweep that others carry out: units go into the queue, results come out of the database.

Who conducts crawls nothing. He puts in what is not done, reports each unit as its result appears,
and closes the scan. When he dies the workers go on; `--resume` takes up what they have done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.harvest import CrawlEvent, unchecked
from crawler.run import LOST
from distributed.orders import FIRST_PRIORITY, SWEEP_PRIORITY, orders_of, unit_name
from distributed.queue import for_asking
from distributed.scan_jobs import ScanJobs
from sweep.confirming import InDoubt
from sweep.judging import bodies_of
from sweep.reporting import note_ended_waivers, report_of
from sweep.unit_work import UnitWork

if TYPE_CHECKING:
    from sweep.running import Fill, Filling

logger = logging.getLogger(__name__)

_LOOK_S = 0.5
_LOOK_AT_JOBS_S = 5.0

OnWorkers = Callable[[int], None]
"""Told how many workers live when that changes, from and to none above all."""


def fill_by_workers(*, first: bool = False, on_workers: OnWorkers | None = None) -> Fill:
    """What fills a scan by workers; with `first` its units go before those of other sweeps.

    Raises `distributed.queue.NotSharedError` on a database that is of one machine alone.
    """

    def fill(filling: Filling) -> None:
        with for_asking(filling.store.url).open() as app:
            jobs = ScanJobs(app, filling.scan_id)
            conduct = _Conduct(filling, jobs, on_workers or (lambda _: None))
            conduct.run(FIRST_PRIORITY if first else SWEEP_PRIORITY)

    return fill


@dataclass
class _Conduct:
    filling: Filling
    jobs: ScanJobs
    on_workers: OnWorkers
    left: set[str] = field(default_factory=set)
    living: int = -1
    looked: float = 0.0

    def run(self, priority: int) -> None:
        """Put in, wait, report; asked to stop, take back what nobody has begun."""
        self.left = {unit.id for unit in self.filling.request.units} - set(self.filling.done)
        try:
            self.jobs.forget_ended()
            self._put_in(priority)
            while self.left:
                if not self._report_new():
                    self._look_at_jobs(priority)
                    time.sleep(_LOOK_S)
        except BaseException:
            with self.filling.request.stop.at_the_end():
                self._take_back()
            raise

    def _put_in(self, priority: int) -> None:
        """Put in the units that are neither done nor in the queue."""
        filling, queued = self.filling, self.jobs.queued()
        missing = {unit for unit in self.left if unit_name(filling.scan_id, unit) not in queued}
        missing -= filling.store.done_units(filling.scan_id)
        if not missing:
            return
        wanted = [unit for unit in filling.request.units if unit.id in missing]
        with filling.request.stop.finishing():
            orders = orders_of(filling.request, filling.scan_id, wanted)
            self.jobs.put_in([one.job(priority) for one in orders])
        logger.info("%d units wait in the queue, %d were there", len(wanted), len(queued))

    def _report_new(self) -> bool:
        """Report the units that are done now; True when there was one."""
        new = sorted(self.filling.store.done_units(self.filling.scan_id) & self.left)
        for unit_id in new:
            with self.filling.request.stop.finishing():
                self._report(unit_id)
        return bool(new)

    def _report(self, unit_id: str) -> None:
        filling, request = self.filling, self.filling.request
        store, scan_id = filling.store, filling.scan_id
        self.left.discard(unit_id)
        result = store.unit_result(scan_id, unit_id)
        filling.account.unit_done(unit_id, result.verdicts, result.coverage, {})
        note_ended_waivers(request.checklist, store, scan_id, unit_id)
        report = report_of(
            store, request.checklist, scan_id, unit_id, body_of=bodies_of(request.settings)
        )
        filling.outcome.writer.write_unit(report)
        filling.outcome.add(report)
        if filling.on_event is not None:
            filling.on_event(CrawlEvent(unit_id, "unit_done"))

    def _look_at_jobs(self, priority: int) -> None:
        """Now and then: whether anybody works, what every worker failed at, what was lost."""
        if time.monotonic() - self.looked < _LOOK_AT_JOBS_S:
            return
        self.looked = time.monotonic()
        living = self.jobs.workers()
        if living != self.living:
            self.living = living
            self.on_workers(living)
        failed = self.jobs.failed()
        for unit_id in [u for u in self.left if unit_name(self.filling.scan_id, u) in failed]:
            with self.filling.request.stop.finishing():
                self._could_not(unit_id)
        self._put_in(priority)

    def _could_not(self, unit_id: str) -> None:
        """Keep of a unit at which every worker failed that it could not be checked."""
        filling = self.filling
        unit = next(one for one in filling.request.units if one.id == unit_id)
        work = UnitWork(filling.request, filling.store, filling.scan_id)
        plan = work.planned(unit)
        found = work.scanned(unchecked(plan, LOST), plan)
        work.keep(found.scanned if isinstance(found, InDoubt) else found)
        logger.warning("unit %s could not be checked: every worker failed at it", unit_id)

    def _take_back(self) -> None:
        """Nobody begins a further unit; those at hand are given up, what is done is reported."""
        logger.info("%d units are taken back", self.jobs.take_back())
        for unit_id in sorted(self.filling.store.done_units(self.filling.scan_id) & self.left):
            self._report(unit_id)
