"""What `results.score` counts of one unit, of all units of a board at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checklist.standing import Measure
from results.board.matrix import (
    ERROR,
    EXCLUDED,
    FAILED,
    OPEN,
    REVIEW,
    STANDS,
    UNCHECKED,
    among,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklist.schema import Checklist, SubIndicator
    from results.board.matrix import Cells, Flags, Numbers


@dataclass(frozen=True)
class Reach:
    """For each unit the points of the checklist's weight that are `certain` and `possible`.

    `lost` is what failed items cost, 0 where nothing counts. `judged`: something could be checked.
    """

    certain: Numbers
    possible: Numbers
    lost: Numbers
    judged: Flags


def reach(checklist: Checklist, cells: Cells) -> Reach:
    """The scores of units by items `cells`, whose columns are the checklist's items."""
    counted = ~among(cells, EXCLUDED)
    shares = [_percent(checklist, mask & counted, counted) for mask in _masks(cells)]
    weight = checklist.scoring.weight
    certain, possible = (share * weight / 100 for share in shares)
    assessed = counted.any(axis=1)
    seen = among(cells, (*STANDS, *FAILED, REVIEW)).any(axis=1)
    return Reach(
        certain=certain,
        possible=possible,
        lost=np.where(assessed, weight - possible, 0.0),
        judged=seen | ~(cells == ERROR).any(axis=1),
    )


def at_stake(checklist: Checklist, cells: Cells) -> Numbers:
    """Points, of the assessment's 100, that hang on each cell; 0 for one that does not count."""
    counted = ~among(cells, EXCLUDED)
    weight = checklist.scoring.weight
    if checklist.scoring.measure is Measure.SHARE:
        items = counted.sum(axis=1, keepdims=True)
        return np.where(counted, weight / np.maximum(items, 1), 0.0)
    alive = [
        [counted[:, _columns(checklist, sub)].any(axis=1) for sub in indicator.sub_indicators]
        for indicator in checklist.indicators
    ]
    indicators = np.maximum(sum(np.any(subs, axis=0).astype(int) for subs in alive), 1)
    stake = np.zeros(cells.shape)
    for indicator, subs in zip(checklist.indicators, alive, strict=True):
        siblings = np.maximum(np.sum(subs, axis=0), 1)
        for sub in indicator.sub_indicators:
            columns = _columns(checklist, sub)
            items = np.maximum(counted[:, columns].sum(axis=1), 1)
            each = weight / indicators / siblings / items
            stake[:, columns] = counted[:, columns] * each[:, np.newaxis]
    return stake


def comparable(cells: Cells) -> Flags:
    """True for units of which more than half of the items that count were judged."""
    counted = ~among(cells, EXCLUDED)
    judged = counted & ~among(cells, (ERROR, UNCHECKED))
    more: Flags = 2 * judged.sum(axis=1) > counted.sum(axis=1)
    return more


def _masks(cells: Cells) -> tuple[Flags, Flags]:
    passed = among(cells, STANDS)
    return passed, passed | among(cells, OPEN)


def _percent(checklist: Checklist, reached: Flags, counted: Flags) -> Numbers:
    """The score of 100 that the `reached` cells make; 0 where nothing counts."""
    if checklist.scoring.measure is Measure.SHARE:
        return _ratio(reached.sum(axis=1), counted.sum(axis=1))
    indicators = [
        _mean(
            [
                _ratio(reached[:, columns].sum(axis=1), counted[:, columns].sum(axis=1), np.nan)
                for columns in (_columns(checklist, sub) for sub in indicator.sub_indicators)
            ]
        )
        for indicator in checklist.indicators
    ]
    return np.nan_to_num(_mean(indicators))


def _ratio(part: Numbers, whole: Numbers, empty: float = 0.0) -> Numbers:
    return np.where(whole > 0, 100 * part / np.maximum(whole, 1), empty)


def _mean(scores: Sequence[Numbers]) -> Numbers:
    """The mean over those that are known; unknown where none is."""
    known = np.sum([~np.isnan(one) for one in scores], axis=0)
    total = np.sum([np.nan_to_num(one) for one in scores], axis=0)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)


def _columns(checklist: Checklist, sub: SubIndicator) -> list[int]:
    places = {item.id: column for column, item in enumerate(checklist.items)}
    return [places[item] for item in sub.items]
