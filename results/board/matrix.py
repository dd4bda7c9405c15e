"""A scan's board in memory: one small number for each cell, so that 8,300 units are counted fast.

Units are in the order of their ids, items in that of the checklist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from checklist.profile import UnitType
from database.sessions import reading
from results.board.line import LETTERS, reasons_under
from results.board.models import BoardRow
from results.findings import group_of
from results.group import Group

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Engine

    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict

    Cells = NDArray[np.uint8]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

GROUPS = tuple(Group)
"""A cell is the place of its group here."""
PASS, MISSING, OUTDATED, REVIEW, ERROR, NOT_APPLICABLE, WAIVED, VOUCHED, UNCHECKED = map(
    GROUPS.index,
    (
        Group.PASS,
        Group.MISSING,
        Group.OUTDATED,
        Group.REVIEW,
        Group.ERROR,
        Group.NOT_APPLICABLE,
        Group.WAIVED,
        Group.VOUCHED,
        Group.UNCHECKED,
    ),
)
STANDS = (PASS, VOUCHED)
"""What earns the points: proven by the evidence, or vouched for by a person."""
FAILED = (MISSING, OUTDATED)
OPEN = (REVIEW, ERROR, UNCHECKED)
EXCLUDED = (NOT_APPLICABLE, WAIVED)
_CODES = np.full(256, UNCHECKED, dtype=np.uint8)
for _group, _letter in LETTERS.items():
    _CODES[ord(_letter)] = GROUPS.index(_group)
_BLANK = LETTERS[Group.UNCHECKED]

Decided = Mapping[str, Mapping[str, "ItemVerdict"]]
"""The verdicts under what people decided, by unit id and item."""


@dataclass(frozen=True)
class Board:
    """The units of a scan (`ids`, `names`, `types` in step) and their `cells`, units by items.

    `reasons` are the lines' texts. Decisions of people are in the cells when `under` put them
    there.
    """

    scan_id: int
    items: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    types: tuple[UnitType | None, ...]
    cells: Cells
    reasons: tuple[str, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each unit by its id."""
        return {unit: row for row, unit in enumerate(self.ids)}

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """What a name is searched in: name and id, small letters."""
        return tuple(
            f"{name}\n{unit}".casefold() for name, unit in zip(self.names, self.ids, strict=True)
        )

    @cached_property
    def by_name(self) -> NDArray[np.intp]:
        """The place of each row when the units stand by name."""
        order = sorted(range(len(self.ids)), key=lambda row: (self.names[row], self.ids[row]))
        places = np.empty(len(order), dtype=np.intp)
        places[order] = np.arange(len(order))
        return places

    def bare(self) -> Board:
        """The ids and cells alone, which is all that a later scan is compared with."""
        return replace(self, names=(), types=(), reasons=())

    def under(self, decided: Decided) -> Board:
        """The same board with what people decided in its cells, as far as it has them."""
        if not decided:
            return self
        cells, reasons = self.cells.copy(), list(self.reasons)
        columns = {item: column for column, item in enumerate(self.items)}
        for unit, verdicts in decided.items():
            row = self.places.get(unit)
            for item in verdicts.keys() & columns.keys() if row is not None else ():
                cells[row, columns[item]] = GROUPS.index(group_of(verdicts[item]))
            if row is not None and reasons:
                reasons[row] = reasons_under(reasons[row], verdicts.values())
        return replace(self, cells=cells, reasons=tuple(reasons))


def read_board(engine: Engine, scan_id: int, checklist: Checklist) -> Board:
    """The board of a scan as its lines stand, without decisions; raises `StoreError`."""
    columns = (
        BoardRow.unit_id,
        BoardRow.name,
        BoardRow.type,
        BoardRow.letters,
        BoardRow.reasons,
    )
    query = select(*columns).where(BoardRow.scan_id == scan_id).order_by(BoardRow.unit_id)
    with reading(engine) as session:
        lines = session.execute(query).all()
    kinds = {kind.value: kind for kind in UnitType}
    return Board(
        scan_id=scan_id,
        items=tuple(item.id for item in checklist.items),
        ids=tuple(line.unit_id for line in lines),
        names=tuple(line.name for line in lines),
        types=tuple(kinds.get(line.type) for line in lines),
        cells=cells_of([line.letters for line in lines], [i.number for i in checklist.items]),
        reasons=tuple(line.reasons for line in lines),
    )


def cells_of(letters: Sequence[str], numbers: Sequence[int]) -> Cells:
    """Units by items from the lines' letters; `numbers` are those of the items to take."""
    width = max((*numbers, *map(len, letters)), default=0)
    text = "".join(line.ljust(width, _BLANK) for line in letters).encode("ascii", "replace")
    grid = np.frombuffer(text, dtype=np.uint8).reshape(len(letters), width)
    columns = np.array([number - 1 for number in numbers], dtype=np.intp)
    return _CODES[grid[:, columns]]


def among(cells: Cells, groups: Iterable[int]) -> Flags:
    """True where a cell is of one of `groups`."""
    wanted = np.zeros(len(GROUPS), dtype=np.bool_)
    wanted[list(groups)] = True
    return wanted[cells]
