"""Writes proposals as a workbook that an admin corrects and gives to `oit sweep` as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from units.columns import ROW_ITEM, ROW_URL
from units.exporting import put_text, unit_sheet, unwritable
from units.suggestions import LEVEL_NAMES, Level

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from units.suggestions import Suggestion, Suggestions

SHEET = "URL รายข้อ"
_COLUMNS = (
    (ROW_ITEM, 7),
    ("ชื่อข้อ", 38),
    (ROW_URL, 52),
    ("เปิดดู", 9),
    ("ความมั่นใจ", 12),
    ("คะแนนความมั่นใจ (0-100)", 13),
    ("เหตุผล", 56),
    ("ข้อความลิงก์ที่พบ", 40),
    ("หน้าที่พบลิงก์", 40),
    ("URL อื่นที่อาจใช่", 52),
)
_URL_AT, _OPEN_AT, _LEVEL_AT, _FOUND_AT = 3, 4, 5, 9
_FILLS = {
    Level.HIGH: "E2F2E9",
    Level.MEDIUM: "FFF5D6",
    Level.LOW: "FCE5CD",
    Level.NONE: "F8CBCB",
}
_HELP = (
    "วิธีใช้แฟ้มนี้",
    "1. แผ่นงาน “URL รายข้อ”: ตรวจแต่ละแถว กด “เปิด” เพื่อดูหน้าจริง แล้วแก้คอลัมน์ “URL ที่ใช้ตรวจ” ให้ถูก",
    "2. ข้อที่มีหลาย URL ให้ขึ้นบรรทัดใหม่ในเซลล์เดียวกัน (Alt+Enter) ข้อที่ไม่มีให้เว้นว่าง ระบบจะค้นหาให้อีกครั้งเมื่อตรวจ",
    "3. แถวสีแดง “ไม่พบ” คือข้อที่ยังไม่มี URL คอลัมน์ “เหตุผล” บอกว่าดูที่ใดแล้ว",
    "4. แผ่นงาน “หน่วยงาน”: แก้รหัส ชื่อ และประเภทหน่วยงานให้ถูกต้อง (หนึ่งแถว)",
    "5. คอลัมน์อื่นเป็นคำอธิบาย จะแก้ เรียง กรอง หรือลบก็ได้ ไม่มีผลต่อการตรวจ",
    "6. บันทึกแฟ้มแล้วสั่ง: oit sweep --units ชื่อแฟ้ม.xlsx",
)


def write_suggestions(suggestions: Suggestions, path: Path) -> None:
    """Write the proposals to `path` (`.xlsx`): items in order, the unit, how to use it.

    The file reads back as the unit with the addresses proposed. Text that a spreadsheet program
    would run as a formula is stored as text. Raises `UnitsError` when it cannot be written.
    """
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = SHEET
    _head(sheet)
    for number, suggestion in enumerate(suggestions.items, start=2):
        _row(sheet, number, suggestion)
    last = get_column_letter(len(_COLUMNS))
    sheet.auto_filter.ref = f"A1:{last}{len(suggestions.items) + 1}"
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    bare = suggestions.unit.model_copy(update={"urls": {}})
    unit_sheet(workbook.create_sheet(), [bare], with_items=False)
    _how_to(workbook.create_sheet("วิธีใช้"))
    try:
        workbook.save(path)
    except OSError as error:
        raise unwritable(path, error) from None


def _head(sheet: Worksheet) -> None:
    for column, (title, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E78")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 34


def _row(sheet: Worksheet, number: int, suggestion: Suggestion) -> None:
    level = suggestion.level
    others = (f"{a.url}  ({a.score}) {a.link_text}".strip() for a in suggestion.alternatives)
    texts = (
        suggestion.item,
        suggestion.title,
        "\n".join(suggestion.urls),
        "เปิด" if suggestion.urls else "",
        LEVEL_NAMES[level],
        "",
        suggestion.reason,
        suggestion.link_text,
        suggestion.found_on,
        "\n".join(others),
    )
    line = Side(style="thin", color="CBD5DF")
    for column, text in enumerate(texts, start=1):
        put_text(sheet, number, column, text)
        sheet.cell(number, column).border = Border(bottom=line)
    if suggestion.urls:
        sheet.cell(number, _LEVEL_AT + 1, suggestion.score).alignment = Alignment(
            horizontal="center", vertical="top"
        )
        # Beside the address, not on it: a corrected address must not keep the old link.
        _link(sheet, number, _OPEN_AT, suggestion.urls[0])
    if suggestion.found_on:
        _link(sheet, number, _FOUND_AT, suggestion.found_on)
    marked = (1, _LEVEL_AT) if suggestion.urls else range(1, len(_COLUMNS) + 1)
    for column in marked:
        sheet.cell(number, column).fill = PatternFill("solid", fgColor=_FILLS[level])
    for column in (1, _LEVEL_AT):
        sheet.cell(number, column).font = Font(bold=True)


def _link(sheet: Worksheet, row: int, column: int, url: str) -> None:
    if url.startswith(("http://", "https://")):
        cell = sheet.cell(row, column)
        cell.hyperlink = url
        cell.font = Font(color="12508C", underline="single")


def _how_to(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(_HELP, start=1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 12)
