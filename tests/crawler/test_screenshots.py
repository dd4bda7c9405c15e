"""Pictures of given pages: whole, with Thai, once a content; none of it moves a verdict."""

from __future__ import annotations

import asyncio
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from PIL import Image

from checklist.profile import UnitProfile
from crawler.bodies import BodyStore
from crawler.manners import Manners
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.screenshots import TALLEST_PX, WIDTH_PX, Screenshots
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, an_item, minimal_pdf, page

pytestmark = pytest.mark.skipif(
    shutil.which("chromium-headless-shell") is None, reason="no browser installed"
)
ITEM = an_item("O1", "โครงสร้าง")


def a_plan(*urls: str) -> UnitPlan:
    return UnitPlan(UnitProfile("u", "u"), (ItemTarget(ITEM, urls),), 2566)


def test_given_pages_are_pictured_once_a_content(tmp_path: Path) -> None:
    red = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(red, "PNG")
    tall = f"<img src='/red.png'>{PROSE}<div style='height: 20000px'></div>"
    pages = {
        "/plan": page("โครงสร้าง ผู้บริหารท้องถิ่น", tall),
        "/endless": page("โครงสร้าง", PROSE + "<script>setTimeout(() => {while (true) {}}, 1)</script>"),
        "/plan.pdf": Answer(minimal_pdf("FY2566"), kind="application/pdf"),
        "/red.png": Answer(red.getvalue(), kind="image/png"),
    }  # fmt: skip
    settings = CrawlSettings(
        allow_networks=("127.0.0.0/8",), delay_s=0, settle_s=0.3, page_deadline_s=4,
        bodies_folder=tmp_path, screenshots=True,
    )  # fmt: skip
    with LoopbackSite("127.0.0.1", pages) as site:
        urls = [f"{site.url}{path}" for path in ("/plan", "/endless", "/plan.pdf", "/gone")]
        [harvest] = crawl([a_plan(*urls)], settings)
        opened = site.hits["/plan"]
        plan = harvest.documents["O1"][0]
        part = replace(plan, fetch=replace(plan.fetch, url=f"{urls[0]}#2"))
        shots = Screenshots(settings, "", tmp_path, Manners(settings))
        again = asyncio.run(shots.of_unit({"O1": [plan], "O2": [part]}))
        assert (opened, site.hits["/plan"]) == (2, 2)
        with time_machine.travel(datetime.now(UTC) + timedelta(days=8), tick=True):
            shots = Screenshots(settings, "", tmp_path, Manners(settings))
            later = shots._kept(plan.fetch.url, plan.fetch.sha256)
        assert later is None, "a picture of last week is none of this one"
    readable = [document.readable for document in harvest.documents["O1"]]
    assert readable == [True, True, True, False]
    assert list(harvest.screenshots) == urls[:1]
    shot = harvest.screenshots[urls[0]]
    assert shot.page_sha256 == harvest.documents["O1"][0].fetch.sha256
    content = BodyStore(tmp_path).get(shot.sha256)
    assert content is not None
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (WIDTH_PX, TALLEST_PX))
        red_part = picture.convert("RGB").crop((0, 0, WIDTH_PX, 1500)).resize((110, 150)).tobytes()
    pixels = zip(*[iter(red_part)] * 3, strict=True)
    assert sum(r > 200 and g < 60 and b < 60 for r, g, b in pixels) > 400
    assert again == {urls[0]: shot, f"{urls[0]}#2": shot}
