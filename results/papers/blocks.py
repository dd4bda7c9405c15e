"""A paper as headings, paragraphs, bullets and tables: worded once, laid out as DOCX and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx.shared import Pt

from results.formats.page import templates
from results.papers.letter import LOOK, RULED
from results.papers.numerals import numerals
from results.speech import Language, _, spoken
from results.word.fields import number_pages
from results.word.paper import Margins, docx_bytes, new_paper
from results.word.styles import CAPTION
from results.word.tables import add_row, begin_table
from results.word.text import CENTRE, LEFT, Bold, add, add_list

if TYPE_CHECKING:
    from docx.document import Document

    from results.formats.printing import Printer

_MARGINS = Margins(top=20, right=20, bottom=20, left=25)
_BEFORE = Pt(4)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the paper's second level."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `strong` for the line an executive reads first."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; `centred` columns hold numbers; a cell may hold several lines."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths_cm: tuple[float, ...]
    centred: frozenset[int] = frozenset()


Block = Heading | Words | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; a title may have two lines; every text is plain and in the language in use."""

    title: str
    subtitles: tuple[str, ...]
    blocks: Sequence[Block] = field(default_factory=tuple)


def paper_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a DOCX file, ready to edit."""
    made = datetime.now(UTC).replace(microsecond=0)
    document = new_paper(" ".join(paper.title.split("\n")), made, LOOK, _MARGINS)
    pages = _("หน้า {page} จาก {pages}", page="{page}", pages="{pages}")
    foot = document.sections[0].footer.paragraphs[0]
    number_pages(foot, pages, thai=spoken() is Language.TH)
    add(document, numerals(paper.title), "Heading 1", align=CENTRE)
    for subtitle in paper.subtitles:
        add(document, numerals(subtitle), align=CENTRE)
    for block in paper.blocks:
        _add(document, block)
    return docx_bytes(document)


def _add(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        add(document, numerals(block.text), "Heading 2")
    elif isinstance(block, Words):
        said = numerals(block.text)
        words = add(document, Bold(said) if block.strong else said)
        words.paragraph_format.space_before = _BEFORE
    elif isinstance(block, Bullets):
        add_list(document, [numerals(line) for line in block.lines])
    else:
        _add_grid(document, block)


def _add_grid(document: Document, grid: Grid) -> None:
    if grid.caption:
        caption = add(document, numerals(grid.caption), CAPTION)
        caption.paragraph_format.space_before = _BEFORE
        caption.paragraph_format.keep_with_next = True
    table = begin_table(document, grid.head, [10 * width for width in grid.widths_cm], RULED)
    aligned = [CENTRE if place in grid.centred else LEFT for place in range(len(grid.head))]
    for row in grid.rows:
        add_row(table, [numerals(cell).split("\n") for cell in row], aligned)


def paper_html(paper: Paper) -> str:
    """The paper as one self-contained page for A4, with no script and no other file."""
    kinds = {Heading: "heading", Words: "words", Bullets: "bullets", Grid: "grid"}
    return (
        templates()
        .get_template("paper.html.j2")
        .render(
            paper=paper,
            blocks=[(kinds[type(block)], block) for block in paper.blocks],
            digits=numerals,
            lang=spoken().value,
        )
    )


def paper_pdf(paper: Paper, printer: Printer) -> bytes:
    """The paper as the bytes of a PDF file. Raises `printing.PrintError`."""
    return printer.pdf(paper_html(paper), numerals(" ".join(paper.title.split("\n"))))
