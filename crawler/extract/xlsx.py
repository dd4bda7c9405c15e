"""An Excel workbook (.xlsx) as a `Document`: a table a sheet, cells as a reader sees them."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from checklist.evidence import Document, Fetch, Passage, Region, TextSource, Trail
from crawler.extract.archive_limits import open_office
from crawler.extract.plain import RowCollector, title_of
from crawler.extract.problems import UnreadableError
from crawler.extract.text import collapse, file_name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_ROWS = 20_000
_MAX_CELLS = 400_000
_MAX_COLUMNS = 100
_FULL_LOAD_BYTES = 8 * 1024**2
_TITLE_ROWS = 6
_DAMAGED = "เปิดไฟล์ Excel ไม่ได้ ไฟล์อาจชำรุดหรืออัปโหลดไม่ครบ"

Row = tuple[str, ...]


def read_xlsx(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read every sheet; rows of hidden sheets are recorded as hidden text.

    The first rows of a sheet with a single filled cell are its title lines. A cell merged over
    rows is repeated in each (in workbooks below 8 MB unpacked; larger ones are streamed).

    Raises:
        UnreadableError: the file is damaged, locked or a bomb.
    """
    with open_office(io.BytesIO(body)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    streamed = unpacked > _FULL_LOAD_BYTES
    collector = RowCollector()
    titles: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(body), read_only=streamed, data_only=True)
            metadata = _metadata(book)
            for sheet in book.worksheets:
                hidden = sheet.sheet_state != "visible"
                title = _sheet(str(sheet.title), list(_rows(sheet)), collector, hidden=hidden)
                titles.extend([title] if title and not hidden else [])
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
        raise UnreadableError(_DAMAGED) from error
    return Document(
        fetch=fetch,
        source=TextSource.XLSX,
        title=titles[0] if titles else "",
        passages=tuple(collector.passages),
        tables=tuple(collector.tables),
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        trail=trail,
    )


def _sheet(name: str, rows: list[Row], collector: RowCollector, *, hidden: bool) -> str:
    """Add one sheet: its name and title lines as headings, the rest as a table."""
    heading = Region.HIDDEN if hidden else Region.HEADING
    lines: list[str] = []
    while rows and len(lines) < _TITLE_ROWS and sum(map(bool, rows[0])) == 1:
        lines.append(next(filter(None, rows.pop(0))))
    if not lines and not rows:
        return ""
    collector.passages.append(Passage(name, heading))
    path: tuple[str, ...] = (name,)
    for line in lines:
        collector.passages.append(Passage(line, heading, path))
    if lines:
        path = (name, " ".join(lines)[:300])
    if rows:
        region = Region.HIDDEN if hidden else Region.TABLE
        before = len(collector.tables)
        collector.add_table(rows, region, path)
        if len(collector.tables) > before:
            collector.tables[-1] = replace(collector.tables[-1], caption=title_of(lines) or name)
    return title_of(lines)


def _rows(sheet: Any) -> Iterator[Row]:
    """The filled rows of a sheet as texts, merged cells filled in, within limits."""
    if hasattr(sheet, "reset_dimensions"):
        # A file may claim a million columns; counting them row by row cannot be fooled.
        sheet.reset_dimensions()
    repeated = _repeated(sheet)
    cells = 0
    for number, row in enumerate(sheet.iter_rows(max_row=_MAX_ROWS), 1):
        texts = [
            _shown(repeated.get((number, column)) or cell)
            for column, cell in enumerate(row[:_MAX_COLUMNS], 1)
        ]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        if cells > _MAX_CELLS:
            return
        if texts:
            yield tuple(texts)


def _repeated(sheet: Any) -> dict[tuple[int, int], Any]:
    """For each cell below the first of a vertical merge, the cell that holds its value."""
    found: dict[tuple[int, int], Any] = {}
    ranges = getattr(sheet, "merged_cells", None)
    for area in getattr(ranges, "ranges", ()):
        if area.max_row - area.min_row > 500:
            continue
        source = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row + 1, area.max_row + 1):
            found[row, area.min_col] = source
    return found


def _shown(cell: Any) -> str:
    """The text a reader of the sheet sees: numbers and dates by their format, no formulas."""
    value = cell.value
    if value is None:
        return ""
    style = str(getattr(cell, "number_format", "") or "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, style)
    return collapse(str(value))


def _number(value: float, style: str) -> str:
    decimals = len(style.partition(".")[2]) - len(style.partition(".")[2].lstrip("0#"))
    if "%" in style:
        return f"{value * 100:.{decimals}f}%"
    if "#,#" in style:
        return f"{value:,.{decimals}f}"
    if isinstance(value, float):
        return f"{value:.{decimals}f}" if decimals else f"{value:.10g}"
    return str(value)


def _metadata(book: Any) -> dict[str, str]:
    found = book.properties
    pairs = {
        "title": found.title,
        "author": found.creator,
        "created": found.created,
        "modified": found.modified,
    }
    return {key: collapse(str(value))[:500] for key, value in pairs.items() if value}
