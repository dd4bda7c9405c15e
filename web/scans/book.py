"""The jobs in the database: pages ask for them, the starter carries them out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from database.base import MOST_NUMBER
from database.sessions import reading, writing
from web.scans.jobs import LIVE, OPEN, Job, JobState, Wanted, same_wish
from web.scans.models import ScanJobRow

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_WAITING = 20
"""So many jobs of one person may wait at once."""
_MOST_MESSAGE = 2000


class TooManyError(RuntimeError):
    """A person has as many waiting jobs as one may have."""


class JobBook:
    """Every job; its methods raise `StoreError` when the database cannot be used."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database is at the newest revision."""
        self._engine = engine

    def ask(self, wanted: Wanted, who: str, now: datetime) -> tuple[Job, bool]:
        """Put a job in the queue; True with it when it is new, False when one like it waits.

        Raises `TooManyError` when `who` has too many waiting.
        """
        with writing(self._engine) as session:
            query = select(ScanJobRow).where(ScanJobRow.state == JobState.WAITING.value)
            waiting = [_job(row) for row in session.scalars(query)]
            known = next((one for one in waiting if same_wish(one, wanted)), None)
            if known is not None:
                return known, False
            if sum(one.asked_by == who for one in waiting) >= MOST_WAITING:
                raise TooManyError
            row = ScanJobRow(
                asked_by=who, asked_at=now, checklist=wanted.checklist, units=list(wanted.units),
                items=list(wanted.items), from_scratch=wanted.from_scratch,
                resume=wanted.resume is not None, state=JobState.WAITING.value, stops=0,
                stopped_by="", host="", process="", scan_id=wanted.resume, message="",
            )  # fmt: skip
            session.add(row)
            session.flush()
            return _job(row), True

    def job(self, number: int) -> Job | None:
        """The job of that number."""
        if number > MOST_NUMBER:
            return None
        with reading(self._engine) as session:
            row = session.get(ScanJobRow, number)
            return _job(row) if row is not None else None

    def open_jobs(self) -> list[Job]:
        """What waits or is under way, in the order in which it was asked for."""
        query = select(ScanJobRow).where(ScanJobRow.state.in_(OPEN)).order_by(ScanJobRow.id)
        with reading(self._engine) as session:
            return [_job(row) for row in session.scalars(query)]

    def open_and_ended(self, most: int) -> tuple[list[Job], list[Job]]:
        """What is open, in its order, and so many that ended, the newest first, of one moment."""
        is_open = ScanJobRow.state.in_(OPEN)
        ended = select(ScanJobRow).where(~is_open).order_by(ScanJobRow.id.desc()).limit(most)
        with reading(self._engine) as session:
            jobs = session.scalars(select(ScanJobRow).where(is_open).order_by(ScanJobRow.id))
            return [_job(row) for row in jobs], [_job(row) for row in session.scalars(ended)]

    def of_scans(self, scan_ids: Collection[int]) -> dict[int, Job]:
        """Of each scan the newest job that filled it."""
        query = select(ScanJobRow).where(ScanJobRow.scan_id.in_(scan_ids))
        with reading(self._engine) as session:
            jobs = [_job(row) for row in session.scalars(query.order_by(ScanJobRow.id))]
        return {job.scan_id: job for job in jobs if job.scan_id is not None}

    def of_unit(self, unit_id: str) -> list[Job]:
        """The open jobs that name the unit."""
        return [job for job in self.open_jobs() if unit_id in job.wanted.units]

    def ask_stop(self, number: int, who: str, now: datetime) -> Job | None:
        """Ask to stop a job: a waiting one ends at once. `None` when it is not open any more."""
        with writing(self._engine) as session:
            row = session.get(ScanJobRow, number)
            if row is None or row.state not in OPEN:
                return None
            row.stopped_by = who
            if row.state == JobState.WAITING.value:
                row.state, row.ended_at = JobState.STOPPED.value, now
                row.message = "ยกเลิกก่อนเริ่มตรวจ"
            else:
                row.state, row.stops = JobState.STOPPING.value, min(row.stops + 1, 2)
            return _job(row)

    def change(self, number: int, *, only_if: Collection[JobState] = (), **values: Any) -> bool:
        """Set columns of a job; False, and nothing done, when it is in no state of `only_if`."""
        if isinstance(values.get("message"), str):
            values["message"] = values["message"][:_MOST_MESSAGE]
        query = update(ScanJobRow).where(ScanJobRow.id == number)
        if only_if:
            query = query.where(ScanJobRow.state.in_(only_if))
        with writing(self._engine) as session:
            return bool(session.execute(query.values(**values)).rowcount)  # type: ignore[attr-defined]

    def live_jobs(self) -> list[Job]:
        """The jobs that are noted as under way."""
        return [job for job in self.open_jobs() if job.state in LIVE]

    def newest(self) -> int:
        """The number of the newest job, 0 without any."""
        with reading(self._engine) as session:
            return session.scalar(select(func.max(ScanJobRow.id))) or 0


def _job(row: ScanJobRow) -> Job:
    wanted = Wanted(
        checklist=row.checklist,
        units=tuple(row.units),
        items=tuple(row.items),
        from_scratch=row.from_scratch,
    )
    return Job(
        id=row.id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        wanted=replace(wanted, resume=row.scan_id) if row.resume else wanted,
        state=JobState(row.state),
        stops=row.stops,
        stopped_by=row.stopped_by,
        host=row.host,
        pid=row.pid,
        process=row.process,
        scan_id=row.scan_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        exit_code=row.exit_code,
        message=row.message,
    )
