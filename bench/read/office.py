"""The same papers as Word, Excel, PowerPoint and OpenDocument files."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from odfdo import Cell, Document, Header, Paragraph, Row, Table
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Cm as SlideCm

from bench.read.sample import Block, Part

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle

    from bench.read.sample import Paper

_LEVELS = {Part.TITLE: 1, Part.HEADING: 2}
_LAST_CHANGE = (2023, 4, 3, 9, 0, 0)
_DATE = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")
_DAY = b"2023-04-03T09:00:00"
_ENTRIES_A_SLIDE = 8
_WIDTHS = (1.3, 6.2, 2.9, 1.8, 3.4)
_EQUAL = (3.0, 3.0, 3.0, 3.0, 3.0)


def word_file(paper: Paper, font: str = "Garuda", *, narrow: bool = False) -> bytes:
    """The paper as DOCX, set in `font` at 14 points, also for Thai script.

    `narrow` gives the columns of the table one width, so that names wrap over three lines.
    """
    word = docx.Document()
    for name in ("Normal", "Heading 1", "Heading 2"):
        _set_font(word.styles[name], font)
    rows: list[Block] = []
    for block in paper.blocks:
        if block.part is Part.ROW:
            rows.append(block)
        elif block.part in _LEVELS:
            word.add_heading(block.text, level=_LEVELS[block.part])
        else:
            word.add_paragraph(block.text)
    _add_table(word, rows, _EQUAL if narrow else _WIDTHS)
    out = io.BytesIO()
    word.save(out)
    return _dated(out.getvalue())


def _set_font(style: ParagraphStyle, font: str) -> None:
    """python-docx sets Latin fonts only; Thai takes the complex-script font and size."""
    style.font.name = font
    style.font.size = Pt(14)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:cs"), font)
    size = properties.makeelement(qn("w:szCs"), {qn("w:val"): "28"})
    properties.append(size)


def _add_table(word: WordFile, rows: list[Block], widths: tuple[float, ...]) -> None:
    if not rows:
        return
    table = word.add_table(rows=len(rows), cols=len(rows[0].cells), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for block, row in zip(rows, table.rows, strict=True):
        for text, cell, width in zip(block.cells, row.cells, widths, strict=True):
            cell.text = text
            cell.width = Cm(width)


def spreadsheet(paper: Paper) -> bytes:
    """The paper as XLSX, a block a row, table cells in columns."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for block in paper.blocks:
        sheet.append(list(block.cells))
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue())


def slides(paper: Paper) -> bytes:
    """The paper as PPTX: its title first, then text boxes of eight blocks, then the table."""
    show = Presentation()
    show.slide_width, show.slide_height = SlideCm(33.8), SlideCm(19)
    plain = [block for block in paper.blocks if block.part is not Part.ROW]
    rows = [block for block in paper.blocks if block.part is Part.ROW]
    for start in range(0, len(plain), _ENTRIES_A_SLIDE):
        slide = show.slides.add_slide(show.slide_layouts[6])
        frame = slide.shapes.add_textbox(
            SlideCm(1), SlideCm(1), SlideCm(31), SlideCm(17)
        ).text_frame
        some = plain[start : start + _ENTRIES_A_SLIDE]
        frame.text = some[0].text
        for block in some[1:]:
            frame.add_paragraph().text = block.text
    if rows:
        slide = show.slides.add_slide(show.slide_layouts[6])
        shape = slide.shapes.add_table(
            len(rows), len(rows[0].cells), SlideCm(1), SlideCm(1), SlideCm(31), SlideCm(16)
        )
        for line, block in enumerate(rows):
            for column, text in enumerate(block.cells):
                shape.table.cell(line, column).text = text
    out = io.BytesIO()
    show.save(out)
    return _dated(out.getvalue())


def open_document(paper: Paper) -> bytes:
    """The paper as ODT."""
    writer = Document("text")
    writer.body.clear()
    table = Table("ตาราง")
    for block in paper.blocks:
        if block.part is Part.ROW:
            row = Row()
            for text in block.cells:
                row.append_cell(Cell(text=text, value=text))
            table.append_row(row)
        elif block.part in _LEVELS:
            writer.body.append(Header(_LEVELS[block.part], block.text))
        else:
            writer.body.append(Paragraph(block.text))
    writer.body.append(table)
    out = io.BytesIO()
    writer.save(out)
    return _dated(out.getvalue())


def _dated(packed: bytes) -> bytes:
    """The same file with one fixed time on all its parts, so that it is the same each run."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _LAST_CHANGE)
            entry.compress_type = part.compress_type
            new.writestr(entry, _DATE.sub(_DAY, old.read(part.filename)))
    return out.getvalue()
