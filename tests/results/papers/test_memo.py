"""บันทึกข้อความ: what the fields say, and the paper that comes of the built-in template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from checklist.loader import load
from checklist.profile import UnitType
from checklist.verdict import Verdict
from results.gap import build_report
from results.papers.memo import DOTS, FIELDS, LISTS, ROW_FIELDS, Letter, has_gaps, memo_values
from results.papers.memo_docx import MemoTemplate
from results.papers.memo_template import memo_template
from results.papers.numerals import thai_digits
from results.papers.office import Office
from results.word.letters import FONT
from tests.results.papers.papers_samples import report_of, rows_of, text_of, unit
from tests.results.samples import (
    UNIT,
    excused,
    in_review,
    missing,
    passing,
    result_of,
    unreachable,
)

OFFICE = Office("ศูนย์ปฏิบัติการต่อต้านการทุจริต มท.", "50152", "นางสาวมาลี สวนดี", "ผู้อำนวยการศูนย์ฯ")
LETTER = Letter("", "มท 0226.2/ว 123", date(2023, 4, 10), date(2023, 4, 20))
ALL_PASS = [passing(f"O{number}") for number in range(1, 7)]


@cache
def built_in() -> MemoTemplate:
    return MemoTemplate(memo_template())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("มท 0226.2/ว 123", "มท ๐๒๒๖.๒/ว ๑๒๓"),
        ("30 เมษายน 2566", "๓๐ เมษายน ๒๕๖๖"),
        ("ข้อ O12 ปี2566 (3 ข้อ)", "ข้อ O12 ปี๒๕๖๖ (๓ ข้อ)"),
        ("https://www.a.go.th/2566/1.pdf หน้า 3", "https://www.a.go.th/2566/1.pdf หน้า ๓"),
        ("ขัดข้อง (HTTP 503)", "ขัดข้อง (HTTP 503)"),
        ("+1.25", "+๑.๒๕"),
        ("", ""),
    ],
)
def test_thai_digits_leave_addresses_and_item_numbers(text: str, said: str) -> None:
    assert thai_digits(text) == said


def test_every_field_has_a_value_in_thai_digits() -> None:
    values = memo_values(report_of(), OFFICE, LETTER)
    assert set(values) == set(FIELDS) | set(LISTS)
    for name in LISTS:
        assert all(set(row) == set(ROW_FIELDS) for row in values[name])
    assert values["เลขที่หนังสือ"] == "มท ๐๒๒๖.๒/ว ๑๒๓"
    assert values["วันที่"] == "๑๐ เมษายน ๒๕๖๖"
    assert values["ปีงบประมาณ"] == "๒๕๖๖"
    assert values["วันที่ตรวจ"] == "๕ เมษายน ๒๕๖๖"
    assert values["กำหนดแก้ไข"] == "๒๐ เมษายน ๒๕๖๖"


def test_the_counts_are_those_of_the_gap_report() -> None:
    report = report_of()
    values = memo_values(report, OFFICE, LETTER)
    said = {
        "จำนวนข้อทั้งหมด": report.totals.items,
        "จำนวนข้อครบถ้วน": report.totals.passed,
        "จำนวนข้อต้องแก้ไข": report.totals.missing + report.totals.outdated,
        "จำนวนข้อให้เปิดดู": report.totals.review,
        "จำนวนข้อตรวจไม่ได้": report.totals.error,
        "จำนวนข้อไม่ได้ตรวจ": report.totals.unchecked,
        "จำนวนข้อไม่นับ": report.totals.waived + report.totals.not_applicable,
    }
    assert {name: values[name] for name in said} == {
        name: thai_digits(str(count)) for name, count in said.items()
    }
    assert len(values["ข้อที่ต้องแก้ไข"]) == report.totals.missing + report.totals.outdated
    assert len(values["ข้อที่ต้องเปิดดู"]) == report.totals.review
    assert len(values["ข้อที่ตรวจไม่ได้"]) == report.totals.error


def test_what_nobody_gave_is_a_dotted_line() -> None:
    values = memo_values(report_of(), Office(), Letter())
    left = {name for name, value in values.items() if value == DOTS}
    assert left == {
        "ส่วนราชการ", "โทรศัพท์", "เลขที่หนังสือ", "วันที่", "กำหนดแก้ไข", "ผู้ลงนาม", "ตำแหน่ง",
    }  # fmt: skip
    assert f"({DOTS})" in text_of(built_in().filled(values))


@pytest.mark.parametrize(
    ("name", "kind", "to", "said"),
    [
        ("จังหวัดภูสวน", UnitType.PROVINCE, "", "ผู้ว่าราชการจังหวัดภูสวน"),
        ("กองกลาง", UnitType.CENTRAL, "", DOTS),
        ("เทศบาลตำบลบ้านสวน", UnitType.LOCAL, "", DOTS),
        ("จังหวัดภูสวน", UnitType.PROVINCE, "รองผู้ว่าราชการจังหวัดภูสวน", "รองผู้ว่าราชการจังหวัดภูสวน"),
    ],
)
def test_a_province_is_written_to_its_governor(
    name: str, kind: UnitType, to: str, said: str
) -> None:
    values = memo_values(report_of(unit=unit(name, kind)), OFFICE, replace(LETTER, to=to))
    assert values["เรียน"] == said


@pytest.mark.parametrize(
    ("day", "due", "left", "counted"),
    [
        (date(2023, 4, 10), date(2023, 4, 20), "๑๐", "นับจาก ๑๐ เมษายน ๒๕๖๖ ถึง ๒๐ เมษายน ๒๕๖๖"),
        (date(2023, 4, 10), None, "๒๐", "ถึงวันปิดกรอกข้อมูลในระบบ ITAS (๓๐ เมษายน ๒๕๖๖)"),
        (None, None, "๒๕", "นับจาก ๕ เมษายน ๒๕๖๖"),
        (date(2023, 5, 3), None, "พ้นแล้ว ๓", "นับจาก ๓ พฤษภาคม ๒๕๖๖"),
    ],
)
def test_days_left_count_from_the_letter_to_the_day_it_asks_for(
    day: date | None, due: date | None, left: str, counted: str
) -> None:
    values = memo_values(report_of(), OFFICE, Letter(day=day, due=due))
    rows = values["ข้อที่ต้องแก้ไข"]
    assert isinstance(rows, list)
    assert {row["เหลือวัน"] for row in rows} == {left}
    assert counted in str(values["กำหนดนับวัน"])


def test_the_memo_tells_a_unit_its_gaps() -> None:
    report = report_of()
    memo = built_in().filled(memo_values(report, OFFICE, LETTER))
    text = text_of(memo)
    for said in (
        "บันทึกข้อความ", "ตราครุฑ", "ศูนย์ปฏิบัติการต่อต้านการทุจริต มท.  โทร. ๕๐๑๕๒", "มท ๐๒๒๖.๒/ว ๑๒๓",
        "เรียน  ผู้ว่าราชการจังหวัดภูสวน", "ตามที่กระทรวงมหาดไทย", "ในการนี้", "ต้องแก้ไข ๒ ข้อ",
        "ตรวจไม่ได้ ๑ ข้อ ซึ่งยังไม่นับว่าขาด", "จึงเรียนมาเพื่อโปรดพิจารณา", "ภายในวันที่ ๒๐ เมษายน ๒๕๖๖",
        "(นางสาวมาลี สวนดี)", "ผู้อำนวยการศูนย์ฯ",
    ):  # fmt: skip
        assert said in text
    assert "คำอธิบายแม่แบบ" not in text
    assert "{" not in text
    rows = rows_of(memo, "เหลือ\n(วัน)")
    assert [row[1] for row in rows] == [finding.item for finding in report.fails]
    assert rows[0][2] == "ข้อมูลผู้บริหาร\nขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"
    assert rows[0][4:] == ["กองการเจ้าหน้าที่", "๕.๐๐", "๑๐"]


def test_a_unit_without_gaps_is_told_so_on_one_page_without_a_list() -> None:
    report = report_of(ALL_PASS)
    text = text_of(built_in().filled(memo_values(report, OFFICE, LETTER)))
    assert not has_gaps(report)
    assert "ไม่พบข้อที่ต้องแก้ไข" in text
    assert "จึงเรียนมาเพื่อโปรดทราบ" in text
    assert "บัญชีแนบท้าย" not in text


@pytest.mark.parametrize(
    ("last", "gaps"),
    [
        (missing("O6"), True),
        (in_review("O6"), True),
        (unreachable("O6"), True),
        (excused("O6", Verdict.NOT_APPLICABLE), False),
    ],
)
def test_what_must_be_looked_at_or_could_not_be_checked_is_a_gap_too(
    last: object, gaps: bool
) -> None:
    assert has_gaps(report_of([*ALL_PASS[:5], last])) is gaps  # type: ignore[list-item]


def test_a_site_that_never_answered_is_given_no_score_and_called_missing_nowhere() -> None:
    report = report_of([unreachable(f"O{number}") for number in range(1, 7)])
    text = text_of(built_in().filled(memo_values(report, OFFICE, LETTER)))
    assert "จึงยังคาดการณ์คะแนน OIT ไม่ได้" in text
    assert "อยู่ระหว่าง" not in text
    assert "ข้อที่ตรวจไม่ได้ ๖ ข้อ (ไม่นับว่าขาด)" in text


def test_items_stopped_by_one_cause_are_one_row_with_the_whole_advice() -> None:
    stopped = [unreachable(f"O{number}") for number in (1, 2, 3, 5)]
    report = report_of([*stopped, unreachable("O4", "server_error"), passing("O6")])
    memo = built_in().filled(memo_values(report, OFFICE, LETTER))
    first, second = rows_of(memo, "จำนวน และสาเหตุ")
    assert (first[1], second[1]) == ("O1-O3, O5", "O4")
    assert first[2].startswith("๔ ข้อ\n")
    assert first[3].endswith("คำขอต่อเว็บไซต์”")


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }} {% for x in ().__class__.__mro__ %}",
        "{{ หน่วยงาน.__class__ }}{_{ 7*7 }_}",
        "<w:p/> & <script>alert(1)</script> \"'",
        "ผัง\x00\x0b\ud800โครงสร้าง\ufffe\x1f",
        "ก" * 20_000,
        "ราย\tการ\nสองบรรทัด\a\f",
    ],
)
def test_texts_from_pages_stay_texts(hostile: str) -> None:
    odd = replace(UNIT, name=f"จังหวัด{hostile}", main_site=f"https://a.go.th/{hostile}")
    verdicts = [missing("O1", hostile), in_review("O2"), unreachable("O3"), *ALL_PASS[3:]]
    report = report_of(verdicts, odd)
    memo = built_in().filled(memo_values(report, OFFICE, LETTER))
    text = text_of(memo)
    assert "49" not in text
    assert "๔๙" not in text
    row = rows_of(memo, "เหลือ\n(วัน)")[0]
    assert len(row[2]) < 400
    for word in ("7*7", "<w:p/>", "<script>"):
        word = thai_digits(word)
        assert (word in text) is (word in thai_digits(hostile))


def test_thai_letters_are_set_in_the_governments_font_and_size() -> None:
    memo = Document(BytesIO(built_in().filled(memo_values(report_of(), OFFICE, LETTER))))
    normal = memo.styles["Normal"].element.rPr
    assert normal.find(qn("w:rFonts")).get(qn("w:cs")) == FONT
    assert normal.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert normal.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
    section = memo.sections[0]
    assert section.page_width == pytest.approx(Cm(21.0), rel=1e-3)
    assert section.page_height == pytest.approx(Cm(29.7), rel=1e-3)
    heads = [table.rows[0]._tr.get_or_add_trPr() for table in memo.tables[1:]]
    assert all(head.find(qn("w:tblHeader")) is not None for head in heads)


def test_a_memo_on_another_list_speaks_of_that_list() -> None:
    plan = load("moi-2566")
    verdicts = [
        replace(passing("O1"), item="M1"),
        replace(missing("O2"), item="M2"),
    ]
    values = memo_values(build_report(plan, result_of(verdicts)), Office(), Letter())
    told = text_of(MemoTemplate(memo_template()).filled(values))
    assert "แจ้งผลการตรวจการเผยแพร่ตามแนวทางขับเคลื่อน ITA" in told
    assert "เผยแพร่แล้วร้อยละ ๕.๐๐ ถึง" in told
    for word in ("OIT", "ITAS", "คะแนน OIT"):
        assert word not in told.split("บัญชีแนบท้าย")[0]
