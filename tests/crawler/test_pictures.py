"""Pictures of pages: of real PDFs, of scans, of web pages in a real browser."""

from __future__ import annotations

import io
import os
import shutil

import pytest
from PIL import Image, ImageDraw

from crawler.picture_worker import SMALL_BYTES, encoded
from crawler.pictures import PictureError, page_picture, screenshot
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import Answer, LoopbackSite, minimal_pdf, page

needs_a_browser = pytest.mark.skipif(
    shutil.which("chromium-headless-shell") is None, reason="no browser installed"
)
OPEN = CrawlSettings(allow_networks=("127.0.0.1/32",), settle_s=0.3)


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


@needs_a_browser
def test_a_web_page_shows_as_visitors_see_it() -> None:
    black = Image.new("RGB", (400, 300), "black")
    drawn = ImageDraw.Draw(black)
    drawn.line((0, 0, 400, 300), fill="black")
    pages = {
        "/o1": page("โครงสร้าง", '<img src="/chart.png"><script>document.title = "x"</script>'),
        "/chart.png": Answer(saved(black, "PNG"), kind="image/png"),
    }
    with LoopbackSite("127.0.0.1", pages) as site:
        content = screenshot(f"{site.url}/o1", OPEN)
        assert opened(content).size == (1100, 1500)
        assert ink(content) > 100_000
        with pytest.raises(PictureError, match="404"):
            screenshot(f"{site.url}/gone", OPEN)
        refused = CrawlSettings(allow_networks=("10.0.0.0/8",))
        before = site.hits.total()
        with pytest.raises(PictureError):
            screenshot(f"{site.url}/o1", refused)
        assert site.hits.total() == before


@needs_a_browser
def test_html_is_shown_without_scripts_and_without_the_network() -> None:
    with LoopbackSite("127.0.0.1", {}) as site:
        html = (
            f"<h1>ประกาศ</h1><img src='{site.url}/pixel.png'>"
            f"<script>document.body.style.background = 'black'</script>"
        )
        content = screenshot(html, OPEN)
        assert 0 < ink(content) < 100_000
        assert not site.hits


def test_without_a_browser_there_is_no_screenshot() -> None:
    with pytest.raises(PictureError, match="no browser"):
        screenshot("https://www.a.go.th/", CrawlSettings(browser_path=None))
