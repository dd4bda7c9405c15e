"""People's decisions in the database: kept for ever, only ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from database.engine import StoreError
from database.sessions import reading, repeatable, writing
from database.texts import storable
from results.case_rows import newest_scan_with
from results.models import WaiverRow
from results.waiver_rows import waiver_of, waiver_row
from results.waivers import ANSWERS

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from results.waivers import Waiver


@dataclass(frozen=True, slots=True)
class CaseMark:
    """What a person had before them when deciding about an item of a unit.

    The scan, and the newest decision about the item (0: none) with whether it had been ended.
    """

    scan_id: int
    waiver_id: int = 0
    ended: bool = False

    def __str__(self) -> str:
        """The mark as forms and programs carry it."""
        return f"{self.scan_id}-{self.waiver_id}-{int(self.ended)}"

    @classmethod
    def read(cls, text: str) -> CaseMark:
        """The mark that `str` wrote; raises `ValueError` for anything else."""
        scan, waiver, ended = (int(part) for part in text[:60].split("-"))
        return cls(scan, waiver, bool(ended))


class OvertakenError(Exception):
    """Somebody decided, or a newer scan came, since the case was shown; nothing was stored.

    `waiver` is the newest decision about the item now, `scan_id` the newest scan that judged it.
    """

    def __init__(self, waiver: Waiver | None, scan_id: int) -> None:
        """Tell what is there now."""
        super().__init__("the case has changed since it was shown")
        self.waiver, self.scan_id = waiver, scan_id


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

    def decide(self, waiver: Waiver, seen: CaseMark) -> Waiver:
        """Keep a decision about a case as it was `seen`; earlier answers about the item end.

        Raises `OvertakenError` when the case is another by now, and keeps nothing then.
        """
        with writing(self.engine) as session:
            last, scan_id = _case_now(session, waiver)
            now = CaseMark(scan_id, last.id if last else 0, bool(last and last.ended_at))
            if now != seen:
                raise OvertakenError(waiver_of(last) if last else None, scan_id)
            row = waiver_row(waiver)
            session.add(row)
            session.flush()
            _end_answers_before(session, row)
            return waiver_of(row)

    def waivers(self, checklist: str, unit_id: str | None = None) -> tuple[Waiver, ...]:
        """The decisions about a checklist's items, of one unit or of all, oldest first."""
        query = select(WaiverRow).where(WaiverRow.checklist == checklist).order_by(WaiverRow.id)
        if unit_id is not None:
            query = query.where(WaiverRow.unit_id == storable(unit_id))
        with reading(self.engine) as session:
            return tuple(map(waiver_of, session.scalars(query)))

    def waiver(self, waiver_id: int) -> Waiver | None:
        """The decision of that number, if there is one."""
        with reading(self.engine) as session:
            row = session.get(WaiverRow, waiver_id)
            return waiver_of(row) if row else None

    def last_waiver(self, checklist: str, account: str, since: datetime) -> Waiver | None:
        """The newest decision of a dashboard's account since that moment that nobody has ended."""
        query = select(WaiverRow).where(
            WaiverRow.checklist == checklist,
            WaiverRow.account == storable(account),
            WaiverRow.made_at >= since,
            WaiverRow.ended_at.is_(None),
        )
        with reading(self.engine) as session:
            row = session.scalars(query.order_by(WaiverRow.id.desc()).limit(1)).first()
            return waiver_of(row) if row else None

    def newest_waivers(
        self, checklist: str, units: Collection[str] | None, most: int, skipped: int = 0
    ) -> tuple[Waiver, ...]:
        """The newest decisions about these units (`None`: all), at most `most` after `skipped`."""
        query = select(WaiverRow).where(WaiverRow.checklist == checklist)
        if units is not None:
            query = query.where(WaiverRow.unit_id.in_([storable(unit) for unit in units]))
        query = query.order_by(WaiverRow.id.desc()).limit(most).offset(skipped)
        with reading(self.engine) as session:
            return tuple(map(waiver_of, session.scalars(query)))

    def count_waivers(self, checklist: str, units: Collection[str] | None) -> int:
        """How many decisions there are about these units (`None`: all)."""
        query = select(func.count()).where(WaiverRow.checklist == checklist)
        if units is not None:
            query = query.where(WaiverRow.unit_id.in_([storable(unit) for unit in units]))
        with reading(self.engine) as session:
            return session.scalar(query) or 0

    def end_waiver(self, waiver_id: int, by: str, why: str) -> Waiver:
        """End a decision by a person; raises `StoreError` for an unknown or an ended one."""
        with writing(self.engine) as session:
            row = session.get(WaiverRow, waiver_id)
            if row is None or row.ended_at is not None:
                what = "ไม่พบ" if row is None else "ถอนคืนไปแล้ว:"
                en = "no" if row is None else "already ended:"
                raise StoreError(f"{what} การยกเว้นหมายเลข {waiver_id} ({en} waiver {waiver_id})")
            row.ended_at = datetime.now(UTC)
            row.ended_by, row.ended_why = storable(by), storable(why)
            return waiver_of(row)

    @repeatable
    def note_holding(self, waiver_ids: Collection[int], scan_id: int) -> None:
        """Note that these decisions hold in the scan; nothing is noted of an older one."""
        older = WaiverRow.held_scan.is_(None) | (WaiverRow.held_scan < scan_id)
        held = update(WaiverRow).where(WaiverRow.id.in_(waiver_ids), older)
        with writing(self.engine) as session:
            session.execute(held.values(held_scan=scan_id))

    @repeatable
    def note_changed_evidence(self, waiver_ids: Collection[int], scan_id: int) -> None:
        """Note that the scan found the evidence of these decisions changed; the first one stays."""
        unnoted = update(WaiverRow).where(
            WaiverRow.id.in_(waiver_ids), WaiverRow.changed_scan.is_(None)
        )
        with writing(self.engine) as session:
            session.execute(unnoted.values(changed_scan=scan_id))


def _case_now(session: Session, waiver: Waiver) -> tuple[WaiverRow | None, int]:
    """The newest decision about the item, and the newest scan that judged it (0: none)."""
    about = (
        WaiverRow.unit_id == storable(waiver.unit_id),
        WaiverRow.checklist == waiver.checklist,
        WaiverRow.item == waiver.item,
    )
    last = session.scalars(select(WaiverRow).where(*about).order_by(WaiverRow.id.desc())).first()
    scan = newest_scan_with(session, waiver.checklist, storable(waiver.unit_id), waiver.item)
    return last, scan or 0


def _end_answers_before(session: Session, row: WaiverRow) -> None:
    earlier = update(WaiverRow).where(
        WaiverRow.unit_id == row.unit_id,
        WaiverRow.checklist == row.checklist,
        WaiverRow.item == row.item,
        WaiverRow.id < row.id,
        WaiverRow.ended_at.is_(None),
        WaiverRow.kind.in_([kind.value for kind in ANSWERS]),
    )
    why = f"พิจารณาใหม่เป็นหมายเลข {row.id}"
    session.execute(earlier.values(ended_at=row.made_at, ended_by=row.made_by, ended_why=why))
