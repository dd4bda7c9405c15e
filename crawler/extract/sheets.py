"""One sheet of a workbook as passages and a table, whatever program wrote the workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Passage, Region
from crawler.extract.plain import title_of

if TYPE_CHECKING:
    from crawler.extract.plain import RowCollector

MAX_ROWS = 20_000
MAX_CELLS = 400_000
MAX_COLUMNS = 100
_TITLE_ROWS = 6

Row = tuple[str, ...]


def add_sheet(name: str, rows: list[Row], collector: RowCollector, *, hidden: bool) -> str:
    """Add a sheet: its name and title lines as headings, the rest as a table.

    The first rows with a single filled cell are the title lines; they are returned joined.
    Rows of a hidden sheet are recorded as hidden text.
    """
    heading = Region.HIDDEN if hidden else Region.HEADING
    lines: list[str] = []
    while rows and len(lines) < _TITLE_ROWS and sum(map(bool, rows[0])) == 1:
        lines.append(next(filter(None, rows.pop(0))))
    if not lines and not rows:
        return ""
    collector.passages.append(Passage(name, heading))
    path: tuple[str, ...] = (name,)
    for line in lines:
        collector.passages.append(Passage(line, heading, path))
    if lines:
        path = (name, " ".join(lines)[:300])
    if rows:
        region = Region.HIDDEN if hidden else Region.TABLE
        before = len(collector.tables)
        collector.add_table(rows, region, path)
        if len(collector.tables) > before:
            collector.tables[-1] = replace(collector.tables[-1], caption=title_of(lines) or name)
    return title_of(lines)


def fill_down(rows: list[list[str]], first: int, last: int, column: int) -> None:
    """Repeat the cell at row `first` down to row `last` (both from 0): a vertical merge."""
    if first >= len(rows) or column >= len(rows[first]):
        return
    for row in rows[first + 1 : last + 1]:
        row.extend([""] * (column + 1 - len(row)))
        row[column] = row[column] or rows[first][column]
