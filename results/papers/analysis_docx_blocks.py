"""Building blocks of a Thai government paper as DOCX: fonts, styles, sections, tables.

Thai is complex script to Word: its font, size and weight are named apart from the Latin ones
(`w:cs`, `w:szCs`, `w:bCs`), or Word falls back to its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from results.speech import Language, spoken
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "TH SarabunPSK"
BODY_PT = 16
TABLE_PT = 14
TABLE_STYLE = "Table Text"
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER

_HEADINGS = {"Title": 22, "Heading 1": 18, "Heading 2": 16, "Heading 3": 16, "Caption": 14}
_LANGUAGES = {Language.TH: "th-TH", Language.EN: "en-US"}
_A4 = (Cm(21.0), Cm(29.7))
_FIRST_LINE = Cm(1.5)
_HEAD_SHADE = "DCE6F1"


def new_paper(title: str, made: date, *, landscape: bool = False) -> Document:
    """An empty A4 paper in `FONT`, upright or on its side, with an office's usual margins.

    `made` (C.E.) is written into the file's properties, so that the same input gives the same
    paper.
    """
    paper = docx.Document()
    for name, size in _HEADINGS.items():
        style = paper.styles[name]
        _set_font(style, size, bold=True)
        _plain(style)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(0 if name == "Caption" else 8)
        style.paragraph_format.space_after = Pt(2)
    normal = paper.styles["Normal"]
    _set_font(normal, BODY_PT)
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Header", "Footer", "List Bullet"):
        _set_font(paper.styles[name], BODY_PT)
    table_text = paper.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    table_text.base_style = normal
    _set_font(table_text, TABLE_PT)
    table_text.paragraph_format.space_after = Pt(0)
    _lay_out(paper.sections[0], landscape=landscape)
    moment = datetime.combine(made, time(), UTC)
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = tidy(title), "", ""
    properties.language = _LANGUAGES[spoken()]
    properties.created = properties.modified = moment
    return paper


def new_section(paper: Document, *, landscape: bool = False) -> Section:
    """Begin a new page in a new section, upright or on its side."""
    section: Section = paper.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, landscape=landscape)
    return section


def number_pages(section: Section) -> None:
    """Show the page's number at the top centre, in this section and those that follow it."""
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = CENTRE
    line.add_run("- ")
    _add_field(line, "PAGE")
    line.add_run(" -")


def heading(paper: Document, text: str, level: int) -> Paragraph:
    """A heading of `level` 1 to 3; level 0 is the paper's title, in the middle, line by line."""
    lines = text.splitlines() if level == 0 else [text]
    added: Paragraph = paper.add_heading("\n".join(map(_shown, lines)), level)
    if level == 0:
        added.alignment = CENTRE
    return added


def paragraph(paper: Document, text: str, *, indented: bool = True) -> Paragraph:
    """A paragraph, its first line indented."""
    added = paper.add_paragraph(_shown(text))
    added.paragraph_format.first_line_indent = _FIRST_LINE if indented else None
    return added


def bullet(paper: Document, text: str) -> Paragraph:
    """A line of a list."""
    return paper.add_paragraph(_shown(text), style="List Bullet")


def picture(paper: Document, content: bytes, width_cm: float, words: str) -> None:
    """A picture in the middle of the line; `words` describe it for those who cannot see it."""
    line = paper.add_paragraph()
    line.alignment = CENTRE
    shape = line.add_run().add_picture(io.BytesIO(content), width=Cm(width_cm))
    properties = shape._inline.docPr
    properties.set("descr", tidy(words))
    properties.set("title", tidy(words, 100))


def table(paper: Document, head: Sequence[str], widths_cm: Sequence[float]) -> Table:
    """A ruled table of one head row, which Word repeats on each page; add rows with `add_row`."""
    made: Table = paper.add_table(rows=1, cols=len(head), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths_cm, strict=True):
        column.width = Cm(width)
    top = made.rows[0]
    for cell, text in zip(top.cells, head, strict=True):
        fill(cell, text, CENTRE, bold=True, shade=_HEAD_SHADE)
    _mark(top._tr.get_or_add_trPr(), "w:cantSplit", "w:tblHeader")
    return made


def add_row(
    to: Table,
    texts: Sequence[str | Sequence[str]],
    aligned: Sequence[WD_ALIGN_PARAGRAPH] = (),
    *,
    bold: bool = False,
    shade: str = "",
) -> tuple[_Cell, ...]:
    """A row of cells, each a text or a list of paragraphs; to the left unless `aligned` says."""
    row: Any = to.add_row()  # type: ignore[no-untyped-call]
    widths = [column.width for column in to.columns]
    cells: tuple[_Cell, ...] = row.cells
    for index, text in enumerate(texts):
        place = aligned[index] if index < len(aligned) else LEFT
        fill(cells[index], text, place, bold=bold, shade=shade)
        cells[index].width = widths[index]
    return cells


def keep_whole(row_of: _Cell) -> None:
    """Never part the row of this cell between two pages."""
    row: Any = row_of._tc.getparent()
    _mark(row.get_or_add_trPr(), "w:cantSplit")


def keep_with_next(row_of: _Cell) -> None:
    """Keep the row of this cell on the page of the row below it."""
    row: Any = row_of._tc.getparent()
    for line in row.iter(qn("w:p")):
        _mark(line.get_or_add_pPr(), "w:keepNext")


def fill(
    cell: _Cell,
    text: str | Sequence[str],
    aligned: WD_ALIGN_PARAGRAPH = LEFT,
    *,
    bold: bool = False,
    shade: str = "",
) -> None:
    """Put `text` (each of several a paragraph) into a cell, in place of what stands there."""
    lines = [text] if isinstance(text, str) else list(text) or [""]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for number, line in enumerate(lines):
        place = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        place.text = ""
        place.style = TABLE_STYLE
        place.alignment = aligned
        run = place.add_run(_shown(line))
        run.bold = run.font.cs_bold = bold or None
    if shade:
        _shade(cell, shade)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP


def content_of(paper: Document) -> bytes:
    """The paper as the bytes of a DOCX file."""
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def _lay_out(section: Section, *, landscape: bool = False) -> None:
    short, long = _A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin, section.right_margin = (Cm(2), Cm(2)) if landscape else (Cm(3), Cm(2))
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.header_distance = Cm(1.2)
    numbers = section._sectPr.find(qn("w:pgNumType"))
    if numbers is None and spoken() is Language.TH:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:fmt"), "thaiNumbers")
        # The schema wants it after the margins and before the columns.
        margins = section._sectPr.find(qn("w:pgMar"))
        assert margins is not None
        margins.addnext(numbers)


def _set_font(style: ParagraphStyle, size: int, *, bold: bool = False) -> None:
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:sz", "w:szCs", "w:lang", "w:color", "w:b", "w:bCs"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold = style.font.cs_bold = bold or None
    fonts = properties.find(qn("w:rFonts"))
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(size * 2))
    properties.find(qn("w:sz")).addnext(complex_size)
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), _LANGUAGES[spoken()])
    properties.append(language)


def _shown(text: str) -> str:
    """`text` fit for a line, the era never parted from its year."""
    return tidy(text).replace("พ.ศ. ", "พ.ศ.\u00a0")


def _plain(style: ParagraphStyle) -> None:
    """Take away the lines that the default style draws."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add_field(line: Paragraph, instruction: str) -> None:
    run = line.add_run()
    for kind in ("begin", "instruction", "end"):
        if kind == "instruction":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = instruction
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _mark(properties: BaseOxmlElement, *names: str) -> None:
    for name in names:
        if properties.find(qn(name)) is None:
            properties.append(OxmlElement(name))


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    properties = cell._tc.get_or_add_tcPr()
    # The schema wants the shade before what python-docx writes of the vertical alignment.
    for name in ("w:shd", "w:vAlign"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    properties.append(shading)
