"""The pages of the yearly analysis and its form: their look, headings and paragraphs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from docx.shared import Cm

from results.speech import Language, spoken
from results.word.fields import count_in_thai, number_pages
from results.word.paper import Margins, docx_bytes, lay_out, new_paper
from results.word.styles import Look
from results.word.tables import TableLook
from results.word.text import CENTRE, LEFT, add, keep_eras

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

LOOK = Look(
    headings={"Title": 22, "Heading 1": 18, "Heading 2": 16, "Heading 3": 16},
    heading_before=8,
    heading_after=2,
    body_after=4,
    table=14,
    table_after=0,
    running=16,
)
RULED = TableLook(fill="DCE6F1", head=CENTRE, middle=True)
UPRIGHT = Margins(top=25, right=20, bottom=20, left=30, edge=12)
LYING = Margins(top=25, right=20, bottom=20, left=20, edge=12)
_FIRST_LINE = Cm(1.5)


def number_at_head(section: Section) -> None:
    """Number the pages at the top centre, in this section and those that follow it."""
    section.header.is_linked_to_previous = False
    number_pages(section.header.paragraphs[0], "- {page} -")


def begin(title: str, made: date, margins: Margins, *, landscape: bool = False) -> Document:
    """A paper of the day `made` (C.E.) that begins upright or on its side."""
    moment = datetime.combine(made, time(), UTC)
    paper = new_paper(" ".join(title.splitlines()), moment, LOOK, margins)
    lay_out(paper.sections[0], margins, landscape=landscape)
    return paper


def finished(paper: Document) -> bytes:
    """The paper as the bytes of a DOCX file, its pages counted, no era parted from its year."""
    for section in paper.sections:
        if spoken() is Language.TH:
            count_in_thai(section)
    keep_eras(paper)
    return docx_bytes(paper)


def heading(paper: Document, text: str, level: int) -> Paragraph:
    """A heading of `level` 1 to 3; level 0 is the paper's title, in the middle, line by line."""
    style = f"Heading {level}" if level else "Title"
    return add(paper, text, style, align=LEFT if level else CENTRE)


def paragraph(paper: Document, text: str) -> Paragraph:
    """A paragraph, its first line indented."""
    added = add(paper, text)
    added.paragraph_format.first_line_indent = _FIRST_LINE
    return added
