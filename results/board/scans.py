"""The scans that a board can be shown of, without their settings, which hold a whole registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from database.sessions import reading
from results.models import ScanRow, UnitRow
from results.record import ScanInfo, ScanStatus

if TYPE_CHECKING:
    from results.store import Store


def scans_with_results(
    store: Store, checklist: str, most: int, before: int | None = None
) -> tuple[ScanInfo, ...]:
    """The newest scans of a checklist that hold any unit, newest first.

    Their units are not counted, and their settings, which hold a whole registry, are left out.
    """
    held = exists().where(UnitRow.scan_id == ScanRow.id)
    kept = ScanRow.status != ScanStatus.FORGOTTEN.value
    query = select(*_BRIEF).where(ScanRow.checklist == checklist, kept, held)
    if before is not None:
        query = query.where(ScanRow.id < before)
    with reading(store.engine) as session:
        rows = session.execute(query.order_by(ScanRow.id.desc()).limit(most))
        return tuple(_info(row) for row in rows)


def brief_scan(store: Store, number: int) -> ScanInfo | None:
    """The scan of that number as `scans_with_results` tells it; `None` when there is none."""
    kept = ScanRow.status != ScanStatus.FORGOTTEN.value
    with reading(store.engine) as session:
        row = session.execute(select(*_BRIEF).where(ScanRow.id == number, kept)).first()
        return None if row is None else _info(row)


_BRIEF = (
    ScanRow.id,
    ScanRow.year,
    ScanRow.checklist,
    ScanRow.checklist_hash,
    ScanRow.as_of,
    ScanRow.started,
    ScanRow.finished,
    ScanRow.status,
)


def _info(row: Any) -> ScanInfo:
    number, year, checklist, content, as_of, started, finished, status = row
    return ScanInfo(number, year, checklist, content, as_of, started, finished, ScanStatus(status))
