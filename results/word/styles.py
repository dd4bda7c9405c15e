"""The looks of Word papers: real heading, list and table styles in the government's font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from results.word.letters import BODY_PT, THAI, set_font, set_language, set_size, set_style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle, ParagraphStyle

TABLE_TEXT = "Table Text"
TABLE_HEAD = "Table Head"
SMALL = "Small Text"
BOX = "Box"
WARNING_BOX = "Warning Box"
AFTER_TABLE = "After Table"
LINK = "Hyperlink"
BULLET = "List Bullet"
CAPTION = "Caption"

_INK = RGBColor(0x00, 0x00, 0x00)
_LINK_INK = RGBColor(0x05, 0x63, 0xC1)
_SMALL_PT = 14
_AFTER_TABLE_PT = 5
_BOXES = {BOX: ("4", "7F7F7F", "F7F7F7"), WARNING_BOX: ("18", "C00000", "FDECEA")}
_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
)
_AFTER_SHADING = _AFTER_BORDERS[1:]


@dataclass(frozen=True, slots=True)
class Look:
    """What one paper has apart from the others, in points; `headings` by the name of the style.

    `spacing` is the distance of lines (`None`: Word's own), `running` the size of the lines at
    the head and foot of pages.
    """

    headings: Mapping[str, int]
    heading_before: float
    heading_after: float
    body_after: float
    table: float
    table_after: float
    spacing: float | None = None
    running: float = _SMALL_PT


def dress(document: Document, look: Look, latin: str) -> None:
    """Give `document` the font and the styles of `look`; `latin` is the Latin letters' language."""
    _set_defaults(document, latin)
    normal = _style(document, "Normal")
    set_style(normal, BODY_PT, latin)
    normal.paragraph_format.space_after = Pt(look.body_after)
    if look.spacing is not None:
        normal.paragraph_format.line_spacing = look.spacing
    for name, size in look.headings.items():
        _set_heading(_style(document, name), size, look, latin)
    for name in (BULLET, "List Number"):
        set_style(_style(document, name), BODY_PT, latin)
    for name in ("Header", "Footer"):
        set_style(_style(document, name), look.running, latin)
    set_style(_style(document, CAPTION), _SMALL_PT, latin)
    _style(document, CAPTION).font.color.rgb = _INK
    for name, size in ((SMALL, _SMALL_PT), (AFTER_TABLE, _AFTER_TABLE_PT)):
        _add(document, name, size, latin)
    _style(document, AFTER_TABLE).paragraph_format.space_after = Pt(2)
    for name in (TABLE_TEXT, TABLE_HEAD):
        _add(document, name, look.table, latin, bold=name == TABLE_HEAD)
        _style(document, name).paragraph_format.space_after = Pt(look.table_after)
    _style(document, TABLE_HEAD).paragraph_format.keep_with_next = True
    _add_link(document)


def add_boxes(document: Document, latin: str) -> None:
    """Add the styles of framed paragraphs: `BOX`, and `WARNING_BOX` for what must be seen."""
    for name, (width, line, fill) in _BOXES.items():
        _set_box(_add(document, name, BODY_PT, latin), width, line, fill)


def _set_defaults(document: Document, latin: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        run = properties.find(qn("w:rPr"))
        if run is not None:
            set_font(run)
            set_size(run, BODY_PT)
            set_language(run, latin)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:bidi"), THAI)


def _style(document: Document, name: str) -> ParagraphStyle:
    style: ParagraphStyle = document.styles[name]
    return style


def _set_heading(style: ParagraphStyle, size: int, look: Look, latin: str) -> None:
    set_style(style, size, latin, bold=True)
    style.font.color.rgb = _INK
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.keep_together = True
    style.paragraph_format.space_before = Pt(0 if style.name == "Title" else look.heading_before)
    style.paragraph_format.space_after = Pt(look.heading_after)
    for borders in list(style.element.iter(qn("w:pBdr"))):
        borders.getparent().remove(borders)


def _add(
    document: Document, name: str, size: float, latin: str, *, bold: bool = False
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    set_style(style, size, latin, bold=bold)
    return style


def _set_box(style: ParagraphStyle, width: str, line: str, fill: str) -> None:
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for key, value in {"val": "single", "sz": width, "space": "6", "color": line}.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(shading(fill), *_AFTER_SHADING)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)
    style.paragraph_format.space_after = Pt(0)


def shading(colour: str) -> Any:
    """The mark that fills a paragraph's or a cell's ground with `colour` (RRGGBB)."""
    mark = OxmlElement("w:shd")
    for key, value in {"val": "clear", "color": "auto", "fill": colour}.items():
        mark.set(qn(f"w:{key}"), value)
    return mark


def _add_link(document: Document) -> None:
    style: CharacterStyle = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = _LINK_INK
    style.font.underline = True
