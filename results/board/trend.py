"""How the score moved over the scans before, from boards: what `results.trend` says of reports.

An earlier scan is compared over the units that both could judge, under the decisions of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checklist.verdict import Verdict
from results.board.matrix import EXCLUDED, GROUPS, REVIEW
from results.board.points import comparable, reach
from results.group import Group
from results.record import ScanStatus
from results.speech import BANGKOK, day_text
from results.trend import TrendPoint

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from checklist.verdict import ItemVerdict
    from results.board.counted import Counted
    from results.board.matrix import Board, Decided, Flags, Numbers
    from results.record import ScanInfo


@dataclass(frozen=True)
class Earlier:
    """An earlier scan in step with the units of a board; `ids` are all the units it held.

    `there`: it held the unit. `groups` counts the unit's cells.
    """

    scan: ScanInfo
    ids: frozenset[str]
    there: Flags
    comparable: Flags
    certain: Numbers
    possible: Numbers
    groups: NDArray[np.int64]


def earlier(now: Counted, scan: ScanInfo, board: Board) -> Earlier:
    """`board` of an earlier `scan` beside `now`, under the decisions that hold now."""
    cells = board.under(_then(now.decided, board)).cells
    points, judged = reach(now.checklist, cells), comparable(cells)
    tally = np.stack([(cells == group).sum(axis=1) for group in range(len(GROUPS))], axis=1)
    places = np.array([board.places.get(unit, -1) for unit in now.board.ids], dtype=np.intp)
    there = places >= 0

    def in_step(values: NDArray[Any]) -> NDArray[Any]:
        beside = np.zeros((len(places), *values.shape[1:]), dtype=values.dtype)
        beside[there] = values[places[there]]
        return beside

    return Earlier(
        scan=scan,
        ids=frozenset(board.ids),
        there=there,
        comparable=in_step(judged),
        certain=in_step(points.certain),
        possible=in_step(points.possible),
        groups=in_step(tally),
    )


def _then(decided: Decided, board: Board) -> Decided:
    """The decisions as they hold in an earlier scan: an answer only where it asked a question."""
    columns = {item: column for column, item in enumerate(board.items)}
    return {
        unit: {
            item: verdict
            for item, verdict in verdicts.items()
            if not _is_answer(verdict) or board.cells[board.places[unit], columns[item]] == REVIEW
        }
        for unit, verdicts in decided.items()
        if unit in board.places
    }


def _is_answer(verdict: ItemVerdict) -> bool:
    # Other decisions waive an item or say that it does not apply.
    return verdict.verdict in (Verdict.VOUCHED, Verdict.FAIL)


def trend_point(
    now: Counted, then: Earlier, who: Flags, seen: Collection[str] | None = None
) -> TrendPoint:
    """The earlier scan over the units of `who`; `seen` are the ids that may be counted at all."""
    shared = who & then.there
    both = shared & then.comparable & now.comparable
    counts = then.groups[shared].sum(axis=0)
    day = then.scan.started.astimezone(BANGKOK).date()
    return TrendPoint(
        scan_id=then.scan.id,
        day=day,
        day_th=day_text(day),
        as_of=then.scan.as_of,
        finished=then.scan.status is ScanStatus.FINISHED,
        current=False,
        same_criteria=then.scan.checklist_hash == now.scan.checklist_hash,
        units=len(then.ids) if seen is None else len(then.ids & frozenset(seen)),
        shared=int(shared.sum()),
        compared=int(both.sum()),
        certain=_mean(then.certain[both]),
        possible=_mean(then.possible[both]),
        now_certain=_mean(now.reach.certain[both]),
        now_possible=_mean(now.reach.possible[both]),
        **_counts(counts),
    )


def present_point(now: Counted, who: Flags) -> TrendPoint:
    """The scan itself over the units of `who`."""
    judged = who & now.reach.judged
    counts = np.bincount(now.board.cells[who].ravel(), minlength=len(GROUPS))
    certain, possible = _mean(now.reach.certain[judged]), _mean(now.reach.possible[judged])
    day = now.scan.started.astimezone(BANGKOK).date()
    units = int(who.sum())
    return TrendPoint(
        scan_id=now.scan.id,
        day=day,
        day_th=day_text(day),
        as_of=now.scan.as_of,
        finished=now.scan.status is ScanStatus.FINISHED,
        current=True,
        same_criteria=True,
        units=units,
        shared=units,
        compared=int(judged.sum()),
        certain=certain,
        possible=possible,
        now_certain=certain,
        now_possible=possible,
        **_counts(counts),
    )


def _counts(counts: NDArray[np.int64]) -> dict[str, int]:
    by_group = {group: int(counts[at]) for at, group in enumerate(GROUPS)}
    return {
        "passed": by_group[Group.PASS],
        "failed": by_group[Group.MISSING] + by_group[Group.OUTDATED],
        "review": by_group[Group.REVIEW],
        "error": by_group[Group.ERROR],
        "excluded": sum(by_group[GROUPS[at]] for at in EXCLUDED),
        "unchecked": by_group[Group.UNCHECKED],
        "vouched": by_group[Group.VOUCHED],
    }


def _mean(points: Numbers) -> float | None:
    return float(points.mean()) if len(points) else None
