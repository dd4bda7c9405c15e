"""Pages nested thousands deep, attributes of megabytes

Tried: elements stand in elements without end; one attribute, style or class holds megabytes.
Must: no recursion breaks, each is read in seconds, and the page's own words are still there.
"""

from __future__ import annotations

import pytest

from checklist.evidence import Fetch
from crawler.extract.reader import extract

WORDS = "<h1>โครงสร้างหน่วยงาน</h1><p>กองช่าง กองคลัง กองการศึกษา</p>"
FETCH = Fetch(url="http://a.test/o1", final_url="http://a.test/o1", content_type="text/html")
PAGES = {
    "blocks": "<div>" * 8_000,
    "inline": "<b>" * 8_000,
    "tables": "<table><tr><td>" * 1_000,
    "styled": "<div class='menu' style='color:#fff'>" * 2_000,
    "attribute": f"<p title='{'ก' * 2_000_000}'>",
    "class": f"<p class='{'menu-' * 500_000}'>",
    "style": f"<p style='{'color :' * 300_000}'>",
    "address": f"<a href='{'a/' * 1_000_000}'>",
    "labels": "<form>" + "<input>ก" * 2_000 + "</form>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_measure_in_one_way_is_read(name: str) -> None:
    html = f"<!doctype html><html><body>{WORDS}{PAGES[name]}ท้าย</body></html>"
    document = extract(html.encode(), FETCH)
    assert document.fetch.problem is None
    assert "กองการศึกษา" in "\n".join(passage.text for passage in document.passages)
    assert all(len(link.url) <= 30_000 for link in document.links)
