"""The reports of stored scans: a unit's result, the scan before, people's decisions, pictures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from results.gap import AGENT, build_report
from results.speech import BANGKOK
from results.waivers import Standing, stand

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.record import ScanInfo
    from results.report import GapReport
    from results.store import Store


def report_of(
    store: Store,
    checklist: Checklist,
    scan_id: int,
    unit_id: str,
    *,
    since: int | None = None,
    only: Collection[str] = (),
) -> GapReport:
    """The gap report of one unit of a stored scan, with the changes since its scan before.

    `since` names the scan to compare with instead; a unit that it does not hold is compared with
    nothing. `only` narrows the report to these items. Decisions of people hold as of today.
    """
    result = store.unit_result(scan_id, unit_id)
    if since is None:
        before = store.latest_scan(checklist.key, unit_id, before=scan_id)
        since = before.id if before else None
    held = since is not None and unit_id in store.done_units(since)
    return build_report(
        checklist,
        result,
        store.unit_result(since, unit_id) if since is not None and held else None,
        waivers=store.waivers(checklist.key, unit_id),
        day=today(),
        agent=_agent(store.scan(scan_id)),
        only=only,
    )


def _agent(scan: ScanInfo) -> str:
    crawl: Any = scan.settings.get("crawl", {})
    return str(crawl.get("user_agent") or AGENT)


def note_ended_waivers(checklist: Checklist, store: Store, scan_id: int, unit_id: str) -> None:
    """End for good the unit's decisions whose evidence the scan found changed."""
    waivers = store.waivers(checklist.key, unit_id)
    if not waivers:
        return
    stood = stand(waivers, store.unit_result(scan_id, unit_id), today())
    changed = {one.waiver.id for one in stood if one.standing is Standing.EVIDENCE_CHANGED}
    if changed:
        store.note_changed_evidence(changed, scan_id)


def today() -> date:
    """The day in Thailand."""
    return datetime.now(BANGKOK).date()
