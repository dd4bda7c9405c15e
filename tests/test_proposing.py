"""Main sites in the shapes that agencies give them: which address is proposed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from checklist.loader import load_year
from checklist.schema import EvidenceShape
from crawler.run import crawl
from crawler.settings import CrawlSettings
from sweep.proposing import plan_to_search, suggestions_of
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from units.suggestions import Level, Suggestion, Suggestions

YEAR = load_year(2566)
O12 = "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน"
O13 = "รายงานผลการดำเนินงานประจำปี"
O4 = "แผนพัฒนาท้องถิ่น"


def text_page(name: str) -> Answer:
    return page(name, PROSE + PROSE)


DOCUMENTS = {
    "a": text_page("โครงสร้างหน่วยงาน"),
    "b": text_page("ข้อมูลผู้บริหาร"),
    "ab": text_page("โครงสร้างและข้อมูลผู้บริหาร"),
    "c": text_page("อำนาจหน้าที่"),
    "h": text_page(f"{O12} ปี 2566"),
    "h65": text_page(f"{O12} ปี 2565"),
    "y": text_page(f"{O13} ปี 2565"),
}


def site(index: str, title: str = "ข้อมูลสาธารณะ OIT 2566") -> dict[str, Answer]:
    """A front page that leads to one index page, and the pages that the index lists."""
    front = page("เทศบาลตำบลบ้านสวน", f'<a href="/oit">ข้อมูลสาธารณะ OIT</a>{PROSE}')
    return {
        "/": front,
        "/oit": page(title, index + PROSE),
        **{f"/{path}": answer for path, answer in DOCUMENTS.items()},
    }


SHAPES: dict[str, Mapping[str, Answer]] = {
    "years": site(
        f'<h2>ปี 2565</h2><p><a href="/h65">O12 {O12}</a></p>'
        f'<h2>ปี 2566</h2><p><a href="/h">O12 {O12}</a></p>',
        "ข้อมูลสาธารณะ OIT ทุกปี",
    ),
    "year-columns": site(
        "<table><tr><th>ข้อ</th><th>รายการ</th><th>ปี 2565</th><th>ปี ๒๕๖๖</th></tr>"
        f'<tr><td>O12</td><td>{O12}</td><td><a href="/h65">เปิด</a></td><td><a href="/h">เปิด</a></td>'
        "</tr></table>",
        "ข้อมูลสาธารณะ OIT ทุกปี",
    ),
    "only-last-year": site(f'<p><a href="/h65">O12 {O12} ปี 2565</a></p>'),
    "shifted": site(
        "<table><tr><th>ข้อ</th><th>รายการ</th><th>ลิงก์</th></tr>"
        '<tr><td>O2</td><td>โครงสร้าง</td><td><a href="/a">เปิด</a></td></tr>'
        '<tr><td>O3</td><td>ข้อมูลผู้บริหาร</td><td><a href="/b">เปิด</a></td></tr>'
        '<tr><td>O4</td><td>อำนาจหน้าที่</td><td><a href="/c">เปิด</a></td></tr>'
        f'<tr><td>O13</td><td>{O12}</td><td><a href="/h">เปิด</a></td></tr></table>',
    ),
    "glued": site(
        f'<ul><li><a href="/h">O12{O12}</a></li><li><a href="/ab">O1โครงสร้างO2ข้อมูลผู้บริหาร</a></li></ul>'
        '<p>O3อำนาจหน้าที่ <a href="/c">เปิด</a> O13รายงานผลการดำเนินงานประจำปี <a href="/y">เปิด</a></p>',
    ),
    "zeros": site(
        f'<table><tr><td>1</td><td>012 {O12}</td><td><a href="/h">คลิกที่นี่</a></td></tr>'
        '<tr><td>2</td><td>๐๑ โครงสร้าง</td><td><a href="/a">คลิกที่นี่</a></td></tr></table>'
        '<p><a href="/c">03</a></p>',
    ),
    "no-ids": site(
        f'<h3>{O12}</h3><p><a href="/h">ดาวน์โหลด</a></p><h3>โครงสร้าง</h3><p><a href="/a">คลิกที่นี่</a></p>'
        '<ul><li>ข้อมูลผู้บริหาร <a href="/b">เปิด</a></li></ul>',
    ),
    "accordion": site(
        '<div class="accordion-item"><h2><button data-bs-toggle="collapse" data-bs-target="#p1">'
        f'ข้อ O12 {O12}</button></h2><div id="p1" class="collapse" style="display:none">'
        '<p>ปีงบประมาณ พ.ศ. 2566 <a href="/h">ดาวน์โหลด</a></p></div></div>'
        '<div class="accordion-item"><h2><button data-bs-toggle="collapse" data-bs-target="#p2">'
        'โครงสร้าง</button></h2><div id="p2" class="collapse" style="display:none">'
        '<p><a href="/a">เปิด</a></p></div></div>',
    ),
    "menus": {
        "/": page(
            "เทศบาลตำบลบ้านสวน",
            '<nav><ul><li><a href="#">รายงานผลการดำเนินงาน</a><ul>'
            '<li><a href="/h">รอบ 6 เดือน</a></li><li><a href="/y">ประจำปี</a></li></ul></li>'
            '<li><a href="#">ข้อมูลหน่วยงาน</a><ul><li><a href="/a">โครงสร้าง</a></li></ul></li></ul></nav>'
            + PROSE,
        ),
        **{f"/{path}": answer for path, answer in DOCUMENTS.items()},
    },
    "broken": site(f'<p><a href="/gone">O12 {O12}</a></p><p><a href="/a">โครงสร้าง</a></p>'),
    "another-text": site('<p><a href="/b">O1 โครงสร้าง</a></p>'),
    "home-only": site(f'<p><a href="/">O12 {O12}</a></p>'),
    "down": {"/": Answer(status=500)},
}  # fmt: skip


@dataclass(frozen=True)
class Proposed:
    found: Mapping[str, Suggestions]

    def item(self, shape: str, item_id: str) -> Suggestion:
        return next(s for s in self.found[shape].items if s.item == item_id)

    def path(self, shape: str, item_id: str) -> str:
        return " ".join(url.rpartition("/")[2] for url in self.item(shape, item_id).urls)


@pytest.fixture(scope="module")
def proposed() -> Iterator[Proposed]:
    """One crawl of all shapes, each site on an address of its own."""
    with ExitStack() as stack:
        sites = {
            shape: stack.enter_context(LoopbackSite(f"127.0.2.{number}", pages))
            for number, (shape, pages) in enumerate(SHAPES.items(), start=1)
        }
        plans = {
            shape: plan_to_search(f"{served.url}/", YEAR.items, YEAR, shape)
            for shape, served in sites.items()
        }
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, render=False, max_menu_pages=4
        )
        harvests = crawl(list(plans.values()), settings)
        yield Proposed({h.unit_id: suggestions_of(h, plans[h.unit_id], YEAR) for h in harvests})


@pytest.mark.parametrize(
    ("shape", "item_id", "path", "levels"),
    [
        ("years", "O12", "h", "high"),
        ("year-columns", "O12", "h", "high"),
        ("only-last-year", "O12", "h65", "low"),
        ("shifted", "O1", "a", "high medium"),
        ("shifted", "O2", "b", "high medium"),
        ("shifted", "O3", "c", "high medium"),
        ("shifted", "O12", "h", "high medium"),
        ("shifted", "O4", "", "none"),
        ("shifted", "O13", "", "none"),
        ("glued", "O12", "h", "high"),
        ("glued", "O1", "ab", "high"),
        ("glued", "O2", "ab", "high"),
        ("glued", "O3", "c", "high"),
        ("glued", "O13", "y", "high"),
        ("zeros", "O12", "h", "high"),
        ("zeros", "O1", "a", "high"),
        ("zeros", "O3", "c", "medium"),
        ("no-ids", "O12", "h", "medium high"),
        ("no-ids", "O1", "a", "medium high"),
        ("no-ids", "O2", "b", "medium high"),
        ("accordion", "O12", "h", "high"),
        ("accordion", "O1", "a", "medium high"),
        ("menus", "O12", "h", "medium high"),
        ("menus", "O13", "y", "medium high"),
        ("menus", "O1", "a", "medium high"),
        ("broken", "O12", "", "none"),
        ("broken", "O1", "a", "medium high"),
        ("another-text", "O1", "b", "medium"),
        ("home-only", "O12", "", "none"),
        ("down", "O1", "", "none"),
    ],
)
def test_the_shape_of_a_site(
    proposed: Proposed, shape: str, item_id: str, path: str, levels: str
) -> None:
    suggestion = proposed.item(shape, item_id)
    assert proposed.path(shape, item_id) == path, suggestion
    assert suggestion.level.value in levels.split(), suggestion
    assert suggestion.reason


@pytest.mark.parametrize(
    ("shape", "item_id", "says"),
    [
        ("years", "O12", "เป็นของปี 2566"),
        ("only-last-year", "O12", "พบเฉพาะของปี 2565"),
        ("shifted", "O1", "ในหน้าเขียนเลข O2 จึงยึดตามชื่อ"),
        ("zeros", "O3", "เลขข้อ O3 ตรงกัน แต่ชื่อไม่ตรง"),
        ("no-ids", "O1", "เปิดดูแล้วชื่อเอกสารตรง"),
        ("broken", "O12", "แต่ใช้ไม่ได้: เปิด URL แล้วไม่พบหน้าหรือไฟล์"),
        ("broken", "O2", "ไม่พบลิงก์หรือหัวข้อที่ชื่อตรงกับ “ข้อมูลผู้บริหาร"),
        ("broken", "O2", "อ่าน 2 หน้า: หน้าแรก, “ข้อมูลสาธารณะ OIT 2566”"),
        ("another-text", "O1", "ไม่พบชื่อของข้อนี้ในเอกสาร"),
        ("down", "O1", "เปิดหน้าแรกของเว็บไซต์ไม่ได้"),
    ],
)
def test_the_reason_is_told(proposed: Proposed, shape: str, item_id: str, says: str) -> None:
    assert says in proposed.item(shape, item_id).reason


def test_a_link_that_tells_nothing_is_told_with_its_row(proposed: Proposed) -> None:
    found = proposed.item("zeros", "O12")
    assert found.link_text == f"คลิกที่นี่ (1 012 {O12} คลิกที่นี่)"
    assert found.found_on.endswith("/oit")


def test_other_years_are_offered_as_alternatives(proposed: Proposed) -> None:
    [other] = proposed.item("years", "O12").alternatives
    assert other.url.endswith("/h65")
    assert other.score < 50


def test_items_come_in_the_order_of_the_checklist(proposed: Proposed) -> None:
    for found in proposed.found.values():
        assert [s.item for s in found.items] == [f"O{n}" for n in range(1, 44)]


def test_the_unit_is_named_after_its_front_page(proposed: Proposed) -> None:
    unit = proposed.found["years"].unit
    assert (unit.name, unit.type.value) == ("เทศบาลตำบลบ้านสวน", "local")
    assert unit.id.startswith("127.0.2.1-")
    assert unit.urls.keys() == {s.item for s in proposed.found["years"].items if s.urls}


def test_documents_are_never_the_home_page(proposed: Proposed) -> None:
    on_pages = {item.id for item in YEAR.items if item.evidence is EvidenceShape.PAGE}
    for found in proposed.found.values():
        for suggestion in found.items:
            homes = [url for url in suggestion.urls if url == found.unit.main_site]
            assert not homes or suggestion.item in on_pages
            assert not homes or suggestion.level is Level.LOW


def test_nothing_follows_what_the_proposed_pages_link_to(proposed: Proposed) -> None:
    searched: Any = proposed.found["years"].searched
    assert [url.rpartition("/")[2] for url in searched][:2] == ["", "oit"]
