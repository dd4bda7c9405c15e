"""Writes a registry as XLSX, CSV or YAML, and the empty form that units fill in."""

from __future__ import annotations

import csv
import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from ruamel.yaml import YAML

from units.columns import TITLES
from units.contacts import EXAMPLE as CONTACT_EXAMPLE
from units.contacts import contact_lines
from units.formulas import defused, runs
from units.importing import EXAMPLE
from units.items import ITEM_IDS, ITEMS_ELSEWHERE
from units.problems import Problem, UnitsError
from units.registry import STATUS_NAMES, TYPE_NAMES, Registry, Unit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "หน่วยงาน"
_WIDTHS = {
    "id": 16,
    "name": 36,
    "type": 12,
    "main_site": 34,
    "owner_email": 26,
    "aliases": 20,
    "explanation": 36,
    "verified": 12,
    "contacts": 40,
    "note": 30,
}
_CELL_LETTERS = 32_767
"""What a cell of a workbook holds, in UTF-16 units."""
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ROWS_WITH_CHOICE = 10_000

_INSTRUCTIONS = (
    "วิธีกรอกแบบฟอร์มทะเบียนหน่วยงานและ URL ของข้อ O1 - O43",
    "1. กรอกในแผ่นงาน “หน่วยงาน” หนึ่งแถวต่อหนึ่งหน่วยงาน คอลัมน์ที่ต้องกรอก: รหัสหน่วยงาน ชื่อหน่วยงาน และประเภท",
    "2. รหัสหน่วยงานใช้ตัวอักษร ตัวเลข จุด ขีด หรือขีดล่าง ไม่มีช่องว่าง และไม่ซ้ำกัน",
    "3. ประเภทให้เลือกจากรายการ: ส่วนกลาง จังหวัด อปท. หรือ อื่น ๆ",
    "4. เว็บไซต์หลักและ URL ทุกแห่งต้องขึ้นต้นด้วย http:// หรือ https:// ควรคัดลอกจากช่องที่อยู่ของเบราว์เซอร์",
    "5. คอลัมน์ O1 - O43 ใส่ URL เดียวกับที่กรอกในระบบ ITAS หากมีหลาย URL ให้ขึ้นบรรทัดใหม่ (Alt+Enter)",
    "6. ข้อที่ยังไม่มี URL ให้เว้นว่าง ระบบจะค้นหาจากเว็บไซต์หลักให้",
    "7. คอลัมน์ “ชื่ออื่น” ใส่ชื่อย่อหรือชื่อเดิมที่ปรากฏในเอกสาร บรรทัดละหนึ่งชื่อ",
    "8. คอลัมน์ “คำอธิบาย” ใส่คำอธิบายเพิ่มเติมตามที่กรอกในระบบ ITAS",
    "9. แถวที่รหัสขึ้นต้นด้วย “ตัวอย่าง” ระบบจะไม่นำเข้า จะลบหรือเก็บไว้ก็ได้",
    "10. ห้ามใช้สูตร หากคัดลอกมาจากแฟ้มอื่นให้วางเฉพาะค่า (Paste Values)",
    f"11. คอลัมน์ {ITEMS_ELSEWHERE} เป็นข้อของรายการตรวจอื่น ถ้าไม่ได้ใช้รายการนั้นให้เว้นว่าง",
    "12. คอลัมน์ “ผู้รับผิดชอบรายข้อ” บรรทัดละหนึ่งคน: ชื่อ อีเมลหรือรหัส LINE และข้อ คั่นด้วย | "
    f"เช่น {CONTACT_EXAMPLE}",
    "13. คอลัมน์ “สถานะ” ใส่ “ตรวจ” หรือ “พักไว้” หน่วยงานที่พักไว้จะไม่ถูกตรวจจนกว่าจะระบุชื่อ เว้นว่างคือตรวจ",
    "14. เมื่อกรอกเสร็จ บันทึกแฟ้มแล้วสั่ง: make sweep UNITS=ชื่อแฟ้ม.xlsx",
)
_EXAMPLE_UNIT = {
    "id": EXAMPLE,
    "name": "เทศบาลตำบลตัวอย่าง",
    "type": TYPE_NAMES[list(TYPE_NAMES)[2]],
    "main_site": "https://www.example.go.th/",
    "owner_email": "ita@example.go.th",
    "aliases": "ทต.ตัวอย่าง",
    "O1": "https://www.example.go.th/structure",
    "O12": "https://www.example.go.th/report-6-months\nhttps://www.example.go.th/files/report.pdf",
    "explanation": "ข้อ O12 แสดงเป็นไฟล์ PDF ท้ายหน้า",
    "verified": "ไม่",
}


def write_units(registry: Registry, path: Path) -> None:
    """Write the registry to `path` as its suffix says (`.xlsx`, `.csv`, `.yaml`).

    What is written reads back as the same registry. Text that a spreadsheet program would
    run as a formula is stored as text. Raises `UnitsError` for another suffix or when the file
    cannot be written.
    """
    writers = {
        ".xlsx": _write_xlsx,
        ".csv": _write_csv,
        ".yaml": _write_yaml,
        ".yml": _write_yaml,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        problem = Problem(
            f"เขียนแฟ้มชนิดนี้ไม่ได้ ({path.suffix or 'ไม่มีนามสกุล'}) ให้ใช้ .xlsx .csv หรือ .yaml",
            f"files of this kind ({path.suffix or 'no suffix'}) are not written; "
            "use .xlsx, .csv or .yaml",
        )
        raise UnitsError(path.name, [problem])
    try:
        writer(registry, path)
    except OSError as error:
        raise unwritable(path, error) from None


def write_template(path: Path) -> None:
    """Write the empty form (XLSX): instructions, one example row, choices for the type.

    Raises `UnitsError` when `path` does not end in `.xlsx` or cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        problem = Problem(
            "แบบฟอร์มเป็นแฟ้ม Excel ให้ตั้งชื่อลงท้ายด้วย .xlsx",
            "the form is an Excel file; give a name that ends in .xlsx",
        )
        raise UnitsError(path.name, [problem])
    workbook = _workbook([_EXAMPLE_UNIT])
    sheet = workbook.create_sheet("วิธีกรอก", 0)
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(_INSTRUCTIONS, start=1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 12)
    try:
        workbook.save(path)
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> UnitsError:
    """The error for a file that the system refuses to write: why, and what to do."""
    folder = path.parent
    if path.is_dir():
        th = f"“{path}” เป็นโฟลเดอร์ ให้ระบุชื่อแฟ้มด้วย เช่น {path / 'my-units.xlsx'}"
        en = f'"{path}" is a folder; name a file in it, such as {path / "my-units.xlsx"}'
    elif not folder.exists():
        th = f"ไม่มีโฟลเดอร์ “{folder}” ให้สร้างโฟลเดอร์นี้ก่อน หรือเลือกโฟลเดอร์อื่น"
        en = f'there is no folder "{folder}"; make it first or choose another'
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        th = f"เขียนแฟ้มในโฟลเดอร์ “{folder}” ไม่ได้ เพราะเนื้อที่ดิสก์เต็ม ให้ลบแฟ้มที่ไม่ใช้ก่อน"
        en = f'cannot be written into "{folder}": the disk is full; delete what is not needed'
    else:
        th = f"เขียนแฟ้มในโฟลเดอร์ “{folder}” ไม่ได้ ให้ปิดแฟ้มนี้หากเปิดอยู่ หรือเลือกโฟลเดอร์ที่เขียนได้"
        en = f'cannot be written into "{folder}"; close it if open, or choose a writable folder'
    return UnitsError(path.name, [Problem(th, en)])


def _row(unit: Unit) -> dict[str, str]:
    return {
        "id": unit.id,
        "name": unit.name,
        "type": TYPE_NAMES[unit.type],
        "main_site": unit.main_site,
        "owner_email": unit.owner_email,
        "aliases": "\n".join(unit.aliases),
        **{item: "\n".join(urls) for item, urls in unit.urls.items()},
        "explanation": unit.explanation,
        "verified": "ใช่" if unit.verified else "ไม่",
        "status": STATUS_NAMES[unit.status],
        "contacts": contact_lines(unit.contacts),
        "note": unit.note,
    }


def _workbook(rows: list[dict[str, str]]) -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    _fill(sheet, rows, list(TITLES))
    return workbook


def unit_sheet(sheet: Worksheet, units: list[Unit], *, with_items: bool) -> None:
    """Fill an empty sheet with the units; without items, their addresses stand elsewhere."""
    keys = [key for key in TITLES if with_items or key not in ITEM_IDS]
    _fill(sheet, [_row(unit) for unit in units], keys)


def _fill(sheet: Worksheet, rows: list[dict[str, str]], keys: list[str]) -> None:
    sheet.title = SHEET
    for column, key in enumerate(keys, start=1):
        head = sheet.cell(1, column, TITLES[key])
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F4E78")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(key, 30)
        for number, row in enumerate(rows, start=2):
            if row.get(key):
                put_text(sheet, number, column, row[key])
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 30
    _offer_types(sheet)


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Put `text` into a cell as text, whatever a spreadsheet program would make of it.

    What no workbook can hold is left out: control characters, and what is longer than a cell.
    """
    cell = sheet.cell(row, column)
    cell.value = _held(text)
    # openpyxl takes a leading "=" for a formula; the text is data and stays text.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if runs(text):
        cell.quotePrefix = True


def _held(text: str) -> str:
    plain = _UNHELD.sub("", text)
    return plain.encode("utf-16-le")[: 2 * _CELL_LETTERS].decode("utf-16-le", "ignore")


def _offer_types(sheet: Worksheet) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(TYPE_NAMES.values())}"')
    choice.allow_blank = True
    choice.showErrorMessage = True
    choice.errorTitle = "ประเภทหน่วยงาน"
    choice.error = "เลือกจากรายการ: " + " ".join(TYPE_NAMES.values())
    letter = get_column_letter(list(TITLES).index("type") + 1)
    choice.add(f"{letter}2:{letter}{_ROWS_WITH_CHOICE}")
    sheet.add_data_validation(choice)


def _write_xlsx(registry: Registry, path: Path) -> None:
    _workbook([_row(unit) for unit in registry]).save(path)


def _write_csv(registry: Registry, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES.values())
        for unit in registry:
            row = _row(unit)
            writer.writerow(defused(row.get(key, "")) for key in TITLES)


def _write_yaml(registry: Registry, path: Path) -> None:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    units = [unit.model_dump(mode="json", exclude_defaults=True) for unit in registry]
    with path.open("w", encoding="utf-8") as file:
        yaml.dump({"units": units}, file)
