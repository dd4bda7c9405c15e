"""Reads a score file (XLSX or CSV) into years of ITA results: all of it, or a list of mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.thai import to_arabic_digits
from results.papers.score_cells import (
    Code,
    blank,
    code_problem,
    limit_of,
    nameless_row,
    read_code,
    read_score,
)
from results.papers.score_columns import (
    FORM,
    TITLES,
    ScoreHeader,
    find_score_header,
    read_score_header,
    sheet_names,
    year_problem,
)
from results.papers.score_years import Entry, years_of
from units.problems import Place, Problem, UnitsError
from units.tables import Cell, Table, read_csv, read_xlsx

if TYPE_CHECKING:
    from decimal import Decimal

    from results.papers.ita_scores import ItaYear

_READERS = {".xlsx": read_xlsx, ".xlsm": read_xlsx, ".csv": read_csv, ".tsv": read_csv}


def read_scores(path: Path) -> tuple[ItaYear, ...]:
    """The years of a score file, oldest first.

    XLSX, or CSV in UTF-8, UTF-16 or TIS-620; Thai digits are numbers. A row an indicator with
    a column a year, or a row a year and indicator; further rows may give the scores of
    questions (`i7`, `e14`, a part of one `i1.2`) and the announced points of IIT, EIT, OIT and the
    total. Every visible sheet with a header is read. Raises `UnitsError` with all mistakes
    found, each with sheet, row and column; then nothing of the file is used.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnitsError(path.name, [_wrong_kind(path)])
    tables = reader(path, FORM)
    headers = [(table, row) for table in tables if (row := find_score_header(table)) is not None]
    if not headers:
        raise UnitsError(path.name, [_no_header(tables)])
    entries: list[Entry] = []
    problems: list[Problem] = []
    for table, row in headers:
        header, wrong = read_score_header(table, row)
        problems += wrong
        if not wrong:
            found, wrong = _read_rows(header)
            entries += found
            problems += wrong
    if problems:
        raise UnitsError(path.name, problems)
    years, problems = years_of(entries)
    if problems:
        raise UnitsError(path.name, problems)
    return years


@dataclass(frozen=True, slots=True)
class _Row:
    """One row below the header, its cells by key."""

    header: ScoreHeader
    number: int

    def cell(self, column: int) -> Cell:
        cells = self.header.table.rows[self.number]
        return cells[column] if column < len(cells) else Cell()

    def key(self, key: str) -> Cell:
        column = self.header.keys.get(key)
        return Cell() if column is None else self.cell(column)

    def columns(self) -> list[int]:
        return [*self.header.keys.values(), *self.header.years.values()]


def _read_rows(header: ScoreHeader) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number in range(header.row + 1, len(header.table.rows)):
        row = _Row(header, number)
        if all(row.cell(column).empty for column in row.columns()):
            continue
        place = header.place(number, header.keys["indicator"])
        told = row.key("indicator")
        if told.formula:
            problems.append(_formula(told, header, number, header.keys["indicator"]))
            continue
        if not told.text:
            problems.append(nameless_row(place))
            continue
        code = read_code(told.text)
        wrong = code_problem(told.text, code, place)
        if wrong or code is None:
            problems += [wrong] if wrong else []
            continue
        found, mistakes = _scores(row, code)
        entries += found
        problems += mistakes
    return entries, problems


def _scores(row: _Row, code: Code) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    text = row.key("text").text or code.text
    for year, column in _cells(row, problems):
        cell, place = row.cell(column), row.header.place(row.number, column)
        if cell.formula:
            problems.append(_formula(cell, row.header, row.number, column))
            continue
        score: Decimal | None = None
        if not blank(cell.text):
            score, wrong = read_score(cell.text, limit_of(code.id), place)
            problems += [wrong] if wrong else []
            if wrong:
                continue
        entries.append(Entry(year, code.id, text, score, place))
    return entries, problems


def _cells(row: _Row, problems: list[Problem]) -> Iterator[tuple[int, int]]:
    """Each year of the row with the column of its score; puts what is wrong into `problems`."""
    if row.header.wide:
        yield from row.header.years.items()
        return
    told, place = row.key("year"), row.header.place(row.number, row.header.keys["year"])
    plain = to_arabic_digits(told.text).removeprefix("ปี").strip().removeprefix("พ.ศ.").strip()
    if not plain.isdecimal() or len(plain) != 4:
        problems.append(_no_year(told.text, place))
        return
    wrong = year_problem(int(plain), place)
    if wrong:
        problems.append(wrong)
        return
    yield int(plain), row.header.keys["score"]


def _formula(cell: Cell, header: ScoreHeader, row: int, column: int) -> Problem:
    return Problem(
        f"เป็นสูตร ({cell.text[:40]}) ให้คัดลอกแล้ววางเฉพาะค่า (Paste Values)",
        f"a formula ({cell.text[:40]}); copy it and paste its value only",
        header.place(row, column),
    )


def _no_year(text: str, place: Place) -> Problem:
    said_th = f"“{text[:40]}” ไม่ใช่ปี" if text else "ไม่ได้ระบุปี"
    said_en = f'"{text[:40]}" is no year' if text else "the year is missing"
    return Problem(
        f"{said_th} ให้ใส่ปี พ.ศ. สี่หลัก เช่น 2565", f"{said_en}; give a B.E. year such as 2565", place
    )


def _wrong_kind(path: Path) -> Problem:
    return Problem(
        f"อ่านแฟ้มคะแนนชนิดนี้ไม่ได้ ({path.suffix or 'ไม่มีนามสกุล'}) ให้บันทึกเป็น .xlsx หรือ .csv",
        f"score files of this kind ({path.suffix or 'no suffix'}) are not read; "
        "save it as .xlsx or .csv",
    )


def _no_header(tables: list[Table]) -> Problem:
    names = sheet_names(tables)
    where_th = f"แผ่นงาน {names} " if names else ""
    wanted = f"“{TITLES['indicator']}” กับคอลัมน์ปี หรือ “ปี” “ตัวชี้วัด” “คะแนน”"
    return Problem(
        f"{where_th}ไม่มีแถวหัวตาราง ({wanted}) ใน 20 แถวแรก ให้ใช้แบบฟอร์มจากคำสั่ง {FORM}",
        "no header row (an indicator and columns of years, or year, indicator and score) in the "
        f"first 20 rows; use the form that `{FORM}` writes",
    )
