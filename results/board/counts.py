"""What the chosen cells of a board add up to: for all, for each item, for each office. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from results.board.matrix import FAILED, GROUPS, OPEN, among
from results.group import Group
from results.parts import Part

if TYPE_CHECKING:
    from results.board.choice import Chosen
    from results.board.counted import Counted
    from results.board.matrix import Flags, Numbers


class BoardHead(Part):
    """The shown units in a few figures.

    Means are in points of `weight` over the units of which anything could be checked (`None`:
    not one); the `unjudged` are the others. `groups` counts the cells looked at, `lost` and `open`
    are the points of 100 that hang on those which fail and on those still open, over all units.
    `uncheckable` units have a cell among them that could not be checked.
    """

    units: int
    unjudged: int
    weight: float
    mean_certain: float | None
    mean_possible: float | None
    mean_lost: float | None
    lost: float
    open: float
    groups: dict[Group, int]
    uncheckable: int


class BoardItem(Part):
    """An item over the shown units: cells by group, points of 100 `lost` and still `open`."""

    item: str
    title: str
    owners: tuple[str, ...]
    groups: dict[Group, int]
    lost: float
    open: float

    @property
    def gaps(self) -> int:
        """In so many units it fails."""
        return self.groups[Group.MISSING] + self.groups[Group.OUTDATED]


class BoardOwner(Part):
    """An office over the shown units: `units` where something is left to do, points at stake."""

    owner: str
    units: int
    groups: dict[Group, int]
    lost: float
    open: float

    @property
    def gaps(self) -> int:
        """So many cells fail."""
        return self.groups[Group.MISSING] + self.groups[Group.OUTDATED]


def head(counted: Counted, chosen: Chosen) -> BoardHead:
    """The figures of all that is shown."""
    reach, rows = counted.reach, chosen.rows
    judged = rows[reach.judged[rows]]
    failed, still_open = _at_stake(counted, chosen)
    cells = counted.board.cells[chosen.cells]
    errors = (counted.board.cells == GROUPS.index(Group.ERROR)) & chosen.cells
    return BoardHead(
        units=len(rows),
        unjudged=len(rows) - len(judged),
        weight=counted.checklist.scoring.weight,
        mean_certain=_mean(reach.certain[judged]),
        mean_possible=_mean(reach.possible[judged]),
        mean_lost=_mean(reach.lost[judged]),
        lost=float(failed.sum()),
        open=float(still_open.sum()),
        groups=_groups(np.bincount(cells, minlength=len(GROUPS))),
        uncheckable=int(errors.any(axis=1).sum()),
    )


def items(counted: Counted, chosen: Chosen) -> tuple[BoardItem, ...]:
    """The items with a cell to look at, in the order of the checklist."""
    failed, still_open = (part.sum(axis=0) for part in _at_stake(counted, chosen))
    tally = np.stack(
        [
            ((counted.board.cells == group) & chosen.cells).sum(axis=0)
            for group in range(len(GROUPS))
        ],
        axis=1,
    )
    found = []
    for column in chosen.columns:
        item = counted.checklist.items[column]
        offices = np.bincount(
            counted.owner[chosen.cells[:, column], column], minlength=len(counted.owners)
        )
        most_first = np.argsort(-offices, kind="stable")
        found.append(
            BoardItem(
                item=item.id,
                title=item.title,
                owners=tuple(counted.owners[at] for at in most_first if offices[at]),
                groups=_groups(tally[column]),
                lost=float(failed[column]),
                open=float(still_open[column]),
            )
        )
    return tuple(found)


def worst(lines: tuple[BoardItem, ...]) -> tuple[BoardItem, ...]:
    """The items that cost the units anything, worst first."""
    costly = [line for line in lines if line.lost or line.open]
    return tuple(sorted(costly, key=lambda line: (-line.lost, -line.open)))


def owners(counted: Counted, chosen: Chosen) -> tuple[BoardOwner, ...]:
    """The offices with anything left to do, those that cost most first."""
    count = len(counted.owners)
    size = count * len(GROUPS)
    flat = counted.owner.astype(np.int64) * len(GROUPS) + counted.board.cells
    tally = np.bincount(flat[chosen.cells], minlength=size).reshape(count, len(GROUPS))
    gaps = among(counted.board.cells, (*FAILED, *OPEN)) & chosen.cells
    failed, still_open = (
        np.bincount(counted.owner[gaps], weights=part[gaps], minlength=count)
        for part in _at_stake(counted, chosen)
    )
    rows, _columns = np.nonzero(gaps)
    pairs = np.unique(rows * count + counted.owner[gaps])
    units = np.bincount(pairs % count, minlength=count)
    lines = [
        BoardOwner(
            owner=owner,
            units=int(units[at]),
            groups=_groups(tally[at]),
            lost=float(failed[at]),
            open=float(still_open[at]),
        )
        for at, owner in enumerate(counted.owners)
        if units[at]
    ]
    return tuple(sorted(lines, key=lambda line: (-line.lost, -line.open, line.owner)))


def _at_stake(counted: Counted, chosen: Chosen) -> tuple[Numbers, Numbers]:
    """The points on the cells looked at that fail, and on those still open; 0 elsewhere."""

    def of(cells: Flags) -> Numbers:
        return np.where(cells & chosen.cells, counted.stake, 0.0)

    board = counted.board.cells
    return of(among(board, FAILED)), of(among(board, OPEN))


def _groups(tally: np.typing.NDArray[np.int64]) -> dict[Group, int]:
    return {group: int(tally[at]) for at, group in enumerate(GROUPS)}


def _mean(points: Numbers) -> float | None:
    return float(points.mean()) if len(points) else None
