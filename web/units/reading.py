"""A unit as it stands now, or as it stood in one scan, with what its report is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from checklist.loader import available, load
from checklist.verdict import Verdict
from database.sessions import reading
from database.texts import storable
from results.gap import AGENT, build_report
from results.models import ScanRow, UnitRow
from results.newest import (
    known_scan,
    newest_result,
    newest_scan_of,
    scan_before,
    scans_by_item,
)
from results.pictures import with_pictures
from results.speech import BANGKOK
from results.stand_rows import bare_stands, unit_stands
from results.stands import with_decisions
from sweep.archiving import bodies_and_copies
from sweep.reporting import availability_up_to, kept_pictures
from web.faults import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from checklist.schema import Checklist
    from results.availability import AvailabilityText
    from results.record import ScanInfo, UnitResult
    from results.report import GapReport
    from results.stands import UnitStand
    from results.store import Store
    from results.waivers import Waiver
    from web.site import Site

SHOWN_SCANS = 50
"""So many scans, the newest, a history shows."""


@dataclass(frozen=True)
class Standing:
    """How a unit stands: its `result`, the one `before` it, the decisions of people.

    `scan` is the scan of every item that the result is of; `rechecked` are the items that a later
    one checked again, with its number. `newest`: no scan was asked for by its number.
    """

    checklist: Checklist
    scan: ScanInfo
    result: UnitResult
    before: UnitResult | None
    waivers: tuple[Waiver, ...]
    rechecked: Mapping[str, int]
    newest: bool


def checklist_asked(site: Site, key: str) -> Checklist:
    """The checklist of that key, the newest OIT for ""; raises `BadInput`."""
    if not key:
        return site.checklist()
    if key not in available():
        raise BadInput(f"ไม่มีรายการตรวจ {key[:40]} เลือกจาก {' '.join(available())}")
    return load(key)


def standing_of(
    site: Site, checklist: Checklist, unit_id: str, scan: int | None = None
) -> Standing | None:
    """How the unit stands now or stood in `scan`; `None` when nothing is known of it.

    Raises `NotFound` for a scan that does not hold the unit with this checklist.
    """
    store = site.store
    if scan is not None:
        info = known_scan(store, scan)
        if info is None or info.checklist != checklist.key or not _held(site, scan, unit_id):
            raise NotFound(f"การตรวจครั้งที่ {scan} ไม่มีผลของหน่วยงานนี้ตามรายการตรวจ {checklist.key}")
        result: UnitResult | None = store.unit_result(scan, unit_id)
    else:
        info = newest_scan_of(store, checklist.key, unit_id)
        result = newest_result(store, checklist.key, unit_id)
    if info is None or result is None:
        return None
    earlier = scan_before(store, info, unit_id)
    later = {} if scan else scans_by_item(store, checklist.key, unit_id)
    return Standing(
        checklist=checklist,
        scan=info,
        result=result,
        before=store.unit_result(earlier, unit_id) if earlier is not None else None,
        waivers=store.waivers(checklist.key, unit_id),
        rechecked={item: number for item, number in later.items() if number > info.id},
        newest=scan is None,
    )


def report_on(site: Site, standing: Standing, *, pictures: bool = False) -> GapReport:
    """The gap report of a standing as of today; with `pictures` of pages to be looked at."""
    result, checklist = standing.result, standing.checklist
    report = build_report(
        checklist,
        result,
        standing.before,
        waivers=standing.waivers,
        day=today(site),
        agent=_agent(site, standing),
        availability=_availability(site, standing),
    )
    if not pictures:
        return report
    body_of = bodies_and_copies(site.bodies.get, site.evidence_place, site.engine)
    return with_pictures(report, kept_pictures(result, body_of))


def history_of(site: Site, checklist: Checklist, unit_id: str) -> tuple[UnitStand, ...]:
    """How the unit stood in its last scans, oldest first, under the decisions that hold today.

    Of a stand that nobody decided about there are only the verdicts.
    """
    waivers = site.store.waivers(checklist.key, unit_id)
    if not waivers:
        return bare_stands(site.store, checklist.key, unit_id, SHOWN_SCANS)
    found = unit_stands(site.store, checklist.key, unit_id, SHOWN_SCANS)
    return tuple(with_decisions(one, waivers, today(site)) for one in found)


def today(site: Site) -> date:
    """The day in Thailand."""
    return site.clock().astimezone(BANGKOK).date()


def _held(site: Site, scan: int, unit_id: str) -> bool:
    query = select(UnitRow.id).where(UnitRow.scan_id == scan, UnitRow.unit_id == storable(unit_id))
    with reading(site.engine) as session:
        return session.scalar(query) is not None


def _agent(site: Site, standing: Standing) -> str:
    """How the scan introduced itself: told only in letters about what could not be opened."""
    unseen = any(one.verdict is Verdict.ERROR for one in standing.result.verdicts)
    return _agent_of(site.store, standing.scan.id) if unseen else AGENT


@lru_cache(maxsize=256)
def _agent_of(store: Store, scan: int) -> str:
    # Only this one word.
    query = select(ScanRow.settings["crawl"]["user_agent"].as_string()).where(ScanRow.id == scan)
    with reading(store.engine) as session:
        return str(session.scalar(query) or AGENT)


def _availability(site: Site, standing: Standing) -> AvailabilityText | None:
    result = standing.result
    return _available_up_to(
        site.store, standing.checklist.key, standing.scan.id, result.unit.id, result.checked_at
    )


@lru_cache(maxsize=256)
def _available_up_to(
    store: Store, checklist: str, scan: int, unit_id: str, _checked: object
) -> AvailabilityText | None:
    return availability_up_to(store, load(checklist), scan, unit_id)
