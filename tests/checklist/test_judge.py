"""The judge on whole items: what is evidence, what only looks like it, and when to ask a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checklist.evidence import Origin
from checklist.judge import judge
from checklist.loader import SHIPPED, load_item
from checklist.profile import UnitProfile, UnitType
from checklist.reading import reading_of
from checklist.schema import Item
from checklist.unfinished import unfinished
from checklist.verdict import ElementState, Kind, Verdict
from tests.checklist.pages import CONTEXT, UNIT, page, text, unread

if TYPE_CHECKING:
    from checklist.evidence import Document

AT_HOME = replace(CONTEXT, unit=UNIT)


def element(number: int, probe: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"id": f"O11.{number}", "text": f"องค์ประกอบที่ {number}", "confidence": "two_sources"}
    return {**base, "probe": probe, **more}


def item(*elements: dict[str, Any], **more: Any) -> Item:
    parts = elements or (
        element(1, {"kind": "terms", "all": [["โครงการ"], ["งบประมาณ"]]}),
        element(2, {"kind": "period", "covers": "fy"}, role="year"),
    )
    dated = any(part.get("role") == "year" for part in parts)
    return Item.model_validate(
        {
            "id": "O11",
            "title": "แผนดำเนินงานและการใช้งบประมาณประจำปี",
            "indicator": "9.2",
            "heading": "การดำเนินงาน",
            "owner": "สำนักนโยบายและแผน",
            "find": ["แผนดำเนินงาน"],
            "year_rule": "fy" if dated else "none",
            "about": {"all_of": [["แผนดำเนินงาน", "แผนปฏิบัติการประจำปี"]], "none_of": ["รายงานผล"]},
            "elements": parts,
            "remedy": "เผยแพร่แผน",
            "confidence": "two_sources",
            "source": "ตัวอย่าง",
            **more,
        }
    )


PLAN = item()
ROWS = "<table><tr><th>โครงการ</th><th>งบประมาณ</th></tr><tr><td>ซ่อมถนนสายบ้านสวน</td><td>50,000</td></tr></table>"


def plan(year: str = "2566", body: str = ROWS, **more: Any) -> Document:
    heading = f"<h1>แผนดำเนินงานประจำปีงบประมาณ พ.ศ. {year} เทศบาลตำบลบ้านสวนมะลิ</h1>"
    return page(heading + body, **more)


def test_a_complete_plan_of_the_year_passes_with_quotes() -> None:
    verdict = judge(PLAN, [plan()], AT_HOME)
    assert verdict.verdict is Verdict.PASS
    assert verdict.kind is Kind.MATCH
    assert all(e.quotes for e in verdict.elements)
    assert verdict.urls == ("https://www.bansuanmali.go.th/page",)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (plan("2565"), "outdated"),
        (plan(body="<p>เทศบาลจะพัฒนาท้องถิ่นให้เจริญก้าวหน้าตามนโยบายของผู้บริหารต่อไป</p>"), "element_missing"),
        (page("<h1>ประกาศรับสมัครงาน ปี 2566</h1>" + ROWS + "<p>ขอเชิญผู้สนใจสมัครเข้ารับการคัดเลือก</p>"), "wrong_kind"),
        (plan(body='<ul><li><a href="/a.pdf">แผนดำเนินงาน 2566</a></li><li><a href="/b.pdf">โครงการและงบประมาณ</a></li></ul>'), "index_only"),
        (plan(body="<p>แผนดำเนินงานที่มีข้อมูลรายละเอียด อย่างน้อยประกอบด้วย โครงการ งบประมาณ ระยะเวลา</p><p>*กรณีใช้บังคับในปี พ.ศ. 2566 อย่างน้อยประกอบด้วยโครงการหรือกิจกรรม</p>"), "criteria_only"),
        (plan(body=ROWS + "<p>Lorem ipsum dolor sit amet</p>"), "template_text"),
        (plan(url="https://www.bansuanmali.go.th/index.php"), "home_page_only"),
        (page("<h1>แผนดำเนินงานประจำปี 2566 เทศบาลตำบลหนองปรือใหญ่</h1>" + ROWS + "<p>เป็นแผนของเทศบาลเพื่อใช้ปฏิบัติงานในปีนี้</p>"), "wrong_unit"),
        (page("<h1>ข่าว</h1>"), "empty_page"),
        (unread("not_found"), "not_found"),
        (unread("access_request"), "access_request"),
        (unread("soft_404"), "soft_404"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_evidence_fails_with_its_reason(document: Document, reason: str) -> None:
    verdict = judge(PLAN, [document], AT_HOME)
    assert verdict.verdict is Verdict.FAIL
    assert verdict.reasons[0] == reason


def test_nothing_found_is_no_url() -> None:
    verdict = judge(PLAN, [], AT_HOME)
    assert (verdict.verdict, verdict.reasons) == (Verdict.FAIL, ("no_url",))
    assert [e.id for e in verdict.elements] == ["O11.1", "O11.2"]


@pytest.mark.parametrize("problem", ["timeout", "dns", "tls", "blocked_by_robots", "server_error"])
def test_could_not_check_is_never_missing(problem: str) -> None:
    verdict = judge(PLAN, [unread(problem)], AT_HOME)
    assert (verdict.verdict, verdict.reasons) == (Verdict.ERROR, (problem,))


def test_an_unread_document_that_may_be_the_evidence_forbids_a_fail() -> None:
    named = unread("timeout", origin=Origin.FOLLOWED, link_text="แผนดำเนินงานประจำปี 2566")
    other = unread("timeout", origin=Origin.FOLLOWED, link_text="ภาพกิจกรรมวันเด็ก")
    assert judge(PLAN, [plan("2565"), named], AT_HOME).verdict is Verdict.ERROR
    assert judge(PLAN, [plan("2565"), other], AT_HOME).verdict is Verdict.FAIL


def test_links_that_lead_nowhere_show_nothing() -> None:
    laws = load_item(SHIPPED / "oit-2566" / "O6.yaml")
    names = ("พระราชบัญญัติเทศบาล พ.ศ. 2496", "พระราชบัญญัติการสาธารณสุข พ.ศ. 2535")
    address = "https://www.bansuanmali.go.th/law"
    entries = "".join(f'<li><a href="{address}/{i}.pdf">{name}</a>' for i, name in enumerate(names))
    listed = page(f"<h1>กฎหมายที่เกี่ยวข้อง</h1><ul>{entries}</ul>")
    gone = [unread("not_found", url=f"{address}/{i}.pdf") for i in range(len(names))]
    assert judge(laws, [listed], CONTEXT).verdict is Verdict.PASS
    assert judge(laws, [listed, *gone], CONTEXT).verdict is not Verdict.PASS


def test_a_failed_fetch_beside_a_good_document_does_not_matter() -> None:
    assert judge(PLAN, [unread("not_found"), plan()], AT_HOME).verdict is Verdict.PASS


def test_elements_are_not_gathered_from_different_documents() -> None:
    this_year = plan(body="<p>แผนนี้จัดทำขึ้นเพื่อเป็นแนวทางการทำงานของเทศบาลในปีนี้ทั้งปี</p>")
    assert judge(PLAN, [plan("2565"), this_year], AT_HOME).verdict is Verdict.FAIL


def test_a_neighbours_section_on_the_same_page_proves_nothing() -> None:
    both = page(
        "<h1>ข้อมูลสาธารณะ</h1><h2>แผนดำเนินงานประจำปี 2566</h2><p>อยู่ระหว่างจัดทำเอกสารของเทศบาลตำบล</p>"
        "<h2>ข่าวจัดซื้อ</h2><p>โครงการซ่อมถนน งบประมาณ 50,000 บาท ปี 2566</p>"
    )
    verdict = judge(PLAN, [both], AT_HOME)
    assert verdict.verdict is Verdict.FAIL


def test_a_picture_asks_a_person() -> None:
    scan = page('<h1>แผนดำเนินงานประจำปี 2566</h1><img src="/plan.jpg" alt="หน้าแผน">')
    verdict = judge(PLAN, [scan], AT_HOME)
    assert verdict.verdict is Verdict.REVIEW
    assert "image_only" in verdict.reasons
    assert verdict.question


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, Verdict.FAIL),
        ({"confidence": "from_memory"}, Verdict.REVIEW),
        ({"soft": True}, Verdict.REVIEW),
        ({"role": "uncertain"}, Verdict.REVIEW),
        ({"role": "optional"}, Verdict.PASS),
    ],
)
def test_only_a_proven_element_fails_an_item(marks: dict[str, Any], expected: Verdict) -> None:
    extra = element(3, {"kind": "terms", "all": [["ระยะเวลา"]]}, **marks)
    asked = item(*(e.model_dump(mode="json") for e in PLAN.elements), extra)
    verdict = judge(asked, [plan()], AT_HOME)
    assert verdict.verdict is expected
    if expected is Verdict.REVIEW:
        assert verdict.reasons == ("unproven_element",)
        assert "ยังไม่มีแหล่งยืนยัน" in verdict.question


def test_a_year_binds_even_when_only_remembered() -> None:
    year = element(2, {"kind": "period", "covers": "fy"}, role="year", confidence="from_memory")
    asked = item(PLAN.elements[0].model_dump(mode="json"), year)
    assert judge(asked, [plan("2565")], AT_HOME).reasons == ("outdated",)


def test_an_exception_that_stands_there_excuses_what_it_names() -> None:
    none = {"kind": "none_statement", "of": ["เรื่องร้องเรียน"]}
    asked = item(
        element(1, {"kind": "terms", "all": [["จำนวนเรื่องทั้งหมด"]]}),
        element(2, none, role="exception", excuses=["O11.1"]),
    )
    said = plan(body="<p>ในรอบ 6 เดือนแรกของปีงบประมาณ ไม่มีเรื่องร้องเรียนการทุจริตของเจ้าหน้าที่</p>")
    silent = plan(body="<p>เทศบาลให้ความสำคัญกับการร้องเรียนและดูแลประชาชนทุกคนเสมอมา</p>")
    assert judge(asked, [said], AT_HOME).verdict is Verdict.PASS
    assert judge(asked, [silent], AT_HOME).verdict is Verdict.FAIL


def test_a_set_takes_elements_from_several_documents_of_the_year() -> None:
    asked = item(
        element(1, {"kind": "terms", "all": [["คณะทำงาน"]]}),
        element(2, {"kind": "terms", "all": [["ฝึกอบรม"]]}),
        element(3, {"kind": "period", "covers": "fy"}, role="year"),
        evidence="set",
    )
    body = "<p>เทศบาลตำบลบ้านสวนมะลิ ได้ดำเนินการเรื่อง{}ตามแผนเรียบร้อยแล้ว</p>"
    team, training = plan(body=body.format("คณะทำงาน")), plan(body=body.format("ฝึกอบรม"))
    old = plan("2565", body=body.format("ฝึกอบรม"))
    assert judge(asked, [team, training], AT_HOME).verdict is Verdict.PASS
    assert judge(asked, [team, old], AT_HOME).verdict is Verdict.FAIL


def test_local_elements_bind_local_units_only() -> None:
    local = element(3, {"kind": "terms", "all": [["ฝ่ายการเมือง"]]}, applies_to=["local"])
    asked = item(*(e.model_dump(mode="json") for e in PLAN.elements), local)
    central = replace(CONTEXT, unit=UnitProfile("x", "สำนักงานทดสอบ", UnitType.CENTRAL))
    document = page("<h1>แผนดำเนินงานประจำปี 2566</h1>" + ROWS + "<p>สำนักงานทดสอบจัดทำแผนนี้ขึ้น</p>")
    assert judge(asked, [document], central).verdict is Verdict.PASS
    assert judge(asked, [plan()], AT_HOME).verdict is Verdict.FAIL
    assert judge(asked, [plan()], CONTEXT).verdict is Verdict.FAIL


def test_the_social_item_may_end_on_a_social_page() -> None:
    asked = item(element(1, {"kind": "social"}), about={}, evidence="page")
    lost = unread("social_media_only")
    account = replace(lost, fetch=replace(lost.fetch, final_url="https://www.facebook.com/bansuan"))
    assert judge(asked, [account], AT_HOME).verdict is Verdict.PASS
    assert judge(PLAN, [account], AT_HOME).reasons == ("social_media_only",)


def test_a_text_without_the_units_name_is_not_called_foreign() -> None:
    anonymous = text("แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2566\n\nโครงการซ่อมถนน งบประมาณ 50,000 บาท\n")
    assert judge(PLAN, [anonymous], AT_HOME).verdict is Verdict.PASS


def test_same_input_same_verdict() -> None:
    documents = [plan("2565"), plan(), unread("timeout")]
    first = judge(PLAN, documents, AT_HOME)
    again = judge(PLAN, documents, AT_HOME)
    assert first == again
    assert {e.state for e in first.elements} == {ElementState.PRESENT}


def test_a_page_of_another_bodys_site_is_foreign_by_its_title_and_footer() -> None:
    other = page(
        "<h1>แผนดำเนินงานประจำปีงบประมาณ พ.ศ. 2566</h1>"
        + ROWS
        + "<footer>เทศบาลตำบลทุ่งดอกแก้ว</footer>",
        title="แผนดำเนินงาน - เทศบาลตำบลทุ่งดอกแก้ว",
        url="https://www.thungdokkaew.go.th/plan",
    )
    verdict = judge(PLAN, [other], AT_HOME)
    assert (verdict.verdict, verdict.reasons[0]) == (Verdict.FAIL, "wrong_unit")


def test_a_document_that_the_main_site_does_not_lead_to_asks_a_person() -> None:
    assert judge(PLAN, [plan(on_main_site=True)], AT_HOME).verdict is Verdict.PASS
    lost = judge(PLAN, [plan(on_main_site=False)], AT_HOME)
    assert (lost.verdict, lost.reasons) == (Verdict.REVIEW, ("main_site_unclear",))


def test_boxes_laid_out_as_a_table_are_no_empty_form() -> None:
    boxes = [f"{name} ผู้อำนวยการ{name} " + f"- งานของ{name} " * 4 for name in ("กองคลัง", "กองช่าง")]
    chart = "<tr>" + "".join(f"<td>{box}</td>" for box in boxes) + "</tr>"
    below = '<tr><td colspan="2">หน่วยตรวจสอบภายใน</td></tr>'
    full = page(f"<h1>โครงสร้างเทศบาลตำบลบ้านสวนมะลิ</h1><table>{chart}{below}</table>")
    form = "<tr><th>ที่</th><th>ชื่อกอง</th><th>งาน</th><th>ผู้อำนวยการ</th></tr>"
    blank = "<tr><td>1</td><td></td><td></td><td></td></tr>" * 2
    empty = page(f"<h1>โครงสร้างเทศบาลตำบลบ้านสวนมะลิ</h1><table>{form}{blank}</table>")
    assert unfinished(reading_of(full)) is None
    assert unfinished(reading_of(empty)) is not None
