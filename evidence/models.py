"""The archive's tables: every capture, and the manifest's head at the end of every scan.

Both stand for themselves: what was captured outlives its scan where retention says so.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class CaptureRow(Base):
    """A capture; `seq` is the number of its line in the manifest."""

    __tablename__ = "captures"
    __table_args__ = (
        Index(None, "scan_id", "unit_id"),
        Index(None, "payload_sha256"),
        Index(None, "object_sha256"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    scan_id: Mapped[int]
    unit_id: Mapped[str] = mapped_column(Text)
    items: Mapped[list[str]] = mapped_column(JSON)
    url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text)
    status: Mapped[int]
    payload_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    object_sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    content_type: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entry_window: Mapped[bool]


class HeadRow(Base):
    """Where the manifest stood when a scan ended, so that a tail cut off later shows."""

    __tablename__ = "evidence_heads"
    __table_args__ = (Index(None, "scan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
