"""How Word sets Thai: font, size, weight and language of styles and runs, for both scripts.

Word sets Thai in the "complex script" font, size and weight, which have their own marks
(`w:cs`, `w:szCs`, `w:bCs`); what leaves them out shows Thai in another face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

if TYPE_CHECKING:
    from docx.oxml.text.font import CT_RPr
    from docx.styles.style import CharacterStyle
    from docx.text.run import Run

FONT = "TH SarabunPSK"
BODY_PT = 16
THAI = "th-TH"

_BEHIND_SIZE = ("w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:vertAlign", "w:cs", "w:lang")


def set_style(style: CharacterStyle, size: float, latin: str, *, bold: bool = False) -> None:
    """Give a style the font, `size` points and weight; `latin` is its Latin letters' language."""
    style.font.bold = style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = False
    properties = style.element.get_or_add_rPr()
    set_font(properties)
    set_size(properties, size)
    set_language(properties, latin)


def set_run(run: Run, *, bold: bool = False, size: float = 0) -> Run:
    """Set what a run has apart from its style: weight, and `size` in points (0: the style's)."""
    if bold:
        run.font.bold = run.font.cs_bold = True
    if size:
        set_size(run._r.get_or_add_rPr(), size)
    return run


def set_font(properties: CT_RPr) -> None:
    """Name the font for every script, in place of a theme's."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)


def set_size(properties: CT_RPr, size: float) -> None:
    """Set the size of Latin letters in points, and right behind it that of Thai."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.sz_val = Pt(size)
    thai: Any = OxmlElement("w:szCs")
    thai.set(qn("w:val"), str(round(2 * size)))
    properties.insert_element_before(thai, *_BEHIND_SIZE)


def set_language(properties: CT_RPr, latin: str) -> None:
    """Name the languages by which Word spells: `latin`, and Thai for Thai letters."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    for key, value in {"val": latin, "eastAsia": latin, "bidi": THAI}.items():
        mark.set(qn(f"w:{key}"), value)
    properties.append(mark)
