"""The gap report as a Word file: what the office finds in it, and that it opens whatever it holds."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from checklist.profile import UnitProfile
from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.formats.docx import unit_docx
from results.gap import build_report
from results.pictures import PageToShow, Picture, with_pictures
from results.speech import Language, speaking
from results.waivers import Waiver, WaiverKind
from results.word.letters import FONT
from results.word.paper import Margins, docx_bytes, new_paper
from results.word.styles import Look
from results.word.tables import add_table
from results.word.text import Bold, Link, add, legal
from tests.results.samples import (
    SITE,
    UNIT,
    element,
    in_review,
    missing,
    mixed,
    passing,
    quote,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from docx.document import Document

    from results.report import GapReport

CHECKLIST = small_checklist()
BEFORE = result_of([missing("O1"), passing("O2"), missing("O6")])
REPORT = build_report(CHECKLIST, result_of(mixed()), BEFORE)
ITEMS = [f"O{number}" for number in range(1, 7)]
HOSTILE = '\x00\x0b\x1b<w:t>&amp;]]></w:t>{{ 7*7 }}\ufffe\ud800=HYPERLINK("x")'


def opened(report: GapReport) -> Document:
    return docx.Document(io.BytesIO(unit_docx(report)))


def told(document: Document) -> str:
    """All that a reader reads, paragraphs and cells in order, a line each."""
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def headings(document: Document, level: int) -> list[str]:
    style = f"Heading {level}"
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def tables_by_head(document: Document) -> dict[str, Table]:
    return {table.rows[0].cells[-1].text: table for table in document.tables}


def links(document: Document) -> dict[str, str]:
    """Address of every hyperlink, with its text."""
    found = {}
    for element_ in document.element.iter(qn("w:hyperlink")):
        target = document.part.rels[element_.get(qn("r:id"))].target_ref
        found[target] = "".join(text.text or "" for text in element_.iter(qn("w:t")))
    return found


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(REPORT)


def test_the_sections_stand_in_the_order_of_action(document: Document) -> None:
    assert headings(document, 1) == [
        "สิ่งที่ต้องทำก่อน",
        "สิ่งที่เปลี่ยนจากการตรวจครั้งก่อน",
        "ข้อที่ต้องแก้ไข (2 ข้อ)",
        "ข้อที่ต้องให้เจ้าหน้าที่ตรวจ (1 ข้อ)",
        "ข้อที่ตรวจไม่ได้ (1 ข้อ)",
        "ข้อที่ครบถ้วน (1 ข้อ)",
        "ข้อที่ไม่เกี่ยวข้องหรือเจ้าหน้าที่พิจารณาแล้ว (1 ข้อ)",
        "สำหรับกรอกในระบบ ITAS",
        "คะแนนรายตัวชี้วัด",
        "หมายเหตุ",
    ]


def test_findings_have_headings_of_their_own_most_points_first(document: Document) -> None:
    items = [text.split()[0] for text in headings(document, 2) if re.match(r"O\d", text)]
    assert items == [one.item for one in (*REPORT.fails, *REPORT.reviews)] == ["O2", "O4", "O6"]


@pytest.mark.parametrize(
    "phrase",
    [
        "เว็บไซต์หลัก | https://www.phusuan.go.th",
        "ครั้งที่ 7 เมื่อ 5 เมษายน 2566 เวลา 14.05 น.",
        "ขอบเขตที่ตรวจ | พบ 40 หน้า",
        "ไม่เป็นปัจจุบัน · คะแนนที่ขึ้นกับข้อนี้ 5.00 · ผู้รับผิดชอบ: กองแผนงาน · เหลือ 25 วัน",
        "เอกสารระบุปีงบประมาณ 2565\n“แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2565”",
        "หน้า 3 · หัวข้อ “แผนงาน › ปีงบประมาณ พ.ศ. 2566”",
        "เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน",
        "คำถามที่ต้องตอบ: เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่",
        "เรียน ผู้ให้บริการเว็บไซต์ของจังหวัดภูสวน",
        "“แผนผังโครงสร้างของจังหวัดภูสวน”",
        "ผู้ว่าราชการจังหวัดอนุมัติถึง 30 กันยายน 2566",
        "O2 ข้อมูลผู้บริหาร | แย่ลง | ครบถ้วน | ไม่ผ่าน",
        "9.2 ตัวชี้วัดย่อย 9.2 | 0 / 2 | 0.00 | 50.00",
    ],
)
def test_it_says_what_the_model_says(document: Document, phrase: str) -> None:
    assert phrase in told(document)


def test_its_counts_are_those_of_the_model(document: Document) -> None:
    rows = tables_by_head(document)["จำนวนข้อ"].rows[1:]
    *counts, items = (int(row.cells[1].text) for row in rows)
    totals = REPORT.totals
    assert [items, *counts] == list(totals.model_dump().values())
    assert sum(counts) == items == 6


def test_the_itas_lines_stand_in_the_order_of_the_form(document: Document) -> None:
    rows = tables_by_head(document)["URL และคำอธิบาย"].rows[1:]
    assert [row.cells[0].text.split()[0] for row in rows] == ITEMS
    assert [row.cells[1].text for row in rows] == [line.answer_th for line in REPORT.itas]


def test_addresses_are_links_that_can_be_clicked(document: Document) -> None:
    found = links(document)
    assert found[f"{SITE}/plan.pdf"] == f"{SITE}/plan.pdf"
    assert {SITE, f"{SITE}/old", f"{SITE}/scan.pdf", f"{SITE}/service"} <= set(found)


def test_a_tables_head_is_repeated_on_each_page(document: Document) -> None:
    headed = [t for t in document.tables if t.rows[0].cells[0].text != "รายการตรวจ"]
    assert len(headed) >= 8
    for table in headed:
        marks = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marks == [True] + [False] * (len(table.rows) - 1)
        assert table.rows[1]._tr.find(f".//{qn('w:cantSplit')}") is not None


@pytest.mark.parametrize(
    ("style", "half_points"),
    [("Normal", "32"), ("Heading 1", "40"), ("List Bullet", "32"), ("Table Text", "28")],
)
def test_thai_has_its_font_and_size(document: Document, style: str, half_points: str) -> None:
    properties = document.styles[style].element.find(qn("w:rPr"))
    fonts = properties.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs", "eastAsia")} == {FONT}
    assert not any("Theme" in name or "theme" in name for name in fonts.attrib)
    for size in ("w:sz", "w:szCs"):
        assert properties.find(qn(size)).get(qn("w:val")) == half_points


def test_thai_is_the_language_and_the_paper_is_a4(document: Document) -> None:
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:bidi")) == "th-TH"
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    properties = document.core_properties
    assert properties.language == "th-TH"
    assert properties.title == "รายงานช่องว่าง OIT 2566 จังหวัดภูสวน"
    assert properties.subject


def test_every_page_names_the_unit_the_day_and_its_number(document: Document) -> None:
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "จังหวัดภูสวน · ประเมิน ณ วันที่ 5 เมษายน 2566"
    footer = section.footer.paragraphs[0]._p
    fields = [field.get(qn("w:instr"), "").strip() for field in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    words = "".join(text.text or "" for text in footer.iter(qn("w:t")))
    assert words == "หน้า 1 จาก 1"


def test_a_heading_is_never_left_alone_at_a_pages_end(document: Document) -> None:
    for style in ("Heading 1", "Heading 2"):
        assert document.styles[style].paragraph_format.keep_with_next


def test_lists_are_lists(document: Document) -> None:
    bullets = [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"]
    assert "เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน" in bullets
    assert document.styles["List Bullet"].element.find(f".//{qn('w:numPr')}") is not None


def decided(until: date, kind: WaiverKind = WaiverKind.ACCEPTED) -> Waiver:
    return Waiver(
        UNIT.id,
        "oit-2566",
        "O2",
        kind,
        "นางสาวดวงใจ รักษ์เมือง",
        "รอคำสั่งแต่งตั้ง",
        datetime(2023, 3, 1, tzinfo=UTC),
        until,
    )


def test_a_decision_that_ended_by_itself_is_told_before_everything_else() -> None:
    report = build_report(
        CHECKLIST, result_of(mixed()), waivers=[decided(date(2023, 3, 31))], day=date(2023, 4, 5)
    )
    document = opened(report)
    box = [p.text for p in document.paragraphs if p.style and p.style.name == "Warning Box"]
    assert box[0].startswith("ผลการพิจารณาของเจ้าหน้าที่สิ้นสุดแล้ว 1 เรื่อง")
    assert box[1] == "O2 ข้อมูลผู้บริหาร สิ้นสุดแล้ว เพราะพ้นกำหนด"
    assert "นางสาวดวงใจ รักษ์เมือง" in box[2]
    assert told(document).index(box[0]) < told(document).index("สิ่งที่ต้องทำก่อน")


def test_a_decision_that_holds_is_listed_with_who_and_why() -> None:
    report = build_report(
        CHECKLIST, result_of(mixed()), waivers=[decided(date(2023, 9, 30))], day=date(2023, 4, 5)
    )
    document = opened(report)
    assert not [p for p in document.paragraphs if p.style and p.style.name == "Warning Box"]
    rows = [[cell.text for cell in row.cells] for row in tables_by_head(document)["เหตุผล"].rows]
    assert rows[1] == ["O2 ข้อมูลผู้บริหาร", "มีผลอยู่", report.waivers[0].line]
    assert [row[0].split()[0] for row in rows[1:]] == ["O2", "O3"]


def test_a_unit_that_could_not_be_opened_is_not_blamed() -> None:
    report = build_report(CHECKLIST, result_of([unreachable(item) for item in ITEMS]))
    text = told(opened(report))
    assert "ยังประเมินไม่ได้ เพราะเปิดหน้าของหน่วยงานนี้ไม่ได้เลย" in text
    assert "จากเต็ม 40 คะแนน" not in text
    assert "สิ่งที่ต้องทำก่อน" not in text


def test_items_that_nobody_asked_for_are_named() -> None:
    text = told(opened(build_report(CHECKLIST, result_of([passing("O1")]))))
    assert "ข้อที่ไม่ได้สั่งตรวจ (5 ข้อ)\nO2, O3, O4, O5, O6" in text


def picture(kind: str, size: tuple[int, int] = (300, 400)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind)
    return file.getvalue()


BROKEN = b"\x89PNG\r\n\x1a\n" + b"no picture at all"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (picture("PNG"), 1),
        (picture("JPEG", (3000, 40)), 1),
        (picture("WEBP", (20, 4000)), 1),
        (BROKEN, 0),
    ],
)
def test_a_picture_to_look_at_fits_the_page(content: bytes, shown: int) -> None:
    report = build_report(CHECKLIST, result_of([in_review("O6")]))
    place = PageToShow("O6", f"{SITE}/scan.pdf", "a" * 64, 3)
    document = opened(with_pictures(report, [Picture(place, content)]))
    assert len(document.inline_shapes) == shown
    for shape in document.inline_shapes:
        assert shape.width.mm <= 165.1
        assert shape.height.mm <= 200.1
    assert "ภาพหน้า 3 ของ scan.pdf" in told(document)


def hostile_report() -> GapReport:
    bad = replace(quote(HOSTILE, "javascript:alert(3)"), heading_path=(HOSTILE,))
    answers = [Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR, Verdict.WAIVED]
    verdicts = [
        ItemVerdict(
            f"O{number}",
            verdict,
            Kind.PARTIAL,
            ("element_missing",) if verdict is Verdict.FAIL else (),
            (element(f"O{number}.1", ElementState.UNSURE, HOSTILE, quotes=[bad], text=HOSTILE),),
            ("javascript:alert(4)", f"https://x/{HOSTILE}", "file:///etc/passwd"),
            HOSTILE,
        )
        for number, verdict in enumerate(answers, 1)
    ]
    unit = UnitProfile("../../etc/passwd", HOSTILE * 20, None, (), "javascript:alert(5)")
    return build_report(CHECKLIST, result_of(verdicts, unit))


def test_hostile_texts_stay_texts() -> None:
    document = opened(hostile_report())
    text = told(document)
    assert "<w:t>&amp;]]></w:t>{{ 7*7 }}" in text
    assert "javascript:alert(4)" in text
    assert all(target.startswith(("http://", "https://")) for target in links(document))


@pytest.mark.parametrize("report", [REPORT, hostile_report()], ids=["usual", "hostile"])
def test_every_part_of_the_file_can_be_read(report: GapReport) -> None:
    with zipfile.ZipFile(io.BytesIO(unit_docx(report))) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_an_english_report_says_so() -> None:
    with speaking(Language.EN):
        report = build_report(CHECKLIST, result_of(mixed()))
        assert opened(report).core_properties.language == "en-GB"


PLAIN = Look({}, heading_before=0, heading_after=0, body_after=0, table=14, table_after=0)
MARGINS = Margins(20, 20, 20, 20)


def lines_of(text: str) -> list[str]:
    return re.split("[\r\n]", legal(text))


@given(st.text(st.characters()), st.text(st.characters()))
@settings(max_examples=20, deadline=None)
def test_any_text_survives_as_the_same_plain_text(text: str, other: str) -> None:
    paper = new_paper(text, datetime(2023, 4, 5), PLAIN, MARGINS, subject=other, author=text)
    add(paper, (text, Bold(other)))
    add(paper, Link("https://www.phusuan.go.th", text or "–"))
    add_table(paper, [text], [[[text, Link(other, text)]]], [165])
    read = docx.Document(io.BytesIO(docx_bytes(paper)))
    assert read.paragraphs[0].text.split("\n") == lines_of(text + other)
    head, row = (table_row.cells[0] for table_row in read.tables[0].rows)
    assert head.text.split("\n") == lines_of(text)
    assert row.paragraphs[0].text.split("\n") == lines_of(text)


@given(st.text(st.characters()))
@settings(max_examples=6, deadline=None)
def test_any_question_is_asked_word_for_word(question: str) -> None:
    asked = REPORT.reviews[0].model_copy(update={"question": question or "?"})
    document = opened(REPORT.model_copy(update={"reviews": (asked,)}))
    expected = "\n".join(lines_of(f"คำถามที่ต้องตอบ: {question or '?'}"))
    assert expected in told(document)
