"""A board with all that is counted of every unit, whoever asks: made once, then only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checklist.profile import UnitType
from results.board.points import at_stake, comparable, reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from checklist.schema import Checklist
    from results.board.matrix import Board, Decided, Flags, Numbers
    from results.board.points import Reach
    from results.record import ScanInfo

_TYPES: tuple[UnitType | None, ...] = (None, *UnitType)


@dataclass(frozen=True)
class Counted:
    """The board of `scan` under the decisions of people (`decided`), and what follows from it.

    `stake` are the points that hang on each cell. `owners` names the offices; `owner` is, for
    each cell, the place there of the office that must act.
    """

    scan: ScanInfo
    checklist: Checklist
    board: Board
    decided: Decided
    reach: Reach
    stake: Numbers
    comparable: Flags
    owners: tuple[str, ...]
    owner: NDArray[np.int16]
    kinds: NDArray[np.int8]


def counted(scan: ScanInfo, checklist: Checklist, board: Board, decided: Decided) -> Counted:
    """What follows from `board`, the scan's as it was judged, under the decisions of people."""
    under = board.under(decided)
    kinds = np.array([_TYPES.index(kind) for kind in board.types], dtype=np.int8)
    named = [[checklist.owner_of(item, kind) for item in checklist.items] for kind in _TYPES]
    owners = tuple(dict.fromkeys(owner for row in named for owner in row))
    places = np.array([[owners.index(owner) for owner in row] for row in named], dtype=np.int16)
    return Counted(
        scan=scan,
        checklist=checklist,
        board=under,
        decided=decided,
        reach=reach(checklist, under.cells),
        stake=at_stake(checklist, under.cells),
        comparable=comparable(under.cells),
        owners=owners,
        owner=places[kinds],
        kinds=kinds,
    )
