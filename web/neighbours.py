"""The tables of the scheduler and of the notices, read only where they exist."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, String, column, func, inspect, select, table

from database.base import UtcDateTime
from database.engine import clear_errors

_HEARTBEAT = table("schedule_heartbeat", column("beat", UtcDateTime))
_RUNS = table(
    "schedule_runs",
    column("job", String),
    column("outcome", String),
    column("ended", UtcDateTime),
)
_NOTICES = table("notices", column("state", String))


def heartbeat(engine: Engine) -> datetime | None:
    """When the scheduler last gave a sign of life; `None` when there is no scheduler."""
    found = _rows(engine, _HEARTBEAT, select(func.max(_HEARTBEAT.c.beat, type_=UtcDateTime)))
    return found[0][0] if found else None


def job_runs(engine: Engine) -> dict[tuple[str, str], tuple[int, datetime | None]]:
    """By job and outcome: how many runs ended so, and when the last of them did."""
    job, outcome = _RUNS.c.job, _RUNS.c.outcome
    last = func.max(_RUNS.c.ended, type_=UtcDateTime)
    query = select(job, outcome, func.count(), last).where(outcome != "").group_by(job, outcome)
    return {(one[0], one[1]): (one[2], one[3]) for one in _rows(engine, _RUNS, query)}


def notices(engine: Engine) -> dict[str, int] | None:
    """How many messages stand in each state; `None` when no notices are kept."""
    if not _has(engine, _NOTICES):
        return None
    query = select(_NOTICES.c.state, func.count()).group_by(_NOTICES.c.state)
    return dict(_rows(engine, _NOTICES, query))


def _rows(engine: Engine, of: Any, query: Any) -> list[Any]:
    if not _has(engine, of):
        return []
    with clear_errors(engine), engine.connect() as connection:
        return list(connection.execute(query))


def _has(engine: Engine, of: Any) -> bool:
    with clear_errors(engine):
        return inspect(engine).has_table(of.name)
