"""The columns of a score file: what their titles mean, and what is wrong with a header.

Two shapes are taken: a row an indicator with a column a year, and a row a year and indicator.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checklist.thai import to_arabic_digits
from units.columns import place_in
from units.problems import Place, Problem

if TYPE_CHECKING:
    from units.tables import Cell, Table

FORM = "oit paper scores-template"
"""The command that writes the empty form of a score file."""
TITLES = {"year": "ปี", "indicator": "ตัวชี้วัด", "score": "คะแนน", "text": "ชื่อหรือคำถาม"}
FIRST_YEAR, LAST_YEAR = 2555, 2600
"""The fiscal years (B.E.) that a file may hold."""

_IGNORED = "ignored"
_NAMES = {
    "ปี": "year",
    "ปีงบประมาณ": "year",
    "ปีงบประมาณพ.ศ.": "year",
    "ปีพ.ศ.": "year",
    "พ.ศ.": "year",
    "year": "year",
    "fiscalyear": "year",
    "ตัวชี้วัด": "indicator",
    "ตัวชี้วัดที่": "indicator",
    "ตัวชี้วัด/ข้อคำถาม": "indicator",
    "ตัวชี้วัด/ประเด็น": "indicator",
    "ตัวชี้วัด/ประเด็นการประเมิน": "indicator",
    "รหัส": "indicator",
    "ข้อ": "indicator",
    "ข้อที่": "indicator",
    "indicator": "indicator",
    "code": "indicator",
    "คะแนน": "score",
    "ผลคะแนน": "score",
    "คะแนนที่ได้": "score",
    "score": "score",
    "ชื่อหรือคำถาม": "text",
    "ชื่อ": "text",
    "ชื่อตัวชี้วัด": "text",
    "คำถาม": "text",
    "ข้อคำถาม": "text",
    "ข้อความ": "text",
    "ประเด็น": "text",
    "ประเด็นการประเมิน": "text",
    "text": "text",
    "question": "text",
    "เครื่องมือ": _IGNORED,
    "ลำดับ": _IGNORED,
    "ลำดับที่": _IGNORED,
    "ที่": _IGNORED,
    "no": _IGNORED,
    "no.": _IGNORED,
    "#": _IGNORED,
    "หมายเหตุ": _IGNORED,
    "note": _IGNORED,
}
_YEAR_COLUMN = re.compile(
    r"(?:ผล)?(?:คะแนน)?(?:ประจำ)?(?:ปี)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?(\d{4})(?:คะแนน)?"
)
_COMPARED = re.compile(r"(?:เปรียบเทียบ|ผลต่าง|สรุปผลคะแนน|เพิ่ม/ลด)")
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class ScoreHeader:
    """Where a sheet's header stands (`row` from 0) and which column (from 0) holds what."""

    table: Table
    row: int
    keys: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)

    @property
    def wide(self) -> bool:
        """True when each year has a column of its own."""
        return bool(self.years)

    def place(self, row: int, column: int | None = None) -> Place:
        """The words for a cell, or for its whole row; both count from 0."""
        title = self.table.rows[self.row][column].text if column is not None else ""
        return place_in(self.table, row, column, title)


def find_score_header(table: Table) -> int | None:
    """The row (from 0) among the first 20 that names at least two columns of scores; or None."""
    for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
        known = {meaning(cell.text) for cell in row if cell.text} - {None, _IGNORED}
        if len(known) >= 2:
            return number
    return None


def meaning(title: str) -> str | int | None:
    """What a column holds: a key of `TITLES`, a year (as written), "ignored", or None."""
    plain = to_arabic_digits("".join(title.split())).casefold()
    if plain in _NAMES:
        return _NAMES[plain]
    if _COMPARED.match(plain):
        return _IGNORED
    year = _YEAR_COLUMN.fullmatch(plain)
    return int(year[1]) if year else None


def year_problem(year: int, place: Place) -> Problem | None:
    """What is wrong with a year, if anything."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    meant_th, meant_en = "", ""
    if FIRST_YEAR <= year + 543 <= LAST_YEAR:
        meant_th, meant_en = f" หมายถึง {year + 543} หรือไม่", f"; did you mean {year + 543}?"
    return Problem(
        f"ปี {year} ใช้ไม่ได้ ให้ใส่ปี พ.ศ. ระหว่าง {FIRST_YEAR} ถึง {LAST_YEAR}{meant_th}",
        f"year {year} cannot be; give a B.E. year from {FIRST_YEAR} to {LAST_YEAR}{meant_en}",
        place,
    )


def read_score_header(table: Table, row: int) -> tuple[ScoreHeader, list[Problem]]:
    """The columns of the header at `row`, and every problem with them."""
    header = ScoreHeader(table, row)
    problems: list[Problem] = []
    for index, cell in enumerate(table.rows[row]):
        place = place_in(table, row, index)
        what = meaning(cell.text)
        known: dict[str, int] | dict[int, int] = (
            header.years if isinstance(what, int) else header.keys
        )
        if what == _IGNORED:
            continue
        if what is None:
            problems += _nameless(table, row, index, cell, place)
        elif what in known:
            problems.append(_twice(cell.text, place))
        elif isinstance(what, int):
            wrong = year_problem(what, place)
            problems += [wrong] if wrong else []
            header.years[what] = index
        else:
            header.keys[what] = index
    return header, problems + _shape_problems(header)


def _shape_problems(header: ScoreHeader) -> list[Problem]:
    place = place_in(header.table, header.row)
    lacking = [] if "indicator" in header.keys else [TITLES["indicator"]]
    both = header.wide and {"year", "score"} & header.keys.keys()
    if not header.wide:
        lacking += [TITLES[key] for key in ("year", "score") if key not in header.keys]
    problems = [_lacking(lacking, place)] if lacking else []
    return [*problems, _both_shapes(place)] if both else problems


def _nameless(table: Table, row: int, index: int, cell: Cell, place: Place) -> list[Problem]:
    if cell.text:
        return [_unknown(cell.text, place)]
    below = table.rows[row + 1 :]
    if any(index < len(cells) and not cells[index].empty for cells in below):
        return [
            Problem(
                "คอลัมน์นี้มีข้อมูลแต่ไม่มีชื่อ ให้ใส่ชื่อคอลัมน์หรือลบออก",
                "this column holds data and has no title; name it or remove it",
                place,
            )
        ]
    return []


def _twice(title: str, place: Place) -> Problem:
    return Problem(
        f"คอลัมน์ “{title}” ซ้ำกับคอลัมน์ก่อนหน้า ให้เหลือคอลัมน์เดียว",
        f'"{title}" stands in an earlier column too; keep one column',
        place,
    )


def _unknown(title: str, place: Place) -> Problem:
    plain = "".join(title.split()).casefold()
    near = difflib.get_close_matches(plain, _NAMES, n=1, cutoff=0.6)
    meant = TITLES.get(_NAMES[near[0]], "") if near else ""
    hint_th = f" หมายถึง “{meant}” หรือไม่" if meant else ""
    hint_en = f'; did you mean "{meant}"?' if meant else ""
    return Problem(
        f"ไม่รู้จักคอลัมน์ “{title}”{hint_th} ใช้ได้: “ตัวชี้วัด” “ชื่อหรือคำถาม” และคอลัมน์ปี เช่น “2565” "
        "หรือ “ปี” กับ “คะแนน” ให้แก้ชื่อหรือลบคอลัมน์นี้",
        f'unknown column "{title}"{hint_en}; known are an indicator, a text, years such as '
        '"2565", or a year and a score; rename or remove it',
        place,
    )


def _lacking(titles: list[str], place: Place) -> Problem:
    listed = ", ".join(f"“{title}”" for title in titles)
    return Problem(
        f"ไม่มีคอลัมน์ {listed} ให้เพิ่มคอลัมน์ หรือเริ่มจากแบบฟอร์มที่ได้จากคำสั่ง {FORM}",
        f"column {listed} is missing; add it, or start from the form that `{FORM}` writes",
        place,
    )


def _both_shapes(place: Place) -> Problem:
    return Problem(
        "มีทั้งคอลัมน์แยกปีและคอลัมน์ “ปี” หรือ “คะแนน” ให้เลือกแบบเดียว",
        "there are columns of single years and a year or score column as well; keep one shape",
        place,
    )


def sheet_names(tables: list[Table]) -> str:
    """The sheets' names in quotation marks; empty for a CSV file."""
    return ", ".join(f"“{table.name}”" for table in tables if table.name)
