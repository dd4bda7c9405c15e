"""A board with all that is counted of every unit, whoever asks: made once, then only looked at."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from checklist.profile import UnitType
from results.board.matrix import FAILED, GROUPS, OPEN, among
from results.board.points import at_stake, comparable, reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from checklist.schema import Checklist
    from results.board.matrix import Board, Decided, Flags, Numbers
    from results.board.points import Reach
    from results.record import ScanInfo

TYPES: tuple[UnitType | None, ...] = (None, *UnitType)
"""`Counted.kinds` are places here."""


@dataclass(frozen=True)
class Counted:
    """The board of `scan` under the decisions of people (`decided`), and what follows from it.

    `stake` are the points that hang on each cell, `lost` those of the cells that fail and `open`
    those of the cells still open. `owners` names the offices; `owner` is, for each cell, the place
    there of the office that must act. `slot` numbers a cell by type of unit, item and group, so
    that all of these are counted at once. `seal` changes
    with everything that this was made from. `kept` holds what is found slowly and asked again.
    """

    scan: ScanInfo
    checklist: Checklist
    board: Board
    decided: Decided
    reach: Reach
    stake: Numbers
    lost: Numbers
    open: Numbers
    comparable: Flags
    owners: tuple[str, ...]
    owner_of_kind: NDArray[np.intp]
    owner: NDArray[np.int16]
    slot: NDArray[np.int32]
    kinds: NDArray[np.int8]
    seal: Hashable
    kept: dict[str, Flags] = field(default_factory=dict)


def counted(
    scan: ScanInfo, checklist: Checklist, board: Board, decided: Decided, seal: Hashable = None
) -> Counted:
    """What follows from `board`, the scan's as it was judged, under the decisions of people."""
    under = board.under(decided)
    kinds = np.array([TYPES.index(kind) for kind in board.types], dtype=np.int8)
    named = [[checklist.owner_of(item, kind) for item in checklist.items] for kind in TYPES]
    owners = tuple(dict.fromkeys(owner for row in named for owner in row))
    places = np.array([[owners.index(owner) for owner in row] for row in named], dtype=np.intp)
    stake = at_stake(checklist, under.cells)
    columns = np.arange(len(checklist.items), dtype=np.int32)
    item = kinds.astype(np.int32)[:, np.newaxis] * len(columns) + columns
    return Counted(
        scan=scan,
        checklist=checklist,
        board=under,
        decided=decided,
        reach=reach(checklist, under.cells),
        stake=stake,
        lost=np.where(among(under.cells, FAILED), stake, 0.0),
        open=np.where(among(under.cells, OPEN), stake, 0.0),
        comparable=comparable(under.cells),
        owners=owners,
        owner_of_kind=places,
        owner=places.astype(np.int16)[kinds],
        slot=item * len(GROUPS) + under.cells,
        kinds=kinds,
        seal=seal,
    )
