"""The sweep itself: crawl, judge, store and report, unit by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.bodies import BodyStore
from crawler.memory.ledger import Ledger
from crawler.memory.readings import READINGS
from crawler.run import crawl
from crawler.tally import added
from results.pictures import with_pictures
from results.record import ScanStatus
from results.statistic_rows import statistics_of
from results.trend import trend_of
from sweep.accounting import ScanAccount
from sweep.archiving import archive_unit, seal_archive
from sweep.basis import to_json
from sweep.confirming import InDoubt, Judge, Scanned, doubtful, earlier_verdicts, fetch_again
from sweep.judging import before_of, bodies_of, distinct, judge_harvest, plan_of
from sweep.reporting import ReportWriter, note_ended_waivers, report_of
from sweep.request import OnEvent, SweepOutcome, SweepRequest
from sweep.resuming import scan_to_fill
from sweep.retention import Folder, prune
from sweep.second_look import Judged, draw

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from results.report import GapReport
    from results.store import Store

_KEPT_BODIES = 4 * 1024**3
"""Bytes of scans kept between sweeps; the ones used longest ago go first."""
_KEPT_READINGS = 2 * 1024**3


def sweep(request: SweepRequest, store: Store, on_event: OnEvent | None = None) -> SweepOutcome:
    """Crawl, judge and report all units; each is saved and reported as soon as it is done.

    A unit with items that stand worse than in its scan before is fetched again for these, at the
    end, and saved only then. An interruption (Ctrl-C) saves what is done, writes the overview over
    it and returns with `interrupted` set. Raises `results.store.StoreError` when the database
    cannot be used.
    """
    writer = ReportWriter(request.out, request.formats, request.printer, request.tool_version)
    outcome = SweepOutcome(scan_to_fill(request, store), writer)
    done = store.done_units(outcome.scan_id)
    for unit_id in sorted(done & {unit.id for unit in request.units}):
        outcome.reports.append(_report(request, store, outcome.scan_id, unit_id))
    ledger = _ledger(request, store, outcome.scan_id)
    plans = {unit.id: plan_of(unit, request) for unit in request.units if unit.id not in done}
    in_doubt: list[InDoubt] = []
    status = ScanStatus.FAILED
    account = ScanAccount(
        store, outcome.scan_id, request.checklist.key, len(request.units), len(done)
    )
    try:
        for harvest in crawl(list(plans.values()), request.settings, on_event, ledger):
            plan = plans[harvest.unit_id]
            before = before_of(store, request, harvest.unit_id, outcome.scan_id)
            judged = judge_harvest(harvest, plan.unit, request, before)
            counted = added(harvest.tally, judged.tally)
            shots = harvest.screenshots
            now = datetime.now(UTC)
            scanned = Scanned(plan, judged, harvest.coverage, now, counted, shots)
            earlier = earlier_verdicts(
                store, request.checklist.key, harvest.unit_id, outcome.scan_id
            )
            if doubt := doubtful(scanned, earlier):
                in_doubt.append(doubt)
            else:
                _finish(scanned, request, store, outcome, account)
        judge = _judge_again(request)
        for scanned in fetch_again(in_doubt, request.settings, judge, on_event, ledger):
            _finish(scanned, request, store, outcome, account)
        status = ScanStatus.FINISHED
    except KeyboardInterrupt:
        outcome.interrupted = True
        status = ScanStatus.INTERRUPTED
    finally:
        store.finish_scan(outcome.scan_id, status)
        account.close(status)
        seal_archive(request, store, outcome.scan_id)
        if request.settings.bodies_folder is not None:
            bodies = Folder("bodies", request.settings.bodies_folder, _KEPT_BODIES, evidence=True)
            prune(store, [bodies])
        if ledger is not None:
            BodyStore(ledger.folder / READINGS).prune(_KEPT_READINGS)
    trend = trend_of(store, request.checklist, outcome.reports)
    cost = statistics_of(store, outcome.scan_id)
    outcome.overview = outcome.writer.write_overview(outcome.reports, trend, cost)
    return outcome


def _finish(
    scanned: Scanned,
    request: SweepRequest,
    store: Store,
    outcome: SweepOutcome,
    account: ScanAccount,
) -> None:
    """Store a unit's result and write its report."""
    unit, judged = scanned.plan.unit, scanned.judged
    documents = distinct(judged.documents)
    archive_unit(scanned, request, store, outcome.scan_id)
    coverage = scanned.coverage
    tally = {counted.value: count for counted, count in scanned.tally.items()}
    grounds = {item: to_json(one) for item, one in judged.grounds.items()}
    store.save_unit(
        outcome.scan_id, unit, judged.verdicts, coverage, documents, tally=tally, grounds=grounds
    )
    account.unit_done(unit.id, judged.verdicts, coverage, tally)
    note_ended_waivers(request.checklist, store, outcome.scan_id, unit.id)
    report = _report(request, store, outcome.scan_id, unit.id)
    pictured = with_pictures(report, draw(judged, bodies_of(request.settings)))
    outcome.writer.write_unit(pictured)
    outcome.reports.append(report)


def _judge_again(request: SweepRequest) -> Judge:
    """Judges a second fetch: nothing but the items that were fetched."""

    def judge(harvest: UnitHarvest, plan: UnitPlan) -> Judged:
        wanted = [item for item in request.items if item.id in plan.only]
        return judge_harvest(harvest, plan.unit, replace(request, items=wanted))

    return judge


def _ledger(request: SweepRequest, store: Store, scan_id: int) -> Ledger | None:
    folder = request.settings.documents_folder
    return Ledger(store.url, scan_id, folder) if folder is not None else None


def _report(request: SweepRequest, store: Store, scan_id: int, unit_id: str) -> GapReport:
    return report_of(store, request.checklist, scan_id, unit_id)
