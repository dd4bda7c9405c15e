"""What the stored scans say of each unit lately: its newest report and what stands worse in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.verdict import Verdict
from database.engine import clear_errors
from notices.episodes import Episode, Seen, episode_of
from notices.news import Reported
from notices.told import FALLS, Event, Told
from results.formats.files import report_stem
from results.gap import build_report
from results.models import ItemRow, UnitRow
from results.newest import with_rechecked
from results.rechecks import recheck_from
from results.record import Scope

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from checklist.schema import Checklist
    from results.record import ScanInfo
    from results.report import GapReport
    from results.store import Store

LOOK_BACK = timedelta(days=35)
_MOST_SCANS = 60
_OIT = "oit-"
History = Mapping[str, Mapping[str, Sequence[Seen]]]
"""What was seen of each item, oldest first, by unit id and item."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The scans of a checklist that count, oldest first, and the newest one of each unit.

    `later` are the scans of some items that followed a unit's newest one, oldest first.
    """

    scans: tuple[ScanInfo, ...]
    newest: Mapping[str, int]
    later: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def recent_scans(store: Store, checklist: str, now: datetime, scan_id: int = 0) -> Recent:
    """The scans of the last weeks up to `scan_id` (0: all); none where nothing is recent.

    A unit's newest scan speaks for it: a sweep of one unit hides nothing of the others, and one of
    some items nothing of the unit's other items.
    """
    known = [
        info for info in store.scans()
        if info.checklist == checklist and info.units and (not scan_id or info.id <= scan_id)
    ]  # fmt: skip
    end = known[0].started if scan_id and known else now
    whole = [info for info in known if info.scope is Scope.WHOLE][:_MOST_SCANS]
    narrow = [info for info in known if info.scope is not Scope.WHOLE][:_MOST_SCANS]
    counted = sorted((*whole, *narrow), key=lambda info: -info.id)
    scans = [info for info in counted if info.started >= end - LOOK_BACK]
    newest: dict[str, int] = {}
    later: dict[str, tuple[int, ...]] = {}
    for info in sorted(scans, key=lambda info: info.scope is Scope.ITEMS):
        for unit_id in store.done_units(info.id):
            if info.id > newest.setdefault(unit_id, info.id):
                later[unit_id] = (info.id, *later.get(unit_id, ()))
    return Recent(tuple(reversed(scans)), newest, later)


def reported_units(
    store: Store,
    engine: Engine,
    checklist: Checklist,
    recent: Recent,
    told: Iterable[Told],
    today: date,
    reports: str,
) -> list[Reported]:
    """Every unit with its newest report; `reports` is where reports lie (folder or address)."""
    history = _history(engine, [info.id for info in recent.scans])
    before = _not_ended(told, recent.scans[0].id) if recent.scans else {}
    found = []
    for unit_id, scan_id in sorted(recent.newest.items()):
        since = [store.unit_result(one, unit_id) for one in recent.later.get(unit_id, ())]
        result = with_rechecked(store.unit_result(scan_id, unit_id), since)
        waivers = store.waivers(checklist.key, unit_id)
        report = build_report(checklist, result, waivers=waivers, day=today)
        episodes: dict[str, Episode] = {}
        for item, seen in history.get(unit_id, {}).items():
            episode = episode_of(seen, before.get((checklist.key, unit_id, item)))
            if episode is not None:
                episodes[item] = episode
        found.append(Reported(report, link_of(report, reports), episodes))
    return found


def link_of(report: GapReport, reports: str) -> str:
    """Where a unit's report lies, as the sweep writes it below `reports`."""
    base = reports.rstrip("/")
    folder = base if report.checklist.startswith(_OIT) else f"{base}/{report.checklist}"
    return f"{folder}/{report_stem(report.unit.id)}.html"


def answers_a_week_ago(
    store: Store, recent: Recent
) -> tuple[dict[str, dict[str, Verdict]], date | None]:
    """The verdicts of the newest scan at least six days older than the newest, and its day.

    A whole scan goes before one of some units or items.
    """
    if not recent.scans:
        return {}, None
    until = recent.scans[-1].started - timedelta(days=6)
    older = [info for info in recent.scans if info.started <= until]
    if not older:
        return {}, None
    chosen = max(older, key=lambda info: (info.scope is Scope.WHOLE, info.id))
    return store.answers(chosen.id), chosen.as_of


def _history(engine: Engine, scan_ids: Sequence[int]) -> History:
    """One query over bare verdicts: no evidence is read."""
    query = (
        select(UnitRow.unit_id, UnitRow.scan_id, ItemRow.item, ItemRow.verdict, ItemRow.recheck)
        .join(ItemRow, ItemRow.scan_unit_id == UnitRow.id)
        .where(UnitRow.scan_id.in_(scan_ids))
        .order_by(UnitRow.scan_id)
    )
    found: dict[str, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    with clear_errors(engine), Session(engine) as session, session.begin():
        for unit_id, scan_id, item, verdict, recheck in session.execute(query):
            twice = recheck_from(recheck) if recheck else None
            found[unit_id][item].append(Seen(scan_id, Verdict(verdict), twice))
    return found


def _not_ended(told: Iterable[Told], first_scan: int) -> dict[tuple[str, str, str], Told]:
    """What was told of items before these scans and not taken back since, by item."""
    told = list(told)
    ended = {
        (t.key.checklist, t.key.unit, t.key.item, t.key.about)
        for t in told
        if t.key.event is Event.GOOD_AGAIN
    }
    return {
        (t.key.checklist, t.key.unit, t.key.item): t
        for t in told
        if t.key.event in FALLS
        and t.scan_id < first_scan
        and (t.key.checklist, t.key.unit, t.key.item, t.key.about) not in ended
    }
