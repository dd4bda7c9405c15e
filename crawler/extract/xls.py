"""A legacy Excel workbook (.xls) or a binary one (.xlsb) as a `Document`."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crawler.extract.biff import is_impossible
from crawler.extract.problems import bomb, damaged, locked
from crawler.extract.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Workbook, fill_down
from crawler.extract.text import collapse

if TYPE_CHECKING:
    from checklist.evidence import Document, Fetch, Trail

_FORMAT = "ไฟล์ Excel "
_MAX_AREA = 8_000_000
_PANIC = "PanicException"

Value = float | str | bool | time | date | datetime | timedelta


def read_xls(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read every sheet; rows of hidden sheets are recorded as hidden text.

    Number formats are not known here: figures come as stored, dates as day/month/year.

    Raises:
        UnreadableError: the file is damaged, locked or claims more cells than memory holds.
    """
    workbook = Workbook()
    if not body.startswith(b"PK") and is_impossible(body):
        raise damaged(_FORMAT)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            for index, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                hidden = about.visible is not SheetVisibleEnum.Visible
                rows = _rows(book.get_sheet_by_index(index))
                workbook.add_sheet(about.name, rows, hidden=hidden)
    except PasswordError as error:
        raise locked() from error
    except (CalamineError, ValueError, OSError) as error:
        raise damaged(_FORMAT) from error
    except BaseException as error:
        # A panic of the library's native part is no `Exception`, and its class cannot be imported.
        if type(error).__name__ != _PANIC:
            raise
        raise damaged(_FORMAT) from error
    return workbook.document(fetch, trail)


def _rows(sheet: CalamineSheet) -> list[Row]:
    if sheet.height * sheet.width > _MAX_AREA:
        raise bomb()
    top, left = sheet.start or (0, 0)
    rows: list[list[str]] = []
    cells = 0
    for values in sheet.to_python(nrows=MAX_ROWS):
        texts = [_shown(value) for value in values[:MAX_COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        if cells > MAX_CELLS:
            break
        rows.append(texts)
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if 0 < last - first <= 500 and first >= top and left <= column < MAX_COLUMNS:
            fill_down(rows, first - top, last - top, column - left)
    return [tuple(row) for row in rows if any(row)]


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return collapse(str(value))
