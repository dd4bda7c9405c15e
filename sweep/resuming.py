"""Which scan a sweep fills: a new one, or the newest that was left unfinished with what it has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from results.newest import resumable_scans
from results.record import Scope
from results.registries import asked_units
from sweep.judging import bodies_of
from sweep.reporting import note_ended_waivers, report_of
from units.packed import PackedUnits
from units.registry import Unit

if TYPE_CHECKING:
    from results.record import ScanInfo
    from results.store import Store
    from sweep.request import SweepOutcome, SweepRequest


def scan_to_fill(request: SweepRequest, store: Store) -> int:
    """The number of the scan to fill: the unfinished one with `resume`, else a new one."""
    unfinished = _unfinished(store, request) if request.resume else None
    if unfinished is not None:
        store.resume_scan(unfinished.id)
        return unfinished.id
    settings = {
        "crawl": request.settings.model_dump(mode="json"),
        "units": [unit.model_dump(mode="json") for unit in request.units],
        "items": [item.id for item in request.items],
    }
    return store.start_scan(
        request.checklist, request.as_of, settings, request.tool_version, request.scope
    )


def _unfinished(store: Store, request: SweepRequest) -> ScanInfo | None:
    """The unfinished scan that is meant: the one named, else the first that can be resumed."""
    open_scans = resumable_scans(store, request.checklist.key)
    wanted = request.resume_scan
    found = (one for one in open_scans if wanted is None or one.id == wanted)
    return next((store.scan(one.id) for one in found), None)


def report_done(request: SweepRequest, store: Store, outcome: SweepOutcome) -> set[str]:
    """The ids of the units that the scan holds, their reports added to `outcome`.

    A unit's report is written right after its result is saved, so at most the unit saved last
    has none when a sweep was cut off in between. That one is written again, and any that is not
    in the folder; what stands there of an earlier scan would not show. Raises `OSError` when it
    cannot be written.
    """
    done = store.done_units(outcome.scan_id)
    last = store.last_saved_unit(outcome.scan_id)
    body_of = bodies_of(request.settings)
    for unit_id in sorted(done & {unit.id for unit in request.units}):
        with request.stop.finishing():
            report = report_of(store, request.checklist, outcome.scan_id, unit_id)
            if unit_id == last or not outcome.writer.wrote(report):
                note_ended_waivers(request.checklist, store, outcome.scan_id, unit_id)
                pictured = report_of(
                    store, request.checklist, outcome.scan_id, unit_id, body_of=body_of
                )
                outcome.writer.write_unit(pictured)
            outcome.add(report)
    return done


def to_resume(store: Store, request: SweepRequest) -> SweepRequest | None:
    """`request` for the unfinished scan that is meant: its units, items and day; None without one.

    A scan goes on as it was begun, whatever units file is at hand when it is resumed.
    """
    scan = _unfinished(store, request)
    units = None if scan is None else asked_units(store, scan.id)
    if scan is None or units is None:
        return None
    items: Any = scan.settings["items"]
    return replace(
        request,
        units=PackedUnits(map(Unit.model_validate, units)),
        items=request.checklist.select(items),
        as_of=scan.as_of,
        resume=True,
        resume_scan=scan.id,
        narrowed=scan.scope is Scope.UNITS,
    )
