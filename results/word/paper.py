"""A paper's pages, properties and file: A4, upright or on its side."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from results.speech import Language, spoken
from results.word.styles import dress
from results.word.text import legal

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

    from results.word.styles import Look

LATIN = "en-US"
"""The language of Latin letters in a Thai paper."""
_PAPER_LANGUAGES = {Language.TH: "th-TH", Language.EN: "en-GB"}
_SHORT, _LONG = Mm(210), Mm(297)
_PROPERTY_CHARS = 255


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page in mm; `edge`: from the paper's edge to its head and foot lines."""

    top: float
    right: float
    bottom: float
    left: float
    edge: float = 12.5


def latin() -> str:
    """The language of Latin letters in a paper of the language in use."""
    return LATIN if spoken() is Language.TH else _PAPER_LANGUAGES[spoken()]


def new_paper(
    title: str,
    made_at: datetime,
    look: Look,
    margins: Margins,
    *,
    subject: str = "",
    author: str = "",
) -> Document:
    """An empty A4 paper of `look` in the language in use.

    `made_at` (UTC) is written into its properties, so that the same input gives the same paper.
    """
    document = docx.Document()
    dress(document, look, latin())
    lay_out(document.sections[0], margins)
    properties = document.core_properties
    properties.title = legal(title)[:_PROPERTY_CHARS]
    properties.subject = legal(subject)[:_PROPERTY_CHARS]
    properties.author = properties.last_modified_by = legal(author)[:_PROPERTY_CHARS]
    properties.comments = ""
    properties.language = _PAPER_LANGUAGES[spoken()]
    properties.created = properties.modified = made_at
    return document


def lay_out(section: Section, margins: Margins, *, landscape: bool = False) -> None:
    """Make the pages of `section` A4 with `margins`, upright or on their side."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = wide, high
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = section.footer_distance = Mm(margins.edge)


def new_section(document: Document, margins: Margins, *, landscape: bool = False) -> Section:
    """Begin a new page in a new section."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    lay_out(section, margins, landscape=landscape)
    return section


def docx_bytes(document: Document) -> bytes:
    """The paper as a DOCX file's content."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
