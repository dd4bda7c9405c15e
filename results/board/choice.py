"""Which units and which of their cells are looked at, and in which order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from checklist.reasons import REASONS
from results.board.line import items_of_reason
from results.board.matrix import GROUPS, among

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from checklist.profile import UnitType
    from results.board.counted import Counted
    from results.board.matrix import Flags, Numbers
    from results.group import Group


class Sort(StrEnum):
    """The order of the units: by points that are lost, by name, by the cell that costs most."""

    POINTS = "points"
    NAME = "name"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at. `text` is sought in names and ids; the others narrow when they are given.

    `owner` is an office, `groups` the groups of cells, `reason` a code, `item` an item's id. The
    last four choose cells: only those are counted, and only units that have one are shown.
    """

    text: str = ""
    type: UnitType | None = None
    owner: str = ""
    groups: frozenset[Group] = frozenset()
    reason: str = ""
    item: str = ""
    sort: Sort = Sort.POINTS

    @property
    def of_cells(self) -> bool:
        """True when only some cells are looked at."""
        return bool(self.owner or self.groups or self.reason or self.item)


@dataclass(frozen=True)
class Chosen:
    """`rows` are the shown units in order, `who` the units of that name and type, shown or not.

    `cells` is true for what is counted; `columns` are the items with any cell to look at.
    """

    rows: NDArray[np.intp]
    who: Flags
    cells: Flags
    columns: tuple[int, ...]


def chosen(counted: Counted, choice: Choice, seen: Collection[str] | None = None) -> Chosen:
    """What `choice` looks at; `seen` are the ids of the units that may be seen (`None`: all)."""
    who = _who(counted, choice, seen)
    cells = _cells(counted, choice) & who[:, np.newaxis]
    shown = cells.any(axis=1) if choice.of_cells else who
    width = cells.shape[1]
    narrowed = choice.owner or choice.item
    columns = np.flatnonzero(cells.any(axis=0)) if narrowed else np.arange(width)
    return Chosen(
        rows=_ordered(counted, np.flatnonzero(shown), cells, choice),
        who=who,
        cells=cells,
        columns=tuple(columns.tolist()),
    )


def _who(counted: Counted, choice: Choice, seen: Collection[str] | None) -> Flags:
    board = counted.board
    who = np.ones(len(board.ids), dtype=np.bool_)
    if seen is not None:
        who[:] = False
        who[[board.places[unit] for unit in seen if unit in board.places]] = True
    words = choice.text.casefold().split()
    if words:
        who &= np.array([all(w in name for w in words) for name in board.folded], dtype=np.bool_)
    if choice.type is not None:
        who &= np.array([kind is choice.type for kind in board.types], dtype=np.bool_)
    return who


def _cells(counted: Counted, choice: Choice) -> Flags:
    board = counted.board
    cells = np.ones(board.cells.shape, dtype=np.bool_)
    if choice.groups:
        cells &= among(board.cells, [GROUPS.index(group) for group in choice.groups])
    if choice.item:
        cells &= np.array([item == choice.item for item in board.items], dtype=np.bool_)
    if choice.owner:
        known = choice.owner in counted.owners
        cells &= counted.owner == (counted.owners.index(choice.owner) if known else -1)
    if choice.reason:
        cells &= _with_reason(counted, choice.reason)
    return cells


def _with_reason(counted: Counted, code: str) -> Flags:
    if code in counted.kept:
        return counted.kept[code]
    cells = np.zeros(counted.board.cells.shape, dtype=np.bool_)
    columns = {item.number: column for column, item in enumerate(counted.checklist.items)}
    for row, reasons in enumerate(counted.board.reasons):
        if code in reasons:
            found = [columns[n] for n in items_of_reason(reasons, code) if n in columns]
            cells[row, found] = True
    if code in REASONS:
        counted.kept[code] = cells
    return cells


def _ordered(
    counted: Counted, rows: NDArray[np.intp], cells: Flags, choice: Choice
) -> NDArray[np.intp]:
    """`rows` in order; what costs alike stands by name. Points are compared as they are shown."""
    name = counted.board.by_name[rows]
    if choice.sort is Sort.NAME:
        return rows[np.argsort(name, kind="stable")]
    worst = choice.sort is Sort.WORST
    first, second = (
        _of_units(part[rows], cells[rows] if choice.of_cells else None, worst=worst)
        for part in (counted.lost, counted.open)
    )
    return rows[np.lexsort((name, -second.round(2), -first.round(2)))]


def _of_units(points: Numbers, cells: Flags | None, *, worst: bool) -> Numbers:
    """The sum of each unit's points, or the most that hangs on one of its cells."""
    counting = points if cells is None else points * cells
    found: Numbers = counting.max(axis=1, initial=0.0) if worst else counting.sum(axis=1)
    return found
