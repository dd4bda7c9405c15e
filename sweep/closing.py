"""The end of a scan: its overview, what no later sweep asks for thrown away, how it ended noted."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.memory.frontier import forget_followed
from results.newest import resumable_scans, scan_numbers
from results.record import ScanStatus
from results.statistic_rows import statistics_of
from results.store import StoreError
from results.trend import trend_up_to
from sweep.archiving import seal_archive
from sweep.reporting import report_of
from sweep.retention import kept_folders, prune

if TYPE_CHECKING:
    from pathlib import Path

    from results.store import Store
    from sweep.accounting import ScanAccount
    from sweep.request import SweepOutcome, SweepRequest

_log = logging.getLogger(__name__)


def close_scan(
    request: SweepRequest,
    store: Store,
    outcome: SweepOutcome,
    status: ScanStatus,
    account: ScanAccount | None,
) -> None:
    """Seal the scan's evidence, prune what was kept for later, write the overview, note the end.

    The end is noted last: a scan that is cut off before its overview stands can be resumed.
    Where an error ends the scan, that error is told and not what follows from it, and no overview
    is written. Raises otherwise `StoreError` when the database or the archive cannot be written,
    and `OSError` when the overview cannot; the scan has then failed.
    """
    ended = ScanStatus.FAILED
    try:
        with suppress(*((StoreError,) if status is ScanStatus.FAILED else ())):
            if account is not None:
                account.close(status)
            seal_archive(request, store, outcome.scan_id)
            prune(store, kept_folders(request.settings))
        if status is not ScanStatus.FAILED:
            outcome.overview = _overview(request, store, outcome, status)
        ended = status
    finally:
        with suppress(*((StoreError,) if ended is ScanStatus.FAILED else ())):
            store.finish_scan(outcome.scan_id, ended)
    if ended is ScanStatus.FINISHED and request.settings.documents_folder is not None:
        _forget_followed(request, store, outcome.scan_id)


def _overview(
    request: SweepRequest, store: Store, outcome: SweepOutcome, status: ScanStatus
) -> list[Path]:
    """Write the overview, in which the scan stands as it will when it is noted as ended."""
    if not outcome.units:
        return []
    trend = trend_up_to(store, outcome.present, outcome.scan_id)
    if trend:
        finished = status is ScanStatus.FINISHED
        trend = (*trend[:-1], trend[-1].model_copy(update={"finished": finished}))
    ending = {"status": status, "finished": datetime.now(UTC)}
    cost = statistics_of(store, outcome.scan_id).model_copy(update=ending)
    reports = (
        report_of(store, request.checklist, outcome.scan_id, unit_id) for unit_id in outcome.units
    )
    return outcome.writer.write_made(outcome.draft.finished(trend, cost), reports)


def _forget_followed(request: SweepRequest, store: Store, scan_id: int) -> None:
    """Of the scans of this checklist up to this one those that nobody can go on with any more."""
    key = request.checklist.key
    going_on = {one.id for one in resumable_scans(store, key)}
    over = [one for one in scan_numbers(store, key) if one <= scan_id and one not in going_on]
    try:
        forget_followed(store.url, over)
    except StoreError as error:
        _log.warning("what the scan followed is kept until the next one: %s", error)
