"""Building blocks of Word papers: text, links, lists, tables, pictures, page numbers.

Any text may be given: what XML cannot hold is dropped, and a link is made only to an address
that a reader may be sent to.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run

from results.formats.page import safe_link
from results.formats.word_styles import AFTER_TABLE, LINK, TABLE_HEAD, TABLE_TEXT, dress

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT_ROW = 700
"""Characters of a row's fullest cell up to which the row is kept on one page."""
_PROPERTY_CHARS = 255
_TABLE_STYLE = "Table Grid"
_HEAD_FILL = "F2F2F2"


@dataclass(frozen=True, slots=True)
class Bold:
    """Text in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to `url`; it stays plain text where no reader may be sent there."""

    url: str
    text: str


Line = str | Bold | Link | tuple[str | Bold | Link, ...]
"""What one paragraph says."""
Cell = Line | list[Line]
"""What a table's cell says: one paragraph, or a list of them."""


def legal(text: str) -> str:
    """`text` without the characters that no XML file can hold."""
    return _ILLEGAL.sub("", text)


def blank_paper(
    *, title: str, subject: str, author: str, made_at: datetime, language: str = "th-TH"
) -> Document:
    """An empty A4 paper dressed for Thai, with its properties; `made_at` in UTC."""
    document = docx.Document()
    dress(document, "en-GB" if language.startswith("en") else "en-US")
    properties = document.core_properties
    properties.title = legal(title)[:_PROPERTY_CHARS]
    properties.subject = legal(subject)[:_PROPERTY_CHARS]
    properties.author = properties.last_modified_by = legal(author)[:_PROPERTY_CHARS]
    properties.comments = ""
    properties.language = language
    properties.created = properties.modified = made_at
    return document


def as_bytes(document: Document) -> bytes:
    """The paper as a DOCX file's content."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add(document: Document, line: Line, style: str = "Normal") -> Paragraph:
    """Add a paragraph."""
    paragraph = document.add_paragraph(style=style)
    write(paragraph, line)
    return paragraph


def add_list(document: Document, lines: Sequence[Line]) -> None:
    """Add a bulleted list."""
    for line in lines:
        add(document, line, "List Bullet")


def write(paragraph: Paragraph, line: Line) -> None:
    """Write a line's parts behind what the paragraph holds."""
    for part in line if isinstance(line, tuple) else (line,):
        if isinstance(part, Link) and safe_link(legal(part.url)):
            _write_link(paragraph, part)
            continue
        run = paragraph.add_run(legal(part if isinstance(part, str) else part.text))
        if isinstance(part, Bold):
            run.font.bold = run.font.cs_bold = True


def _write_link(paragraph: Paragraph, link: Link) -> None:
    target = paragraph.part.relate_to(
        legal(link.url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = Run(OxmlElement("w:r"), paragraph)  # type: ignore[arg-type]
    run.text = legal(link.text) or legal(link.url)
    run.style = LINK
    element.append(run._r)
    paragraph._p.append(element)


def write_fields(paragraph: Paragraph, text: str, fields: Mapping[str, str]) -> None:
    """Write `text` with Word's own fields in place of its marks: `{"{page}": "PAGE"}`."""
    marks = "|".join(map(re.escape, fields))
    for part in re.split(f"({marks})", legal(text)):
        if part in fields:
            _write_field(paragraph, fields[part])
        elif part:
            paragraph.add_run(part)


def _write_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    # Shown until the word processor counts the pages.
    run = Run(OxmlElement("w:r"), paragraph)  # type: ignore[arg-type]
    run.text = "1"
    field.append(run._r)
    paragraph._p.append(field)


def add_table(
    document: Document, heads: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> Table:
    """Add a table whose head is repeated on each page; `widths` in mm, one a column."""
    table = _new_table(document, widths)
    head: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(head, "w:cantSplit")
    _mark(head, "w:tblHeader")
    for cell, text, width in zip(head.cells, heads, widths, strict=True):
        _fill(cell, text, width, TABLE_HEAD)
        _shade(cell)
    for row in rows:
        _add_row(table, row, widths)
    _space_behind(document)
    return table


def add_facts(
    document: Document, rows: Sequence[tuple[str, Cell]], widths: tuple[int, int]
) -> Table:
    """Add a table of names and what they stand for; `widths` in mm."""
    table = _new_table(document, widths)
    for name, cell in rows:
        row = _add_row(table, (Bold(name), cell), widths)
        _shade(row.cells[0])
    _space_behind(document)
    return table


def add_picture(document: Document, content: bytes, described: str, width_mm: float) -> None:
    """Add a PNG or JPEG picture, at most `width_mm` wide; `described` is told to the blind."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width_mm))
    shape._inline.docPr.set("descr", legal(described))


def _new_table(document: Document, widths: Sequence[int]) -> Table:
    table: Table = document.add_table(rows=0, cols=len(widths), style=_TABLE_STYLE)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _add_row(table: Table, row: Sequence[Cell], widths: Sequence[int]) -> _Row:
    added: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, content, width in zip(added.cells, row, widths, strict=True):
        _fill(cell, content, width, TABLE_TEXT)
    if max(len(cell.text) for cell in added.cells) <= _SHORT_ROW:
        _mark(added, "w:cantSplit")
    return added


def _fill(cell: _Cell, content: Cell, width: int, style: str) -> None:
    cell.width = Mm(width)
    for number, line in enumerate(content or [""] if isinstance(content, list) else [content]):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        write(paragraph, line)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for key, value in {"val": "clear", "color": "auto", "fill": _HEAD_FILL}.items():
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _space_behind(document: Document) -> None:
    """Part a table from what follows; Word joins two tables that touch."""
    document.add_paragraph(style=AFTER_TABLE)
