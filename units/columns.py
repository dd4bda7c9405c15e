"""The columns of a units table: their names in Thai and English, and where the header stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from units.items import ITEM_IDS, ITEMS_EN, ITEMS_TH
from units.problems import Place, Problem
from units.tables import Cell, Table, column_letter

TITLES: dict[str, str] = {
    "id": "รหัสหน่วยงาน",
    "name": "ชื่อหน่วยงาน",
    "type": "ประเภท",
    "main_site": "เว็บไซต์หลัก",
    "owner_email": "อีเมลผู้รับผิดชอบ",
    "aliases": "ชื่ออื่น",
    **{item: item for item in ITEM_IDS},
    "explanation": "คำอธิบาย",
    "verified": "ตรวจสอบแล้ว",
    "status": "สถานะ",
    "contacts": "ผู้รับผิดชอบรายข้อ",
    "note": "หมายเหตุ",
}
"""Every column that a units table may have, in the template's order, with its Thai title."""

REQUIRED = ("id", "name", "type")

_OTHER_NAMES: dict[str, str] = {
    "unit id": "id",
    "unit": "id",
    "code": "id",
    "รหัส": "id",
    "unit name": "name",
    "thai name": "name",
    "ชื่อ": "name",
    "หน่วยงาน": "name",
    "unit type": "type",
    "ประเภทหน่วยงาน": "type",
    "main site": "main_site",
    "main website": "main_site",
    "website": "main_site",
    "url": "main_site",
    "เว็บไซต์": "main_site",
    "เว็บไซต์หลักของหน่วยงาน": "main_site",
    "owner email": "owner_email",
    "owner e-mail": "owner_email",
    "e-mail": "owner_email",
    "email": "owner_email",
    "อีเมล": "owner_email",
    "อีเมล์ผู้รับผิดชอบ": "owner_email",
    "ชื่อย่อ": "aliases",
    "คำอธิบายเพิ่มเติม": "explanation",
    "notes": "note",
}
_NAMES = {
    **{title.casefold(): key for key, title in TITLES.items()},
    **{key.replace("_", " ").casefold(): key for key in TITLES},
    **_OTHER_NAMES,
}
_COUNTERS = frozenset({"ลำดับ", "ลำดับที่", "ที่", "no", "no.", "#"})
_LETTERS = "".join(sorted({item[0].casefold() for item in ITEM_IDS}))
_ITEM = re.compile(rf"^(?:ข้อ(?:ที่)?\s*)?([0{_LETTERS}])\s*-?\s*(\d{{1,2}})(?!\d)", re.IGNORECASE)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (`row` from 0) and which column (from 0) holds which key."""

    table: Table
    row: int
    columns: dict[str, int]

    def place(self, row: int, key: str | None = None) -> Place:
        """The words for a cell (`row` from 0) or, without a key, for its whole row."""
        if key is None or key not in self.columns:
            return place_in(self.table, row)
        return place_in(self.table, row, self.columns[key], TITLES[key])


def place_in(table: Table, row: int, column: int | None = None, title: str = "") -> Place:
    """The words for a cell of `table`; `row` and `column` count from 0."""
    th = f"แถว {row + 1}"
    en = f"row {row + 1}"
    if table.name:
        th, en = f"แผ่นงาน “{table.name}” {th}", f'sheet "{table.name}", {en}'
    if column is not None:
        letter = column_letter(column)
        named = f" ({title})" if title else ""
        th, en = f"{th} คอลัมน์ {letter}{named}", f"{en}, column {letter}{named}"
    return Place(th, en)


def key_of(title: str) -> str | None:
    """The key of a column title; an item that does not exist (O44) gives itself; else None."""
    plain = " ".join(title.replace("_", " ").split()).casefold().translate(_THAI_DIGITS)
    if plain in _NAMES:
        return _NAMES[plain]
    item = _ITEM.match(plain)
    return f"{item[1].upper().replace('0', 'O')}{int(item[2])}" if item else None


ROW_ITEM = "ข้อ"
ROW_URL = "URL ที่ใช้ตรวจ"
_ROW_ITEMS = frozenset({ROW_ITEM, "item"})
_ROW_URLS = frozenset({ROW_URL.casefold(), "url"})


def find_item_rows(table: Table) -> tuple[int, int, int] | None:
    """Where a sheet lists one item a row: its header row, item column, URL column (from 0)."""
    for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
        titles = [" ".join(cell.text.split()).casefold() for cell in row]
        items = [index for index, title in enumerate(titles) if title in _ROW_ITEMS]
        urls = [index for index, title in enumerate(titles) if title in _ROW_URLS]
        if items and urls:
            return number, items[0], urls[0]
    return None


def find_header(table: Table) -> int | None:
    """The row (from 0) that names at least two known columns, among the first 20; or None."""
    for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
        keys = {key_of(cell.text) for cell in row if cell.text}
        if len(keys & TITLES.keys()) >= 2:
            return number
    return None


def read_header(table: Table, row: int) -> tuple[Header, list[Problem]]:
    """The columns of the header at `row`, and every problem with them."""
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(table.rows[row]):
        key = key_of(cell.text)
        place = place_in(table, row, index)
        if key in columns:
            first = column_letter(columns[key])
            problems.append(_twice(cell.text, first, place))
        elif key in TITLES:
            columns[key] = index
        elif key is not None:
            problems.append(_no_item(cell.text, place))
        elif cell.text and cell.text.casefold() not in _COUNTERS:
            problems.append(_unknown(cell.text, place))
        elif not cell.text and _has_data(table, row, index):
            problems.append(_untitled(place))
    missing = [TITLES[key] for key in REQUIRED if key not in columns]
    if missing:
        problems.append(_missing(missing, place_in(table, row)))
    return Header(table, row, columns), problems


def _has_data(table: Table, row: int, index: int) -> bool:
    below: Iterable[tuple[Cell, ...]] = table.rows[row + 1 :]
    return any(index < len(cells) and not cells[index].empty for cells in below)


def _twice(title: str, first: str, place: Place) -> Problem:
    return Problem(
        f"คอลัมน์ “{title}” ซ้ำกับคอลัมน์ {first} ให้รวมเป็นคอลัมน์เดียว",
        f'"{title}" already stands in column {first}; keep one column',
        place,
    )


def _no_item(title: str, place: Place) -> Problem:
    return Problem(
        f"ไม่มีข้อ “{title}” ใช้ได้ตั้งแต่ {ITEMS_TH} ให้แก้หรือลบคอลัมน์นี้",
        f'there is no item "{title}"; items are {ITEMS_EN}; correct or remove this column',
        place,
    )


def _unknown(title: str, place: Place) -> Problem:
    near = difflib.get_close_matches(title.casefold(), _NAMES, n=1, cutoff=0.6)
    meant = TITLES[_NAMES[near[0]]] if near else ""
    hint_th = f" หมายถึง “{meant}” หรือไม่" if meant else ""
    hint_en = f'; did you mean "{meant}"?' if meant else ""
    return Problem(
        f"ไม่รู้จักคอลัมน์ “{title}”{hint_th} ให้แก้ชื่อหรือลบคอลัมน์นี้",
        f'unknown column "{title}"{hint_en}; rename or remove it',
        place,
    )


def _untitled(place: Place) -> Problem:
    return Problem(
        "คอลัมน์นี้มีข้อมูลแต่ไม่มีชื่อ ให้ใส่ชื่อคอลัมน์หรือลบออก",
        "this column holds data and has no title; name it or remove it",
        place,
    )


def _missing(titles: list[str], place: Place) -> Problem:
    listed = ", ".join(f"“{title}”" for title in titles)
    return Problem(
        f"ไม่มีคอลัมน์ {listed} ให้เพิ่มคอลัมน์ตามแบบฟอร์มจากคำสั่ง oit units template",
        f"column {listed} is missing; add it as in the form that `oit units template` writes",
        place,
    )
