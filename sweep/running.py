"""The sweep itself: crawl, judge, store and report, unit by unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.collecting import collect_rarely
from crawler.memory.ledger import Ledger
from crawler.plan_shelf import PlanShelf
from crawler.run import crawl
from crawler.tally import added
from results.cell_shelf import CellShelf
from results.overview_draft import OverviewDraft
from results.pictures import with_pictures
from results.record import ScanStatus
from results.trend import Present
from sweep.accounting import ScanAccount
from sweep.alone import alone
from sweep.archiving import archive_unit
from sweep.basis import to_json
from sweep.closing import close_scan
from sweep.confirming import InDoubt, Scanned, doubtful, earlier_verdicts, fetch_again
from sweep.judging import before_of, bodies_of, distinct, judge_harvest, plan_of
from sweep.reporting import ReportWriter, note_ended_waivers, report_of
from sweep.request import OnEvent, SweepOutcome, SweepRequest
from sweep.resuming import report_done, scan_to_fill
from sweep.second_look import Judged, draw
from sweep.standing import Planning, standing

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from results.store import Store


def sweep(request: SweepRequest, store: Store, on_event: OnEvent | None = None) -> SweepOutcome:
    """Crawl, judge and report all units; each is saved and reported as soon as it is done.

    A unit with items that stand worse than in its scan before is fetched again for these, at the
    end, and saved only then. Asked to stop (`request.stop`, Ctrl-C), it finishes the unit at
    hand, writes the overview over what is done and returns with `interrupted` set. Raises
    `results.store.StoreError` when the database cannot be used, its `SweepRunningError` when
    another sweep of the checklist fills it, and `OSError` when reports cannot be written.
    """
    collect_rarely()
    with alone(store.url, request.checklist.key):
        return _sweep(request, store, on_event)


def _sweep(request: SweepRequest, store: Store, on_event: OnEvent | None) -> SweepOutcome:
    writer = ReportWriter(request.out, request.formats, request.printer, request.tool_version)
    outcome = SweepOutcome(
        scan_to_fill(request, store),
        writer,
        OverviewDraft(CellShelf().put),
        Present(request.checklist),
    )
    status = ScanStatus.FAILED
    account: ScanAccount | None = None
    try:
        done = report_done(request, store, outcome)
        units = len(request.units)
        account = ScanAccount(store, outcome.scan_id, request.checklist.key, units, len(done))
        _Run(request, store, outcome, account).crawl_and_judge(done, on_event)
        status = ScanStatus.FINISHED
    except KeyboardInterrupt:
        outcome.interrupted = True
        status = ScanStatus.INTERRUPTED
    finally:
        with request.stop.at_the_end():
            close_scan(request, store, outcome, status, account)
    return outcome


@dataclass(frozen=True)
class _Run:
    """One run of a sweep, with what it fills."""

    request: SweepRequest
    store: Store
    outcome: SweepOutcome
    account: ScanAccount

    def crawl_and_judge(self, done: Collection[str], on_event: OnEvent | None) -> None:
        """All units but those `done`; what got worse is fetched again at the end."""
        request, ledger = self.request, self._ledger()
        planning = Planning(request, self.store, self.outcome.scan_id)
        plans = PlanShelf(
            planning.planned(plan_of(unit, request))
            for unit in request.units
            if unit.id not in done
        )
        in_doubt: list[InDoubt] = []
        for harvest in crawl(plans, request.settings, on_event, ledger):
            with request.stop.finishing():
                plan = plans[harvest.unit_id]
                if harvest.stands is not None:
                    self._finish(self._stands(harvest, plan))
                    continue
                scanned = self._judge(harvest, plan)
                earlier = earlier_verdicts(
                    self.store, request.checklist.key, harvest.unit_id, self.outcome.scan_id,
                    [item.id for item in request.items],
                )  # fmt: skip
                if doubt := doubtful(scanned, earlier):
                    in_doubt.append(doubt)
                else:
                    self._finish(scanned)
        again = fetch_again(in_doubt, request.settings, self._judge_again, on_event, ledger)
        for scanned in again:
            with request.stop.finishing():
                self._finish(scanned)

    def _stands(self, harvest: UnitHarvest, plan: UnitPlan) -> Scanned:
        """The result of the scan before, of which the crawl says that nothing changed."""
        before = self.store.unit_result(plan.since, plan.unit.id)
        return standing(before, harvest, plan)

    def _judge(self, harvest: UnitHarvest, plan: UnitPlan) -> Scanned:
        before = before_of(self.store, self.request, harvest.unit_id, self.outcome.scan_id)
        judged = judge_harvest(harvest, plan.unit, self.request, before)
        return Scanned(
            plan,
            judged,
            harvest.coverage,
            datetime.now(UTC),
            tally=added(harvest.tally, judged.tally),
            screenshots=harvest.screenshots,
        )

    def _judge_again(self, harvest: UnitHarvest, plan: UnitPlan) -> Judged:
        """Judge a second fetch: nothing but the items that were fetched."""
        wanted = [item for item in self.request.items if item.id in plan.only]
        return judge_harvest(harvest, plan.unit, replace(self.request, items=wanted))

    def _finish(self, scanned: Scanned) -> None:
        """Archive what a unit's verdicts rest on, store the result, and write its report."""
        request, store, scan_id = self.request, self.store, self.outcome.scan_id
        unit, judged, coverage = scanned.plan.unit, scanned.judged, scanned.coverage
        archive_unit(scanned, request, store, scan_id)
        tally = {counted.value: count for counted, count in scanned.tally.items()}
        store.save_unit(
            scan_id,
            unit,
            judged.verdicts,
            coverage,
            scanned.stood.looked_at if scanned.stood else distinct(judged.documents),
            tally=tally,
            grounds={item: to_json(one) for item, one in judged.grounds.items()},
        )
        self.account.unit_done(unit.id, judged.verdicts, coverage, tally)
        note_ended_waivers(request.checklist, store, scan_id, unit.id)
        report = report_of(store, request.checklist, scan_id, unit.id)
        pictured = with_pictures(report, draw(judged, bodies_of(request.settings)))
        self.outcome.writer.write_unit(pictured)
        self.outcome.add(report)

    def _ledger(self) -> Ledger | None:
        folder = self.request.settings.documents_folder
        return Ledger(self.store.url, self.outcome.scan_id, folder) if folder is not None else None
