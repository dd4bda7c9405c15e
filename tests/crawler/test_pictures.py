"""Pictures of pages: of real PDFs, of scans, of web pages in a real browser."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from crawler.picture_worker import SMALL_BYTES, encoded
from crawler.pictures import PictureError, page_picture
from tests.crawler.loopback_site import minimal_pdf


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def ink(content: bytes) -> int:
    """How many pixels are dark."""
    return sum(opened(content).convert("L").histogram()[:128])


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def test_a_page_of_a_pdf_is_drawn_to_size() -> None:
    content = page_picture(minimal_pdf("FY2566 " * 6), 1, 700)
    assert content.startswith(b"\x89PNG")
    assert max(opened(content).size) in (700, 701)
    assert ink(content) > 300


def test_the_page_asked_for_is_drawn() -> None:
    sheets = [Image.new("RGB", (300, 400), colour) for colour in ("white", "black")]
    tiff = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    assert ink(page_picture(tiff, 1)) == 0
    assert ink(page_picture(tiff, 2)) == 300 * 400


def test_a_noisy_scan_stays_small() -> None:
    noise = Image.frombytes("L", (1100, 1500), os.urandom(1100 * 1500)).convert("RGB")
    noise = noise.resize((275, 375)).resize((1100, 1500))
    content = encoded(noise)
    assert content[8:12] == b"WEBP"
    assert len(content) < 2 * SMALL_BYTES
    assert opened(content).size == (1100, 1500)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (b"", 1),
        (b"<html>no picture</html>", 1),
        (b"%PDF-1.7 cut off", 1),
        (minimal_pdf("one page"), 2),
        (minimal_pdf("one page"), 0),
        (saved(Image.new("1", (12_000, 12_000)), "PNG"), 1),
    ],
    ids=["nothing", "html", "cut", "beyond", "zero", "bomb"],
)
def test_what_cannot_be_drawn_is_told(body: bytes, number: int) -> None:
    with pytest.raises(PictureError):
        page_picture(body, number)
