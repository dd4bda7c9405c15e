"""What a sweep found and whom it asked: from its database, and from what the sites counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bench.country.truth import tested
from database.sessions import reading
from demo.plan import span
from results.models import ScanRow, UnitRow
from results.store import Store

if TYPE_CHECKING:
    from bench.country.serving import Counted

_SLACK_S = 0.05
"""So late a busy machine may notice that a request has come."""
NEARLY = 0.95


@dataclass(slots=True)
class Found:
    """Units with a result, pages read, verdicts beside the truth, and how hosts were asked.

    `nearly_s` seconds passed until 95 % of the units were stored. `false_passes` and `examples`
    name unit and item. `hasty` are hosts that were asked again sooner than the delay allows,
    pages that a browser draws left out; `at_once` is the largest number of requests that any
    host had under way together, `crowded` the hosts that had more than one.
    """

    units: int
    nearly_s: float
    pages: int
    requests: int
    body_bytes: int
    verdicts: int
    agreed: int
    false_passes: list[str] = field(default_factory=list)
    unlike: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    at_once: int = 0
    hasty: list[str] = field(default_factory=list)
    crowded: list[str] = field(default_factory=list)
    most_requests: int = 0
    least_gap_s: float = 0.0


def found_in(
    url: str, counts: Mapping[str, Counted], seed: int, items: str, delay_s: float
) -> Found:
    """What the newest scan of the database at `url` holds, and what `counts` tell.

    Raises `results.store.StoreError` when the database cannot be read.
    """
    with Store.open(url) as store:
        scan_id = store.scans()[0].id
        with reading(store.engine) as session:
            of_scan = UnitRow.scan_id == scan_id
            pages = session.scalar(select(func.sum(UnitRow.fetched)).where(of_scan))
            moments = session.scalars(select(UnitRow.checked_at).where(of_scan)).all()
            began = session.scalar(select(ScanRow.started).where(ScanRow.id == scan_id))
        answers = store.answers(scan_id)
    beside = tested(answers, seed, tuple(span(items)))
    plain = {unit: one for unit, one in counts.items() if one.requests > 1 and not one.drawn}
    return Found(
        units=len(answers),
        nearly_s=_nearly(moments, began),
        pages=int(pages or 0),
        requests=sum(one.requests for one in counts.values()),
        body_bytes=sum(one.body_bytes for one in counts.values()),
        verdicts=beside.verdicts,
        agreed=beside.agreed,
        false_passes=beside.false_passes,
        unlike=beside.unlike,
        examples=beside.examples,
        at_once=max((one.at_once for one in counts.values()), default=0),
        hasty=[u for u, one in plain.items() if one.least_gap_s < delay_s - _SLACK_S],
        crowded=[
            f"{unit} {one.at_once}{' drawn' if one.drawn else ''}"
            for unit, one in counts.items()
            if one.at_once > 1
        ],
        most_requests=max((one.requests for one in counts.values()), default=0),
        least_gap_s=min((one.least_gap_s for one in plain.values()), default=0.0),
    )


def _nearly(moments: Sequence[datetime], began: datetime | None) -> float:
    """Seconds until all but the last twentieth, which a few slow hosts decide, were stored."""
    if began is None or not moments:
        return 0.0
    return (sorted(moments)[round(NEARLY * (len(moments) - 1))] - began).total_seconds()
