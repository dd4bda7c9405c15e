"""The table behind the board: one narrow row for each unit of a scan, beside its verdicts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class BoardRow(Base):
    """How a unit stands in a scan, as `results.board.line` writes it; it goes with the unit's row.

    The table is ordered by its key, so that a scan is read in one piece; `checked_at` is the
    unit's, by which a reader sees that something was saved since.
    """

    __tablename__ = "board_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["scan_id", "unit_id"],
            ["scan_units.scan_id", "scan_units.unit_id"],
            ondelete="CASCADE",
        ),
        Index(None, "scan_id", "checked_at"),
        {"sqlite_with_rowid": False},
    )

    scan_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    type: Mapped[str | None] = mapped_column(String(20))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    letters: Mapped[str] = mapped_column(String(99))
    reasons: Mapped[str] = mapped_column(Text)
