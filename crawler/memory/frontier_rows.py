"""The table of visits: one row for each address that a scan opened or means to open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime

QUEUED, FETCHING, DONE = "queued", "fetching", "done"


class FrontierRow(Base):
    """One address of one unit in one pass of a scan.

    `round` is 0 for a scan's first fetch and 1 for the second one, of what got worse; within a
    round the failed addresses are asked again in pass 1. `place` is the SHA-256 of the address as
    `crawler.urls.identity` tells addresses apart. `at` is when the row last changed, `attempts` how
    often the address was asked (0: it was not, because its host was silent). `seconds` is what the
    visit took, `elapsed` what the unit had taken by then. `status` is that of HTTP, 0 without an
    answer; `problem` a reason code. `document` is the hash under which the visit's document is
    kept, "" when there was nothing to keep. `origin` is that of a `Trail`, or `probe` for the
    question what a host answers for a page that cannot exist.
    """

    __tablename__ = "frontier"
    __table_args__ = (UniqueConstraint("scan_id", "round", "unit_id", "pass_number", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int]
    round: Mapped[int]
    unit_id: Mapped[str] = mapped_column(Text)
    pass_number: Mapped[int]
    place: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    seconds: Mapped[float]
    elapsed: Mapped[float]
    status: Mapped[int]
    problem: Mapped[str | None] = mapped_column(String(50))
    detail: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int] = mapped_column(BigInteger)
    rendered: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(64))
