"""Words on the way to evidence: which a citizen understands, and what is said of the way."""

from __future__ import annotations

import pytest

from checklist.evidence import Document, Fetch, Trail
from checklist.link_words import tells_nothing
from checklist.loader import load_year
from checklist.placement import names_subject, placement_of, with_placements
from checklist.verdict import ItemVerdict, Verdict
from checklist.whereabouts import Reach, Step, Whereabouts

YEAR = load_year(2566)
URL = "https://www.suan.go.th/files/o12.pdf"


@pytest.mark.parametrize(
    "text",
    ["", "คลิกที่นี่", "ดาวน์โหลด", "ดาวน์โหลด PDF", "เปิด", "O12", "012", "ข้อ 12", "OIT 12", "เอกสารแนบ 1", "ปี 2566",
     "o12-2566.pdf", "รายงาน.pdf", "https://www.suan.go.th/o12", "Read more", "รายละเอียด >>"],
)  # fmt: skip
def test_wordings_that_tell_nothing(text: str) -> None:
    assert tells_nothing(text)


@pytest.mark.parametrize(
    "text", ["O12 รายงานการกำกับติดตาม", "โครงสร้าง", "ข้อมูลผู้บริหาร", "ดาวน์โหลดแผนพัฒนา", "ดูแลผู้สูงอายุ"]
)
def test_wordings_that_tell_something(text: str) -> None:
    assert not tells_nothing(text)


@pytest.mark.parametrize(
    ("item", "wording", "named"),
    [
        ("O12", "รายงานผลการดำเนินงาน รอบ 6 เดือน", True),
        ("O12", "O12 รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน", True),
        ("O12", "สรุปผลการเบิกจ่าย ไตรมาส 2", True),
        ("O12", "O12", False),
        ("O12", "ดาวน์โหลด", False),
        ("O12", "รายงานการกำกับติดตามการดำเนินงาน.pdf", False),
        ("O12", "การเปิดเผยข้อมูลสาธารณะ OIT 2566", False),
        ("O12", "รายงานความเสี่ยงการทุจริต รอบ 6 เดือน", False),
        ("O5", "ติดต่อเรา", True),
        ("O8", "Q&A", True),
        ("O1", "โครงสร้างพื้นฐาน", False),
    ],
)
def test_a_citizen_understands(item: str, wording: str, named: bool) -> None:
    assert names_subject(YEAR.item(item), wording) is named


def found(*path: Step, links: tuple[Step, ...] = (), problem: str | None = None) -> Document:
    where = Whereabouts(Reach.LINKED, path, links, own_site=True, pages_read=4)
    return Document(Fetch(URL, URL, problem=problem), trail=Trail(whereabouts=where))


def test_a_menu_above_and_the_link_below_name_the_item_together() -> None:
    above = ("งดรับงดให้ของขวัญ",)
    step = Step("https://www.suan.go.th/", text="ประกาศนายก", heading_path=above)
    assert not names_subject(YEAR.item("O31"), step.text)
    placement = placement_of(YEAR.item("O31"), found(step))
    assert (placement.clicks, placement.named) == (1, True)


def test_the_row_names_what_the_link_does_not() -> None:
    row = Step("https://a.go.th/", text="เปิด", context="012 รายงานผลการดำเนินงาน รอบ 6 เดือน เปิด")
    assert placement_of(YEAR.item("O12"), found(row)).named is True


def test_another_link_that_tells_is_as_good_as_the_shortest_way() -> None:
    banner = Step("https://a.go.th/", text="คลิกที่นี่")
    menu = Step("https://a.go.th/oit", text="รายงานผลการดำเนินงาน รอบ 6 เดือน")
    assert placement_of(YEAR.item("O12"), found(banner)).named is False
    assert placement_of(YEAR.item("O12"), found(banner, links=(menu,))).named is True


@pytest.mark.parametrize(
    ("problem", "direct"),
    [(None, True), ("not_found", False), ("timeout", None), ("unreadable", True)],
)
def test_whether_the_address_opens_by_itself(problem: str | None, direct: bool | None) -> None:
    assert placement_of(YEAR.item("O12"), found(problem=problem)).direct is direct


def test_nothing_is_said_of_the_place_of_files() -> None:
    verdict = ItemVerdict("O12", Verdict.FAIL, urls=("plan.pdf",))
    local = Document(Fetch("plan.pdf", "plan.pdf"))
    assert with_placements(YEAR.item("O12"), verdict, [local]).placements == ()


def test_a_front_page_looked_at_in_vain_is_no_place_of_evidence() -> None:
    verdict = ItemVerdict("O12", Verdict.FAIL, reasons=("no_url",), urls=(URL,))
    assert with_placements(YEAR.item("O12"), verdict, [found()]).placements == ()
