"""The sweep itself: crawl, judge, store and report, unit by unit."""

from __future__ import annotations

import logging
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.bodies import BodyStore
from crawler.memory.documents import DocumentStore
from crawler.memory.frontier import forget_followed
from crawler.memory.ledger import Ledger
from crawler.run import crawl
from results.pictures import with_pictures
from results.record import ScanStatus
from results.store import StoreError
from results.trend import trend_of
from sweep.alone import alone
from sweep.confirming import InDoubt, Judge, Scanned, doubtful, earlier_verdicts, fetch_again
from sweep.judging import bodies_of, distinct, judge_harvest, plan_of
from sweep.reporting import ReportWriter, note_ended_waivers, report_of
from sweep.request import OnEvent, SweepOutcome, SweepRequest
from sweep.resuming import report_done, scan_to_fill
from sweep.second_look import Judged, draw

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from results.store import Store

_log = logging.getLogger(__name__)
_KEPT_BODIES = 4 * 1024**3
"""Bytes of scans kept between sweeps; the ones used longest ago go first."""


def sweep(request: SweepRequest, store: Store, on_event: OnEvent | None = None) -> SweepOutcome:
    """Crawl, judge and report all units; each is saved and reported as soon as it is done.

    A unit with items that stand worse than in its scan before is fetched again for these, at the
    end, and saved only then. Asked to stop (`request.stop`, Ctrl-C), it finishes the unit at
    hand, writes the overview over what is done and returns with `interrupted` set. Raises
    `results.store.StoreError` when the database cannot be used, its `SweepRunningError` when
    another sweep of the checklist fills it, and `OSError` when reports cannot be written.
    """
    with alone(store.url, request.checklist.key):
        return _sweep(request, store, on_event)


def _sweep(request: SweepRequest, store: Store, on_event: OnEvent | None) -> SweepOutcome:
    writer = ReportWriter(request.out, request.formats, request.printer, request.tool_version)
    outcome = SweepOutcome(scan_to_fill(request, store), writer)
    status = ScanStatus.FAILED
    try:
        done = report_done(request, store, outcome)
        _crawl_and_judge(request, store, outcome, done, on_event)
        status = ScanStatus.FINISHED
    except KeyboardInterrupt:
        outcome.interrupted = True
        status = ScanStatus.INTERRUPTED
    finally:
        with request.stop.at_the_end():
            _close(request, store, outcome.scan_id, status)
    with request.stop.at_the_end():
        trend = trend_of(store, request.checklist, outcome.reports)
        outcome.overview = outcome.writer.write_overview(outcome.reports, trend)
    return outcome


def _crawl_and_judge(
    request: SweepRequest,
    store: Store,
    outcome: SweepOutcome,
    done: Collection[str],
    on_event: OnEvent | None,
) -> None:
    ledger = _ledger(request, store, outcome.scan_id)
    plans = {unit.id: plan_of(unit, request) for unit in request.units if unit.id not in done}
    in_doubt: list[InDoubt] = []
    for harvest in crawl(list(plans.values()), request.settings, on_event, ledger):
        with request.stop.finishing():
            plan = plans[harvest.unit_id]
            judged = judge_harvest(harvest, plan.unit, request)
            scanned = Scanned(plan, judged, harvest.coverage, datetime.now(UTC))
            earlier = earlier_verdicts(
                store, request.checklist.key, harvest.unit_id, outcome.scan_id
            )
            if doubt := doubtful(scanned, earlier):
                in_doubt.append(doubt)
            else:
                _finish(scanned, request, store, outcome)
    judge = _judge_again(request)
    for scanned in fetch_again(in_doubt, request.settings, judge, on_event, ledger):
        with request.stop.finishing():
            _finish(scanned, request, store, outcome)


def _close(request: SweepRequest, store: Store, scan_id: int, status: ScanStatus) -> None:
    """Note how the scan ended, and throw away what no later sweep asks for.

    Where an error ends the scan, that error is told and not what follows from it.
    """
    with suppress(*((StoreError,) if status is ScanStatus.FAILED else ())):
        store.finish_scan(scan_id, status)
    settings = request.settings
    if status is ScanStatus.FINISHED and settings.documents_folder is not None:
        _forget(request, store, scan_id)
        DocumentStore(settings.documents_folder).prune(settings.kept_documents_bytes)
    if settings.bodies_folder is not None:
        BodyStore(settings.bodies_folder).prune(_KEPT_BODIES)


def _forget(request: SweepRequest, store: Store, scan_id: int) -> None:
    """No scan of this checklist up to this one can be gone on with any more."""
    over = [one.id for one in store.scans() if one.checklist == request.checklist.key]
    try:
        forget_followed(store.url, [one for one in over if one <= scan_id])
    except StoreError as error:
        _log.warning("what the scan followed is kept until the next one: %s", error)


def _finish(scanned: Scanned, request: SweepRequest, store: Store, outcome: SweepOutcome) -> None:
    """Store a unit's result and write its report."""
    unit, judged = scanned.plan.unit, scanned.judged
    documents = distinct(judged.documents)
    store.save_unit(outcome.scan_id, unit, judged.verdicts, scanned.coverage, documents)
    note_ended_waivers(request.checklist, store, outcome.scan_id, unit.id)
    report = report_of(store, request.checklist, outcome.scan_id, unit.id)
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
