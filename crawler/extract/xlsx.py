"""An Excel workbook (.xlsx) as a `Document`: a table a sheet, cells as a reader sees them."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from crawler.extract.archive_limits import open_office, read_part
from crawler.extract.core_properties import core_properties
from crawler.extract.problems import BROKEN_ARCHIVE, damaged
from crawler.extract.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Workbook, fill_down
from crawler.extract.text import collapse
from crawler.extract.xlsx_unseen import Unseen

if TYPE_CHECKING:
    from checklist.evidence import Document, Fetch, Trail

_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_MAX_MERGED_ROWS = 500
_MAX_MERGES = 5000
_MOST_DECIMALS = 30
# Both XML parsers in use tell of mistakes by a kind of SyntaxError.
_BROKEN = (*BROKEN_ARCHIVE, InvalidFileException, KeyError, TypeError, AttributeError, SyntaxError)


def read_xlsx(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read every sheet; rows of hidden sheets are recorded as hidden text.

    A cell merged over rows is repeated in each. Sheets are streamed: what a file claims of its
    size costs nothing.

    Raises:
        UnreadableError: the file is damaged, locked or a bomb.
    """
    workbook = Workbook()
    try:
        with open_office(io.BytesIO(body)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            metadata = core_properties(archive)
            for sheet in book.worksheets:
                hidden = sheet.sheet_state != "visible"
                part = read_part(archive, _path_of(sheet)) or b""
                unseen = Unseen(part)
                rows = _rows(sheet, _merges(part), unseen)
                workbook.add_sheet(str(sheet.title), rows, hidden=hidden)
                workbook.add_hidden(unseen.texts)
            book.close()
    except _BROKEN as error:
        raise damaged("ไฟล์ Excel ") from error
    return workbook.document(fetch, trail, metadata)


def _rows(sheet: Any, merges: list[tuple[int, int, int]], unseen: Unseen) -> list[Row]:
    """The filled rows of a sheet as texts, merged cells filled in, within limits."""
    # A file may claim a million columns; counting them row by row cannot be fooled.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), 1):
        texts = [unseen.kept(number, column, c, _shown(c)) for column, c in enumerate(row, 1)]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        if cells > MAX_CELLS:
            break
        rows.append(texts)
    for first, last, column in merges:
        fill_down(rows, first, last, column)
    return [tuple(row) for row in rows if any(row)]


def _path_of(sheet: Any) -> str:
    return str(sheet._worksheet_path)


def _merges(part: bytes) -> list[tuple[int, int, int]]:
    """First row, last row and first column (from 0) of the merges over several rows."""
    found: list[tuple[int, int, int]] = []
    for match in _MERGE.finditer(part):
        column, first, last = match[1].decode(), int(match[2]), int(match[3])
        index = column_index_from_string(column) - 1
        if 0 < last - first <= _MAX_MERGED_ROWS and index < MAX_COLUMNS:
            found.append((first - 1, last - 1, index))
    return found[:_MAX_MERGES]


def _shown(cell: Any) -> str:
    """The text a reader of the sheet sees: numbers and dates by their format, no formulas."""
    value = cell.value
    if value is None:
        return ""
    style = _style(cell)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, style)
    return collapse(str(value))


def _style(cell: Any) -> str:
    """The cell's number format; none when the file does not hold the style that it names."""
    try:
        return str(getattr(cell, "number_format", "") or "")
    except IndexError:
        return ""


def _number(value: float, style: str) -> str:
    places = style.partition(".")[2]
    decimals = min(len(places) - len(places.lstrip("0#")), _MOST_DECIMALS)
    if "%" in style:
        return f"{value * 100:.{decimals}f}%"
    if "#,#" in style:
        return f"{value:,.{decimals}f}"
    if isinstance(value, float):
        return f"{value:.{decimals}f}" if decimals else f"{value:.10g}"
    return str(value)
