"""The workbook: what a webmaster finds in it, and that nothing in it can do harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from results.excel import book as workbooks
from results.excel.book import TEXT_LIMIT, Text, cell_text, sheet_name
from results.excel.looks import TONES
from results.excel.measure import HIGHEST, lines_needed, row_height, text_width
from results.formats.xlsx import unit_xlsx
from results.wording import tidy
from tests.results.sheets import (
    decided_report,
    empty_report,
    long_report,
    mixed_report,
    opened,
    report_saying,
    table_rows,
    unasked_report,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from results.report import GapReport

TABLES = {
    "ข้อที่ต้องทำ": 3,
    "ข้อและองค์ประกอบ": 3,
    "URL สำหรับ ITAS": 2,
    "การเปลี่ยนแปลง": 2,
    "ติดต่อผู้ให้บริการ": 1,
}
"""The sheets that are one table each, and how many columns stay in sight."""


def texts(sheet: Worksheet) -> set[str]:
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def parts(report: GapReport) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(unit_xlsx(report))) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_its_sheets_are_those_of_the_work() -> None:
    book = opened(mixed_report())
    assert book.sheetnames == ["สรุป", *TABLES]
    assert book.active is book["สรุป"]
    assert book["สรุป"].sheet_view.selection[0].activeCell == "A1"


def test_sheets_without_content_are_left_out() -> None:
    assert opened(unasked_report()).sheetnames == ["สรุป", *list(TABLES)[:3]]


def test_its_properties_name_it() -> None:
    about = opened(mixed_report()).properties
    assert about.title == "รายงานช่องว่าง OIT 2566 จังหวัดภูสวน"
    assert about.creator == "ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)"
    assert "th-TH" in parts(mixed_report())["docProps/custom.xml"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert unit_xlsx(mixed_report()) == unit_xlsx(mixed_report())


def test_the_summary_says_where_the_unit_stands() -> None:
    said = texts(opened(mixed_report())["สรุป"])
    report = mixed_report()
    assert {"จังหวัดภูสวน", report.as_of_th, report.deadline.th, report.score.band_note} <= said
    assert any(re.fullmatch(r"[\d.]+ ถึง [\d.]+ จากเต็ม 40 คะแนน", text) for text in said)
    assert any("แย่ลง 1 ข้อ ดีขึ้น 2 ข้อ" in text for text in said)
    assert "✕ O2 ข้อมูลผู้บริหาร" in said


def test_a_unit_that_could_not_be_seen_has_no_score() -> None:
    said = texts(opened(empty_report())["สรุป"])
    assert any(text.startswith("ยังประเมินไม่ได้") for text in said)
    assert not any("จากเต็ม" in text or "ได้แน่" in text for text in said)
    assert "ติดต่อผู้ให้บริการ" in opened(empty_report()).sheetnames


def test_decisions_that_ended_by_themselves_come_first_and_loud() -> None:
    sheet = opened(decided_report())["สรุป"]
    rows = {str(row[0].value): row for row in sheet.iter_rows() if row[0].value}
    ended, holds = rows["O4 แผนปฏิบัติราชการประจำปี"], rows["O2 ข้อมูลผู้บริหาร"]
    assert list(rows).index(str(ended[0].value)) < list(rows).index(str(holds[0].value))
    assert ended[2].value == "‼ สิ้นสุดแล้ว เพราะพ้นกำหนด"
    assert ended[2].fill.fgColor.rgb == "FF" + TONES["loud"].ground[1:]
    assert holds[2].value == "มีผลอยู่"
    assert "นางสาวมาลี ใจดี" in str(holds[1].value)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_filtered_read_and_printed(name: str) -> None:
    sheet = opened(mixed_report())[name]
    (table,) = sheet.tables.values()
    assert table.ref == sheet.dimensions
    assert table.autoFilter.ref == sheet.dimensions
    assert not sheet.merged_cells.ranges
    frozen = sheet.cell(2, TABLES[name] + 1).coordinate
    assert sheet.freeze_panes == frozen
    assert str(sheet.print_title_rows).endswith("$1:$1")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    printed = parts(mixed_report())[f"xl/worksheets/sheet{list(TABLES).index(name) + 2}.xml"]
    assert '<pageSetUpPr fitToPage="1"/>' in printed
    assert "&amp;Cหน้า &amp;P จาก &amp;N" in printed
    assert all(re.search("[ก-๙]|URL", str(cell.value)) for cell in sheet[1])


def test_work_is_ordered_by_what_it_costs_and_has_room_to_write() -> None:
    report = long_report()
    rows = table_rows(opened(report)["ข้อที่ต้องทำ"])
    wanted = [f.item for f in (*report.fails, *report.reviews, *report.errors)]
    assert [row["ข้อ"] for row in rows] == wanted
    assert all(row["สิ่งที่ต้องทำ"] for row in rows)
    assert {row[c] for row in rows for c in ("ผู้ดำเนินการ", "วันที่เสร็จ", "หมายเหตุ")} == {None}


def test_a_review_asks_its_question() -> None:
    rows = table_rows(opened(mixed_report())["ข้อที่ต้องทำ"])
    row = next(row for row in rows if row["ข้อ"] == "O6")
    assert row["ผลของข้อ"] == "? ต้องให้เจ้าหน้าที่ตรวจ"
    assert "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่" in str(row["สิ่งที่ต้องทำ"])


def test_nothing_to_do_is_said() -> None:
    assert "ไม่มีข้อที่ต้องทำ" in texts(opened(unasked_report())["ข้อที่ต้องทำ"])


def test_itas_is_in_the_order_of_the_form() -> None:
    report = long_report()
    sheet = opened(report)["URL สำหรับ ITAS"]
    rows = table_rows(sheet)
    assert [row["ข้อ"] for row in rows] == [f"O{n}" for n in range(1, 44)]
    assert {row["มี/ไม่มี"] for row in rows} == {"มี", "ไม่มี", "ตรวจดูก่อนตอบ"}
    shown = {row["ข้อ"]: (row["มี/ไม่มี"], row["URL"]) for row in rows}
    assert shown["O1"] == ("มี", "https://www.phusuan.go.th/plan.pdf")
    assert shown["O2"] == ("ตรวจดูก่อนตอบ", "https://www.phusuan.go.th/scan.pdf")
    assert shown["O3"] == ("ไม่มี", None)
    assert [answer for answer, _url in shown.values()] == [one.answer_th for one in report.itas]


def test_each_of_several_urls_can_be_clicked() -> None:
    report = mixed_report()
    urls = tuple(f"https://www.phusuan.go.th/{n}" for n in range(7))
    line = report.itas[0].model_copy(update={"urls": urls})
    sheet = opened(report.model_copy(update={"itas": (line, *report.itas[1:])}))["URL สำหรับ ITAS"]
    row = table_rows(sheet)[0]
    assert row["URL"] == "\n".join(urls)
    links = [sheet.cell(2, column).hyperlink for column in range(6, 11)]
    assert [link.target for link in links if link] == list(urls[:5])
    assert sheet.cell(2, 4).hyperlink is None
    assert sheet.print_area == "'URL สำหรับ ITAS'!$A$1:$E$7"


def test_a_provider_gets_a_letter() -> None:
    report = mixed_report()
    (row,) = table_rows(opened(report)["ติดต่อผู้ให้บริการ"])
    assert row["ข้อความพร้อมส่งให้ผู้ให้บริการ"] == report.causes[0].letter
    assert str(row["ข้อความพร้อมส่งให้ผู้ให้บริการ"]).count("\n") > 5


def test_changes_say_which_way() -> None:
    rows = table_rows(opened(mixed_report())["การเปลี่ยนแปลง"])
    assert {row["ข้อ"]: row["การเปลี่ยนแปลง"] for row in rows} == {
        "O2": "▼ แย่ลง",
        "O1": "▲ ดีขึ้น",
        "O6": "▲ ดีขึ้น",
    }


def cells(report: GapReport) -> Iterator[object]:
    for sheet in opened(report).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                yield cell


HOSTILE = [
    '=HYPERLINK("https://evil.example","กดที่นี่")',
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "{=1+1}",
    "https://evil.example/",
    "mailto:a@b.c",
    "1234567890123456789",
    "x\x00\x08\x1b\x7f\ufffe\uffffy",
    "\ud800ครึ่งตัว",
    "_x0041_",
    "]]><!--&amp;",
    "ก" * 40_000,
    "😀" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_a_text(text: str) -> None:
    for cell in cells(report_saying(text)):
        value = cell.value  # type: ignore[attr-defined]
        assert not isinstance(value, str) or len(value.encode("utf-16-le")) <= 2 * TEXT_LIMIT
    written = parts(report_saying(text))
    sheets = [content for name, content in written.items() if "worksheets/sheet" in name]
    assert not any("<f>" in content for content in sheets)
    assert "evil.example" not in "".join(c for n, c in written.items() if n.endswith(".rels"))


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis() -> None:
    long = cell_text("ก" * 40_000)
    assert len(long) <= TEXT_LIMIT
    assert long.endswith("ก …")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.phusuan.go.th/แผน 1.pdf", None),
        (
            "https://www.phusuan.go.th/แผน.pdf",
            "https://www.phusuan.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf",
        ),
        ("javascript:alert(1)", None),
        ("data:text/html,<b>", None),
        ("file:///etc/passwd", None),
        ("internal:'สรุป'!A1", None),
        ("external:c:\\a.xlsx", None),
        ("https://x.go.th/" + "a" * 3000, None),
    ],
)
def test_only_an_address_a_reader_may_be_sent_to_is_a_link(url: str, target: str | None) -> None:
    sheet = opened(report_saying("ข้อความ", url))["ข้อและองค์ประกอบ"]
    found = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert found == ({target} if target else set())
    assert table_rows(sheet)[0]["URL"]


def test_links_beyond_what_a_sheet_holds_stay_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LINK_LIMIT", 2)
    sheet = opened(mixed_report())["ข้อและองค์ประกอบ"]
    linked = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) == 2
    assert sum(bool(row["URL"]) for row in table_rows(sheet)) > 2


@settings(max_examples=40)
@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_reads_back_as_itself_and_never_as_a_formula(text: str) -> None:
    report = report_saying(text)
    shown = table_rows(opened(report)["ข้อและองค์ประกอบ"])
    assert len(shown) == 6
    for row in shown[:5]:
        assert unescape(str(row["สิ่งที่พบในขณะนี้"] or "")) == tidy(text)
        assert unescape(str(row["องค์ประกอบ"] or "")) == tidy(text)
    for cell in cells(report):
        assert cell.data_type in ("s", "n")  # type: ignore[attr-defined]


def luminance(colour: str, *, grey: bool) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    if grey:
        red = green = blue = 0.299 * red + 0.587 * green + 0.114 * blue
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("tone", TONES)
def test_colours_can_be_read_in_grey_too(tone: str, *, grey: bool) -> None:
    dark, light = sorted(luminance(c, grey=grey) for c in (TONES[tone].ink, TONES[tone].ground))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_verdict_is_told_by_symbol_and_word_not_by_colour_alone() -> None:
    rows = table_rows(opened(long_report())["ข้อและองค์ประกอบ"])
    shown = {str(row["ผลของข้อ"]) for row in rows}
    assert shown == {
        "✕ ขาดข้อมูล",
        "↻ ไม่เป็นปัจจุบัน",
        "? ต้องให้เจ้าหน้าที่ตรวจ",
        "! ตรวจไม่ได้",
        "✓ ครบถ้วน",
        "· ไม่ได้สั่งตรวจ",
    }


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("แผน", 10, 1),
        ("ก้ำกึ่ง" * 10, 40, 2),
        ("one two three four", 10, 3),
        ("หนึ่ง\nสอง\nสาม", 30, 3),
        ("x" * 100, 20, 6),
    ],
)
def test_lines_are_counted_as_thai_is_wrapped(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


def test_marks_above_and_below_take_no_room() -> None:
    assert text_width("กี่") == text_width("ก")
    assert text_width("中") > text_width("ก") > text_width(" ")


@given(st.text(max_size=300), st.floats(3, 120), st.floats(8, 20))
def test_a_row_is_never_higher_than_excel_allows_and_grows_with_its_text(
    text: str, width: float, size: float
) -> None:
    height = row_height(text, width, size)
    assert 0 < height <= HIGHEST
    assert row_height(text + " " + text, width, size) >= height


@pytest.mark.parametrize(
    ("name", "shown"),
    [("URL สำหรับ ITAS", "URL สำหรับ ITAS"), ("a[b]:c*?/\\'d", "abcd"), ("ก" * 40, "ก" * 31)],
)
def test_a_sheet_gets_a_name_that_excel_allows(name: str, shown: str) -> None:
    assert sheet_name(name) == shown


def test_text_is_for_reading() -> None:
    assert cell_text("บรรทัด 1\nบรรทัด\t2\x07") == "บรรทัด 1\nบรรทัด | 2"
    assert Text("x").tone == ""
