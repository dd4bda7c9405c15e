"""Keeps account of a scan while it runs: what it costs, and a log line for each step of it."""

from __future__ import annotations

import logging
import resource
import time
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from crawler.log_context import about
from results.statistic_rows import note_run, start_run
from results.statistics import Runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checklist.evidence import Coverage
    from checklist.verdict import ItemVerdict
    from results.record import ScanStatus
    from results.store import Store

_log = logging.getLogger(__name__)
_KIB = 1024
_REUSED = ("not_modified", "documents_known", "verdicts_kept")


class Meter:
    """What this process and those it started cost from now on, noted as a run for a scan."""

    def __init__(self, store: Store, scan_id: int) -> None:
        """Begin a run."""
        self._store = store
        self._began = time.monotonic()
        self._before = _processor_seconds()
        self._run = start_run(store, scan_id)

    def note(self) -> Runs:
        """Note what it has cost so far, and return it."""
        own, children = _processor_seconds()
        cost = Runs(
            seconds=time.monotonic() - self._began,
            cpu_seconds=own - self._before[0],
            children_cpu_seconds=children - self._before[1],
            peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB,
            children_peak_bytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KIB,
        )
        note_run(self._store, self._run, cost)
        return cost


class ScanAccount:
    """The account of one run for a scan, open from `open` to `close`.

    Between the two every log line carries the scan's number. What the run costs is noted after
    each unit, so a run that is killed loses no more than what came after its last unit.
    """

    def __init__(self, store: Store, scan_id: int, checklist: str, units: int, done: int) -> None:
        """Begin: `units` are wanted of `checklist` (its key), `done` of them before this run."""
        self._meter = Meter(store, scan_id)
        self._units = 0
        self._context = ExitStack()
        self._context.enter_context(about(scan=scan_id))
        tell("scan begun", checklist=checklist, units=units, done_before=done)

    def unit_done(
        self,
        unit_id: str,
        verdicts: Sequence[ItemVerdict],
        coverage: Coverage,
        tally: Mapping[str, int],
    ) -> None:
        """Note that a unit is stored. Raises `StoreError` when the database cannot be used."""
        self._units += 1
        self._meter.note()
        counts = Counter(verdict.verdict.value for verdict in verdicts)
        with about(unit=unit_id):
            tell(
                "unit done",
                **{name: counts[name] for name in ("pass", "fail", "review", "error")},
                pages=coverage.fetched,
                bytes=coverage.bytes,
                seconds=round(coverage.seconds, 1),
                reused=sum(count for name, count in tally.items() if name in _REUSED),
            )

    def close(self, status: ScanStatus) -> None:
        """End the account with how the scan stands; raises `StoreError` as `unit_done` does."""
        with self._context:
            cost = self._meter.note()
            tell(
                "scan ended",
                status=status.value,
                units=self._units,
                seconds=round(cost.seconds, 1),
                cpu_seconds=round(cost.cpu_seconds + cost.children_cpu_seconds, 1),
                peak_bytes=max(cost.peak_bytes, cost.children_peak_bytes),
            )


def tell(event: str, **figures: str | int | float) -> None:
    """Log an event with its figures, each under its own name in structured logs."""
    _log.info(event, extra={"figures": figures})


def _processor_seconds() -> tuple[float, float]:
    """Processor seconds of this process, and of those it started that have ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime
