"""What a scan leaves behind, as plain values: the store's answers, free of any database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from checklist.evidence import Coverage, Document, Origin
from results.content_hash import content_hash

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from checklist.verdict import ItemVerdict


class ScanStatus(StrEnum):
    """Where a scan stands; `running` that nobody runs any more can be resumed.

    `forgotten` is being deleted: no reader sees it any more.
    """

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    FORGOTTEN = "forgotten"


class Scope(StrEnum):
    """How much of a registry and checklist a scan was asked to look at."""

    WHOLE = "whole"
    """Every unit of its registry, every item."""
    UNITS = "units"
    """Some units, every item."""
    ITEMS = "items"
    """Some items."""


@dataclass(frozen=True, slots=True)
class ScanInfo:
    """One scan: `year` is B.E., `checklist` the checklist's key, `as_of` the day judged for.

    `units` counts the units whose results are saved, `planned` those that it was begun for
    (`None`: not written down). Times are aware and in UTC. `settings` are how it was crawled and
    which items were asked for; the functions of `results.newest` leave them out.
    """

    id: int
    year: int
    checklist: str
    checklist_hash: str
    as_of: date
    started: datetime
    finished: datetime | None
    status: ScanStatus
    settings: Mapping[str, object] = field(default_factory=dict)
    tool_version: str = ""
    units: int = 0
    scope: Scope = Scope.WHOLE
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A document that was fetched for a unit, without its text; `size` in bytes.

    `sha256` is the digest of its bytes, `content_sha256` of what it says (`content_hash`).
    """

    url: str
    final_url: str
    status: int = 200
    problem: str | None = None
    problem_detail: str = ""
    sha256: str = ""
    content_sha256: str = ""
    size: int = 0
    fetched_at: datetime | None = None
    origin: Origin = Origin.GIVEN
    parent_url: str = ""
    link_text: str = ""
    title: str = ""

    @classmethod
    def of(cls, document: Document | LookedAt) -> LookedAt:
        """What is kept of `document`."""
        if isinstance(document, LookedAt):
            return document
        fetch, trail = document.fetch, document.trail
        return cls(
            url=fetch.url,
            final_url=fetch.final_url,
            status=fetch.status,
            problem=fetch.problem,
            problem_detail=fetch.problem_detail,
            sha256=fetch.sha256,
            content_sha256=content_hash(document),
            size=fetch.size,
            fetched_at=fetch.fetched_at,
            origin=trail.origin,
            parent_url=trail.parent_url,
            link_text=trail.link_text,
            title=document.title,
        )


@dataclass(frozen=True, slots=True)
class UnitResult:
    """Everything a scan found for one unit; `checked_at` is when it was saved (UTC).

    `grounds` are what verdicts rest on, by item, as plain JSON. `asked` marks the questions left
    open by item where the verdicts are bare; whole verdicts tell them themselves.
    """

    scan_id: int
    as_of: date
    checked_at: datetime
    unit: UnitProfile
    verdicts: tuple[ItemVerdict, ...]
    coverage: Coverage
    documents: tuple[LookedAt, ...] = ()
    grounds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)
    asked: Mapping[str, str] = field(default_factory=dict, compare=False)
