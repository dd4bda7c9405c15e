"""What the chosen cells of a board add up to: for all, for each item, for each office. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from results.board.counted import TYPES
from results.board.matrix import ERROR, FAILED, GROUPS, OPEN, among
from results.group import Group
from results.parts import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


@dataclass(frozen=True)
class Sums:
    """The chosen cells counted once: by type of unit and item, and of each office.

    `tally` has the groups as a third way; `lost` and `open` are points; `behind` counts the units
    in which an office has something left to do.
    """

    counted: Counted
    chosen: Chosen
    tally: NDArray[np.int64]
    lost: Numbers
    open: Numbers
    behind: NDArray[np.int64]


def sums(counted: Counted, chosen: Chosen) -> Sums:
    """Count the chosen cells."""
    cells, kinds = chosen.cells, len(TYPES)
    shape = (kinds, cells.shape[1], len(GROUPS))
    tally = np.bincount(counted.slot[cells], minlength=int(np.prod(shape))).reshape(shape)
    return Sums(
        counted=counted,
        chosen=chosen,
        tally=tally,
        lost=_by_kind(counted, counted.lost, cells),
        open=_by_kind(counted, counted.open, cells),
        behind=_behind(counted, cells),
    )


def _by_kind(counted: Counted, points: Numbers, cells: Flags) -> Numbers:
    """The points of the cells, summed for each type of unit and item."""
    found = np.zeros((len(TYPES), cells.shape[1]))
    for kind in range(len(TYPES)):
        rows = np.flatnonzero(counted.kinds == kind)
        if len(rows):
            found[kind] = np.einsum("ij,ij->j", points[rows], cells[rows])
    return found


def _behind(counted: Counted, cells: Flags) -> NDArray[np.int64]:
    gaps = cells & (among(counted.board.cells, (*FAILED, *OPEN)))
    found = np.zeros(len(counted.owners), dtype=np.int64)
    for kind, offices in enumerate(counted.owner_of_kind):
        rows = np.flatnonzero(counted.kinds == kind)
        here = gaps[rows]
        for office in np.unique(offices) if len(rows) else ():
            found[office] += int(here[:, offices == office].any(axis=1).sum())
    return found


def head(sums: Sums) -> BoardHead:
    """The figures of all that is shown."""
    reach, rows = sums.counted.reach, sums.chosen.rows
    judged = rows[reach.judged[rows]]
    errors = (sums.counted.board.cells == ERROR) & sums.chosen.cells
    return BoardHead(
        units=len(rows),
        unjudged=len(rows) - len(judged),
        weight=sums.counted.checklist.scoring.weight,
        mean_certain=_mean(reach.certain[judged]),
        mean_possible=_mean(reach.possible[judged]),
        mean_lost=_mean(reach.lost[judged]),
        lost=float(sums.lost.sum()),
        open=float(sums.open.sum()),
        groups=_groups(sums.tally.sum(axis=(0, 1))),
        uncheckable=int(errors.any(axis=1).sum()),
    )


def items(sums: Sums) -> tuple[BoardItem, ...]:
    """The items with a cell to look at, in the order of the checklist."""
    counted = sums.counted
    tally, lost, still_open = (part.sum(axis=0) for part in (sums.tally, sums.lost, sums.open))
    cells = sums.tally.sum(axis=2)
    found = []
    for column in sums.chosen.columns:
        item = counted.checklist.items[column]
        offices = np.bincount(
            counted.owner_of_kind[:, column],
            weights=cells[:, column],
            minlength=len(counted.owners),
        )
        most_first = np.argsort(-offices, kind="stable")
        found.append(
            BoardItem(
                item=item.id,
                title=item.title,
                owners=tuple(counted.owners[at] for at in most_first if offices[at]),
                groups=_groups(tally[column]),
                lost=float(lost[column]),
                open=float(still_open[column]),
            )
        )
    return tuple(found)


def worst(lines: tuple[BoardItem, ...]) -> tuple[BoardItem, ...]:
    """The items that cost the units anything, worst first."""
    costly = [line for line in lines if line.lost or line.open]
    return tuple(sorted(costly, key=lambda line: (-line.lost, -line.open)))


def owners(sums: Sums) -> tuple[BoardOwner, ...]:
    """The offices with anything left to do, those that cost most first."""
    counted = sums.counted
    lines = []
    for at, owner in enumerate(counted.owners):
        if sums.behind[at]:
            own = counted.owner_of_kind == at
            lines.append(
                BoardOwner(
                    owner=owner,
                    units=int(sums.behind[at]),
                    groups=_groups(sums.tally[own].sum(axis=0)),
                    lost=float(sums.lost[own].sum()),
                    open=float(sums.open[own].sum()),
                )
            )
    return tuple(sorted(lines, key=lambda line: (-line.lost, -line.open, line.owner)))


def _groups(tally: NDArray[np.int64]) -> dict[Group, int]:
    return {group: int(tally[at]) for at, group in enumerate(GROUPS)}


def _mean(points: Numbers) -> float | None:
    return float(points.mean()) if len(points) else None
