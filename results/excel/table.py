"""A sheet that is one table: headings in the first row, filters, frozen head, repeated in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from results.excel.book import Book, Cell, Number, Shared, Sheet, Text
from results.excel.looks import ACCENT, GRID, HEADING
from results.excel.measure import row_height

_HEAD_HEIGHT = 32.0
_ON_ONE_LINE = {**GRID, "text_wrap": False}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in digits; `printed` false leaves it off the paper.

    `shape` is that of its plain numbers; `wrapped` false keeps its texts on one line.
    """

    heading: str
    width: float
    printed: bool = True
    shape: str = "0.00"
    wrapped: bool = True


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


Value = Cell | str | float | None
"""A cell, or what becomes one: a text, a number of its column's shape, nothing."""


def row_of(columns: Sequence[Column], values: Sequence[Value]) -> Row:
    """A row of plain values, one a column."""
    return Row(tuple(_cell(column, value) for column, value in zip(columns, values, strict=True)))


def _cell(column: Column, value: Value) -> Cell:
    if isinstance(value, Text | Number):
        return value
    return Number(value, column.shape) if isinstance(value, int | float) else Text(value or "")


def _write_long(book: Book, table: Table, rows: Iterable[Row]) -> Sheet:
    """Write `table` on a new sheet of a long book: as `write_table`, but a plain filtered list."""
    page = book.sheet(table.title, [column.width for column in table.columns])
    page.sheet.freeze_panes(1, table.frozen)
    _heighten_head(page, table)
    heading = book.look(HEADING)
    for number, column in enumerate(table.columns):
        page.sheet.write_string(0, number, column.heading, heading)
    within = [Shared(GRID if column.wrapped else _ON_ONE_LINE) for column in table.columns]
    last = 0
    for last, row in enumerate(rows, 1):
        for number, (cell, look) in enumerate(zip(row.cells, within, strict=True)):
            page.put(last, number, cell, look)
    page.sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
    _on_paper(page, table, last)
    return page


def _heighten_head(page: Sheet, table: Table) -> None:
    page.heighten(0, _HEAD_HEIGHT)
    for column in table.columns:
        page.heighten(0, row_height(column.heading, column.width, bold=True))


def _on_paper(page: Sheet, table: Table, last: int) -> None:
    page.sheet.repeat_rows(0)
    page.sheet.print_area(0, 0, max(last, 1), sum(one.printed for one in table.columns) - 1)


def write_table(book: Book, table: Table, rows: Iterable[Row]) -> Sheet:
    """Write `table` with `rows` on a new sheet; without rows one stays empty, as Excel asks."""
    if book.long:
        return _write_long(book, table, rows)
    page = book.sheet(table.title, [column.width for column in table.columns])
    sheet = page.sheet
    within = [Shared(GRID if column.wrapped else _ON_ONE_LINE) for column in table.columns]
    first = [Shared({**look.look, "top": 2, "top_color": ACCENT}) for look in within]
    last = 0
    for last, row in enumerate(rows, 1):
        looks = first if row.begins and last > 1 else within
        for number, (cell, look) in enumerate(zip(row.cells, looks, strict=True)):
            page.put(last, number, cell, look)
    last = max(last, 1)
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
    _heighten_head(page, table)
    sheet.freeze_panes(1, table.frozen)
    _on_paper(page, table, last)
    return page
