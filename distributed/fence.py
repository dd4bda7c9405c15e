"""Nothing is kept of a job that was given to somebody else meanwhile.

A worker that was silent for too long counts as dead and its units go to others. When it wakes up,
what it has found is not written over theirs: each start of a job has a number of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from database.sessions import again_when_cut_off, together
from distributed.queue import SCHEMA
from results.models import ScanRow
from results.record import ScanStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from results.store import Store

_HELD = text(
    f"SELECT attempts FROM {SCHEMA}.procrastinate_jobs "  # nosec B608  # a name of our own
    "WHERE id = :job AND status = 'doing' AND NOT abort_requested FOR UPDATE"
)


@dataclass(frozen=True)
class Start:
    """One start of a job: its number, and how often it was begun before."""

    job: int
    before: int


def kept_if_held(
    store: Store, scan_id: int, name: str, start: Start, keep: Callable[[], None]
) -> bool:
    """Call `keep` in the transaction in which the start is still the job's; False when it is not.

    Of a scan that has ended nothing is kept either: its overview is written.
    """

    def once() -> bool:
        with together(store.engine, beside=f"unit {name}"), store.writing() as session:
            if session.scalar(_HELD, {"job": start.job}) != start.before:
                return False
            scan = session.get(ScanRow, scan_id)
            if scan is None or scan.status != ScanStatus.RUNNING.value:
                return False
            keep()
            return True

    return again_when_cut_off(store.engine, once)
