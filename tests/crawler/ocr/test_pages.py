"""Which pages are read, and what a hostile or broken file does: nothing but say so."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from crawler.ocr.job import Job
from crawler.ocr.model import PageFailure
from crawler.ocr.pages import PageDamagedError, PageTooLargeError, chosen, opened
from crawler.ocr.settings import OcrSettings
from tests.crawler.ocr import scanned


@pytest.mark.parametrize(
    ("pages", "most", "expected"),
    [
        ([3, 1, 2], 12, [1, 2, 3]),
        (list(range(1, 40)), 8, [1, 2, 3, 4, 5, 6, 38, 39]),
        (list(range(1, 40)), 12, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 38, 39]),
        (list(range(1, 40)), 3, [1, 2, 3]),
        ([5, 5, 9], 1, [5]),
        ([], 12, []),
    ],
)
def test_first_and_last_pages_come_first(pages: list[int], most: int, expected: list[int]) -> None:
    assert chosen(pages, most) == expected


def huge_png() -> bytes:
    """A valid header that claims 60,000 x 60,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_a_picture_of_3600_million_pixels_is_refused_before_it_is_decoded() -> None:
    job = Job(OcrSettings())
    answer = job.open(huge_png())
    if isinstance(answer, int):
        assert job.read(1) == PageFailure(1, "too_large")
    else:
        assert answer == "too_large"


@pytest.mark.parametrize(
    "body",
    [b"", b"%PDF-1.7 and nothing else", b"\x89PNG\r\n\x1a\n", b"GIF89a", bytes(range(256)) * 4],
)
def test_what_is_no_picture_is_damaged(body: bytes) -> None:
    assert Job(OcrSettings()).open(body) == "damaged"


def test_a_truncated_photo_is_damaged_and_not_a_crash() -> None:
    body = scanned.file(scanned.line("ปี ๒๕๖๖"), "PNG")
    job = Job(OcrSettings())
    assert job.open(body[: len(body) // 2]) == 1
    assert job.read(1) == PageFailure(1, "damaged")


def test_a_page_that_does_not_exist_is_damaged() -> None:
    job = Job(OcrSettings())
    job.open(scanned.file(Image.new("L", (40, 40), 255), "PNG"))
    assert job.read(7) == PageFailure(7, "damaged")


def test_every_frame_of_a_tiff_is_a_page_scaled_to_200_dpi() -> None:
    frames = [Image.new("L", (827, 1169), tone) for tone in (255, 200, 100)]
    body = scanned.file(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with opened(body) as source:
        assert source.count == 3
        third = source.picture(3, 200, 10**8)
        assert third.height == pytest.approx(2340, abs=2)
        assert third.getpixel((5, 5)) == 100


def test_transparent_parts_are_paper() -> None:
    clear = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    with opened(scanned.file(clear, "PNG")) as source:
        assert source.picture(1, 200, 10**8).getextrema() == (255, 255)


def test_a_pdf_page_is_rendered_within_the_limit() -> None:
    with opened(scanned.pdf([Image.new("L", (1654, 2339), 255)])) as source:
        assert source.picture(1, 200, 10**7).size == pytest.approx((1654, 2339), abs=3)
        with pytest.raises(PageTooLargeError):
            source.picture(1, 200, 10**5)
        with pytest.raises(PageDamagedError):
            source.picture(2, 200, 10**7)


def test_a_page_of_two_metres_is_rendered_like_an_a4_sheet() -> None:
    out = scanned.pdf([Image.new("L", (1654, 2339), 255)], resolution=30)
    with opened(out) as source:
        assert source.picture(1, 200, 10**8).height == pytest.approx(2600, abs=3)


@pytest.mark.parametrize("name", ["max_pages", "page_seconds", "memory_bytes", "workers"])
def test_limits_that_read_nothing_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        replace(OcrSettings(), **{name: 0})  # type: ignore[arg-type]
