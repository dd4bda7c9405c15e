"""The scans in the database as readers ask for them: which there are, what each holds."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from checklist.verdict import Verdict
from database.engine import StoreError
from database.sessions import reading, repeatable
from database.texts import storable
from results import rows
from results.models import ItemRow, ScanRow, UnitRow
from results.record import ScanInfo, ScanStatus, Scope

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

_KEPT = ScanRow.status != ScanStatus.FORGOTTEN.value


class StoredScans:
    """The part of the store that tells of scans."""

    engine: Engine
    _crawl_settings: dict[int, Mapping[str, Any]]

    @repeatable
    def done_units(self, scan_id: int) -> set[str]:
        """The ids of the units whose results the scan holds."""
        with reading(self.engine) as session:
            return set(session.scalars(select(UnitRow.unit_id).where(UnitRow.scan_id == scan_id)))

    @repeatable
    def holds(self, scan_id: int, unit_id: str) -> bool:
        """True when the scan holds a result of the unit."""
        held = select(UnitRow.id).where(
            UnitRow.scan_id == scan_id, UnitRow.unit_id == storable(unit_id)
        )
        with reading(self.engine) as session:
            return session.scalar(held) is not None

    @repeatable
    def last_saved_unit(self, scan_id: int) -> str | None:
        """The id of the unit whose result was saved last in the scan."""
        saved = select(UnitRow.unit_id).where(UnitRow.scan_id == scan_id)
        with reading(self.engine) as session:
            return session.scalar(saved.order_by(UnitRow.id.desc()).limit(1))

    @repeatable
    def answers(self, scan_id: int) -> dict[str, dict[str, Verdict]]:
        """The scan's bare verdicts by unit id and item: one query, no evidence is read.

        A unit of which nothing was judged is there with no item; an unknown scan gives none.
        """
        query = (
            select(UnitRow.unit_id, ItemRow.item, ItemRow.verdict)
            .outerjoin(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
            .where(UnitRow.scan_id == scan_id)
        )
        found: dict[str, dict[str, Verdict]] = {}
        with reading(self.engine) as session:
            for unit_id, item, verdict in session.execute(query):
                of_unit = found.setdefault(unit_id, {})
                if item is not None:
                    # One text for an item of all units, not one each.
                    of_unit[sys.intern(item)] = Verdict(verdict)
        return found

    @repeatable
    def earlier_scans(self, scan_id: int, most: int) -> tuple[ScanInfo, ...]:
        """The `most` newest scans before `scan_id` of its checklist that hold results.

        Newest first. Before a whole scan these are whole ones: one of a few units is no step of
        the row. Raises `StoreError` for an unknown scan.
        """
        with reading(self.engine) as session:
            scan = scan_row(session, scan_id)
            alike = (ScanRow.scope == scan.scope,) if scan.scope == Scope.WHOLE.value else ()
            query = (
                select(ScanRow, func.count(UnitRow.id))
                .join(UnitRow, UnitRow.scan_id == ScanRow.id)
                .where(ScanRow.checklist == scan.checklist, ScanRow.id < scan_id, _KEPT, *alike)
                .group_by(ScanRow.id)
                .order_by(ScanRow.id.desc())
                .limit(most)
            )
            return tuple(rows.scan_info(row, count) for row, count in session.execute(query))

    @repeatable
    def scan(self, scan_id: int) -> ScanInfo:
        """What is known of the scan; raises `StoreError` for an unknown one."""
        with reading(self.engine) as session:
            row = scan_row(session, scan_id)
            return rows.scan_info(row, _units_of(session, scan_id))

    def crawl_settings(self, scan_id: int) -> Mapping[str, Any]:
        """With what settings the scan was crawled, by name; read once a scan."""
        if scan_id not in self._crawl_settings:
            crawl: Any = self.scan(scan_id).settings.get("crawl", {})
            self._crawl_settings = {scan_id: crawl if isinstance(crawl, dict) else {}}
        return self._crawl_settings[scan_id]

    @repeatable
    def scans(self) -> tuple[ScanInfo, ...]:
        """Every scan, newest first."""
        query = (
            select(ScanRow, func.count(UnitRow.id))
            .outerjoin(UnitRow, UnitRow.scan_id == ScanRow.id)
            .where(_KEPT)
            .group_by(ScanRow.id)
            .order_by(ScanRow.id.desc())
        )
        with reading(self.engine) as session:
            return tuple(rows.scan_info(row, count) for row, count in session.execute(query))

    @repeatable
    def latest_scan(
        self, checklist: str, unit_id: str | None = None, before: int | None = None
    ) -> ScanInfo | None:
        """The newest scan with the checklist of this key that holds a result, if there is one.

        It may be one of a few units or items: `results.newest` tells which speaks for whom.
        With `unit_id`, a result of that unit; with `before`, a scan older than that one.
        """
        of_list = [ScanRow.checklist == checklist, _KEPT]
        if before is not None:
            of_list.append(ScanRow.id < before)
        query = select(func.max(UnitRow.scan_id)).where(
            UnitRow.scan_id.in_(select(ScanRow.id).where(*of_list))
        )
        if unit_id is not None:
            query = query.where(UnitRow.unit_id == storable(unit_id))
        return self._newest(query)

    def _newest(self, query: Any) -> ScanInfo | None:
        with reading(self.engine) as session:
            if (scan_id := session.scalar(query)) is None:
                return None
            return rows.scan_info(scan_row(session, scan_id), _units_of(session, scan_id))


def scan_row(session: Session, scan_id: int) -> ScanRow:
    """The row of a scan; raises `StoreError` for an unknown or forgotten one."""
    row = session.get(ScanRow, scan_id)
    if row is None or row.status == ScanStatus.FORGOTTEN.value:
        raise StoreError(f"ไม่พบการตรวจครั้งที่ {scan_id} ในฐานข้อมูล (no scan {scan_id} in the database)")
    return row


def _units_of(session: Session, scan_id: int) -> int:
    return session.scalar(select(func.count()).where(UnitRow.scan_id == scan_id)) or 0
