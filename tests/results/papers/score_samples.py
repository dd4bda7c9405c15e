"""The ministry's published results of 2563 to 2565, and score files made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from results.papers.ita_scores import INDICATORS, TOTAL, ItaYear, Question

Rows = list[list[object]]

PUBLISHED: Mapping[int, tuple[str, ...]] = {
    2563: ("89.12", "81.18", "82.28", "81.86", "81.28", "90.27", "89.91", "89.10", "70.64", "43.75"),
    2564: ("90.36", "80.72", "84.28", "81.44", "81.82", "87.06", "85.64", "81.29", "100", "100"),
    2565: ("98.09", "94.76", "95.78", "94.73", "95.61", "94.37", "94.26", "93.14", "100", "100"),
}  # fmt: skip
ANNOUNCED: Mapping[int, Mapping[str, str]] = {
    2563: {"IIT": "24.94", "EIT": "26.93", "OIT": "22.88", TOTAL: "74.75"},
    2564: {"IIT": "25.12", "EIT": "25.40", "OIT": "40", TOTAL: "90.52"},
    2565: {"IIT": "28.74", "EIT": "28.17", "OIT": "40", TOTAL: "96.91"},
}
ASKED = {"i7": ("63.44", "90.53"), "i20": ("66.93", "91.06"), "e14": ("75.50", "88.77")}
"""Questions with the scores of 2564 and 2565."""


def published(*, announced: bool = True, questions: bool = False) -> tuple[ItaYear, ...]:
    """The three years as the reader gives them."""
    years = []
    for year, scores in PUBLISHED.items():
        told = {code: Decimal(text) for code, text in ANNOUNCED[year].items()}
        asked = [
            Question(code, f"คำถามข้อ {code}", Decimal(both[year - 2564]))
            for code, both in ASKED.items()
            if questions and year > 2563
        ]
        years.append(
            ItaYear(
                year,
                dict(zip(INDICATORS, map(Decimal, scores), strict=True)),
                tuple(asked),
                told if announced else {},
            )
        )
    return tuple(years)


def wide(years: Sequence[int] = tuple(PUBLISHED)) -> Rows:
    """A row an indicator, a column a year."""
    rows: Rows = [["ตัวชี้วัด", *years]]
    for place, number in enumerate(INDICATORS):
        rows.append([number, *(float(PUBLISHED[year][place]) for year in years)])
    return rows


def long(years: Sequence[int] = tuple(PUBLISHED)) -> Rows:
    """A row a year and indicator."""
    rows: Rows = [["ปี", "ตัวชี้วัด", "คะแนน"]]
    for year in years:
        rows += [[year, n, PUBLISHED[year][place]] for place, n in enumerate(INDICATORS)]
    return rows


def put(rows: Rows, row: int, column: int, value: object) -> Rows:
    """The rows with one cell changed; both count from 1, as in a spreadsheet."""
    changed = [list(cells) for cells in rows]
    changed[row - 1][column - 1] = value
    return changed


def xlsx(path: Path, rows: Rows, title: str = "คะแนน") -> Path:
    """Write the rows as a workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def csv_text(rows: Rows) -> str:
    """The rows as CSV."""
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()
