"""The period probe, as an assessor would put it: of which year is this document?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from checklist.evidence import Document, Fetch, Passage, Region, Table, TextSource, Trail
from checklist.fiscal import FiscalYear
from checklist.probes.base import Context, Finding
from checklist.probes.period import PeriodProbe
from checklist.verdict import ElementState

CONTEXT = Context(FiscalYear(2566), date(2023, 4, 30))
PRESENT, ABSENT = ElementState.PRESENT, ElementState.ABSENT
OUTDATED, UNSURE = ElementState.OUTDATED, ElementState.UNSURE


def page(
    *body: str,
    title: str = "",
    headings: Sequence[str] = (),
    link: str = "",
    file: str = "",
    path: str = "doc",
    source: TextSource = TextSource.HTML,
    tables: Sequence[Table] = (),
) -> Document:
    """A web page or file: headings first, then paragraphs."""
    passages = [Passage(text, Region.HEADING) for text in headings]
    above = tuple(headings[-1:])
    passages += [Passage(text, Region.MAIN, above) for text in body]
    address = f"https://unit.example/{path}/{file}"
    return Document(
        Fetch(address, address),
        source,
        title=title,
        passages=tuple(passages),
        tables=tuple(tables),
        file_name=file,
        trail=Trail(link_text=link),
    )


def case(heading: str, body: str, source: TextSource = TextSource.HTML) -> Document:
    """A document whose own title is `heading`; `body` stands some way down."""
    lines = ("หน่วยงานมีภารกิจดูแลประชาชนในพื้นที่", body) if body else ()
    return page(*lines, headings=[heading], source=source)


def look(covers: str, *documents: Document) -> Finding:
    probe = PeriodProbe.model_validate({"kind": "period", "covers": covers})
    return probe.look(documents, CONTEXT)


YEARS = [
    # rule, title or heading, body, expected
    ("fy", "แผนดำเนินงานและการใช้งบประมาณ ประจำปีงบประมาณ พ.ศ. 2566", "", PRESENT),
    ("fy", "แผนดำเนินงานและการใช้งบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "", PRESENT),
    ("fy", "แผนการจัดซื้อจัดจ้าง ปี 66", "", PRESENT),
    ("fy", "แผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2565", "", OUTDATED),
    ("fy", "แผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2567", "", OUTDATED),
    ("fy", "แผนดำเนินงาน ประจำปี 2565", "จะใช้ต่อในปี 2566 และปี 2566", OUTDATED),
    ("fy", "แผนดำเนินงาน ประจำปี 2566", "เปรียบเทียบปี 2563 ปี 2564 ปี 2565", PRESENT),
    ("fy", "แผนดำเนินงานของหน่วยงาน", "โครงการที่หนึ่ง งบประมาณ 2,566 บาท", ABSENT),
    ("fy", "แผนดำเนินงานของหน่วยงาน", "โทร. 0 2566 1234 สายด่วน", ABSENT),
    ("fy", "แผนจัดซื้อตามพระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2560", "", ABSENT),
    ("fy", "ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2566", "", PRESENT),
    ("fy", "รายงานการประชุม ปี 2565 และแผนปี 2566", "", UNSURE),
    ("fy", "ประกาศเจตนารมณ์ No Gift Policy", "ประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2566", PRESENT),
    ("fy", "ประกาศเจตนารมณ์ No Gift Policy", "ประกาศ ณ วันที่ 5 ตุลาคม พ.ศ. 2565", PRESENT),
    ("fy", "ประกาศเจตนารมณ์ No Gift Policy", "ประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2565", OUTDATED),
    ("fy", "ประกาศเจตนารมณ์ No Gift Policy", "ประกาศ ณ วันที่ 5 ตุลาคม พ.ศ. 2566", OUTDATED),
    ("fy", "ข่าวประชาสัมพันธ์", "12 ธ.ค. 65 มอบผ้าห่มแก่ผู้ประสบภัยหนาว", PRESENT),
    ("fy", "ข่าวประชาสัมพันธ์", "12 ธ.ค. 64 มอบผ้าห่มแก่ผู้ประสบภัยหนาว", OUTDATED),
    ("fy", "ข่าวกิจกรรม", "เมื่อวันที่ 3 มีนาคม 2566 นายกเทศมนตรีเปิดการประชุม", PRESENT),
    ("fy", "แผนประเมินความเสี่ยง", "การดำเนินการในปีงบประมาณ 2566 มีดังนี้", UNSURE),
    ("fy", "แผนพัฒนาองค์กร (พ.ศ. 2566 - 2570)", "", UNSURE),
    ("fy", "ปฏิทินปีการศึกษา 2565", "", UNSURE),
    ("fy", "แนวทางยกระดับคะแนน ITA ปี 2566", "สั่ง ณ วันที่ 21 ธันวาคม 2564", UNSURE),
    ("fy", "แผนประเมินความเสี่ยง", "เริ่มใช้ระบบเมื่อ 25 กุมภาพันธ์ 2563", ABSENT),
    ("fy", "แผนประเมินความเสี่ยง", "สถิติปี 2563 และปี 2563 ของหน่วยงาน", OUTDATED),
    ("fy", "แผนประเมินความเสี่ยง", "ตามกรอบเวลา พ.ศ. 2564 - 2568", UNSURE),
    ("fy_prev", "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2565", "", PRESENT),
    ("fy_prev", "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566", "", OUTDATED),
    ("fy_prev", "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2564", "", OUTDATED),
    ("fy_prev", "รายงานประจำปี 2565", "ข้อเสนอแนะสำหรับปี 2566 ปี 2566 ปี 2566", PRESENT),
    ("fy_prev", "วิเคราะห์ผลการประเมิน ITA ปี 2565 และแนวทางยกระดับปี 2566", "", PRESENT),
    ("fy_prev", "แนวทางยกระดับปี 2566 จากรายงานปี 2565", "", UNSURE),
    ("fy_prev", "รายงานประจำปี 2564 และแผนปี 2565", "", UNSURE),
    ("fy_prev", "มาตรการส่งเสริมคุณธรรม ปี 2566", "ผลการประเมิน ITA ปี 2565 ได้ 82 คะแนน", PRESENT),
    ("fy_prev", "มาตรการส่งเสริมคุณธรรม ปี 2566", "ผลการประเมิน ITA ปี 2564 ได้ 82 คะแนน", OUTDATED),
    ("fy_prev", "รายงานประจำปี 2566", "ผลการประเมิน ITA ปี 2565 ได้ 82 คะแนน", OUTDATED),
    ("fy_prev", "รายงานผล ต.ค. 64 - ก.ย. 65", "", PRESENT),
    ("fy_prev", "รายงานผล รอบ 12 เดือน ปีงบประมาณ 2565", "", PRESENT),
    ("fy_prev", "รายงานผล รอบ 6 เดือน ปีงบประมาณ 2565", "", UNSURE),
    ("fy_prev", "รายงานผล ไตรมาสที่ 1 ปีงบประมาณ 2565", "", UNSURE),
    ("covers_fy", "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "", PRESENT),
    ("covers_fy", "แผนพัฒนาท้องถิ่น ๕ ปี (๒๕๖๖-๒๕๗๐)", "", PRESENT),
    ("covers_fy", "แผนยุทธศาสตร์ 2563-2565", "", OUTDATED),
    ("covers_fy", "แผนยุทธศาสตร์ พ.ศ. 2567 ถึง พ.ศ. 2570", "", OUTDATED),
    ("covers_fy", "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ 2566", "", PRESENT),
    ("covers_fy", "แผนปฏิบัติการป้องกันการทุจริต", "ตามยุทธศาสตร์ชาติ (พ.ศ. 2561 - 2580)", ABSENT),
    ("covers_fy", "แผนยุทธศาสตร์ของหน่วยงาน", "กรอบเวลา พ.ศ. 2566 - 2570", UNSURE),
    ("in_force_fy", "นโยบายการบริหารทรัพยากรบุคคล ปี 2566", "", PRESENT),
    ("in_force_fy", "นโยบายการบริหารทรัพยากรบุคคล พ.ศ. 2564 - 2566", "", PRESENT),
    ("in_force_fy", "หลักเกณฑ์", "ให้ใช้ตั้งแต่วันที่ 1 ตุลาคม 2563 เป็นต้นไป", PRESENT),
    ("in_force_fy", "หลักเกณฑ์", "ให้ใช้ตั้งแต่วันที่ 1 ตุลาคม 2566 เป็นต้นไป", OUTDATED),
    ("in_force_fy", "หลักเกณฑ์", "ประกาศ ณ วันที่ 3 มีนาคม พ.ศ. 2562", UNSURE),
    ("in_force_fy", "หลักเกณฑ์", "ประกาศ ณ วันที่ 3 มีนาคม พ.ศ. 2566", PRESENT),
    ("in_force_fy", "หลักเกณฑ์", "ประกาศ ณ วันที่ 3 ธันวาคม พ.ศ. 2566", OUTDATED),
    ("in_force_fy", "นโยบายการบริหารทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2563", "", OUTDATED),
    ("in_force_fy", "แผนพัฒนาบุคลากร 3 ปี (พ.ศ. 2562 - 2564)", "", OUTDATED),
    ("in_force_fy", "นโยบาย", "นโยบายนี้ใช้ถึงวันที่ 30 กันยายน 2563", OUTDATED),
    ("in_force_fy", "หลักเกณฑ์ พ.ศ. 2562", "", UNSURE),
    ("in_force_fy", "หลักเกณฑ์ พ.ศ. 2562", "ปัจจุบันยังมีผลใช้บังคับ", PRESENT),
    ("in_force_fy", "หลักเกณฑ์การบริหารงานบุคคล", "สรรหาและคัดเลือกด้วยความเป็นธรรม", ABSENT),
    ("fy_or_h1", "รายงานผล No Gift Policy ปีงบประมาณ 2566", "", PRESENT),
    ("fy_or_h1", "รายงานผล No Gift Policy รอบ 6 เดือน ปีงบประมาณ 2566", "", PRESENT),
    ("fy_or_h1", "รายงานผล No Gift Policy ปีงบประมาณ 2565", "", OUTDATED),
]


@pytest.mark.parametrize(("covers", "heading", "body", "state"), YEARS)
def test_year_of_a_page(covers: str, heading: str, body: str, state: ElementState) -> None:
    finding = look(covers, case(heading, body))
    assert finding.state is state, finding


@pytest.mark.parametrize(("covers", "heading", "body", "state"), YEARS)
def test_year_of_a_text_pdf(covers: str, heading: str, body: str, state: ElementState) -> None:
    assert look(covers, case(heading, body, TextSource.PDF)).state is state


@pytest.mark.parametrize(("covers", "heading", "body", "state"), YEARS)
def test_answers_are_explained(covers: str, heading: str, body: str, state: ElementState) -> None:
    finding = look(covers, case(heading, body))
    if state in (PRESENT, OUTDATED, UNSURE):
        assert finding.quotes
    if state is not PRESENT:
        assert finding.reason
        assert finding.detail


HALVES = [
    ("รายงานผลการใช้จ่าย รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2566", PRESENT, None),
    ("รายงานผลการใช้จ่าย ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือนแรก", PRESENT, None),
    ("รายงานผล (1 ตุลาคม 2565 - 31 มีนาคม 2566)", PRESENT, None),
    ("รายงานผล ตั้งแต่ ต.ค. 65 - มี.ค. 66", PRESENT, None),
    ("รายงานผล ตั้งแต่ ๑ ต.ค. ๖๕ ถึง ๓๑ มี.ค. ๖๖", PRESENT, None),
    ("รายงานผล ไตรมาสที่ 1-2 ปีงบประมาณ 2566", PRESENT, None),
    ("รายงานผล รอบ 12 เดือน ปีงบประมาณ 2566", UNSURE, "weak_wording"),
    ("แผน ตุลาคม 2565 - กันยายน 2566", UNSURE, "weak_wording"),
    ("รายงานผล ไตรมาสที่ 1/2566", ABSENT, "period_incomplete"),
    ("รายงานผล (1 ตุลาคม 2565 - 28 กุมภาพันธ์ 2566)", ABSENT, "period_incomplete"),
    ("รายงานผล รอบ 6 เดือน ปี 2566 (1 ต.ค. 65 - 28 ก.พ. 66)", ABSENT, "period_incomplete"),
    ("รายงานผล รอบ 6 เดือนหลัง ปีงบประมาณ 2566", ABSENT, "period_incomplete"),
    ("รายงานผล เดือนมกราคม - มีนาคม 2566", ABSENT, "period_incomplete"),
    ("รายงานผล รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2565", OUTDATED, "outdated"),
    ("รายงานผล (1 ตุลาคม 2564 - 31 มีนาคม 2565)", OUTDATED, "outdated"),
    ("รายงานประจำปีงบประมาณ 2565", OUTDATED, "outdated"),
    ("รายงานสถิติการให้บริการ ปีงบประมาณ 2566", UNSURE, "weak_wording"),
    ("รายงานสถิติการให้บริการ", ABSENT, "element_missing"),
]


@pytest.mark.parametrize(("heading", "state", "reason"), HALVES)
def test_first_half(heading: str, state: ElementState, reason: str | None) -> None:
    finding = look("h1_fy", page("จำนวนผู้รับบริการ", headings=[heading]))
    assert (finding.state, finding.reason) == (state, reason), finding


def test_a_whole_year_covers_its_half_once_it_is_over() -> None:
    probe = PeriodProbe.model_validate({"kind": "period", "covers": "h1_fy"})
    later = Context(FiscalYear(2566), date(2023, 11, 1))
    report = page(headings=["รายงานผล รอบ 12 เดือน ปีงบประมาณ 2566"])
    assert probe.look([report], later).state is PRESENT


def test_a_half_year_of_another_year_in_the_link_is_a_conflict() -> None:
    named = ("รายงาน รอบ 6 เดือน ปีงบประมาณ 2566", "รายงาน รอบ 6 เดือน ปีงบประมาณ 2565")
    for heading, link in (named, named[::-1]):
        finding = look("h1_fy", page(headings=[heading], link=link))
        assert (finding.state, finding.reason) == (UNSURE, "conflicting_years")


def test_a_half_takes_its_year_from_the_link_and_quotes_both() -> None:
    finding = look("h1_fy", page(headings=["รายงานผล รอบ 6 เดือน"], link="รายงาน ปี 2566"))
    assert finding.state is PRESENT
    assert [quote.text for quote in finding.quotes] == ["รายงานผล รอบ 6 เดือน", "รายงาน ปี 2566"]


def test_a_short_report_says_what_it_covers_and_what_lacks() -> None:
    finding = look("h1_fy", page(headings=["รายงาน ต.ค. 65 - ม.ค. 66"]))
    assert "ต.ค. 65, พ.ย. 65, ธ.ค. 65, ม.ค. 66" in finding.detail
    assert "ขาด ก.พ. 66, มี.ค. 66" in finding.detail


def test_quarters_of_two_documents_add_up() -> None:
    first = page(headings=["รายงาน ไตรมาสที่ 1 ปีงบประมาณ 2566"])
    second = page(headings=["รายงาน ไตรมาสที่ 2 ปีงบประมาณ 2566"])
    assert look("h1_fy", first).state is ABSENT
    finding = look("h1_fy", first, second)
    assert finding.state is PRESENT
    assert len(finding.quotes) == 2


def _monthly(*filled: str) -> Table:
    months = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.")
    return Table((("บริการ", *("5" if m in filled else "" for m in months)),), ("งาน", *months))


def test_month_columns_count_only_when_filled() -> None:
    heading = "สถิติการให้บริการ ปีงบประมาณ 2566"
    full = _monthly("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.")
    assert look("h1_fy", page(headings=[heading], tables=[full])).state is PRESENT
    part = look("h1_fy", page(headings=[heading], tables=[_monthly("ต.ค.", "พ.ย.", "ธ.ค.")]))
    assert part.reason == "period_incomplete"


def test_figures_as_of_the_last_day_of_march() -> None:
    heading = "สถิติการให้บริการ ปีงบประมาณ 2566"
    done = page("ข้อมูล ณ วันที่ 31 มีนาคม 2566", headings=[heading])
    assert look("h1_fy", done).state is PRESENT
    early = page("ข้อมูล ณ วันที่ 28 กุมภาพันธ์ 2566", headings=[heading])
    assert look("h1_fy", early).reason == "period_incomplete"
    claimed = page("ข้อมูล ณ วันที่ 28 กุมภาพันธ์ 2566", headings=[heading + " รอบ 6 เดือน"])
    assert look("h1_fy", claimed).state is not PRESENT


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (page("ตารางโครงการ", link="แผนดำเนินงาน ปี 2566"), PRESENT),
        (page("ตารางโครงการ", file="แผนปี2566.pdf", source=TextSource.PDF), PRESENT),
        (page("ตารางโครงการ", path="ita-2566"), UNSURE),
        (page("ตารางโครงการ", file="oit66.pdf"), UNSURE),
        (page("ตาราง " + "รายละเอียดโครงการ " * 8 + "ของปี 2564", link="แผนดำเนินงาน ปี 2566"), UNSURE),
        (page(headings=["แผนปี 2566"], link="แผนปี 2565"), UNSURE),
        (page(headings=["แผนปี 2565"], path="ita-2566"), OUTDATED),
        (page("ตารางโครงการ", path="2566/10"), UNSURE),
        (page("เนื้อหา", title="แผนปี 2566", headings=["แผนปี 2565"]), UNSURE),
        (page("วันที่เผยแพร่ 3 มีนาคม 2566", headings=["แผนของหน่วยงาน"]), UNSURE),
        (page("ปรับปรุงล่าสุด 3 มีนาคม 2566", headings=["แผนของหน่วยงาน"]), ABSENT),
    ],
)
def test_outer_sources(document: Document, state: ElementState) -> None:
    finding = look("fy", document)
    assert finding.state is state, finding


def test_a_line_right_below_the_title_belongs_to_it() -> None:
    dated = "ปีงบประมาณ พ.ศ. 2566 ตั้งแต่วันที่ 1 ตุลาคม 2565 ถึงวันที่ 31 มีนาคม 2566"
    report = page(dated, headings=["รายงานการกำกับติดตาม รอบ 6 เดือน"])
    assert look("h1_fy", report).state is PRESENT
    plan = page("ประจำปีงบประมาณ พ.ศ. 2566", "ตารางโครงการ", headings=["แผนดำเนินงาน"])
    assert look("fy", plan).state is PRESENT


def test_conflicting_sources_are_both_quoted() -> None:
    finding = look("fy", page(headings=["แผนปี 2566"], link="แผนปี 2565"))
    assert finding.reason == "conflicting_years"
    assert "หัวเอกสารบอกปี 2566" in finding.detail
    assert "ชื่อลิงก์บอกปี 2565" in finding.detail
    assert len(finding.quotes) == 2


@pytest.mark.parametrize(
    "region",
    [Region.NAV, Region.FOOTER, Region.HIDDEN, Region.METADATA, Region.ATTRIBUTE],
)
def test_furniture_never_counts(region: Region) -> None:
    address = "https://unit.example/a"
    passages = (Passage("แผนดำเนินงาน", Region.HEADING), Passage("ปีงบประมาณ 2566", region))
    document = Document(Fetch(address, address), passages=passages)
    assert look("fy", document).state is ABSENT


@pytest.mark.parametrize(
    "criteria",
    [
        "เป็นแผนที่มีระยะเวลาบังคับใช้ครอบคลุมปี พ.ศ. 2566",
        "เป็นการดำเนินการในปี พ.ศ. 2566",
        "แสดงแผนดำเนินงาน อย่างน้อยประกอบด้วย โครงการ งบประมาณ ของปี พ.ศ. 2566",
    ],
)
def test_the_checklists_own_words_never_count(criteria: str) -> None:
    assert look("fy", page(criteria, headings=["แผนดำเนินงาน"])).state is ABSENT
    assert look("fy", page(headings=[criteria])).state is ABSENT


def test_thai_digits_read_by_ocr_never_decide() -> None:
    scan = page(headings=["แผนดำเนินงาน ปีงบประมาณ พ.ศ. ๒๕๖๖"], source=TextSource.OCR)
    finding = look("fy", scan)
    assert (finding.state, finding.reason) == (UNSURE, "ocr_year")
    arabic = page(headings=["แผนดำเนินงาน ปีงบประมาณ พ.ศ. 2566"], source=TextSource.OCR)
    assert look("fy", arabic).state is PRESENT
    linked = page(headings=["แผน ปี ๒๕๐๕"], link="แผนปี 2566", source=TextSource.OCR)
    assert look("fy", linked).state is PRESENT


def test_the_best_of_several_documents_decides() -> None:
    old, new = page(headings=["แผนปี 2565"]), page(headings=["แผนปี 2566"])
    finding = look("fy", old, new)
    assert finding.state is PRESENT
    assert "2566" in finding.quotes[0].text


def test_outdated_says_which_year_and_which_is_needed() -> None:
    finding = look("fy", page(headings=["แผนดำเนินงาน ปี 2565"]))
    assert finding.detail == "เอกสารเป็นปี 2565 ต้องเป็นปี 2566"
    assert "2565" in finding.quotes[0].text


def test_sections_by_year_need_text_below_the_right_heading() -> None:
    def sections(*below: str) -> Document:
        passages = [
            Passage("แผนดำเนินงาน", Region.HEADING),
            Passage("ปี 2565", Region.HEADING, ("แผนดำเนินงาน",)),
            Passage("โครงการเก่า", Region.MAIN, ("แผนดำเนินงาน", "ปี 2565")),
            Passage("ปี 2566", Region.HEADING, ("แผนดำเนินงาน",)),
            *(Passage(text, Region.MAIN, ("แผนดำเนินงาน", "ปี 2566")) for text in below),
        ]
        address = "https://unit.example/plans"
        return Document(Fetch(address, address), passages=tuple(passages))

    assert look("fy", sections("โครงการใหม่ งบประมาณ 50,000 บาท")).state is PRESENT
    assert look("fy", sections()).state is not PRESENT


@pytest.mark.parametrize(
    ("covers", "lines", "state"),
    [
        ("fy", ("กลุ่มอำนวยการขอรายงานผลการนำมาตรการไปปฏิบัติในปีงบประมาณ พ.ศ. 2566", "อบรมเมื่อ 17 ม.ค. 66"), PRESENT),
        ("fy", ("กลุ่มอำนวยการขอรายงานผลการนำมาตรการไปปฏิบัติในปีงบประมาณ พ.ศ. 2566", "อบรมครบทุกคน"), UNSURE),
        ("fy", ("กลุ่มอำนวยการขอรายงานผลการนำมาตรการไปปฏิบัติในปีงบประมาณ พ.ศ. 2565", "อบรมเมื่อ 17 ม.ค. 65"), OUTDATED),
        ("h1_fy", ("กลุ่มอำนวยการขอรายงานผลการติดตามในรอบ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2566 ดังนี้", "อบรมครบทุกคน"), PRESENT),
        ("h1_fy", ("กลุ่มอำนวยการขอรายงานผลการติดตามในรอบ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2565 ดังนี้", "อบรมครบทุกคน"), OUTDATED),
        ("h1_fy", ("กลุ่มอำนวยการขอรายงานผลการติดตามในรอบ 6 เดือนหลังของปีงบประมาณ พ.ศ. 2566 ดังนี้", "อบรมครบทุกคน"), ABSENT),
    ],
)  # fmt: skip
def test_the_first_sentence_of_a_paper_without_a_year_in_its_name(
    covers: str, lines: tuple[str, ...], state: ElementState
) -> None:
    above = "หน่วยงานมีภารกิจดูแลประชาชนในพื้นที่"
    found = look(covers, page(above, *lines, headings=["ความก้าวหน้าของมาตรการ"]))
    assert found.state is state, found.detail
