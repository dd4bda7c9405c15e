"""The CSV: opens right in Excel, holds every element, and runs nothing."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.formats.csv import SCOPE_HEADING, UNIT_HEADINGS, unit_csv
from results.formats.element_rows import HEADINGS
from results.wording import tidy
from tests.results.sheets import (
    decided_report,
    empty_report,
    long_report,
    mixed_report,
    report_saying,
    unasked_report,
)
from units.formulas import defused

if TYPE_CHECKING:
    from results.report import GapReport


def read(report: GapReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unit_csv(report).decode("utf-8-sig"), newline="")))


def test_it_is_utf8_with_a_mark_and_windows_line_ends() -> None:
    content = unit_csv(mixed_report())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(read(mixed_report())) + 1


def test_its_columns_are_stable() -> None:
    head = unit_csv(mixed_report()).decode("utf-8-sig").partition("\r\n")[0]
    assert head == (
        "รหัสหน่วยงาน,หน่วยงาน,ปีงบประมาณ,ประเมิน ณ วันที่,ลำดับ,ข้อ,ชื่อข้อ,ผลของข้อ,องค์ประกอบ,"
        "ผลขององค์ประกอบ,เหตุผล,สิ่งที่พบในขณะนี้,ตำแหน่งที่พบ,URL,สิ่งที่ต้องทำ,ผู้รับผิดชอบ,คะแนนทั้งข้อ,"
        "เหลือเวลา (วัน),ขอบเขตของรายงาน"
    )
    assert head.split(",") == [*UNIT_HEADINGS, *HEADINGS.values(), SCOPE_HEADING]


def test_a_row_tells_what_is_missing_and_what_to_do() -> None:
    row = next(row for row in read(mixed_report()) if row["ข้อ"] == "O2")
    assert row["หน่วยงาน"] == "จังหวัดภูสวน"
    assert row["ผลของข้อ"] == "ขาดข้อมูล"
    assert row["ผลขององค์ประกอบ"] == "ขาด"
    assert "รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ" in row["เหตุผล"]
    assert row["สิ่งที่ต้องทำ"].startswith("เผยแพร่ข้อมูลผู้บริหารฉบับปัจจุบัน")
    assert row["URL"] == "https://www.phusuan.go.th/plan.pdf"
    assert row["ผู้รับผิดชอบ"] == "กองการเจ้าหน้าที่"
    assert row["เหลือเวลา (วัน)"] == "25"


def test_rows_stand_in_the_order_of_action() -> None:
    report = long_report()
    shown = list(dict.fromkeys(row["ข้อ"] for row in read(report)))
    parts = (report.fails, report.reviews, report.errors, report.passes, report.unchecked)
    assert shown == [finding.item for part in parts for finding in part]
    assert len(shown) == 43


def test_an_item_without_elements_has_a_row_too() -> None:
    assert {row["ข้อ"] for row in read(unasked_report())} == {f"O{n}" for n in range(1, 7)}
    assert {row["ผลของข้อ"] for row in read(empty_report())} == {"ตรวจไม่ได้"}


def test_decisions_are_told_and_those_that_ended_are_loud() -> None:
    reasons = {row["ข้อ"]: row["เหตุผล"] for row in read(decided_report())}
    assert "รอย้ายเว็บไซต์ใหม่" in reasons["O2"]
    assert reasons["O4"].startswith("‼ สิ้นสุดแล้ว เพราะพ้นกำหนด")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("http://x","กด")', '\'=HYPERLINK("http://x","กด")'),
        ("=1+1", "'=1+1"),
        ("+66 2222 1111", "'+66 2222 1111"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tcmd", "'\tcmd"),
        ("\rcmd", "'\rcmd"),
        ("＝1+1", "'＝1+1"),
        ("แผน = ดี", "แผน = ดี"),
        ("", ""),
    ],
)
def test_a_formula_is_defused(text: str, written: str) -> None:
    assert defused(text) == written


def test_a_number_stays_a_number() -> None:
    late = mixed_report().model_copy(
        update={"deadline": mixed_report().deadline.model_copy(update={"days_left": -3})}
    )
    assert {row["เหลือเวลา (วัน)"] for row in read(late)} == {"-3"}


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_reads_back_as_itself_and_never_as_a_formula(text: str) -> None:
    rows = read(report_saying(text))
    assert len(rows) == 6
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row.values())
        assert row["หน่วยงาน"] == defused(tidy(text)) or not tidy(text)
    assert {row["สิ่งที่พบในขณะนี้"] for row in rows[:5]} == {defused(tidy(text))}
