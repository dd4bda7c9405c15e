"""Ruled tables in a Word paper: the head on every page, rows kept whole, cells that are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.parfmt import ParagraphFormat

from results.word.styles import AFTER_TABLE, TABLE_HEAD, TABLE_TEXT, shading
from results.word.text import LEFT, Bold, Line, write

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell, _Row

Cell = Line | Sequence[Line]
"""What a table's cell says: one paragraph, or a list of them."""
_SHORT_ROW = 700
"""Characters of a row's fullest cell up to which the row is kept on one page."""
_TIGHT = "60"
"""The room beside a tight table's text, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a paper's tables look: the head's ground (RRGGBB), where the head's words stand.

    `tight` leaves little room beside the text, `middle` sets the table in the middle of the page.
    """

    fill: str = "F2F2F2"
    head: WD_ALIGN_PARAGRAPH = LEFT
    tight: bool = False
    middle: bool = False


PLAIN = TableLook()


def add_table(
    document: Document,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    look: TableLook = PLAIN,
    aligned: Sequence[WD_ALIGN_PARAGRAPH] = (),
) -> Table:
    """Add a whole table and a little room behind it; `widths` in mm, one a column."""
    table = begin_table(document, heads, widths, look)
    for row in rows:
        add_row(table, row, aligned)
    space_behind(document)
    return table


def begin_table(
    document: Document, heads: Sequence[str], widths: Sequence[float], look: TableLook = PLAIN
) -> Table:
    """Add a table with a head that Word repeats on each page; rows come with `add_row`."""
    table = _new_table(document, widths, look)
    head = _append(table)
    _mark(head._tr.get_or_add_trPr(), "w:cantSplit", "w:tblHeader")
    for cell, text in zip(head.cells, heads, strict=True):
        fill(cell, list(text.split("\n")), look.head, style=TABLE_HEAD, shade=look.fill)
    return table


def add_facts(
    document: Document, rows: Sequence[tuple[str, Cell]], widths: tuple[float, float]
) -> Table:
    """Add a table of names and what they stand for; `widths` in mm."""
    table = _new_table(document, widths, PLAIN)
    for name, content in rows:
        cells = add_row(table, (Bold(name), content))
        _shade(cells[0], PLAIN.fill)
    space_behind(document)
    return table


def add_row(
    table: Table,
    contents: Sequence[Cell],
    aligned: Sequence[WD_ALIGN_PARAGRAPH] = (),
    *,
    bold: bool = False,
    shade: str = "",
) -> tuple[_Cell, ...]:
    """Add a row, to the left unless `aligned` says; a short one is never parted between pages."""
    row = _append(table)
    cells: tuple[_Cell, ...] = row.cells
    for place, (cell, content) in enumerate(zip(cells, contents, strict=True)):
        align = aligned[place] if place < len(aligned) else LEFT
        fill(cell, content, align, bold=bold, shade=shade)
    if max(len(cell.text) for cell in cells) <= _SHORT_ROW:
        keep_whole(cells[0])
    return cells


def fill(
    cell: _Cell,
    content: Cell,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    *,
    style: str = TABLE_TEXT,
    bold: bool = False,
    shade: str = "",
) -> None:
    """Put `content` into a cell, in place of what stands there."""
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    cell.paragraphs[0].clear()
    for number, line in enumerate(content or [""] if isinstance(content, list) else [content]):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        if align is not LEFT:
            paragraph.alignment = align
        write(paragraph, Bold(line) if bold and isinstance(line, str) else line)
    if shade:
        _shade(cell, shade)


def keep_whole(row_of: _Cell) -> None:
    """Never part the row of this cell between two pages."""
    row: Any = row_of._tc.getparent()
    _mark(row.get_or_add_trPr(), "w:cantSplit")


def keep_with_next(row_of: _Cell) -> None:
    """Keep the row of this cell on the page of the row below it."""
    row: Any = row_of._tc.getparent()
    for line in row.iter(qn("w:p")):
        ParagraphFormat(line).keep_with_next = True


def space_behind(document: Document) -> None:
    """Part a table from what follows; Word joins two tables that touch."""
    document.add_paragraph(style=AFTER_TABLE)


def _new_table(document: Document, widths: Sequence[float], look: TableLook) -> Table:
    table: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    if look.middle:
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if look.tight:
        _tighten(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _append(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def _tighten(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _TIGHT)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _mark(properties: BaseOxmlElement, *names: str) -> None:
    for name in names:
        if properties.find(qn(name)) is None:
            properties.append(OxmlElement(name))


def _shade(cell: _Cell, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    # The schema wants the shade before the vertical alignment.
    after = properties.find(qn("w:vAlign"))
    mark = shading(colour)
    if after is None:
        properties.append(mark)
    else:
        after.addprevious(mark)
