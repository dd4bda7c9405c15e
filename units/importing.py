"""Reads a units file (XLSX, CSV or YAML) into a `Registry`: all of it, or a list of mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from units.addresses import AddressError, same_address, split_urls
from units.checking import Location, check_unit, repeated_ids
from units.columns import REQUIRED, TITLES, Header, find_header, find_item_rows, key_of, read_header
from units.contacts import contact_values
from units.item_rows import Found, with_item_rows
from units.items import ITEM_IDS
from units.problems import Place, Problem, UnitsError
from units.registry import Registry, Unit
from units.tables import Cell, Table, read_csv, read_xlsx
from units.yaml_files import read_yaml

EXAMPLE = "ตัวอย่าง"
"""The unit id of the template's example row, which is never read as a unit."""

SHEETS_ASIDE = frozenset({"การอนุมัติ"})
"""Sheets that the registry's export adds for people; they are never read as units."""

_READERS = {".xlsx": read_xlsx, ".xlsm": read_xlsx, ".csv": read_csv, ".tsv": read_csv}
_YES = frozenset({"ใช่", "ตรวจสอบแล้ว", "แล้ว", "true", "yes", "1", "x", "✓", "✔"})
_NO = frozenset({"", "ไม่", "ยัง", "ไม่ใช่", "ยังไม่ได้ตรวจสอบ", "false", "no", "0", "-"})


def read_units(path: Path) -> Registry:
    """The units of an XLSX, CSV or YAML file.

    Columns (Thai or English titles): unit id, name, type, main site, owner's e-mail, O1 to
    O43 and the items of other checklists, explanation. The header may stand below title rows;
    every visible sheet with a header is read. A sheet with one item a row, as `oit discover`
    writes it, gives the addresses of the one unit of the file. Raises `UnitsError` with all
    mistakes found; then nothing of the file is used.
    """
    read = examine(path)
    if read.problems:
        raise UnitsError(path.name, read.problems)
    return Registry(read.units)


@dataclass(frozen=True, slots=True)
class Examined:
    """The units of a file that are right, and everything wrong in it.

    `columns` are those that the file has: of the others it says nothing.
    """

    units: tuple[Unit, ...]
    problems: tuple[Problem, ...]
    columns: frozenset[str]


def examine(path: Path) -> Examined:
    """Read a units file for a person to look at; raises `UnitsError` when it holds nothing."""
    suffix = path.suffix.lower()
    columns = frozenset(TITLES)
    if suffix in (".yaml", ".yml"):
        found, problems = read_yaml(path)
    elif suffix in _READERS:
        found, problems, columns = _read_tables(path, _READERS[suffix](path))
    else:
        raise UnitsError(path.name, [_wrong_kind(path)])
    problems += repeated_ids(found)
    if not found and not problems:
        raise UnitsError(path.name, [_no_units()])
    return Examined(tuple(unit for unit, _ in found), tuple(problems), columns)


def _read_tables(path: Path, tables: list[Table]) -> tuple[Found, list[Problem], frozenset[str]]:
    found: Found = []
    columns: set[str] = set()
    problems: list[Problem] = []
    tables = [table for table in tables if table.name not in SHEETS_ASIDE]
    by_row = [(table, where) for table in tables if (where := find_item_rows(table))]
    listed = [table for table, _ in by_row]
    headers = [(table, find_header(table)) for table in tables if table not in listed]
    if all(row is None for _, row in headers):
        raise UnitsError(path.name, [_no_header(tables)])
    for table, row in headers:
        if row is None:
            continue
        header, wrong = read_header(table, row)
        problems += wrong
        columns |= header.columns.keys()
        if any(key not in header.columns for key in REQUIRED):
            continue
        for number in range(row + 1, len(table.rows)):
            unit, wrong = _read_row(header, number)
            problems += wrong
            if unit is not None:
                found.append((unit, header.place(number)))
    for table, where in by_row:
        found, wrong = with_item_rows(found, table, where, addresses_of, whole=not problems)
        problems += wrong
        columns |= _items_listed(table, where)
    return found, problems, frozenset(columns)


def _items_listed(table: Table, where: tuple[int, int, int]) -> set[str]:
    head, item_at, _ = where
    texts = (row[item_at].text for row in table.rows[head + 1 :] if item_at < len(row))
    return {key for key in map(key_of, texts) if key in ITEM_IDS}


def _read_row(header: Header, number: int) -> tuple[Unit | None, list[Problem]]:
    row = header.table.rows[number]
    cells = {
        key: row[index] if index < len(row) else Cell() for key, index in header.columns.items()
    }
    if all(cell.empty for cell in cells.values()) or cells["id"].text.startswith(EXAMPLE):
        return None, []
    problems = [
        _formula(cell, header.place(number, key)) for key, cell in cells.items() if cell.formula
    ]
    raw: dict[str, object] = {}
    urls: dict[str, list[str]] = {}
    for key, cell in cells.items():
        if cell.formula:
            continue
        place = header.place(number, key)
        if key in ITEM_IDS or key == "main_site":
            addresses, wrong = addresses_of(cell, place)
            problems += wrong
            if key in ITEM_IDS:
                urls[key] = addresses
            elif len(addresses) > 1:
                problems.append(_one_site(place))
            else:
                raw[key] = addresses[0] if addresses else ""
        elif key == "verified":
            raw[key], wrong = _yes_or_no(cell, place)
            problems += wrong
        elif key == "contacts":
            raw[key], wrong = _contacts(cell, place)
            problems += wrong
        elif key == "aliases":
            raw[key] = [part.strip() for part in cell.text.splitlines() if part.strip()]
        else:
            raw[key] = cell.text

    def place_of(location: Location) -> Place:
        keys = [str(part) for part in location if str(part) in TITLES]
        return header.place(number, keys[0] if keys else None)

    if any(cells[key].formula for key in REQUIRED):
        return None, problems
    unit, wrong = check_unit({**raw, "urls": urls}, place_of)
    return (None if problems else unit), problems + wrong


def addresses_of(cell: Cell, place: Place) -> tuple[list[str], list[Problem]]:
    """A cell's addresses; its hyperlink counts, and must agree with an address it shows."""
    shown = list(split_urls(cell.text))
    if not cell.link or cell.link.startswith("mailto:"):
        return shown, []
    typed = [text for text in shown if "://" in text]
    if not typed:
        return [cell.link], []
    if len(typed) == 1 and not same_address(typed[0], cell.link):
        return shown, [_two_addresses(typed[0], cell.link, place)]
    return shown, []


def _yes_or_no(cell: Cell, place: Place) -> tuple[bool, list[Problem]]:
    text = cell.text.casefold()
    if text in _YES or text in _NO:
        return text in _YES, []
    return False, [
        Problem(
            f"“{cell.text}” ไม่ใช่คำตอบ ให้ใส่ “ใช่” หรือ “ไม่”",
            f'"{cell.text}" is no answer; write "yes" or "no"',
            place,
        )
    ]


def _contacts(cell: Cell, place: Place) -> tuple[list[dict[str, object]], list[Problem]]:
    try:
        return contact_values(cell.text), []
    except AddressError as error:
        return [], [Problem(error.th, error.en, place)]


def _formula(cell: Cell, place: Place) -> Problem:
    return Problem(
        f"เป็นสูตร ({cell.text[:40]}) ให้คัดลอกแล้ววางเฉพาะค่า (Paste Values)",
        f"a formula ({cell.text[:40]}); copy it and paste its value only",
        place,
    )


def _one_site(place: Place) -> Problem:
    return Problem("เว็บไซต์หลักมีได้ URL เดียว", "a unit has one main site; give one URL", place)


def _two_addresses(shown: str, linked: str, place: Place) -> Problem:
    return Problem(
        f"ข้อความในเซลล์ ({shown}) กับลิงก์ที่ฝังไว้ ({linked}) ไม่ตรงกัน "
        "ให้คลิกขวา เลือก “ลบไฮเปอร์ลิงก์” หรือแก้ลิงก์ให้ตรงกัน",
        f"the cell shows {shown} and links to {linked}; remove or correct the hyperlink",
        place,
    )


def _wrong_kind(path: Path) -> Problem:
    kind = path.suffix or "ไม่มีนามสกุล"
    return Problem(
        f"อ่านแฟ้มชนิดนี้ไม่ได้ ({kind}) ให้บันทึกเป็น .xlsx .csv หรือ .yaml",
        f"files of this kind ({path.suffix or 'no suffix'}) are not read; "
        "save it as .xlsx, .csv or .yaml",
    )


def _no_header(tables: list[Table]) -> Problem:
    names = ", ".join(f"“{table.name}”" for table in tables if table.name)
    where_th = f"แผ่นงาน {names} " if names else ""
    wanted = ", ".join(TITLES[key] for key in REQUIRED)
    return Problem(
        f"{where_th}ไม่มีแถวหัวตาราง ({wanted}) ใน 20 แถวแรก ให้ใช้แบบฟอร์มจากคำสั่ง oit units template",
        f"no header row ({wanted}) in the first 20 rows; "
        "use the form that `oit units template` writes",
    )


def _no_units() -> Problem:
    return Problem(
        "ไม่มีหน่วยงานในแฟ้มนี้ ให้ใส่อย่างน้อยหนึ่งแถวใต้หัวตาราง (แถวตัวอย่างไม่นับ)",
        "no units in this file; fill in at least one row below the header (the example is not one)",
    )
