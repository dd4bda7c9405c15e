"""The workbook of proposals: what an Excel user sees, and that it reads back as corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from checklist.profile import UnitType
from units.importing import read_units
from units.items import ITEM_IDS
from units.problems import UnitsError
from units.registry import Unit
from units.suggesting import SHEET, write_suggestions
from units.suggestions import Alternative, Level, Suggestion, Suggestions

HOME = "https://www.suan.go.th/"
PLAN, OTHER = f"{HOME}plan66.pdf", f"{HOME}plan.pdf"
GIVEN = {
    "O1": Suggestion("O1", "โครงสร้าง", (f"{HOME}s",), 91, "ชื่อตรง", "โครงสร้าง", f"{HOME}oit"),
    "O4": Suggestion(
        "O4", "แผนพัฒนา", (PLAN, f"{HOME}plan67.pdf"), 70, "=1+1", "@เปิด", f"{HOME}oit",
        (Alternative(OTHER, "=HYPERLINK(1)", 41),),
    ),
    "O12": Suggestion("O12", "รายงาน", (f"{HOME}six",), 45, "เลขตรง"),
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    unit = Unit(
        id="suan", name="เทศบาลตำบลบ้านสวน", type=UnitType.LOCAL, main_site=HOME,
        urls={item: s.urls for item, s in GIVEN.items()},
    )  # fmt: skip
    items = tuple(
        GIVEN.get(item, Suggestion(item, "ชื่อ", reason="ดูหน้าแรกแล้วไม่พบ")) for item in ITEM_IDS
    )
    path = tmp_path / "urls.xlsx"
    write_suggestions(Suggestions(unit, 2566, items, (HOME,)), path)
    return path


def row_of(sheet: Any, item: str) -> tuple[Any, ...]:
    return next(row for row in sheet.iter_rows(min_row=2) if row[0].value == item)


def test_what_an_excel_user_sees(path: Path) -> None:
    book = load_workbook(path)
    assert book.sheetnames == [SHEET, "หน่วยงาน", "วิธีใช้"]
    sheet = book[SHEET]
    assert [cell.value for cell in sheet[1]][:6] == [
        "ข้อ", "ชื่อข้อ", "URL ที่ใช้ตรวจ", "เปิดดู", "ความมั่นใจ", "คะแนนความมั่นใจ (0-100)",
    ]  # fmt: skip
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(ITEM_IDS)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:J64")
    assert sheet.column_dimensions["C"].width > 40
    levels = [row_of(sheet, item)[4].value for item in ("O1", "O4", "O12", "O2")]
    assert levels == ["สูง", "ปานกลาง", "ต่ำ", "ไม่พบ"]
    assert row_of(sheet, "O4")[9].value == f"{OTHER}  (41) =HYPERLINK(1)"


def test_links_open_and_stand_beside_the_address_that_is_corrected(path: Path) -> None:
    row = row_of(load_workbook(path)[SHEET], "O4")
    assert row[2].hyperlink is None
    assert (row[3].value, row[3].hyperlink.target) == ("เปิด", PLAN)
    assert row[8].hyperlink.target == f"{HOME}oit"


def test_what_was_not_found_is_marked_across_the_row(path: Path) -> None:
    sheet = load_workbook(path)[SHEET]
    colours = {cell.fill.fgColor.rgb for cell in row_of(sheet, "O2")}
    assert colours == {"00F8CBCB"}
    assert row_of(sheet, "O2")[6].value == "ดูหน้าแรกแล้วไม่พบ"
    assert row_of(sheet, "O2")[2].value is None


def test_nothing_is_a_formula(path: Path) -> None:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]


def test_it_reads_back_as_the_unit_with_its_addresses(path: Path) -> None:
    [unit] = read_units(path)
    assert (unit.id, unit.type, unit.main_site) == ("suan", UnitType.LOCAL, HOME)
    assert unit.urls == {item: s.urls for item, s in GIVEN.items()}


def changed(path: Path, item: str, column: int, value: str | None, sheet: str = SHEET) -> None:
    book = load_workbook(path)
    row_of(book[sheet], item)[column].value = value
    book.save(path)


def test_corrections_count(path: Path) -> None:
    changed(path, "O1", 2, "https://www.suan.go.th/right")
    changed(path, "O2", 2, "https://www.suan.go.th/one\nhttps://www.suan.go.th/two")
    changed(path, "O12", 2, None)
    [unit] = read_units(path)
    assert unit.urls["O1"] == ("https://www.suan.go.th/right",)
    assert unit.urls["O2"] == ("https://www.suan.go.th/one", "https://www.suan.go.th/two")
    assert "O12" not in unit.urls


@pytest.mark.parametrize(
    ("item", "column", "value", "says"),
    [
        ("O2", 2, "www.suan.go.th/x", "แผ่นงาน “URL รายข้อ” แถว 3 คอลัมน์ C (URL ที่ใช้ตรวจ)"),
        ("O1", 0, "O44", "ไม่มีข้อ “O44”"),
        ("O1", 0, "O4", "ข้อ O4 มีสองแถว"),
        ("O1", 2, "=A1", "เป็นสูตร"),
    ],
)
def test_mistakes_are_told_with_their_place(
    path: Path, item: str, column: int, value: str, says: str
) -> None:
    changed(path, item, column, value)
    with pytest.raises(UnitsError) as error:
        read_units(path)
    assert says in str(error.value)


def test_a_second_unit_makes_the_addresses_nobodys(path: Path) -> None:
    book = load_workbook(path)
    book["หน่วยงาน"].append(["b", "อบต.บ้านนา", "อปท."])
    book.save(path)
    with pytest.raises(UnitsError, match="แฟ้มมี 2 หน่วยงาน"):
        read_units(path)


def test_a_sheet_without_a_unit_says_so(path: Path) -> None:
    book = load_workbook(path)
    del book["หน่วยงาน"]
    book.save(path)
    with pytest.raises(UnitsError, match="หัวตาราง"):
        read_units(path)


def test_addresses_in_two_sheets_must_agree(path: Path) -> None:
    book = load_workbook(path)
    sheet = book["หน่วยงาน"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "O1")
    sheet.cell(2, column, "https://www.suan.go.th/elsewhere")
    book.save(path)
    with pytest.raises(UnitsError, match="URL ของข้อ O1"):
        read_units(path)


@pytest.mark.parametrize(
    ("score", "level"),
    [(100, Level.HIGH), (80, Level.HIGH), (79, Level.MEDIUM), (60, Level.MEDIUM), (59, Level.LOW)],
)
def test_levels(score: int, level: Level) -> None:
    assert Suggestion("O1", "โครงสร้าง", (HOME,), score).level is level
    assert Suggestion("O1", "โครงสร้าง", (), score).level is Level.NONE
