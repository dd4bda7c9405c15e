"""How the running scans go, read from the database in a few narrow queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Row, func, select

from crawler.memory.frontier_rows import DONE, FETCHING, FrontierRow
from database.sessions import reading
from results.models import RunRow, ScanRow, UnitRow
from results.newest import brief_scan
from results.parts import Part
from results.record import ScanStatus, Scope
from results.wording import skip_reason
from web.scans.lock_holder import sweeping_process

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from results.store import Store

_RECENT_ROWS = 1500
"""So many addresses, the newest, tell of the present: what is at work lies among them."""
_SPEED_OVER = timedelta(seconds=60)
_MOST_HOSTS = 8
_MOST_CAUSES = 6


class Cause(Part):
    """A reason in Thai and how often it came."""

    th: str
    count: int


class LiveScan(Part):
    """A scan under way: `units` of `planned` are done; moments in UTC, durations in seconds.

    `pages` counts those read so far, `per_minute` of the last minute. `hosts` are asked right now.
    `left` is an estimate from the units done in this run, `None` before the first. `problems` are
    why addresses failed lately. `process` carries it out (0: not known which).
    """

    scan: int
    checklist: str
    scope: Scope
    units: int
    planned: int | None
    pages: int
    per_minute: float
    hosts: tuple[str, ...]
    started: datetime
    elapsed: float
    left: float | None
    problems: tuple[Cause, ...]
    process: int


def live_scans(store: Store, checklists: Sequence[str], now: datetime) -> tuple[LiveScan, ...]:
    """The scans that a process fills right now, one of each checklist (its key) at most.

    Raises `StoreError` when the database cannot be read.
    """
    found = []
    for key in checklists:
        process = sweeping_process(store.url, key)
        if process is None:
            continue
        with reading(store.engine) as session:
            number = _filled(session, key)
            if number is not None:
                found.append(_live(session, number, process, now))
    return tuple(found)


def _filled(session: Session, checklist: str) -> int | None:
    """The running scan of the checklist that a run was begun for last."""
    query = (
        select(RunRow.scan_id)
        .join(ScanRow, ScanRow.id == RunRow.scan_id)
        .where(ScanRow.checklist == checklist, ScanRow.status == ScanStatus.RUNNING.value)
        .order_by(RunRow.id.desc())
    )
    return session.scalar(query.limit(1))


def _live(session: Session, number: int, process: int, now: datetime) -> LiveScan:
    info = brief_scan(session, number)
    begun = session.scalar(select(func.max(RunRow.started)).where(RunRow.scan_id == number))
    started = (begun or info.started).replace(tzinfo=UTC)
    elapsed = max(0.0, (now - started).total_seconds())
    of_scan = UnitRow.scan_id == number
    read = session.scalar(select(func.sum(UnitRow.fetched)).where(of_scan)) or 0
    this_run = select(func.count()).where(of_scan, UnitRow.checked_at >= started)
    recent = _recent(session, number)
    ended = set(session.scalars(select(UnitRow.unit_id).where(of_scan, UnitRow.unit_id.in_(
        {row.unit_id for row in recent})))) if recent else set()  # fmt: skip
    done = [row for row in recent if row.state == DONE]
    lately = sum(row.at >= now - _SPEED_OVER and row.attempts > 0 for row in done)
    span = min(_SPEED_OVER.total_seconds(), max(elapsed, 1.0))
    return LiveScan(
        scan=number,
        checklist=info.checklist,
        scope=info.scope,
        units=info.units,
        planned=info.planned,
        pages=read + sum(row.unit_id not in ended for row in done),
        per_minute=round(lately * 60 / span, 1),
        hosts=_hosts(recent),
        started=started,
        elapsed=round(elapsed, 1),
        left=time_left(info.planned, info.units, session.scalar(this_run) or 0, elapsed),
        problems=_problems(done),
        process=process,
    )


def time_left(planned: int | None, done: int, in_this_run: int, elapsed: float) -> float | None:
    """Seconds that the rest will take at the pace of this run; `None` before its first unit."""
    if planned is None or not in_this_run:
        return None
    return round(max(0, planned - done) * elapsed / in_this_run, 1)


def _recent(session: Session, number: int) -> list[Row[Any]]:
    columns = (
        FrontierRow.unit_id, FrontierRow.url, FrontierRow.state, FrontierRow.at,
        FrontierRow.attempts, FrontierRow.problem,
    )  # fmt: skip
    # The sum keeps the database from an index by scan, which would have it sort the whole scan.
    newest = select(*columns).where(FrontierRow.scan_id + 0 == number)
    return list(session.execute(newest.order_by(FrontierRow.id.desc()).limit(_RECENT_ROWS)))


def _hosts(recent: Sequence[Row[Any]]) -> tuple[str, ...]:
    hosts = (_host(row.url) for row in recent if row.state == FETCHING)
    return tuple(dict.fromkeys(host for host in hosts if host))[:_MOST_HOSTS]


def _problems(done: Sequence[Row[Any]]) -> tuple[Cause, ...]:
    codes = Counter(row.problem for row in done if row.problem)
    return tuple(
        Cause(th=skip_reason(code), count=count) for code, count in codes.most_common(_MOST_CAUSES)
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).netloc.rpartition("@")[2])[:60]
    except ValueError:
        return ""
