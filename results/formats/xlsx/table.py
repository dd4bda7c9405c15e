"""A sheet that is one table: headings in the first row, filters, frozen head, repeated in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from results.formats.xlsx.book import GRID, HEADING, Book, Cell, Sheet
from results.formats.xlsx.looks import ACCENT


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in digits; `printed` false leaves it off the paper."""

    heading: str
    width: float
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `begins` draws a line above it, where a new item begins."""

    cells: tuple[Cell, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table for a sheet of its own; `name` is for programs, `about` for screen readers."""

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    frozen: int
    """So many columns stay in sight when the sheet is moved sideways."""


def write_table(book: Book, table: Table, rows: Iterable[Row]) -> Sheet:
    """Write `table` with `rows` (at least one) on a new sheet."""
    page = book.sheet(table.title, [column.width for column in table.columns])
    sheet = page.sheet
    last = 0
    for last, row in enumerate(rows, 1):
        look = {**GRID, "top": 2, "top_color": ACCENT} if row.begins and last > 1 else GRID
        for number, cell in enumerate(row.cells):
            page.put(last, number, cell, **look)
    heading = book.look(HEADING)
    sheet.add_table(
        0,
        0,
        last,
        len(table.columns) - 1,
        {
            "name": table.name,
            "title": table.title,
            "description": table.about,
            "style": None,
            "banded_rows": False,
            "columns": [
                {"header": column.heading, "header_format": heading} for column in table.columns
            ],
        },
    )
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, table.frozen)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, sum(column.printed for column in table.columns) - 1)
    return page
