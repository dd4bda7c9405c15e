"""Pictures in a Word paper: scaled to its page, told to those who cannot see them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.shared import Mm
from PIL import Image

from results.word.text import LEFT, legal

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.text.paragraph import Paragraph

CANNOT_BE_SHOWN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What `fitted` raises for a file that is no picture."""
FORMATS = ("PNG", "JPEG", "WEBP")
"""What the program's own screenshots and drawn pages are; nothing else is opened here."""
_PIXELS_WIDE = 1400


def add_picture(
    document: Document,
    content: bytes,
    described: str,
    width_mm: float,
    *,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> Paragraph:
    """Add a PNG or JPEG picture of `width_mm`; `described` is told to the blind."""
    paragraph = document.add_paragraph()
    if align is not LEFT:
        paragraph.alignment = align
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Mm(width_mm))
    shape._inline.docPr.set("descr", legal(described))
    return paragraph


def fitted(content: bytes, widest_mm: float, tallest_mm: float) -> tuple[bytes, float]:
    """A picture as a file that Word reads, and the width in mm at which it fits the page.

    Raises one of `CANNOT_BE_SHOWN` when `content` is no picture.
    """
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        kind = "PNG" if opened.format == "PNG" else "JPEG"
        image = opened.convert("RGB")
    if image.width > _PIXELS_WIDE:
        image = image.resize((_PIXELS_WIDE, max(1, image.height * _PIXELS_WIDE // image.width)))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue(), min(widest_mm, tallest_mm * image.width / image.height)
