"""Fields that Word fills itself: the number of a page, the number of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from results.word.text import CENTRE, legal

if TYPE_CHECKING:
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_MARKS = re.compile("({pages?})")
_THAI_DIGITS = r" \* ThaiArabic"


def number_pages(paragraph: Paragraph, text: str, *, thai: bool = False) -> None:
    """Write `text` in the middle, with `{page}` and `{pages}` counted by Word.

    With `thai` each number asks for Thai digits by itself, as the count of pages must; the number
    of a page alone rather follows its section: see `count_in_thai`.
    """
    paragraph.alignment = CENTRE
    for part in _MARKS.split(legal(text)):
        if part in _FIELDS:
            _write_field(paragraph, _FIELDS[part] + (_THAI_DIGITS if thai else ""))
        elif part:
            paragraph.add_run(part)


def count_in_thai(section: Section) -> None:
    """Number the pages of `section` in Thai digits."""
    if section._sectPr.find(qn("w:pgNumType")) is not None:
        return
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:fmt"), "thaiNumbers")
    # The schema wants it after the margins and before the columns.
    margins = section._sectPr.find(qn("w:pgMar"))
    assert margins is not None
    margins.addnext(numbers)


def _write_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    # Shown until the word processor counts the pages.
    run = Run(OxmlElement("w:r"), paragraph)  # type: ignore[arg-type]
    run.text = "1"
    field.append(run._r)
    paragraph._p.append(field)
