"""The tables: each unit as it stands, every revision it had, approvals, imports being looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, UtcDateTime


class RegistryUnitRow(Base):
    """A unit as it stands now; all but `state` is there to list and search by.

    `folded` is the id without regard to case. `number` is its revision, `approved` the one that
    was approved last, `changed` how many items' addresses differ from that.
    """

    __tablename__ = "registry_units"
    __table_args__ = (
        UniqueConstraint("unit_id"),
        UniqueConstraint("folded"),
        Index(None, "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    folded: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    number: Mapped[int]
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    problems: Mapped[int]
    approved: Mapped[int | None]
    changed: Mapped[int]


class RegistryRevisionRow(Base):
    """What a unit became: its whole state, `None` when it was taken out. Never changed.

    `how` names the way (`registry.records.How`), `batch` joins the revisions of one import.
    """

    __tablename__ = "registry_revisions"
    __table_args__ = (UniqueConstraint("unit_id", "number"), Index(None, "batch"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    batch: Mapped[str] = mapped_column(String(36))
    state: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RegistryApprovalRow(Base):
    """That somebody approved the addresses of a unit as they stood at revision `number`."""

    __tablename__ = "registry_approvals"
    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


class RegistryDraftRow(Base):
    """A file that was read and waits for its reader's word; `units` are its rows as plain JSON."""

    __tablename__ = "registry_drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    whole: Mapped[bool] = mapped_column(Boolean)
    columns: Mapped[list[str]] = mapped_column(JSON)
    units: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    refused: Mapped[list[str]] = mapped_column(JSON)
