"""Forms that nobody filled in: what a blank cell is, where results are looked for, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.cells import Cell, cell_kind
from checklist.evidence import Table
from checklist.loader import load
from checklist.result_tables import Standing, result_rows
from checklist.unfilled import unfilled
from tests.checklist.pages import page, text

if TYPE_CHECKING:
    from checklist.flaw import Flaw

RESULT = ("ผลการดำเนิน", "ความก้าวหน้า", "=ผล", "แล้วเสร็จ", "~การรายงานผล")
SPENT = ("ใช้ไป", "เบิกจ่าย")
FILLED, UNDONE, BLANK = Standing.FILLED, Standing.UNDONE, Standing.BLANK


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("", Cell.BLANK),
        ("\u00a0\u200b ", Cell.BLANK),
        ("..........", Cell.BLANK),
        (". . . . . .", Cell.BLANK),
        ("…………", Cell.BLANK),
        ("______", Cell.BLANK),
        ("....../....../......", Cell.BLANK),
        ("จำนวน ........ คน", Cell.BLANK),
        ("........ บาท", Cell.BLANK),
        ("วันที่ ..... เดือน ........ พ.ศ. 2566", Cell.BLANK),
        ("1.", Cell.BLANK),
        ("๑. ๒. ๓.", Cell.BLANK),
        ("1. ......... 2. .........", Cell.BLANK),
        ("☐ แล้วเสร็จ ☐ ยังไม่แล้วเสร็จ", Cell.BLANK),
        ("( ) ทำแล้ว ( ) ยังไม่ทำ", Cell.BLANK),
        ("(/) ทำแล้ว ( ) ยังไม่ทำ", Cell.FILLED),
        ("☑ แล้วเสร็จ ☐ ยังไม่แล้วเสร็จ", Cell.FILLED),
        ("รอผล", Cell.BLANK),
        ("รอข้อมูลจากกองคลัง", Cell.BLANK),
        ("(โปรดระบุผล)", Cell.BLANK),
        ("ยังไม่มีข้อมูล", Cell.BLANK),
        ("-", Cell.DASH),
        ("–", Cell.DASH),
        ("ยังไม่ได้ดำเนินการ", Cell.UNDONE),
        ("กำหนดจัดเดือนมิถุนายน 2566", Cell.UNDONE),
        ("อยู่ระหว่างดำเนินการ", Cell.FILLED),
        ("ไม่มีผู้ร้องเรียน", Cell.FILLED),
        ("100", Cell.FILLED),
        ("0", Cell.FILLED),
        ("1.5", Cell.FILLED),
        ("/", Cell.FILLED),
        ("✓", Cell.FILLED),
        ("....ดำเนินการแล้ว 12 คน....", Cell.FILLED),
    ],
)
def test_what_stands_in_a_cell(said: str, kind: Cell) -> None:
    assert cell_kind(said) is kind


@pytest.mark.parametrize(
    ("header", "rows", "standings"),
    [
        (("มาตรการ", "ผลการดำเนินการ"), (("ก", ""), ("ข", "ทำแล้ว")), (BLANK, FILLED)),
        (("ที่", "มาตรการ", "ผล"), (("1", "ก", "-"), ("2", "ข", "ยังไม่ดำเนินการ")), (BLANK, UNDONE)),
        # a result is told in any of its columns
        (("มาตรการ", "แล้วเสร็จ", "ความก้าวหน้า"), (("ก", "/", ""), ("ข", "", "ร้อยละ 40")), (FILLED, FILLED)),
        # a wide head covers the empty ones to its right
        (("มาตรการ", "ผลการดำเนินการ", ""), (("ก", "", "แจ้งเวียน 6 กอง"),), (FILLED,)),
        # captions inside the table and its sum are no entries
        (("ที่", "มาตรการ", "ใคร", "ผล"), (("ด้านที่ 1", "", "", ""), ("1", "ก", "ข", ""), ("รวม", "1", "1", "")), (BLANK,)),
        # the row that numbers the columns, and a second row of heads
        (("ที่", "มาตรการ", "ผล"), (("(1)", "(2)", "(3)"), ("1", "ก", "")), (BLANK,)),
        (("ที่", "มาตรการ", "ผลการดำเนินการ", ""), (("ที่", "มาตรการ", "สิ่งที่ทำ", "ผล"), ("1", "ก", "", "")), (BLANK,)),
        # the way of reporting is a result only where nothing else is
        (("มาตรการ", "การรายงานผล", "ผล"), (("ก", "ทุกเดือน", ""),), (BLANK,)),
        (("มาตรการ", "การรายงานผล"), (("ก", ""),), (BLANK,)),
        # neither expected results nor measures named after results are columns of results
        (("มาตรการ", "ความก้าวหน้าที่คาดว่าจะได้"), (("ก", ""),), ()),
        (("ที่", "มาตรการ", "ใคร"), (("1", "จัดประชุมติดตามความก้าวหน้า", ""), ("2", "ข", "")), ()),
        # label beside value
        ((), (("มาตรการ", "ก"), ("ผลการดำเนินการ", ""), ("มาตรการ", "ข"), ("ผลการดำเนินการ", "ทำแล้ว")), (BLANK, FILLED)),
        # below the titles of a sheet
        (("รายงานผลการดำเนินการ ปี 2566", "", ""), (("ที่", "มาตรการ", "ผลการดำเนินการ"), ("1", "ก", "")), (BLANK,)),
    ],
)  # fmt: skip
def test_the_rows_of_results(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], standings: tuple[Standing, ...]
) -> None:
    assert result_rows(Table(rows, header), RESULT, dash_tells=False).rows == standings


@pytest.mark.parametrize(
    ("cells", "standing"),
    [("-", FILLED), ("0", FILLED), ("", BLANK), ("............", BLANK), ("ไม่มีการเบิกจ่าย", FILLED)],
)
def test_a_dash_is_an_answer_where_things_are_counted(cells: str, standing: Standing) -> None:
    table = Table((("ก", "5,000", cells),), ("โครงการ", "งบประมาณ", "งบประมาณที่ใช้ไป"))
    assert result_rows(table, SPENT, dash_tells=True).rows == (standing,)


TITLE = "<h1>รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2566</h1>"
DONE = "ดำเนินการแล้ว"


def form(*results: str, below: str = "", remark: str = "") -> Flaw | None:
    rows = "".join(
        f"<tr><td>มาตรการที่ {n} ปรับปรุงบริการ</td><td>{said}</td><td>{remark}</td></tr>"
        for n, said in enumerate(results, 1)
    )
    head = "<tr><th>มาตรการ</th><th>ผลการดำเนินการ</th><th>หมายเหตุ</th></tr>"
    document = page(f"{TITLE}<table>{head}{rows}</table>{below}")
    return unfilled(load("oit-2566").item("O43"), document)


@pytest.mark.parametrize(
    ("flaw", "reason", "doubtful"),
    [
        (form("", "", "", ""), "template_text", False),
        (form("-", "–", "......", "รอผล"), "template_text", False),
        (form(*[""] * 11, DONE), "template_text", False),
        (form("", "", "", DONE), "weak_wording", True),
        (form(DONE, DONE, "", ""), "weak_wording", True),
        (form("ยังไม่ได้ดำเนินการ", "รอดำเนินการ"), "weak_wording", True),
        (form("", "", below="<p>ได้จัดประชุมชี้แจงแล้ว มีผู้เข้าร่วม 40 คน</p>"), "template_text", True),
        (form("", "", below="<p>จะจัดประชุมและรายงานให้ทราบเมื่อดำเนินการแล้วเสร็จ</p>"), "template_text", False),
        (form("", "", remark="จัดประชุมแล้ว"), "template_text", True),
        (form("", "", remark="16 มกราคม 2566"), "template_text", True),
    ],
)  # fmt: skip
def test_what_is_said_of_a_form(flaw: Flaw | None, reason: str, doubtful: bool) -> None:
    assert flaw is not None
    assert (flaw.reason, flaw.doubtful) == (reason, doubtful)
    assert "«ผลการดำเนินการ»" in flaw.detail
    assert flaw.quotes


@pytest.mark.parametrize(
    "results",
    [
        (DONE, DONE, "", DONE),
        (DONE, "ยังไม่ได้ดำเนินการ"),
        ("อยู่ระหว่างดำเนินการ", "อยู่ระหว่างดำเนินการ"),
        (DONE, DONE, "-"),
    ],
)
def test_results_of_half_the_rows_and_more_are_results(results: tuple[str, ...]) -> None:
    assert form(*results) is None


LISTED = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส\nประจำปีงบประมาณ พ.ศ. 2566\n\n"
    "ที่ มาตรการ ผู้รับผิดชอบ ผลการดำเนินการ\n1 จัดทำป้ายขั้นตอน สำนักปลัด{one}\n2 แจ้งเวียนแนวปฏิบัติ กองคลัง{two}\n"
)


@pytest.mark.parametrize(
    ("one", "two", "asks"),
    [("", "", True), (" ติดป้าย 5 จุด", "", False), ("", " แจ้งเวียนแล้ว", False)],
)
def test_without_tables_a_person_is_asked_when_nothing_sounds_like_a_result(
    one: str, two: str, asks: bool
) -> None:
    flaw = unfilled(load("oit-2566").item("O43"), text(LISTED.format(one=one, two=two)))
    assert (flaw is not None and flaw.doubtful) is asks


def test_items_that_ask_for_no_results_take_empty_columns() -> None:
    rows = "<tr><th>โครงการ</th><th>งบประมาณ</th><th>ผลการดำเนินงาน</th></tr><tr><td>ซ่อมถนน</td><td>50,000</td><td></td></tr>"
    plan = page(f"<h1>แผนดำเนินงานประจำปี 2566</h1><table>{rows}</table>")
    assert unfilled(load("oit-2566").item("O11"), plan) is None
