"""Index pages in the layouts that agencies use: which link is proposed for which item."""

from __future__ import annotations

import pytest

from checklist.evidence import Document, Fetch
from checklist.loader import load_year
from crawler.discovery import entrance, index_links, menu_links, propose
from crawler.extract import extract

YEAR = 2566
ITEMS = load_year(YEAR).items


def read(html: str, url: str = "https://www.a.go.th/ita-2566") -> Document:
    full = f'<html><head><meta charset="utf-8"></head><body>{html}</body></html>'
    return extract(full.encode(), Fetch(url, url))


def best(html: str, item_id: str, url: str = "https://www.a.go.th/ita-2566") -> str | None:
    proposals = [p for p in propose([read(html, url)], ITEMS, YEAR) if p.item_id == item_id]
    return proposals[0].url.rpartition("/")[2] if proposals else None


TABLE = """<h1>การเปิดเผยข้อมูลสาธารณะ ประจำปีงบประมาณ พ.ศ. 2566</h1><table>
<tr><th>ข้อ</th><th>ข้อมูล</th><th>ลิงก์</th></tr>
<tr><td>O1</td><td>โครงสร้าง</td><td><a href="s.pdf">เปิด</a></td></tr>
<tr><td>O3</td><td>อำนาจหน้าที่</td><td><a href="p.html">เปิด</a></td></tr>
<tr><td>o 7</td><td>ข่าวประชาสัมพันธ์</td><td><a href="n.html">เปิด</a></td></tr>
<tr><td>012</td><td>รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน</td>
<td><a href="h.pdf">เปิด</a></td></tr>
<tr><td>O13</td><td>รายงานผลการดำเนินงานประจำปี</td><td><a href="y.pdf">เปิด</a></td></tr></table>"""

LIST = """<h1>ITA ๒๕๖๖</h1><ul>
<li><a href="a.pdf">OIT 1 โครงสร้าง</a></li><li><a href="b.pdf">OIT ๓ อำนาจหน้าที่</a></li>
<li><a href="c.pdf">OIT 12 รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน</a></li></ul>"""

HEADINGS = """<h2>O1 : โครงสร้าง</h2><p><a href="a.pdf">ดาวน์โหลด</a></p>
<h2>O3 : อำนาจหน้าที่</h2><p><a href="b.pdf">ดาวน์โหลด</a></p>
<h2>O4 : แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน</h2><p><a href="c.pdf">ดาวน์โหลด</a></p>"""

NUMBERS_ONLY = """<h1>OIT ปีงบประมาณ 2566</h1><ul>
<li><a href="a.pdf">O1</a></li><li><a href="b.pdf">O2</a></li><li><a href="c.pdf">O3</a></li>
<li><a href="d.pdf">O12</a></li></ul>"""

MENU = """<nav><a href="/about/structure">โครงสร้าง</a><a href="/about/power">อำนาจหน้าที่</a>
<a href="/contact">ข้อมูลการติดต่อ</a><a href="/news">ข่าวประชาสัมพันธ์</a></nav>"""

HEALTH_LIST = """<h1>MOIT ปี 2566</h1><ul><li><a href="a.pdf">MOIT 1</a></li>
<li><a href="b.pdf">MOIT 3</a></li><li><a href="c.pdf">EB 12</a></li></ul>"""


@pytest.mark.parametrize(
    ("html", "item_id", "found"),
    [
        (TABLE, "O1", "s.pdf"),
        (TABLE, "O3", "p.html"),
        (TABLE, "O7", "n.html"),
        (TABLE, "O12", "h.pdf"),
        (TABLE, "O13", "y.pdf"),
        (TABLE, "O2", None),
        (LIST, "O1", "a.pdf"),
        (LIST, "O3", "b.pdf"),
        (LIST, "O12", "c.pdf"),
        (HEADINGS, "O1", "a.pdf"),
        (HEADINGS, "O3", "b.pdf"),
        (HEADINGS, "O4", "c.pdf"),
        (NUMBERS_ONLY, "O1", "a.pdf"),
        (NUMBERS_ONLY, "O12", "d.pdf"),
        (MENU, "O1", "structure"),
        (MENU, "O3", "power"),
        (MENU, "O5", "contact"),
        (MENU, "O43", None),
        (HEALTH_LIST, "O1", None),
        (HEALTH_LIST, "O12", None),
    ],
)
def test_layouts(html: str, item_id: str, found: str | None) -> None:
    assert best(html, item_id) == found


def test_a_title_beats_the_number_of_another_years_checklist() -> None:
    # In 2565 the No Gift Policy was O34; in 2566 O34 is the assessment of bribery risks.
    html = """<h1>OIT 2566</h1><ul>
    <li><a href="gift.pdf">O34 ประกาศเจตนารมณ์นโยบาย No Gift Policy</a></li></ul>"""
    proposals = propose([read(html)], ITEMS, YEAR)
    assert proposals[0].item_id == "O31"
    assert not any(p.item_id == "O34" and p.score >= proposals[0].score for p in proposals)


def test_a_row_whose_number_and_name_agree_is_no_other_items() -> None:
    # "แผนดำเนินงานและการใช้งบประมาณ" is near "ผลการดำเนินงานและการใช้งบประมาณ" of O13.
    html = """<h1>OIT 2566</h1><ul>
    <li><a href="o11.pdf">O11 : แผนดำเนินงานและการใช้งบประมาณประจำปี</a></li></ul>"""
    assert {p.item_id for p in propose([read(html)], ITEMS, YEAR)} == {"O11"}


def test_another_years_index_is_not_trusted_by_number() -> None:
    html = """<h1>ITA ปีงบประมาณ 2565</h1><ul><li><a href="x.pdf">O12</a></li></ul>"""
    assert best(html, "O12", "https://www.a.go.th/ita-2565") is None


def test_the_right_year_wins_between_two_indexes() -> None:
    row = "<li><a href='{0}.pdf'>O12 รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน</a></li>"
    old = read(f"<h1>ITA 2565</h1><ul>{row.format('old')}</ul>", "https://a.go.th/ita-2565")
    new = read(f"<h1>ITA 2566</h1><ul>{row.format('new')}</ul>", "https://a.go.th/ita-2566")
    found = [p for p in propose([old, new], ITEMS, YEAR) if p.item_id == "O12"]
    assert found[0].url.endswith("new.pdf")


def test_a_proposal_says_where_it_stood_and_why() -> None:
    [proposal] = [p for p in propose([read(TABLE)], ITEMS, YEAR) if p.item_id == "O12"][:1]
    assert proposal.link_text == "เปิด"
    assert "รอบ 6 เดือน" in proposal.context
    assert proposal.parent_url == "https://www.a.go.th/ita-2566"
    assert "O12" in proposal.why
    assert 0.9 < proposal.score <= 1


def test_proposals_come_in_the_order_of_the_items_and_the_same_each_time() -> None:
    once = propose([read(TABLE), read(LIST)], ITEMS, YEAR)
    numbers = [int(p.item_id[1:]) for p in once]
    assert numbers == sorted(numbers)
    assert once == propose([read(TABLE), read(LIST)], ITEMS, YEAR)


FRONT = """<nav><a href="/">หน้าแรก</a><a href="/capital">ข้อมูลเมืองหลวง capital</a>
<a href="/ita-2565">ITA 2565</a><a href="/ita-2566">ITA 2566</a>
<a href="/disclosure">การเปิดเผยข้อมูลสาธารณะ</a><a href="/x.pdf">คู่มือ ITA</a>
<a href="https://www.facebook.com/ita">ITA</a></nav>"""


def test_index_pages_the_right_year_first() -> None:
    found = index_links(read(FRONT, "https://www.a.go.th/"), YEAR)
    names = [link.url.rpartition("/")[2] for link in found]
    assert names == ["ita-2566", "disclosure", "ita-2565"]


def test_menus_are_pages_of_the_site_in_order() -> None:
    front = read(FRONT + '<a href="https://other.go.th/">กรม</a>', "https://www.a.go.th/")
    names = [url.rpartition("/")[2] for url in menu_links(front, 3)]
    assert names == ["capital", "ita-2565", "ita-2566"]


def test_a_splash_screen_is_entered() -> None:
    splash = read('<img src="x.jpg"><a href="/home">เข้าสู่เว็บไซต์</a>', "https://www.a.go.th/")
    assert entrance(splash) == "https://www.a.go.th/home"
    assert entrance(read(FRONT, "https://www.a.go.th/")) is None
