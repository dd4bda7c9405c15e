"""The look of a Word paper in Thai: A4, TH SarabunPSK, real heading and list styles.

Word sets Thai in the "complex script" font, size and weight, which have their own marks
(`w:cs`, `w:szCs`, `w:bCs`); a style that leaves them out shows Thai in another face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.font import CT_RPr
    from docx.styles.style import CharacterStyle, ParagraphStyle

FONT = "TH SarabunPSK"
BODY_PT = 16
TEXT_MM = 165
"""The width between the margins of an A4 page."""

TABLE_TEXT = "Table Text"
TABLE_HEAD = "Table Head"
SMALL = "Small Text"
BOX = "Box"
WARNING_BOX = "Warning Box"
AFTER_TABLE = "After Table"
LINK = "Hyperlink"

_INK = RGBColor(0x00, 0x00, 0x00)
_HEADINGS = {"Title": 24, "Heading 1": 20, "Heading 2": 17, "Heading 3": 16}
_OWN_SIZES = {
    TABLE_TEXT: 14,
    TABLE_HEAD: 14,
    SMALL: 14,
    BOX: BODY_PT,
    WARNING_BOX: BODY_PT,
    AFTER_TABLE: 5,
}
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
_BEHIND_SIZE = ("w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:vertAlign", "w:cs", "w:lang")


def dress(document: Document, latin_language: str) -> None:
    """Give `document` its page, fonts and styles; `latin_language` is that of Latin letters."""
    _set_page(document)
    _set_defaults(document, latin_language)
    normal = _paragraph_style(document, "Normal")
    _set_type(normal, BODY_PT)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.0
    for name, size in _HEADINGS.items():
        _set_heading(_paragraph_style(document, name), size)
    for name in ("Header", "Footer", "List Bullet", "List Number", "Caption"):
        _set_type(_paragraph_style(document, name), BODY_PT if "List" in name else 14)
    for name, size in _OWN_SIZES.items():
        _add_style(document, name, size)
    for name, (width, line, fill) in _BOXES.items():
        _set_box(_paragraph_style(document, name), width, line, fill)
    _add_link_style(document)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def _set_defaults(document: Document, latin_language: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        run = properties.find(qn("w:rPr"))
        if run is not None:
            _set_fonts(run)
            _set_size(run, BODY_PT)
            _set_language(run, latin_language)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:bidi"), "th-TH")


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style: ParagraphStyle = document.styles[name]
    return style


def _set_heading(style: ParagraphStyle, size: int) -> None:
    _set_type(style, size, bold=True)
    style.font.color.rgb = _INK
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.keep_together = True
    style.paragraph_format.space_before = Pt(0 if style.name == "Title" else 12)
    style.paragraph_format.space_after = Pt(4)
    for borders in list(style.element.iter(qn("w:pBdr"))):
        borders.getparent().remove(borders)


def _add_style(document: Document, name: str, size: int) -> None:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_type(style, size, bold=name == TABLE_HEAD)
    if name in (TABLE_TEXT, TABLE_HEAD, AFTER_TABLE):
        style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.keep_with_next = True if name == TABLE_HEAD else None


def _set_box(style: ParagraphStyle, width: str, line: str, fill: str) -> None:
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for key, value in {"val": "single", "sz": width, "space": "6", "color": line}.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    shading = OxmlElement("w:shd")
    for key, value in {"val": "clear", "color": "auto", "fill": fill}.items():
        shading.set(qn(f"w:{key}"), value)
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(shading, *_AFTER_SHADING)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)
    style.paragraph_format.space_after = Pt(0)


def _add_link_style(document: Document) -> None:
    style: CharacterStyle = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)
    style.font.underline = True


def _set_type(style: ParagraphStyle, size: int, *, bold: bool = False) -> None:
    style.font.bold = style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = False
    properties = style.element.get_or_add_rPr()
    _set_fonts(properties)
    _set_size(properties, size)


def _set_fonts(properties: CT_RPr) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)


def _set_size(properties: CT_RPr, size: int) -> None:
    """Set the size of Latin letters, and right behind it that of Thai, in half points."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.sz_val = Pt(size)
    thai: Any = OxmlElement("w:szCs")
    thai.set(qn("w:val"), str(2 * size))
    properties.insert_element_before(thai, *_BEHIND_SIZE)


def _set_language(properties: CT_RPr, latin: str) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    for key, value in {"val": latin, "eastAsia": latin, "bidi": "th-TH"}.items():
        mark.set(qn(f"w:{key}"), value)
    properties.append(mark)
