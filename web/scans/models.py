"""The table of scans asked for in the browser."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class ScanJobRow(Base):
    """One scan that a person asked for, and how it went.

    No `units` or no `items` means all of them. With `resume` the scan `scan_id` is gone on with.
    `stops` counts how often a person asked to stop. `pid` and `process` (`processes.mark_of`) tell
    the process on `host` again after this program was started anew. `scan_id` is known soon after
    the process began.
    """

    __tablename__ = "scan_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_by: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checklist: Mapped[str] = mapped_column(String(40))
    units: Mapped[list[str]] = mapped_column(JSON)
    items: Mapped[list[str]] = mapped_column(JSON)
    from_scratch: Mapped[bool]
    resume: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20), index=True)
    stops: Mapped[int]
    stopped_by: Mapped[str] = mapped_column(Text)
    host: Mapped[str] = mapped_column(Text)
    pid: Mapped[int | None]
    process: Mapped[str] = mapped_column(Text)
    scan_id: Mapped[int | None] = mapped_column(index=True)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exit_code: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text)
