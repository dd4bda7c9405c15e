"""Reads one item of one unit in a scan: narrow queries for a page that shows nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from checklist.verdict import ItemVerdict, Verdict
from database.sessions import reading
from database.texts import storable
from results import rows
from results.models import ElementRow, ItemRow, ScanRow, UnitRow
from results.record import ScanInfo, ScanStatus

if TYPE_CHECKING:
    from datetime import date, datetime

    from results.record import UnitResult
    from results.store import Store

_KEPT = ScanRow.status != ScanStatus.FORGOTTEN.value
MOST_SCANS = 400


@dataclass(frozen=True, slots=True)
class ItemScan:
    """A scan that judged the item: when the unit was checked (UTC), and the bare verdict."""

    scan_id: int
    checklist: str
    as_of: date
    checked_at: datetime
    verdict: Verdict


def item_scans(store: Store, unit_id: str, item: str, checklist: str = "") -> tuple[ItemScan, ...]:
    """The scans that judged the unit's item, newest first, of one checklist (its key) or any."""
    units = (
        select(UnitRow.id, UnitRow.scan_id, ScanRow.as_of, UnitRow.checked_at)
        .join(ScanRow, ScanRow.id == UnitRow.scan_id)
        .where(UnitRow.unit_id == storable(unit_id))
        .order_by(UnitRow.scan_id.desc())
    )
    # Asked by itself, this is answered from an index.
    kept = select(ScanRow.id, ScanRow.checklist).where(_KEPT)
    with reading(store.engine) as session:
        checklists = dict(session.execute(kept).all())
        found = [
            one
            for one in session.execute(units)
            if one.scan_id in checklists and checklist in ("", checklists[one.scan_id])
        ]
        # Of these units alone: a join is begun at the item, of which a country has thousands.
        asked = select(ItemRow.scan_unit_id, ItemRow.verdict).where(
            ItemRow.scan_unit_id.in_([one.id for one in found]), ItemRow.item == item
        )
        verdicts = {of_unit: Verdict(verdict) for of_unit, verdict in session.execute(asked)}
    held = (one for one in found if one.id in verdicts)
    return tuple(
        ItemScan(one.scan_id, checklists[one.scan_id], one.as_of, one.checked_at, verdicts[one.id])
        for one in islice(held, MOST_SCANS)
    )


def item_result(
    store: Store, scan_id: int, unit_id: str, item: str
) -> tuple[ScanInfo, UnitResult] | None:
    """The unit's result with the item's whole verdict; the other items' verdicts are bare.

    `None` when the scan holds no such unit or did not judge the item.
    """
    parts = selectinload(UnitRow.verdicts.and_(ItemRow.item == item))
    parts = parts.selectinload(ItemRow.elements).selectinload(ElementRow.quotes)
    query = (
        select(UnitRow, ScanRow)
        .join(ScanRow, ScanRow.id == UnitRow.scan_id)
        .where(UnitRow.scan_id == scan_id, UnitRow.unit_id == storable(unit_id), _KEPT)
        .options(parts, selectinload(UnitRow.documents))
    )
    with reading(store.engine) as session:
        found = session.execute(query).first()
        if found is None or not found.UnitRow.verdicts:
            return None
        others = session.execute(
            select(ItemRow.item, ItemRow.verdict).where(
                ItemRow.scan_unit_id == found.UnitRow.id, ItemRow.item != item
            )
        )
        bare = tuple(ItemVerdict(one, Verdict(answer)) for one, answer in others)
        result = rows.unit_result(found.ScanRow, found.UnitRow)
        info = rows.scan_info(found.ScanRow, 0)
    return info, replace(result, verdicts=(*result.verdicts, *bare))
