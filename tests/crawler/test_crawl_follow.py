"""Which links of a page are followed for an item, and in which order."""

from __future__ import annotations

import pytest

from checklist.evidence import Document, Fetch
from checklist.loader import load_year
from crawler.extract import extract
from crawler.follow import candidates, is_index, needs_series

CHECKLIST = load_year(2566)


def read(html: str, url: str = "https://www.a.go.th/page") -> Document:
    full = f'<html><head><meta charset="utf-8"></head><body><main>{html}</main></body></html>'
    return extract(full.encode(), Fetch(url, url))


def followed(html: str, item_id: str, *, shared: bool = False) -> list[str]:
    item = CHECKLIST.item(item_id)
    found = candidates(read(html), item, CHECKLIST.items, 2566, shared=shared)
    return [candidate.link.url.rpartition("/")[2] for candidate in found]


ROWS = """<table><tr><td>O1</td><td>โครงสร้าง</td><td><a href="1.pdf">เปิด</a></td></tr>
<tr><td>O3</td><td>อำนาจหน้าที่</td><td><a href="3.pdf">เปิด</a></td></tr>
<tr><td>O4</td><td>แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน</td><td><a href="4.pdf">เปิด</a></td></tr>
<tr><td>O12</td><td>รายงานการกำกับติดตามการดำเนินงาน</td><td><a href="12.pdf">เปิด</a></td></tr>
</table>"""


def test_on_an_index_only_the_items_own_row_counts() -> None:
    assert is_index(read(ROWS))
    assert followed(ROWS, "O12") == ["12.pdf"]
    assert followed(ROWS, "O1") == ["1.pdf"]
    assert followed(ROWS, "O29") == []


def test_on_a_page_of_its_own_every_document_counts_the_named_and_right_year_first() -> None:
    html = """<h1>รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน</h1>
    <p><a href="map.pdf">หนังสือนำส่ง</a></p>
    <p><a href="old.pdf">รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ปี 2565</a></p>
    <p><a href="new.pdf">รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ปี 2566</a></p>"""
    found = followed(html, "O12")
    assert found[0] == "new.pdf"
    assert set(found) == {"new.pdf", "old.pdf", "map.pdf"}


def test_a_page_given_for_many_items_is_treated_as_a_list() -> None:
    html = '<p><a href="a.pdf">เอกสารแนบ</a></p><p><a href="s.pdf">โครงสร้าง</a></p>'
    assert followed(html, "O1", shared=True) == ["s.pdf"]
    assert set(followed(html, "O1")) == {"a.pdf", "s.pdf"}


def test_months_of_the_half_year_come_before_others() -> None:
    months = "".join(
        f'<p><a href="/post/{n}">สรุปผลการจัดซื้อจัดจ้าง เดือน{name}</a></p>'
        for n, name in enumerate(["สิงหาคม 2565", "ตุลาคม 2565", "มีนาคม 2566"])
    )
    found = followed(f"<h1>สรุปผลการจัดซื้อจัดจ้างรายเดือน</h1>{months}", "O21")
    assert set(found[:2]) == {"1", "2"}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://www.facebook.com/unit">โครงสร้าง</a>',
        '<a href="mailto:a@a.go.th">โครงสร้าง</a>',
        '<a href="javascript:open()">โครงสร้าง</a>',
        '<a href="#top">โครงสร้าง</a>',
        '<a href="/news/1">ข่าวกิจกรรมวันแม่</a>',
    ],
)
def test_links_that_lead_to_no_evidence(link: str) -> None:
    assert followed(f"<h1>โครงสร้าง</h1>{link}", "O1") == []


def test_menus_and_footers_are_not_followed() -> None:
    html = """</main><nav><ul><li><a href="/o1.pdf">โครงสร้าง</a></li></ul></nav>
    <footer><a href="/f.pdf">โครงสร้าง</a></footer><main><h1>โครงสร้าง</h1>"""
    assert followed(html, "O1") == []


def test_an_embedded_document_is_followed() -> None:
    html = '<h1>โครงสร้าง</h1><iframe src="/files/chart.pdf"></iframe>'
    assert followed(html, "O1") == ["chart.pdf"]


def test_series_items_are_known_from_their_probes() -> None:
    series = {item.id for item in CHECKLIST.items if needs_series(item)}
    assert "O21" in series
    assert "O1" not in series


def test_a_page_given_for_many_items_but_called_by_one_is_that_items_own() -> None:
    html = '<h1>โครงสร้างหน่วยงาน</h1><p>แผนผัง</p><div><a href="a.pdf">ดาวน์โหลด</a></div>'
    assert followed(html, "O1", shared=True) == ["a.pdf"]
    assert followed(html, "O29", shared=True) == []
