"""The filtered grid as a workbook and as CSV: a row a unit, a column an item, nothing runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from results.board.matrix import GROUPS
from results.excel.book import Book, Text
from results.excel.looks import POINTS
from results.excel.table import Column, Row, Table, Value, row_of, write_table
from results.speech import day_text
from results.wording import GROUPS as WORDS
from results.wording import tidy
from units.formulas import defused
from units.registry import TYPE_NAMES
from web.overview.marks import MARKS

if TYPE_CHECKING:
    from web.overview.shown import Shown, ShownUnit

LONG = 1_000
"""Workbooks of more units are written row by row to the disk, whatever the country counts."""
_SIGN_WIDTH = 5.2
_HEADINGS = (
    "รหัสหน่วยงาน",
    "หน่วยงาน",
    "ประเภท",
    "คะแนนได้แน่",
    "เป็นไปได้",
    "กำลังเสีย",
    "ยังไม่แน่",
)
_WIDTHS = (20, 42, 12, 10, 10, 10, 10)
_OUT = "ไม่อยู่ในตัวกรอง"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, its Thai name, and what makes it."""

    media: str
    word: str
    make: Callable[[Shown], bytes]


def table_file(kind: str, shown: Shown) -> bytes:
    """The file of that kind, one of `FORMATS`, with every unit that is shown."""
    return FORMATS[kind].make(shown)


def _csv(shown: Shown) -> bytes:
    """Words instead of signs; a cell that no filter looks at stays empty."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([*_HEADINGS, *shown.columns])
    words = {group: WORDS[group.value] for group in GROUPS}
    for unit in shown.units():
        cells = (words[cell.group] if cell.counted else "" for cell in unit.cells)
        writer.writerow([*map(_plain, _of_unit(unit)), *cells])
    return lines.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str | float:
    if isinstance(value, int | float):
        return round(value, 4)
    return defused(tidy(str(value or "")))


def _xlsx(shown: Shown) -> bytes:
    scan, checklist = shown.now.scan, shown.now.checklist
    title = f"ภาพรวม {checklist.short} {checklist.year} การตรวจครั้งที่ {scan.id}"
    day = f"ประเมิน ณ วันที่ {day_text(scan.as_of)}"
    book = Book(
        {
            "title": title,
            "subject": tidy(checklist.title, 200),
            "comments": day,
            "created": datetime.combine(scan.as_of, time()),
        },
        language="th-TH",
        foot=(title, day),
        long=shown.total > LONG,
    )
    columns = [
        *(
            Column(heading, width, shape=POINTS, wrapped=False)
            for heading, width in zip(_HEADINGS, _WIDTHS, strict=True)
        ),
        *(Column(item, _SIGN_WIDTH, wrapped=False) for item in shown.columns),
    ]
    table = Table("overview", "ตาราง", "ผลของทุกข้อของหน่วยงานที่เลือก", columns, frozen=2)
    write_table(book, table, _rows(shown, columns))
    _key(book)
    return book.content()


def _rows(shown: Shown, columns: Sequence[Column]) -> Iterator[Row]:
    signs = {
        group: Text(mark.sign, f"sign-{group.value}", bold=True, centre=True)
        for group, mark in MARKS.items()
    }
    out = Text("")
    for unit in shown.units():
        cells = (signs[cell.group] if cell.counted else out for cell in unit.cells)
        yield row_of(columns, [*_of_unit(unit), *cells])


def _of_unit(unit: ShownUnit) -> list[Value]:
    reach = (unit.certain, unit.possible) if unit.judged else (None, None)
    kind = TYPE_NAMES[unit.type] if unit.type else ""
    return [unit.id, unit.name, kind, *reach, unit.lost, unit.open]


def _key(book: Book) -> None:
    """What the signs mean."""
    columns = [Column("เครื่องหมาย", 14), Column("ความหมาย", 42)]
    rows = [
        row_of(columns, [Text(mark.sign, f"sign-{group.value}", bold=True, centre=True), mark.word])
        for group, mark in MARKS.items()
    ]
    rows.append(row_of(columns, ["(ว่าง)", _OUT]))
    write_table(book, Table("signs", "ความหมาย", "ความหมายของเครื่องหมาย", columns, 0), rows)


FORMATS = {
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", _xlsx
    ),
    "csv": Format("text/csv; charset=utf-8", "CSV", _csv),
}
