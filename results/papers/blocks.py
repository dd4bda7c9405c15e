"""A paper as headings, paragraphs, bullets and tables: worded once, laid out as DOCX and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from results.formats.page import templates
from results.papers.thai_docx import (
    CENTRE,
    docx_bytes,
    grid,
    line,
    new_document,
    number_pages,
    put,
    thai_digits,
)
from results.speech import Language, _, spoken

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument


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


class PdfPrinter(Protocol):
    """Prints a page of HTML on A4."""

    def pdf(self, html: str, title: str) -> bytes:
        """The PDF of `html`."""
        ...


def digits(text: str) -> str:
    """`text` with the digits of the language in use."""
    return thai_digits(text) if spoken() is Language.TH else text


def paper_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a DOCX file, ready to edit."""
    document = new_document(" ".join(paper.title.split("\n")))
    number_pages(document, _("หน้า "), _(" จาก "), thai=spoken() is Language.TH)
    title = document.add_heading(level=1)
    title.alignment = CENTRE
    put(title, digits(paper.title), bold=True, size=18)
    for subtitle in paper.subtitles:
        line(document, digits(subtitle), align=CENTRE)
    for block in paper.blocks:
        _add(document, block)
    return docx_bytes(document)


def _add(document: DocxDocument, block: Block) -> None:
    if isinstance(block, Heading):
        heading = document.add_heading(level=2)
        put(heading, digits(block.text), bold=True, size=17)
    elif isinstance(block, Words):
        line(document, digits(block.text), bold=block.strong, before_pt=4)
    elif isinstance(block, Bullets):
        for text in block.lines:
            put(document.add_paragraph(style="List Bullet"), digits(text))
    else:
        if block.caption:
            caption = line(document, digits(block.caption), size=14, before_pt=4)
            caption.paragraph_format.keep_with_next = True
        rows = [tuple(map(digits, row)) for row in block.rows]
        grid(document, block.widths_cm, block.head, rows, centred=block.centred, size=13)


def paper_html(paper: Paper) -> str:
    """The paper as one self-contained page for A4, with no script and no other file."""
    kinds = {Heading: "heading", Words: "words", Bullets: "bullets", Grid: "grid"}
    return (
        templates()
        .get_template("paper.html.j2")
        .render(
            paper=paper,
            blocks=[(kinds[type(block)], block) for block in paper.blocks],
            digits=digits,
            lang=spoken().value,
        )
    )


def paper_pdf(paper: Paper, printer: PdfPrinter) -> bytes:
    """The paper as the bytes of a PDF file."""
    return printer.pdf(paper_html(paper), digits(" ".join(paper.title.split("\n"))))
