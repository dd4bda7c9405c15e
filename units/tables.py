"""Opens XLSX and CSV files as plain tables of text; everything read is untrusted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from units.formulas import restored
from units.problems import Problem, UnitsError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as XlsxCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 120
FORM = "oit units template"
"""The command that writes the empty form of a units file."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, the address it links to, and whether it holds a formula."""

    text: str = ""
    link: str = ""
    formula: bool = False

    @property
    def empty(self) -> bool:
        """True when nothing stands in the cell."""
        return not self.text and not self.link


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name (empty for CSV) and its rows; row 1 of the file is `rows[0]`."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def column_letter(index: int) -> str:
    """A spreadsheet's name of the column at `index` (from 0): A, B, ... AA."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def read_bytes(path: Path, form: str = FORM) -> bytes:
    """The file's bytes; raises `UnitsError` when it is missing, unreadable, empty or too large.

    `form` is the command that writes the form to start from.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError
        data = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except FileNotFoundError:
        raise _whole(path, "ไม่พบแฟ้มนี้ ตรวจชื่อและที่อยู่ของแฟ้ม", "file not found") from None
    except IsADirectoryError:
        raise _whole(path, "เป็นโฟลเดอร์ ให้ระบุแฟ้ม .xlsx .csv หรือ .yaml", "this is a folder") from None
    except OSError as error:
        raise _whole(
            path,
            f"เปิดแฟ้มไม่ได้ ({error.strerror})",
            f"cannot be opened ({error.strerror})",
        ) from None
    if size > MAX_FILE_BYTES:
        megabytes = MAX_FILE_BYTES // 1_000_000
        raise _whole(
            path,
            f"แฟ้มใหญ่เกิน {megabytes} MB ให้ลบรูปและแผ่นงานอื่นออก",
            f"larger than {megabytes} MB; remove pictures and other sheets",
        )
    if not data.strip():
        raise _whole(
            path,
            f"แฟ้มว่างเปล่า ให้เริ่มจากแบบฟอร์มที่ได้จากคำสั่ง {form}",
            f"the file is empty; start from the form that `{form}` writes",
        )
    return data


def read_xlsx(path: Path, form: str = FORM) -> list[Table]:
    """The visible sheets of a workbook; raises `UnitsError`. Formulas are marked, never run."""
    data = read_bytes(path, form)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _whole(
            path,
            "เป็น Excel รุ่นเก่า (.xls) หรือมีรหัสผ่าน ให้บันทึกใหม่เป็น .xlsx โดยไม่ตั้งรหัสผ่าน",
            "an old .xls file or one with a password; save it as .xlsx without a password",
        )
    broken = _whole(
        path,
        "ไม่ใช่แฟ้ม Excel (.xlsx) ที่อ่านได้ ให้เปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx",
        "not a readable .xlsx file; open it in a spreadsheet program and save it again",
    )
    # Imported here and below: units mostly come from elsewhere, and openpyxl takes long to load.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise broken
        workbook = load_workbook(io.BytesIO(data), rich_text=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        return [_read_sheet(path, sheet) for sheet in sheets]
    except UnitsError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parsers raise (KeyError, ParseError, BadZipFile ...).
        raise broken from error


def _read_sheet(path: Path, sheet: Worksheet) -> Table:
    beyond = sheet.iter_rows(min_row=MAX_ROWS + 1, max_row=min(sheet.max_row, MAX_ROWS + 100))
    if sheet.max_row > MAX_ROWS and any(cell.value is not None for row in beyond for cell in row):
        raise too_many_rows(path)
    rows = sheet.iter_rows(
        max_row=min(sheet.max_row, MAX_ROWS), max_col=min(sheet.max_column, MAX_COLUMNS)
    )
    return Table(sheet.title, tuple(tuple(map(_read_cell, row)) for row in rows))


def _read_cell(cell: XlsxCell | MergedCell) -> Cell:
    value = cell.value
    target = getattr(cell.hyperlink, "target", None) if cell.hyperlink else None
    place = getattr(cell.hyperlink, "location", None) if target else None
    link = f"{target}#{place}" if target and place and "#" not in target else target or ""
    if getattr(cell, "data_type", "") == "f":
        return Cell(str(value), link, formula=True)
    return Cell(_text(value), link)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def read_csv(path: Path, form: str = FORM) -> list[Table]:
    """The table of a CSV file in UTF-8, UTF-16 or TIS-620; raises `UnitsError`.

    The separator (comma, semicolon or tab) is the one most used in the first lines.
    """
    text = _decode(path, read_bytes(path, form))
    head = "\n".join(text.splitlines()[:10])
    separator = max(",;\t", key=head.count)
    rows: list[tuple[Cell, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(rows) == MAX_ROWS:
                raise too_many_rows(path)
            rows.append(tuple(map(_csv_cell, record[:MAX_COLUMNS])))
    except csv.Error as error:
        raise _whole(
            path,
            f'แถว {len(rows) + 1} อ่านเป็น CSV ไม่ได้ ตรวจเครื่องหมายคำพูด (") ว่าเปิดและปิดครบ',
            f"row {len(rows) + 1} is not readable as CSV ({error}); check the quotation marks",
        ) from None
    return [Table("", tuple(rows))]


def _csv_cell(text: str) -> Cell:
    text = text.strip()
    if (plain := restored(text)) != text:
        return Cell(plain)
    return Cell(text, formula=text.startswith("="))


def _decode(path: Path, data: bytes) -> str:
    encodings: Sequence[str] = ("utf-8-sig", "cp874")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _whole(
        path,
        "อ่านตัวอักษรไม่ได้ ให้บันทึกเป็น CSV UTF-8 (Comma delimited)",
        "the text is not readable; save it as CSV UTF-8",
    )


def too_many_rows(path: Path) -> UnitsError:
    """The error for a file with more units than one run takes."""
    return _whole(
        path,
        f"มีเกิน {MAX_ROWS:,} แถว ให้แบ่งเป็นหลายแฟ้ม",
        f"more than {MAX_ROWS:,} rows; split the file",
    )


def _whole(path: Path, th: str, en: str) -> UnitsError:
    return UnitsError(path.name, [Problem(th, en)])
