"""Tables of a page: which hold data and which only lay the page out, and the grid of cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bs4 import Tag

from crawler.extract.html_facts import attribute
from crawler.extract.text import collapse, number_of

_MAX_COLUMNS = 60
_MAX_ROWS = 5000
_LONG_CELL = 1500
_FRAME_CELL = 300
_LAYOUT_INSIDE = ["table", "h1", "h2", "h3", "h4", "form", "iframe", "article", "section", "nav"]

CellText = Callable[[Tag], str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table: each row as its cells' texts, and the `<tr>` it came from.

    `header` is empty when nothing marks one; `title` is a first row that spans the table.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], Tag], ...]
    title: str = ""


def own_rows(table: Tag) -> list[Tag]:
    """The rows of `table` itself, not those of tables inside it."""
    rows: list[Tag] = []
    for child in table.children:
        if not isinstance(child, Tag):
            continue
        if child.name == "tr":
            rows.append(child)
        elif child.name in {"thead", "tbody", "tfoot"}:
            rows.extend(row for row in child.find_all("tr", recursive=False))
        if len(rows) >= _MAX_ROWS:
            break
    return rows[:_MAX_ROWS]


def cells_of(row: Tag) -> list[Tag]:
    """The cells of a row in order."""
    return [cell for cell in row.find_all(["td", "th"], recursive=False) if isinstance(cell, Tag)]


def is_layout(table: Tag) -> bool:
    """True for a table that frames the page instead of holding data."""
    if attribute(table, "role") in {"presentation", "none"}:
        return True
    if table.find(_LAYOUT_INSIDE) is not None:
        return True
    rows = own_rows(table)
    widths = [len(cells_of(row)) for row in rows]
    if not widths or max(widths) <= 1:
        return True
    longest = max(len(cell.get_text()) for row in rows for cell in cells_of(row))
    if longest > _LONG_CELL:
        return True
    return len(rows) == 1 and longest > _FRAME_CELL


def _span(cell: Tag, name: str, limit: int) -> int:
    value = number_of(attribute(cell, name).strip()) or 1
    return min(value, limit) if value < 100_000 else 1


def read_grid(table: Tag, cell_text: CellText) -> Grid:
    """The cells of a data table with spans filled in.

    A cell that spans rows is repeated in each of them, since it holds for each; one that spans
    columns stands in the first, followed by empty cells.
    """
    rows = own_rows(table)
    filled: list[tuple[list[str], Tag]] = []
    carried: dict[int, tuple[int, str]] = {}
    head_rows = 0
    for index, row in enumerate(rows):
        texts, spans_down = _fill(row, carried, cell_text)
        if index == head_rows and _is_header(row, index):
            head_rows = max(index + 1, min(len(rows) - 1, index + spans_down))
        if any(texts):
            filled.append((texts, row))
        elif index < head_rows:
            head_rows -= 1
    return _split(filled, head_rows)


def _fill(
    row: Tag, carried: dict[int, tuple[int, str]], cell_text: CellText
) -> tuple[list[str], int]:
    """One row's texts with what earlier rows span into it; also the longest span it starts."""
    texts: list[str] = []
    deepest = 1

    def take_carried() -> None:
        while len(texts) in carried and len(texts) < _MAX_COLUMNS:
            left, text = carried.pop(len(texts))
            if left > 1:
                pending[len(texts)] = (left - 1, text)
            texts.append(text)

    pending: dict[int, tuple[int, str]] = {}
    for cell in cells_of(row):
        take_carried()
        text = cell_text(cell)
        down = _span(cell, "rowspan", _MAX_ROWS)
        deepest = max(deepest, down)
        for offset in range(_span(cell, "colspan", _MAX_COLUMNS)):
            if len(texts) >= _MAX_COLUMNS:
                break
            if down > 1:
                pending[len(texts)] = (down - 1, text if offset == 0 else "")
            texts.append(text if offset == 0 else "")
    take_carried()
    carried.update(pending)
    return texts, deepest


def _is_header(row: Tag, index: int) -> bool:
    if row.parent is not None and row.parent.name == "thead":
        return True
    cells = cells_of(row)
    return index == 0 and len(cells) > 1 and all(cell.name == "th" for cell in cells)


def _split(filled: list[tuple[list[str], Tag]], head_rows: int) -> Grid:
    """Take the title row and the header off; without markup the first full row is the header."""
    title = ""
    width = max((len(texts) for texts, _ in filled), default=0)
    if len(filled) > 2 and width > 1 and sum(map(bool, filled[0][0])) == 1 and filled[0][0][0]:
        title = filled[0][0][0]
        filled = filled[1:]
        head_rows = max(0, head_rows - 1)
    if not head_rows and len(filled) > 1:
        cells = cells_of(filled[0][1])
        full = all(filled[0][0]) or any(attribute(cell, "colspan") for cell in cells)
        if full:
            spans = [_span(cell, "rowspan", 4) for cell in cells]
            head_rows = max(spans) if max(spans) < len(filled) and min(spans) < max(spans) else 1
    header = _merge([texts for texts, _ in filled[:head_rows]], width)
    rows = tuple((tuple(texts), row) for texts, row in filled[head_rows:])
    return Grid(header=header, rows=rows, title=title)


def _merge(rows: list[list[str]], width: int) -> tuple[str, ...]:
    """Header rows laid over each other: "งบประมาณ" above "เบิกจ่าย" reads as both."""
    if not rows:
        return ()
    merged: list[str] = []
    for column in range(width):
        words: list[str] = []
        for texts in rows:
            text = texts[column] if column < len(texts) else ""
            if text and text not in words:
                words.append(text)
        merged.append(collapse(" ".join(words)))
    return tuple(merged)
