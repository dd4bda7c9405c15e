"""The scans that a board can be shown of, without their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from database.sessions import reading
from results.models import ScanRow, UnitRow
from results.record import ScanStatus, Scope
from results.rows import BRIEF, brief_info

if TYPE_CHECKING:
    from sqlalchemy import Select

    from results.record import ScanInfo
    from results.store import Store


def scans_with_results(
    store: Store, checklist: str, most: int, before: int | None = None
) -> tuple[ScanInfo, ...]:
    """The newest whole scans of a checklist that hold any unit, newest first; units uncounted."""
    held = exists().where(UnitRow.scan_id == ScanRow.id)
    whole = _of(checklist).where(ScanRow.scope == Scope.WHOLE.value)
    query = select(ScanRow.id, *BRIEF).where(ScanRow.id.in_(whole), held)
    if before is not None:
        query = query.where(ScanRow.id < before)
    with reading(store.engine) as session:
        rows = session.execute(query.order_by(ScanRow.id.desc()).limit(most))
        return tuple(brief_info(row, row.id) for row in rows)


def brief_scan(store: Store, number: int, checklist: str) -> ScanInfo | None:
    """The checklist's scan of that number; `None` when there is none."""
    query = select(ScanRow.id, *BRIEF).where(ScanRow.id == number, ScanRow.id.in_(_of(checklist)))
    with reading(store.engine) as session:
        row = session.execute(query).first()
        return None if row is None else brief_info(row, row.id)


def _of(checklist: str) -> Select[int]:
    """The numbers of a checklist's scans, from an index alone."""
    kept = ScanRow.status != ScanStatus.FORGOTTEN.value
    return select(ScanRow.id).where(ScanRow.checklist == checklist, kept)
