"""The tables: every scan, each unit in it, its verdicts with their evidence, what was looked at.

Only types that SQLite and PostgreSQL share. Deleting a scan or a unit's row deletes what hangs
on it, in the database itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, UtcDateTime


class ScanRow(Base):
    """One run of the checker; `year` is B.E., `planned` how many units it was begun for.

    The units that it was begun for are those of its registry; `settings` are the rest of what was
    asked. What is asked often of all scans is answered from the second index alone.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index(None, "year", "status"),
        Index(None, "checklist", "scope", "status", "planned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    checklist: Mapped[str] = mapped_column(String(40), server_default="")
    checklist_hash: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[date]
    started: Mapped[datetime] = mapped_column(UtcDateTime)
    finished: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    tool_version: Mapped[str] = mapped_column(String(100))
    scope: Mapped[str] = mapped_column(String(20), server_default="whole")
    planned: Mapped[int | None]
    registry_id: Mapped[int | None] = mapped_column(index=True)


class RegistryRow(Base):
    """A registry that scans were begun with, known by what it says."""

    __tablename__ = "scan_registries"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class RegistryUnitRow(Base):
    """A unit of such a registry with all that was known of it, as JSON."""

    __tablename__ = "scan_registry_units"
    __table_args__ = (Index(None, "registry_id", "unit_id"),)

    registry_id: Mapped[int] = mapped_column(
        ForeignKey("scan_registries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(Text)
    unit: Mapped[dict[str, Any]] = mapped_column(JSON)


class RunRow(Base):
    """One run of the program for a scan, a resumed scan has several; `updated` at its last sign.

    Times are in seconds, memory in bytes; `children` are the processes that it started.
    """

    __tablename__ = "scan_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id", ondelete="CASCADE"), index=True)
    started: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[float]
    cpu_seconds: Mapped[float]
    children_cpu_seconds: Mapped[float]
    peak_bytes: Mapped[int] = mapped_column(BigInteger)
    children_peak_bytes: Mapped[int] = mapped_column(BigInteger)


class UnitRow(Base):
    """A unit as it was when scanned, and how much of it was seen."""

    __tablename__ = "scan_units"
    __table_args__ = (UniqueConstraint("scan_id", "unit_id"), Index(None, "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id", ondelete="CASCADE"))
    unit_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    type: Mapped[str | None] = mapped_column(String(20))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    main_site: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    found: Mapped[int]
    fetched: Mapped[int]
    rendered: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]
    skipped: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    tally: Mapped[dict[str, int]] = mapped_column(JSON, server_default="{}")

    verdicts: Mapped[list[ItemRow]] = relationship(
        order_by="ItemRow.position", passive_deletes=True, cascade="all, delete-orphan"
    )
    documents: Mapped[list[DocumentRow]] = relationship(
        order_by="DocumentRow.position", passive_deletes=True, cascade="all, delete-orphan"
    )


class ItemRow(Base):
    """The verdict of one item; `basis` is what it rests on, when the next scan may take it over."""

    __tablename__ = "item_verdicts"
    __table_args__ = (
        UniqueConstraint("scan_unit_id", "item"),
        Index(None, "item", "verdict"),
        Index(None, "scan_unit_id", "verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_unit_id: Mapped[int] = mapped_column(ForeignKey("scan_units.id", ondelete="CASCADE"))
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(10))
    verdict: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    urls: Mapped[list[str]] = mapped_column(JSON)
    question: Mapped[str] = mapped_column(Text)
    placements: Mapped[list[dict[str, Any]]] = mapped_column(JSON, server_default="[]")
    recheck: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    basis: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    elements: Mapped[list[ElementRow]] = relationship(
        order_by="ElementRow.position", passive_deletes=True, cascade="all, delete-orphan"
    )


class ElementRow(Base):
    """The state of one required part of an item."""

    __tablename__ = "element_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_verdict_id: Mapped[int] = mapped_column(
        ForeignKey("item_verdicts.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    element: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    required: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(50))
    detail: Mapped[str] = mapped_column(Text)

    quotes: Mapped[list[EvidenceRow]] = relationship(
        order_by="EvidenceRow.position", passive_deletes=True, cascade="all, delete-orphan"
    )


class EvidenceRow(Base):
    """A quote behind an element's state: the passage, where it stood, the bytes' digest."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    element_verdict_id: Mapped[int] = mapped_column(
        ForeignKey("element_verdicts.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text)
    status: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    page: Mapped[int | None]
    heading_path: Mapped[list[str]] = mapped_column(JSON)
    region: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    tier: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class DocumentRow(Base):
    """A document that was fetched for a unit, judged or not."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_unit_id: Mapped[int] = mapped_column(
        ForeignKey("scan_units.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text)
    status: Mapped[int]
    problem: Mapped[str | None] = mapped_column(String(50))
    problem_detail: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    content_sha256: Mapped[str] = mapped_column(String(64), server_default="")
    size: Mapped[int] = mapped_column(BigInteger)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    origin: Mapped[str] = mapped_column(String(20))
    parent_url: Mapped[str] = mapped_column(Text)
    link_text: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)


class WaiverRow(Base):
    """A person's decision about an item of a unit; a row is never deleted, only ended.

    `scan_id` is the scan whose result was decided about. `evidence` holds the pages it rests on as
    `{"url", "content_sha256"}`, `changed_scan` the scan that found one of them changed. `asked` is
    the digest of the question that an answer answers, `account` who decided in the dashboard,
    `held_scan` the last scan that the decision was seen to hold in.
    """

    __tablename__ = "waivers"
    __table_args__ = (Index(None, "unit_id", "checklist"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text)
    checklist: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(10))
    scan_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[date | None]
    verdict: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    changed_scan: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(Text)
    ended_why: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(String(64), server_default="")
    account: Mapped[str] = mapped_column(String(80), server_default="")
    held_scan: Mapped[int | None]
