"""Between the rows of people's decisions and their plain values."""

from __future__ import annotations

from checklist.verdict import Verdict
from database.texts import storable, storable_json
from results.models import WaiverRow
from results.waivers import EvidenceMark, Waiver, WaiverKind


def waiver_row(waiver: Waiver) -> WaiverRow:
    """The row of a new decision, not yet in any session."""
    marks = [{"url": m.url, "content_sha256": m.content_sha256} for m in waiver.evidence]
    return WaiverRow(
        unit_id=storable(waiver.unit_id),
        checklist=waiver.checklist,
        item=waiver.item,
        scan_id=waiver.scan_id,
        kind=waiver.kind.value,
        made_by=storable(waiver.made_by),
        reason=storable(waiver.reason),
        made_at=waiver.made_at,
        until=waiver.until,
        verdict=waiver.verdict.value,
        evidence=storable_json(marks),
        changed_scan=waiver.changed_scan,
        ended_at=waiver.ended_at,
        ended_by=storable(waiver.ended_by),
        ended_why=storable(waiver.ended_why),
        asked=waiver.asked,
        account=storable(waiver.account),
        held_scan=waiver.held_scan,
    )


def waiver_of(row: WaiverRow) -> Waiver:
    """The plain value of a decision's row."""
    return Waiver(
        unit_id=row.unit_id,
        checklist=row.checklist,
        item=row.item,
        scan_id=row.scan_id,
        kind=WaiverKind(row.kind),
        made_by=row.made_by,
        reason=row.reason,
        made_at=row.made_at,
        until=row.until,
        verdict=Verdict(row.verdict),
        evidence=tuple(EvidenceMark(**mark) for mark in row.evidence),
        changed_scan=row.changed_scan,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        ended_why=row.ended_why,
        asked=row.asked,
        account=row.account,
        held_scan=row.held_scan,
        id=row.id,
    )
