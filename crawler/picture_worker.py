"""Draws one page of a PDF or picture: `python -m crawler.picture_worker PAGE MAX_PX`.

The body comes through stdin, the picture (PNG or WebP) leaves through stdout. A process of its
own with limits of its own, because what it opens was published by strangers.
"""

from __future__ import annotations

import io
import sys
import warnings

import pypdfium2 as pdfium
from PIL import Image

from crawler.confinement import Limits, begin_job, confine
from crawler.picture_formats import FORMATS

MEMORY_BYTES = 2 * 1024**3
CPU_S = 30
WALL_S = 60
MOST_PIXELS = 90_000_000
SMALL_BYTES = 150_000
_COLOURS = 64
_QUALITIES = (70, 45, 25)


def drawn(body: bytes, page: int, max_px: int) -> Image.Image:
    """Page `page` (from 1) of `body`, at most `max_px` pixels wide and high.

    Raises `ValueError` for a page that is not there and the libraries' errors for a bad body.
    """
    if b"%PDF-" in body[:1024]:
        return _pdf_page(body, page, max_px)
    with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
        if page > getattr(picture, "n_frames", 1):
            raise ValueError(f"no page {page}")
        picture.seek(page - 1)
        picture.draft("RGB", (max_px, max_px))
        shown = picture.convert("RGB")
    shown.thumbnail((max_px, max_px), Image.Resampling.LANCZOS)
    return shown


def _pdf_page(body: bytes, page: int, max_px: int) -> Image.Image:
    document = pdfium.PdfDocument(body)
    if page > len(document):
        raise ValueError(f"no page {page}")
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = max_px / max(width, height, 1.0)
    picture: Image.Image = sheet.render(scale=scale).to_pil()
    return picture.convert("RGB")


def encoded(picture: Image.Image, limit: int = SMALL_BYTES) -> bytes:
    """The picture as PNG of few colours when that takes at most `limit` bytes, else as WebP."""
    found = _saved(picture.quantize(_COLOURS), "PNG", optimize=True)
    for quality in _QUALITIES:
        if len(found) <= limit:
            break
        found = _saved(picture, "WEBP", quality=quality)
    return found


def _saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def main(page: int, max_px: int) -> int:
    """Read a body from stdin and write its picture to stdout; 1 when that cannot be done."""
    confine(Limits(MEMORY_BYTES))
    begin_job(CPU_S, WALL_S)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = encoded(drawn(sys.stdin.buffer.read(), page, max_px))
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return 1
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
