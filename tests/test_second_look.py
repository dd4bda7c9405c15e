"""The second look: scans are read where that may decide, once, within a budget of pages."""

from __future__ import annotations

import asyncio
import io
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.async_api import async_playwright

import sweep
from checklist.evidence import TextSource
from checklist.loader import load_year
from checklist.verdict import Verdict
from crawler.ocr import OcrSettings
from crawler.settings import installed_browser
from sweep.second_look import draw, is_scan, judge_with_ocr

PLAN = """<html lang="th"><body style="font: 20px Laksaman; margin: 60px">
<h1>แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2566</h1><h2>เทศบาลตำบลบ้านสวนมะลิ</h2>
<table border="1" cellpadding="8"><tr><th>โครงการ</th><th>งบประมาณ (บาท)</th><th>ระยะเวลาดำเนินการ</th></tr>
<tr><td>โครงการอบรมคุณธรรมและจริยธรรม</td><td>30,000</td><td>มกราคม 2566</td></tr>
<tr><td>โครงการป้องกันการทุจริตในหน่วยงาน</td><td>15,000</td><td>มีนาคม 2566</td></tr></table></body></html>"""


async def _printed() -> bytes:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page()
        await page.set_content(PLAN)
        printed = await page.pdf(format="A4")
        await browser.close()
        return printed


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF that holds nothing but the picture of a page."""
    document = pypdfium2.PdfDocument(asyncio.run(_printed()))
    picture: Image.Image = document[0].render(scale=200 / 72).to_pil()
    body = io.BytesIO()
    picture.convert("L").save(body, format="PDF", resolution=200)
    path = tmp_path_factory.mktemp("scan") / "plan.pdf"
    path.write_bytes(body.getvalue())
    return path


ITEMS = load_year(2566).select(["O36"])
CONTEXT = sweep.context_for(load_year(2566), date(2023, 4, 30), None)


def test_a_scan_asks_a_person_until_it_is_read(scan: Path, tmp_path: Path) -> None:
    documents = sweep.read_source(scan)
    assert all(map(is_scan, documents))
    unread = sweep.check_documents(documents, ITEMS, CONTEXT)
    assert unread.verdicts[0].verdict is Verdict.REVIEW
    read = sweep.check_documents(documents, ITEMS, CONTEXT, OcrSettings(cache_folder=tmp_path))
    quotes = [quote for e in read.verdicts[0].elements for quote in e.quotes]
    assert any("30,000" in quote.text or "โครงการ" in quote.text for quote in quotes)
    assert {quote.source for quote in quotes} == {TextSource.OCR}
    assert {quote.page for quote in quotes} == {1}
    assert list(tmp_path.rglob("*.json")), "the reading is kept for the next time"


def test_no_page_beyond_the_budget_and_none_without_its_body(scan: Path) -> None:
    documents = {"O36": sweep.read_source(scan)}
    body = scan.read_bytes()
    for body_of, budget in ((lambda _: body, 0), (lambda _: None, 9)):
        judged = judge_with_ocr(ITEMS, documents, CONTEXT, body_of, OcrSettings(), budget)
        assert judged.documents is documents
        assert judged.verdicts[0].verdict is Verdict.REVIEW


def test_the_page_to_look_at_is_drawn(scan: Path) -> None:
    documents = {"O36": sweep.read_source(scan)}
    judged = judge_with_ocr(ITEMS, documents, CONTEXT, lambda _: None, None)
    (picture,) = draw(judged, lambda _: scan.read_bytes())
    assert (picture.place.item, picture.place.page) == ("O36", 1)
    assert Image.open(io.BytesIO(picture.content)).height > 500
    assert draw(judged, lambda _: b"not a PDF") == []
