"""People's decisions in the database: kept for ever, only ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from database.engine import StoreError
from database.sessions import reading, writing
from results import rows
from results.models import WaiverRow
from results.waiver_rows import waiver_of, waiver_row

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from results.waivers import Waiver


class StoredWaivers:
    """The part of the store that holds decisions."""

    engine: Engine

    def add_waiver(self, waiver: Waiver) -> Waiver:
        """Keep a person's decision for ever; returned with its number."""
        with writing(self.engine) as session:
            row = waiver_row(waiver)
            session.add(row)
            session.flush()
            return waiver_of(row)

    def waivers(self, checklist: str, unit_id: str | None = None) -> tuple[Waiver, ...]:
        """The decisions about a checklist's items, of one unit or of all, oldest first."""
        query = select(WaiverRow).where(WaiverRow.checklist == checklist).order_by(WaiverRow.id)
        if unit_id is not None:
            query = query.where(WaiverRow.unit_id == rows.clean(unit_id))
        with reading(self.engine) as session:
            return tuple(map(waiver_of, session.scalars(query)))

    def end_waiver(self, waiver_id: int, by: str, why: str) -> Waiver:
        """End a decision by a person; raises `StoreError` for an unknown or an ended one."""
        with writing(self.engine) as session:
            row = session.get(WaiverRow, waiver_id)
            if row is None or row.ended_at is not None:
                what = "ไม่พบ" if row is None else "ยกเลิกไปแล้ว:"
                en = "no" if row is None else "already ended:"
                raise StoreError(f"{what} การยกเว้นหมายเลข {waiver_id} ({en} waiver {waiver_id})")
            row.ended_at = datetime.now(UTC)
            row.ended_by, row.ended_why = rows.clean(by), rows.clean(why)
            return waiver_of(row)

    def note_changed_evidence(self, waiver_ids: Collection[int], scan_id: int) -> None:
        """Note that the scan found the evidence of these decisions changed; the first one stays."""
        unnoted = update(WaiverRow).where(
            WaiverRow.id.in_(waiver_ids), WaiverRow.changed_scan.is_(None)
        )
        with writing(self.engine) as session:
            session.execute(unnoted.values(changed_scan=scan_id))
