"""What the newest earlier verdicts of each unit rest on, read for all units together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from database.sessions import reading
from results.models import ItemRow, ScanRow, UnitRow
from results.record import ScanStatus

if TYPE_CHECKING:
    from results.store import Store

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class NewestGrounds:
    """A unit's newest result, and by item what each verdict rests on, as plain JSON.

    `None` for a verdict that may not be taken over.
    """

    unit_id: str
    scan_id: int
    grounds: Mapping[str, Mapping[str, Any] | None]


def newest_grounds(store: Store, checklist: str, before: int) -> Iterator[NewestGrounds]:
    """Of every unit the newest result before the scan `before`, with this checklist (its key)."""
    newest = (
        select(UnitRow.unit_id, func.max(UnitRow.scan_id))
        .join(ScanRow, ScanRow.id == UnitRow.scan_id)
        .where(ScanRow.checklist == checklist, ScanRow.id < before)
        .where(ScanRow.status != ScanStatus.FORGOTTEN.value)
        .group_by(UnitRow.unit_id)
    )
    by_scan: dict[int, list[str]] = defaultdict(list)
    with reading(store.engine) as session:
        for unit_id, scan_id in session.execute(newest):
            by_scan[scan_id].append(unit_id)
    for scan_id, units in by_scan.items():
        for start in range(0, len(units), _AT_ONCE):
            yield from _of_scan(store, scan_id, units[start : start + _AT_ONCE])


def _of_scan(store: Store, scan_id: int, units: list[str]) -> Iterator[NewestGrounds]:
    query = (
        select(UnitRow.unit_id, ItemRow.item, ItemRow.basis, ItemRow.recheck)
        .join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id == scan_id, UnitRow.unit_id.in_(units))
    )
    found: dict[str, dict[str, Mapping[str, Any] | None]] = defaultdict(dict)
    with reading(store.engine) as session:
        for unit_id, item, basis, recheck in session.execute(query):
            found[unit_id][item] = basis if recheck is None else None
    for unit_id, grounds in found.items():
        yield NewestGrounds(unit_id, scan_id, grounds)
