"""The tables of what the crawl remembers from one night to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class KeptResponseRow(Base):
    """A whole answer with status 200: how to ask whether it still stands, and where its body is.

    `key` is the address as it is asked for (`crawler.memory.kept_responses.key_of`), `sha256` the
    body's name in the folder of bodies. `fetched_at` is when the body came over the wire,
    `checked_at` when the server last said that it stands.
    """

    __tablename__ = "kept_responses"
    __table_args__ = (Index(None, "checked_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    headers: Mapped[list[list[str]]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    etag: Mapped[str] = mapped_column(Text)
    last_modified: Mapped[str] = mapped_column(Text)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TraceRow(Base):
    """What a unit's crawl asked, and digests of what came (`crawler.memory.traces.Step`).

    `plan` is the digest of all that decides a crawl besides the network; `scan_id` the last scan
    in which the trace was made or gone along, at `at`.
    """

    __tablename__ = "traces"
    __table_args__ = (UniqueConstraint("unit_id", "plan"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(String(64))
    scan_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    steps: Mapped[list[list[Any]]] = mapped_column(JSON)
