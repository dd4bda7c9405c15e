"""What stands in a paragraph: plain and bold text, links to where a reader may be sent.

Any text may be given: what XML cannot hold is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from results.links import safe_link
from results.word.letters import set_run
from results.word.styles import BULLET, LINK

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
THAI_JUSTIFY = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Bold:
    """Text in bold; `size` in points where it is not the style's."""

    text: str
    size: float = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to `url`; it stays plain text where no reader may be sent there."""

    url: str
    text: str


Line = str | Bold | Link | tuple[str | Bold | Link, ...]
"""What one paragraph says."""


def legal(text: str) -> str:
    """`text` without the characters that no XML file can hold."""
    return _ILLEGAL.sub("", text)


def add(
    document: Document, line: Line, style: str = "Normal", *, align: WD_ALIGN_PARAGRAPH = LEFT
) -> Paragraph:
    """Add a paragraph."""
    paragraph = document.add_paragraph(style=style)
    if align is not LEFT:
        paragraph.alignment = align
    write(paragraph, line)
    return paragraph


def add_list(document: Document, lines: Sequence[Line]) -> None:
    """Add a bulleted list."""
    for line in lines:
        add(document, line, BULLET)


def write(paragraph: Paragraph, line: Line) -> None:
    """Write a line's parts behind what the paragraph holds."""
    for part in line if isinstance(line, tuple) else (line,):
        if isinstance(part, Link) and safe_link(legal(part.url)):
            _write_link(paragraph, part)
            continue
        run = paragraph.add_run(legal(part if isinstance(part, str) else part.text))
        if isinstance(part, Bold):
            set_run(run, bold=True, size=part.size)


def _write_link(paragraph: Paragraph, link: Link) -> None:
    target = paragraph.part.relate_to(
        legal(link.url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = Run(OxmlElement("w:r"), paragraph)  # type: ignore[arg-type]
    run.text = legal(link.text) or legal(link.url)
    run.style = LINK
    element.append(run._r)
    paragraph._p.append(element)


def keep_eras(document: Document) -> None:
    """Never part the era from its year at a line's end, anywhere in the paper's body."""
    for text in document.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace("พ.ศ. ", "พ.ศ.\u00a0")
