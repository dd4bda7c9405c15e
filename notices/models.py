"""The tables: the outbox of messages, and what each person was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class NoticeRow(Base):
    """A message to one person by one channel; `keys` are what it tells.

    `slot` is the day of a digest (`2023-04-05`), so that a day holds one, or `test-…`. `digest`
    joins the channels of one digest. `message_id` is made once: by it a repetition is recognised.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("person", "channel", "slot"), Index(None, "state", "due"))

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(36), index=True)
    slot: Mapped[str] = mapped_column(String(50))
    person: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(Text)
    keys: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    claim: Mapped[str] = mapped_column(String(36))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_tried: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ToldRow(Base):
    """That a person was told something, written together with the message that tells it.

    `was` and `became` are verdicts of an item that fell, "" elsewhere.
    """

    __tablename__ = "told"
    __table_args__ = (
        UniqueConstraint(
            "person", "event", "checklist", "unit", "item", "about", name="uq_told_key"
        ),
        Index(None, "checklist", "unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(100))
    event: Mapped[str] = mapped_column(String(20))
    checklist: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(String(10))
    about: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(36), index=True)
    was: Mapped[str] = mapped_column(String(20))
    became: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
