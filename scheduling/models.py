"""The tables: what is remembered of each job, every run, and the scheduler's sign of life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class JobRow(Base):
    """A job by the name it has in the schedule; `definition` is the hash of when it is due."""

    __tablename__ = "schedule_jobs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    definition: Mapped[str] = mapped_column(String(64), default="")
    due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reckoned: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requested: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again_as: Mapped[str | None] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    paused: Mapped[bool | None]


class RunRow(Base):
    """One run of a job, or one that was left out; `outcome` is empty while it runs."""

    __tablename__ = "schedule_runs"
    __table_args__ = (Index(None, "job", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(20))
    arguments: Mapped[list[Any]] = mapped_column(JSON)
    due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started: Mapped[datetime] = mapped_column(UtcDateTime)
    ended: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    exit_code: Mapped[int | None]
    output: Mapped[str] = mapped_column(Text, default="")


class HeartbeatRow(Base):
    """The one scheduler of this database: when its loop last turned, and where it runs."""

    __tablename__ = "schedule_heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beat: Mapped[datetime] = mapped_column(UtcDateTime)
    started: Mapped[datetime] = mapped_column(UtcDateTime)
    pid: Mapped[int]
    host: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(String(40))
