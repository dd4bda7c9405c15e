"""Pages rendered with Debian's Thai fonts, as pictures and as PDFs without text."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

FONTS = "/usr/share/fonts/truetype/tlwg"
A4 = (1654, 2339)


@lru_cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{FONTS}/{name}.ttf", size)


def line(text: str, face: str = "Laksaman", size: int = 44) -> Image.Image:
    """One line of text, black on white, with a margin."""
    kind = font(face, size)
    page = Image.new("L", (int(kind.getlength(text)) + 80, 2 * size), 255)
    ImageDraw.Draw(page).text((40, size * 1.4), text, font=kind, fill=0, anchor="ls")
    return page


def page(lines: Sequence[str], face: str = "Laksaman", size: int = 44) -> Image.Image:
    """An A4 page at 200 dpi."""
    sheet = Image.new("L", A4, 255)
    pen = ImageDraw.Draw(sheet)
    for number, text in enumerate(lines):
        pen.text((200, 300 + number * 84), text, font=font(face, size), fill=0, anchor="ls")
    return sheet


def pdf(pages: Sequence[Image.Image], resolution: int = 200) -> bytes:
    """A PDF whose pages are pictures and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=resolution, save_all=True, append_images=pages[1:])
    return out.getvalue()


def file(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as the bytes of a file of this kind."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
