"""What an overview shows: the figures, and one part of the grid, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.board.choice import chosen
from results.board.counts import head, items, owners, sums
from results.board.line import reasons_by_item
from results.board.matrix import GROUPS
from results.board.shelf import shelf_of
from results.board.trend import present_point, trend_point
from results.speech import BANGKOK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checklist.profile import UnitType
    from results.board.choice import Chosen
    from results.board.counted import Counted
    from results.board.counts import BoardHead, BoardItem, BoardOwner
    from results.group import Group
    from results.trend import TrendPoint
    from web.overview.asked import Asked
    from web.site import Site


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the grid; `counted` is false where a filter looks past it."""

    item: str
    group: Group
    points: float
    reasons: tuple[str, ...]
    counted: bool


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A row of the grid; points are of the checklist's weight, `judged`: anything was checked.

    `lost` and `open` are the points of the cells looked at.
    """

    id: str
    name: str
    type: UnitType | None
    judged: bool
    certain: float
    possible: float
    lost: float
    open: float
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class Shown:
    """A board as somebody asked to see it."""

    now: Counted
    chosen: Chosen

    @property
    def columns(self) -> tuple[str, ...]:
        """The items of the grid."""
        return tuple(self.now.board.items[at] for at in self.chosen.columns)

    @property
    def total(self) -> int:
        """How many units are shown."""
        return len(self.chosen.rows)

    def units(self, skip: int = 0, most: int | None = None) -> Iterable[ShownUnit]:
        """The rows of the grid in order, `most` of them after the first `skip`."""
        end = None if most is None else skip + most
        return (self._unit(int(row)) for row in self.chosen.rows[skip:end])

    def _unit(self, row: int) -> ShownUnit:
        board, reach = self.now.board, self.now.reach
        reasons = reasons_by_item(board.reasons[row])
        numbers = [item.number for item in self.now.checklist.items]
        counted = self.chosen.cells[row]
        cells, stake = board.cells[row].tolist(), self.now.stake[row].tolist()
        return ShownUnit(
            id=board.ids[row],
            name=board.names[row],
            type=board.types[row],
            judged=bool(reach.judged[row]),
            certain=float(reach.certain[row]),
            possible=float(reach.possible[row]),
            lost=float((self.now.lost[row] * counted).sum()),
            open=float((self.now.open[row] * counted).sum()),
            cells=tuple(
                ShownCell(
                    board.items[at],
                    GROUPS[cells[at]],
                    stake[at],
                    reasons.get(numbers[at], ()),
                    bool(counted[at]),
                )
                for at in self.chosen.columns
            ),
        )


@dataclass(frozen=True)
class Figures:
    """What all shown units add up to."""

    head: BoardHead
    items: tuple[BoardItem, ...]
    owners: tuple[BoardOwner, ...]
    trend: tuple[TrendPoint, ...]


def shown(site: Site, asked: Asked) -> Shown | None:
    """The board that is asked for; `None` when nothing was scanned. Raises `StoreError`."""
    if asked.scan is None:
        return None
    today = site.clock().astimezone(BANGKOK).date()
    now = shelf_of(site.store).board(asked.scan, asked.checklist, today)
    return Shown(now, chosen(now, asked.choice, asked.seen))


def figures(site: Site, asked: Asked, shown: Shown) -> Figures:
    """The figures of what is shown; the trend is over units of that name and type alone."""
    added = sums(shown.now, shown.chosen)
    who = shown.chosen.who
    before = shelf_of(site.store).before(shown.now)
    trend = [trend_point(shown.now, one, who, asked.seen) for one in before]
    return Figures(
        head=head(added),
        items=items(added),
        owners=owners(added),
        trend=(*trend, present_point(shown.now, who)),
    )
