"""The sweep itself: crawl, judge, store and report, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.collecting import collect_rarely
from crawler.plan_shelf import PlanShelf
from crawler.run import crawl
from results.cell_shelf import CellShelf
from results.overview_draft import OverviewDraft
from results.pictures import with_pictures
from results.record import ScanStatus
from results.trend import Present
from sweep.accounting import ScanAccount
from sweep.ahead import JudgedAhead
from sweep.alone import alone
from sweep.closing import close_scan
from sweep.confirming import InDoubt, Scanned, fetch_again
from sweep.judging import bodies_of
from sweep.reporting import ReportWriter, note_ended_waivers, report_of
from sweep.request import OnEvent, SweepOutcome, SweepRequest
from sweep.resuming import report_done, scan_to_fill
from sweep.second_look import draw
from sweep.unit_work import UnitWork, tally_of

if TYPE_CHECKING:
    from results.store import Store


@dataclass(frozen=True)
class Filling:
    """A scan that is being filled: what is asked, and what it fills. `done` units it holds."""

    request: SweepRequest
    store: Store
    outcome: SweepOutcome
    account: ScanAccount
    done: Collection[str] = ()
    on_event: OnEvent | None = None

    @property
    def scan_id(self) -> int:
        """The number of the scan."""
        return self.outcome.scan_id


Fill = Callable[[Filling], None]
"""Crawls and judges all units of a scan but those done, and reports each; see `fill_here`."""


def sweep(
    request: SweepRequest, store: Store, on_event: OnEvent | None = None, fill: Fill | None = None
) -> SweepOutcome:
    """Crawl, judge and report all units; each is saved and reported as soon as it is done.

    A unit with items that stand worse than in its scan before is fetched again for these, at the
    end, and saved only then. Asked to stop (`request.stop`, Ctrl-C), it finishes the unit at
    hand, writes the overview over what is done and returns with `interrupted` set. `fill` does
    the work, in this process where it is not given. Raises
    `results.store.StoreError` when the database cannot be used, its `SweepRunningError` when
    another sweep of the checklist fills it, and `OSError` when reports cannot be written.
    """
    collect_rarely()
    with alone(store.url, request.checklist.key):
        return _sweep(request, store, on_event, fill or fill_here)


def _sweep(
    request: SweepRequest, store: Store, on_event: OnEvent | None, fill: Fill
) -> SweepOutcome:
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
        fill(Filling(request, store, outcome, account, done, on_event))
        status = ScanStatus.FINISHED
    except KeyboardInterrupt:
        outcome.interrupted = True
        status = ScanStatus.INTERRUPTED
    finally:
        with request.stop.at_the_end():
            close_scan(request, store, outcome, status, account)
    return outcome


def fill_here(filling: Filling) -> None:
    """All units but those done, in this process; what got worse is fetched again at the end."""
    request, on_event = filling.request, filling.on_event
    work = UnitWork(request, filling.store, filling.scan_id)
    plans = PlanShelf(work.planned(unit) for unit in request.units if unit.id not in filling.done)
    in_doubt: list[InDoubt] = []
    with JudgedAhead(work.scanned) as ahead:

        def take(*, patient: bool = False) -> None:
            for found in ahead.done(patient=patient):
                with request.stop.finishing():
                    _sort(filling, work, found, in_doubt)

        try:
            for harvest in crawl(plans, request.settings, on_event, work.ledger, take):
                while ahead.full:
                    take(patient=True)
                ahead.put(harvest, plans[harvest.unit_id])
            while ahead.busy:
                take(patient=True)
        except KeyboardInterrupt:
            with request.stop.at_the_end():
                for found in ahead.rest():
                    _sort(filling, work, found, in_doubt)
            raise
    again = fetch_again(in_doubt, request.settings, work.judged_again, on_event, work.ledger)
    for scanned in again:
        with request.stop.finishing():
            _finish(filling, work, scanned)


def _sort(
    filling: Filling, work: UnitWork, found: Scanned | InDoubt, in_doubt: list[InDoubt]
) -> None:
    if isinstance(found, InDoubt):
        in_doubt.append(found)
    else:
        _finish(filling, work, found)


def _finish(filling: Filling, work: UnitWork, scanned: Scanned) -> None:
    """Archive what a unit's verdicts rest on, store the result, and write its report."""
    request, store, scan_id = filling.request, filling.store, filling.scan_id
    unit, judged = scanned.plan.unit, scanned.judged
    work.archive(scanned)
    work.keep(scanned)
    filling.account.unit_done(unit.id, judged.verdicts, scanned.coverage, tally_of(scanned))
    note_ended_waivers(request.checklist, store, scan_id, unit.id)
    report = report_of(store, request.checklist, scan_id, unit.id)
    pictured = with_pictures(report, draw(judged, bodies_of(request.settings)))
    filling.outcome.writer.write_unit(pictured)
    filling.outcome.add(report)
