"""The table of turns that several machines share."""

from __future__ import annotations

from sqlalchemy import Double, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base


class HostTurnRow(Base):
    """A host that was asked: when the last request began, until when it wants to be left alone.

    Both in seconds since 1970 by the clock of the database, which is the same for everybody.
    """

    __tablename__ = "host_turns"

    host: Mapped[str] = mapped_column(Text, primary_key=True)
    begun: Mapped[float] = mapped_column(Double)
    rests_until: Mapped[float] = mapped_column(Double)
