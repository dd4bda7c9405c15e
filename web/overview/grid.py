"""The rows of the grid as HTML. A page holds thousands of cells, too many for a template's loop.

Every part of a cell is our own or quoted for an address; names go through the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from results.board.matrix import GROUPS
from web.overview.marks import MARKS

if TYPE_CHECKING:
    from web.overview.shown import Shown

_PAST = "past"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A unit's row: `path` is its page's, `cells` the table cells of its items."""

    name: str
    path: str
    judged: bool
    certain: float
    lost: float
    cells: Markup


def grid_rows(shown: Shown, skip: int, most: int) -> list[GridRow]:
    """The rows of a part of the grid."""
    made = [_made(item, shown.now.scan.id) for item in shown.columns]
    past = [_made(item, shown.now.scan.id, _PAST) for item in shown.columns]
    board, reach = shown.now.board, shown.now.reach
    columns = list(shown.chosen.columns)
    rows = []
    for row in shown.chosen.rows[skip : skip + most].tolist():
        path = f"/units/{quote(board.ids[row], safe='')}"
        counted = shown.chosen.cells[row]
        seen = zip(board.cells[row, columns].tolist(), counted[columns].tolist(), strict=True)
        parts: list[str] = []
        for at, (group, looked_at) in enumerate(seen):
            before, after = (made if looked_at else past)[at][group]
            parts += (before, path, after)
        rows.append(
            GridRow(
                name=board.names[row],
                path=path,
                judged=bool(reach.judged[row]),
                certain=float(reach.certain[row]),
                lost=float(shown.now.lost[row] @ counted),
                cells=Markup("".join(parts)),  # nosec B704  # made of numbers and quoted ids
            )
        )
    return rows


def _made(item: str, scan: int, style: str = "") -> list[tuple[str, str]]:
    """What stands before and after the unit's path in a cell of each group."""
    found = []
    for group in GROUPS:
        mark = MARKS[group]
        look, name = escape(style or mark.style), escape(f"{item} {mark.word}")
        address = f'/items/{escape(item)}?scan={scan}"'
        after = f'{address} aria-label="{name}">{escape(mark.sign)}</a></td>'
        found.append((f'<td><a class="cell c-{look}" href="', after))
    return found
