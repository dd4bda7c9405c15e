"""The second look: scans are read where that may decide, once, within a budget of pages."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.async_api import async_playwright

import sweep
from checklist.evidence import TextSource
from checklist.loader import load_year
from checklist.profile import UnitType
from checklist.verdict import ItemVerdict, Verdict
from crawler.ocr import OcrSettings
from crawler.settings import CrawlSettings, installed_browser
from results.statistic_rows import statistics_of
from results.store import Store
from sweep.second_look import draw, is_scan, judge_with_ocr
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from tests.databases import database_at
from units.registry import Unit

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


def test_a_scan_read_by_ocr_is_judged_once_while_nothing_changes(
    scan: Path, tmp_path: Path
) -> None:
    pdf = Answer(scan.read_bytes(), kind="application/pdf")
    pages = {"/": page("เทศบาลตำบลบ้านสวนมะลิ", PROSE), "/plan.pdf": pdf}
    with (
        LoopbackSite("127.0.0.1", pages) as site,
        Store.open(database_at(f"{tmp_path}/oit.db")) as store,
    ):
        first, read = night(tmp_path, store, site)
        assert (read["ocr_pages"], read["items_judged"]) == (1, 1)
        quotes = [q for e in first.elements for q in e.quotes]
        assert {q.source for q in quotes} == {TextSource.OCR}

        # The same file: neither read nor judged, and quoted as it was fetched now.
        second, cost = night(tmp_path, store, site)
        assert (cost.get("ocr_pages", 0), cost.get("items_judged", 0)) == (0, 0)
        assert cost["verdicts_kept"] == 1
        assert min(moments(second)) > max(moments(first))
        assert without_moments(second) == without_moments(first)

        # Without OCR a person is asked again.
        unread, cost = night(tmp_path, store, site, ocr=False)
        assert unread.verdict is Verdict.REVIEW

        # Another scan under the same address is read and judged.
        other = Image.new("L", (1654, 2339), "white")
        body = io.BytesIO()
        other.save(body, format="PDF", resolution=200)
        site.pages = {**pages, "/plan.pdf": replace(pdf, body=body.getvalue())}
        changed, cost = night(tmp_path, store, site)
        assert changed.verdict is not Verdict.PASS
        assert cost["items_judged"] >= 1
        assert not [q for e in changed.elements for q in e.quotes]


def night(
    folder: Path, store: Store, site: LoopbackSite, *, ocr: bool = True
) -> tuple[ItemVerdict, dict[str, int]]:
    """One sweep of one item whose evidence is a scan: its verdict, and what it cost."""
    unit = Unit(
        id="suan", name="เทศบาลตำบลบ้านสวนมะลิ", type=UnitType.LOCAL, main_site=f"{site.url}/",
        urls={"O36": (f"{site.url}/plan.pdf",)},
    )  # fmt: skip
    settings = CrawlSettings(
        allow_networks=("127.0.0.0/8",), delay_s=0, render=False, confirm_after_s=0,
        max_path_pages=0, max_index_pages=0, max_menu_pages=0,
        bodies_folder=folder / "bodies", documents_folder=folder / "documents",
    )  # fmt: skip
    wanted = sweep.SweepRequest(
        load_year(2566), [unit], ITEMS, date(2023, 4, 30), settings, folder / "reports",
        ocr=OcrSettings(cache_folder=folder / "ocr") if ocr else None,
    )  # fmt: skip
    scan_id = sweep.sweep(wanted, store).scan_id
    [verdict] = store.unit_result(scan_id, "suan").verdicts
    return verdict, dict(statistics_of(store, scan_id).tally)


def moments(verdict: ItemVerdict) -> list[datetime]:
    found = [q.fetched_at for e in verdict.elements for q in e.quotes]
    return [moment for moment in found if moment is not None]


def without_moments(verdict: ItemVerdict) -> ItemVerdict:
    """The verdict without what tells one night from the other."""
    elements = tuple(
        replace(e, quotes=tuple(replace(q, fetched_at=None) for q in e.quotes))
        for e in verdict.elements
    )
    return replace(verdict, elements=elements)
