"""Between the tables' rows and the plain values of verdicts and records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from checklist.evidence import Coverage, Origin, Region, Skipped, TextSource
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import (
    ElementState,
    ElementVerdict,
    ItemVerdict,
    Kind,
    Quote,
    Tier,
    Verdict,
)
from database.texts import storable, storable_json
from results.models import DocumentRow, ElementRow, EvidenceRow, ItemRow, ScanRow, UnitRow
from results.placing_rows import placement_from
from results.rechecks import recheck_from
from results.record import LookedAt, ScanInfo, ScanStatus, Scope, UnitResult

if TYPE_CHECKING:
    from sqlalchemy import Row


def unit_row(
    scan_id: int, unit: UnitProfile, coverage: Coverage, tally: Mapping[str, int]
) -> UnitRow:
    """The row of one unit, not yet in any session; `results.unit_rows` writes what hangs on it."""
    skipped = [{"url": s.url, "reason": s.reason, "detail": s.detail} for s in coverage.skipped]
    return UnitRow(
        scan_id=scan_id,
        unit_id=storable(unit.id),
        name=storable(unit.name),
        type=unit.type.value if unit.type else None,
        aliases=storable_json(unit.aliases),
        main_site=storable(unit.main_site),
        status="done",
        checked_at=datetime.now(UTC),
        found=coverage.found,
        fetched=coverage.fetched,
        rendered=coverage.rendered,
        bytes=coverage.bytes,
        seconds=coverage.seconds,
        skipped=storable_json(skipped),
        tally={str(name): count for name, count in tally.items()},
    )


def scan_info(row: ScanRow, units: int) -> ScanInfo:
    """The plain value of a scan's row."""
    return brief_info(row, row.id, units, settings=row.settings, tool_version=row.tool_version)


BRIEF: tuple[Any, ...] = (
    ScanRow.year, ScanRow.checklist, ScanRow.checklist_hash, ScanRow.as_of, ScanRow.started,
    ScanRow.finished, ScanRow.status, ScanRow.scope, ScanRow.planned,
)  # fmt: skip
"""The columns of which `brief_info` makes a scan."""


def brief_info(row: Row[Any] | ScanRow, number: int, units: int = 0, **more: Any) -> ScanInfo:
    """The plain value of a scan's columns; `more` are its settings and the program's version."""
    return ScanInfo(
        id=number,
        year=row.year,
        checklist=row.checklist,
        checklist_hash=row.checklist_hash,
        as_of=row.as_of,
        started=row.started,
        finished=row.finished,
        status=ScanStatus(row.status),
        units=units,
        scope=Scope(row.scope),
        planned=row.planned,
        **more,
    )


def unit_result(scan: ScanRow, row: UnitRow) -> UnitResult:
    """The plain value of a unit's rows."""
    return UnitResult(
        scan_id=scan.id,
        as_of=scan.as_of,
        checked_at=row.checked_at,
        unit=UnitProfile(
            id=row.unit_id,
            name=row.name,
            type=UnitType(row.type) if row.type else None,
            aliases=tuple(row.aliases),
            main_site=row.main_site,
        ),
        verdicts=tuple(item_verdict(item) for item in row.verdicts),
        coverage=Coverage(
            found=row.found,
            fetched=row.fetched,
            rendered=row.rendered,
            bytes=row.bytes,
            seconds=row.seconds,
            skipped=tuple(Skipped(**skipped) for skipped in row.skipped),
        ),
        documents=tuple(_looked_at(document) for document in row.documents),
        grounds={item.item: item.basis for item in row.verdicts if item.basis is not None},
    )


def item_verdict(row: ItemRow) -> ItemVerdict:
    """The plain value of a verdict's rows."""
    return ItemVerdict(
        item=row.item,
        verdict=Verdict(row.verdict),
        kind=Kind(row.kind),
        reasons=tuple(row.reasons),
        elements=tuple(_element_verdict(element) for element in row.elements),
        urls=tuple(row.urls),
        question=row.question,
        placements=tuple(placement_from(one) for one in row.placements),
        recheck=recheck_from(row.recheck) if row.recheck else None,
    )


def _element_verdict(row: ElementRow) -> ElementVerdict:
    return ElementVerdict(
        id=row.element,
        text=row.text,
        state=ElementState(row.state),
        required=row.required,
        reason=row.reason,
        detail=row.detail,
        quotes=tuple(_quote(quote) for quote in row.quotes),
    )


def _quote(row: EvidenceRow) -> Quote:
    return Quote(
        url=row.url,
        final_url=row.final_url,
        text=row.text,
        region=Region(row.region),
        source=TextSource(row.source),
        status=row.status,
        sha256=row.sha256,
        fetched_at=row.fetched_at,
        page=row.page,
        heading_path=tuple(row.heading_path),
        tier=Tier(row.tier),
    )


def _looked_at(row: DocumentRow) -> LookedAt:
    return LookedAt(
        url=row.url,
        final_url=row.final_url,
        status=row.status,
        problem=row.problem,
        problem_detail=row.problem_detail,
        sha256=row.sha256,
        content_sha256=row.content_sha256,
        size=row.size,
        fetched_at=row.fetched_at,
        origin=Origin(row.origin),
        parent_url=row.parent_url,
        link_text=row.link_text,
        title=row.title,
    )
