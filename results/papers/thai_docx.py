"""Building blocks of a Thai government paper in Word: font, digits, paragraphs, tables.

Word takes the font, size and weight of Thai letters from the "complex script" properties, which
python-docx does not set; every block here sets both kinds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "TH SarabunPSK"
BODY_PT = 16
TABLE_PT = 14
HEAD_FILL = "E7ECF2"

LEFT = WD_ALIGN_PARAGRAPH.LEFT
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
THAI_JUSTIFY = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_WORD = re.compile(r"\(?HTTP \d+\S*|\S+")
_LATIN = re.compile(r"[A-Za-z]")


def thai_digits(text: str) -> str:
    """`text` with Thai digits: `มท ๐๒๒๖.๒/ว ๑๒๓`.

    Addresses, item numbers (O12), HTTP codes and all other words with Latin letters keep theirs.
    """

    def said(word: re.Match[str]) -> str:
        return word[0] if _LATIN.search(word[0]) else word[0].translate(_TO_THAI)

    return _WORD.sub(said, text)


def new_document(
    title: str, margins_cm: tuple[float, float, float, float] = (2.0, 2.0, 2.0, 2.5)
) -> DocxDocument:
    """An empty A4 document in the government's font; margins top, right, bottom, left in cm."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Cm(margin) for margin in margins_cm
    )
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, "th-TH", ""
    properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC).replace(microsecond=0)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        properties_of_run = style.element.get_or_add_rPr()
        for old in list(properties_of_run):
            properties_of_run.remove(old)
        size = {"Heading 1": 20, "Heading 2": 18}.get(name, BODY_PT)
        _dress(properties_of_run, bold=name != "Normal", size=size)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 10)
        style.paragraph_format.space_after = Pt(0)
    return document


def put(
    paragraph: Paragraph, text: str, *, bold: bool = False, size: float = 0, colour: str = ""
) -> Run:
    """Add `text` to the paragraph; `size` in points (0: the style's), `colour` RRGGBB."""
    run = paragraph.add_run(text)
    _dress(run._r.get_or_add_rPr(), bold=bold, size=size, colour=colour)
    return run


def line(
    place: DocxDocument | _Cell,
    text: str = "",
    *,
    bold: bool = False,
    size: float = 0,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    indent_cm: float = 0,
    before_pt: float = 0,
) -> Paragraph:
    """Add a paragraph to a document or cell; `indent_cm` moves its first line."""
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before_pt)
    if indent_cm:
        paragraph.paragraph_format.first_line_indent = Cm(indent_cm)
    if text:
        put(paragraph, text, bold=bold, size=size)
    return paragraph


def fill(
    cell: _Cell,
    text: str,
    *,
    bold: bool = False,
    size: float = TABLE_PT,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> None:
    """Write `text` into an empty cell, a paragraph for each of its lines."""
    for count, part in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if count else cell.paragraphs[0]
        paragraph.alignment = align
        put(paragraph, part, bold=bold, size=size)


def grid(
    document: DocxDocument,
    widths_cm: Sequence[float],
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    centred: Collection[int] = (),
    size: float = TABLE_PT,
) -> Table:
    """Add a ruled table: its head is repeated on every page and no row is parted by a page's end.

    `centred` are the columns (from 0) of numbers and marks.
    """
    table: Table = document.add_table(rows=1 + len(rows), cols=len(widths_cm), style="Table Grid")
    table.autofit = False
    _narrow_cells(table)
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for number, (row, cells) in enumerate(zip(table.rows, (head, *rows), strict=True)):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        if not number:
            _flag(row._tr.get_or_add_trPr(), "w:tblHeader")
        for place, (cell, text, width) in enumerate(zip(row.cells, cells, widths_cm, strict=True)):
            cell.width = Cm(width)
            middle = not number or place in centred
            fill(cell, text, bold=not number, size=size, align=CENTRE if middle else LEFT)
            if not number:
                shade(cell, HEAD_FILL)
    return table


def _narrow_cells(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell's ground with `colour` (RRGGBB)."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def number_pages(document: DocxDocument, before: str, between: str, *, thai: bool = True) -> None:
    """Number the pages at the foot: `before` + page + `between` + pages (`หน้า ๑ จาก ๕`)."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = CENTRE
    switch = r" \* ThaiArabic" if thai else ""
    for words, field in ((before, "PAGE"), (between, "NUMPAGES")):
        put(foot, words, size=TABLE_PT)
        _field(foot, f"{field}{switch}")


def docx_bytes(document: DocxDocument) -> bytes:
    """The document as the bytes of a DOCX file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _dress(properties: BaseOxmlElement, *, bold: bool, size: float, colour: str = "") -> None:
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.append(fonts)
    if bold:
        properties.append(OxmlElement("w:b"))
        properties.append(OxmlElement("w:bCs"))
    if colour:
        _value(properties, "w:color", colour)
    if size:
        _value(properties, "w:sz", str(round(size * 2)))
        _value(properties, "w:szCs", str(round(size * 2)))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)


def _value(parent: BaseOxmlElement, name: str, value: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    parent.append(element)


def _flag(parent: BaseOxmlElement, name: str) -> None:
    parent.append(OxmlElement(name))


def _field(paragraph: Paragraph, instruction: str) -> None:
    for kind in ("begin", "", "separate", "1", "end"):
        run = put(paragraph, "1" if kind == "1" else "", size=TABLE_PT)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            words = OxmlElement("w:instrText")
            words.text = f" {instruction} "
            run._r.append(words)
