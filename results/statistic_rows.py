"""The statistics of scans in the database: what each run cost, and the sums of a scan."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Text, cast, func, select

from checklist.verdict import Verdict
from database.engine import StoreError
from database.sessions import again_when_cut_off
from results.models import ItemRow, RunRow, ScanRow, UnitRow
from results.record import ScanStatus, Scope
from results.statistics import Runs, ScanStatistics

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from results.store import Store

_COSTS = ("seconds", "cpu_seconds", "children_cpu_seconds", "peak_bytes", "children_peak_bytes")


def start_run(store: Store, scan_id: int) -> int:
    """Note that the program begins to work on a scan; the number of the run."""
    now = datetime.now(UTC)

    def add() -> int:
        row = RunRow(scan_id=scan_id, started=now, updated=now, **dict.fromkeys(_COSTS, 0))
        with store.writing() as session:
            session.add(row)
            session.flush()
            return row.id

    return again_when_cut_off(store.engine, add)


def note_run(store: Store, run_id: int, cost: Runs) -> None:
    """Note what the run has cost so far; a run whose scan was deleted is left alone."""

    def change() -> None:
        with store.writing(f"run {run_id}") as session:
            row = session.get(RunRow, run_id)
            if row is None:
                return
            row.updated = datetime.now(UTC)
            for name in _COSTS:
                setattr(row, name, getattr(cost, name))

    again_when_cut_off(store.engine, change)


def statistics_of(store: Store, scan_id: int) -> ScanStatistics:
    """All figures of a scan; raises `StoreError` for an unknown one."""
    with store.reading() as session:
        return _statistics(session, scan_id, skips=True)


def brief_statistics_of(store: Store, scan_id: int) -> ScanStatistics:
    """The same without `skipped`, whose reasons are read one by one; for frequent callers."""
    with store.reading() as session:
        return _statistics(session, scan_id, skips=False)


def newest_scans(store: Store) -> dict[str, tuple[int | None, int | None]]:
    """The newest finished and the newest running scan of each checklist (its key).

    Whole scans alone count where there is one: a check of one unit is no sweep.
    """
    query = (
        select(ScanRow.checklist, ScanRow.scope, ScanRow.status, func.max(ScanRow.id))
        .where(ScanRow.status.in_([ScanStatus.FINISHED.value, ScanStatus.RUNNING.value]))
        .group_by(ScanRow.checklist, ScanRow.scope, ScanRow.status)
    )
    found: dict[tuple[str, bool], dict[str, int]] = {}
    with store.reading() as session:
        for checklist, scope, status, scan_id in session.execute(query):
            of_sort = found.setdefault((checklist, scope == Scope.WHOLE.value), {})
            of_sort[status] = max(scan_id, of_sort.get(status, 0))
    keys = sorted({checklist for checklist, _whole in found})
    chosen = {key: found.get((key, True)) or found[key, False] for key in keys}
    return {
        key: (of.get(ScanStatus.FINISHED.value), of.get(ScanStatus.RUNNING.value))
        for key, of in chosen.items()
    }


def scans_by_status(store: Store) -> dict[tuple[str, str], int]:
    """How many scans the database holds, by checklist and status."""
    query = select(ScanRow.checklist, ScanRow.status, func.count()).group_by(
        ScanRow.checklist, ScanRow.status
    )
    with store.reading() as session:
        return {(checklist, status): count for checklist, status, count in session.execute(query)}


def _statistics(session: Session, scan_id: int, *, skips: bool) -> ScanStatistics:
    scan = session.get(ScanRow, scan_id)
    if scan is None:
        raise StoreError(f"ไม่พบการตรวจครั้งที่ {scan_id} ในฐานข้อมูล (no scan {scan_id} in the database)")
    of_scan = UnitRow.scan_id == scan_id
    sums = session.execute(
        select(
            func.count(), func.sum(UnitRow.found), func.sum(UnitRow.fetched),
            func.sum(UnitRow.rendered), func.sum(UnitRow.bytes), func.sum(UnitRow.seconds),
        ).where(of_scan)
    ).one()  # fmt: skip
    units, found, fetched, rendered, size, seconds = (value or 0 for value in sums)
    tally: Counter[str] = Counter()
    for counts in session.scalars(select(UnitRow.tally).where(of_scan)):
        tally.update(counts)
    skipped: Counter[str] = Counter()
    if skips:
        for addresses in session.scalars(select(UnitRow.skipped).where(of_scan)):
            skipped.update(address["reason"] for address in addresses)
    return ScanStatistics(
        scan_id=scan_id,
        checklist=scan.checklist,
        status=ScanStatus(scan.status),
        started=scan.started,
        finished=scan.finished,
        units=units,
        wanted=scan.planned,
        pages_found=found,
        pages_fetched=fetched,
        pages_rendered=rendered,
        document_bytes=size,
        unit_seconds=seconds,
        verdicts=_verdicts(session, scan_id),
        unchecked=_unchecked(session, scan_id),
        skipped=dict(skipped),
        tally=dict(tally),
        runs=_runs(session, scan_id),
    )


def _verdicts(session: Session, scan_id: int) -> dict[str, int]:
    query = (
        select(ItemRow.verdict, func.count())
        .join(UnitRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id == scan_id)
        .group_by(ItemRow.verdict)
    )
    return {str(verdict): int(count) for verdict, count in session.execute(query)}


def _unchecked(session: Session, scan_id: int) -> dict[str, int]:
    """Items that could not be checked by their first reason, grouped by the database."""
    reasons = cast(ItemRow.reasons, Text)
    query = (
        select(func.min(ItemRow.id), func.count())
        .join(UnitRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id == scan_id, ItemRow.verdict == Verdict.ERROR.value)
        .group_by(reasons)
    )
    groups = {int(first): int(count) for first, count in session.execute(query)}
    causes: Counter[str] = Counter()
    named = select(ItemRow.id, ItemRow.reasons).where(ItemRow.id.in_(groups))
    for first, codes in session.execute(named):
        causes[codes[0] if codes else "unknown"] += groups[first]
    return dict(causes)


def _runs(session: Session, scan_id: int) -> Runs:
    query = select(
        func.count(), func.max(RunRow.updated), func.sum(RunRow.seconds),
        func.sum(RunRow.cpu_seconds), func.sum(RunRow.children_cpu_seconds),
        func.max(RunRow.peak_bytes), func.max(RunRow.children_peak_bytes),
    ).where(RunRow.scan_id == scan_id)  # fmt: skip
    count, updated, seconds, cpu, children_cpu, peak, children_peak = session.execute(query).one()
    return Runs(
        count=count,
        updated=updated,
        seconds=seconds or 0.0,
        cpu_seconds=cpu or 0.0,
        children_cpu_seconds=children_cpu or 0.0,
        peak_bytes=peak or 0,
        children_peak_bytes=children_peak or 0,
    )
