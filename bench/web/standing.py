"""How the generated units stand, scan by scan: groups as small numbers, always the same. Pure.

A unit has a quality and an item a difficulty; from one scan to the next a few cells are drawn
anew, a little better each time. Some sites are down for a scan, and then nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from results.board.matrix import ERROR, MISSING, OUTDATED, PASS, REVIEW

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 2566
_DRAWN_ANEW = 0.02
_DOWN = 0.03
_GAIN = 0.004
_BELOW = np.array([MISSING, OUTDATED, REVIEW, ERROR], dtype=np.uint8)
_SHARES = (0.45, 0.25, 0.2, 0.1)
REASONS: dict[int, tuple[str, ...]] = {
    PASS: (),
    MISSING: ("element_missing", "not_found", "index_only", "no_url"),
    OUTDATED: ("outdated",),
    REVIEW: ("ocr_year", "weak_wording"),
    ERROR: ("timeout", "blocked_by_waf"),
}


def standings(units: int, items: int, scans: int) -> Iterator[NDArray[np.uint8]]:
    """The cells (units by items) of each scan, oldest first."""
    chance = np.random.default_rng(SEED)
    quality = chance.normal(0.55, 0.2, (units, 1))
    difficulty = chance.normal(0.0, 0.12, (1, items))
    cells = np.full((units, items), PASS, dtype=np.uint8)
    for scan in range(scans):
        anew = chance.random(cells.shape) < (_DRAWN_ANEW if scan else 1.0)
        passes = chance.random(cells.shape) < quality + difficulty + _GAIN * scan
        below = chance.choice(_BELOW, cells.shape, p=_SHARES)
        cells = np.where(anew, np.where(passes, np.uint8(PASS), below), cells)
        shown = cells.copy()
        shown[chance.random(units) < _DOWN] = ERROR
        yield shown


def reason_of(group: int, unit: int, item: int) -> str | None:
    """The reason of a cell, the same in every scan; none for one that passes."""
    codes = REASONS[group]
    return codes[(31 * unit + 17 * item) % len(codes)] if codes else None
