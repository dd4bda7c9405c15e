"""Cells of a workbook that nobody sees.

Tried: hidden and very hidden sheets, hidden rows and columns, the format ;;;, white ink, comments.
Must: they are never published; rows that a filter leaves out, and white words on a fill, are.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.hostile.text.reading import CLAIM, published, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet


FILE = "https://www.bansuanmali.go.th/f.xlsx"


def first(made: Workbook) -> Worksheet:
    return made.worksheets[0]


def book(change: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    sheet = first(made)
    for row in (["โครงการ", "หมายเหตุ"], ["ซ่อมถนน", "แล้วเสร็จ"], [CLAIM, "งบ"]):
        sheet.append(row)
    change(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def second_sheet(state: str) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        first(made)["A3"] = "ทำรั้ว"
        other = made.create_sheet("ข้อมูล")
        other["A1"], other.sheet_state = CLAIM, state

    return change


def hide_row(made: Workbook) -> None:
    first(made).row_dimensions[3].hidden = True


def hide_column(made: Workbook) -> None:
    first(made).column_dimensions["A"].hidden = True


def empty_format(made: Workbook) -> None:
    first(made)["A3"].number_format = ";;;"


def white_ink(made: Workbook) -> None:
    first(made)["A3"].font = Font(color="FFFFFFFF")


def comment(made: Workbook) -> None:
    first(made)["A3"] = "ทำรั้ว"
    first(made)["A3"].comment = Comment(CLAIM, "ก")


def on_a_fill(made: Workbook) -> None:
    white_ink(made)
    first(made)["A3"].fill = PatternFill("solid", fgColor="FF003366")


def filtered(made: Workbook) -> None:
    first(made).auto_filter.ref = "A1:B3"
    first(made).auto_filter.add_filter_column(0, ["ซ่อมถนน"])
    hide_row(made)


CASES = {
    "hidden sheet": second_sheet("hidden"),
    "very hidden sheet": second_sheet("veryHidden"),
    "row": hide_row,
    "column": hide_column,
    "format": empty_format,
    "white": white_ink,
    "comment": comment,
}


@pytest.mark.parametrize("case", CASES)
def test_they_are_not_published(case: str) -> None:
    document = read(book(CASES[case]), url=FILE)
    assert "แล้วเสร็จ" in published(document)
    assert CLAIM not in published(document)


@pytest.mark.parametrize("change", [on_a_fill, filtered])
def test_what_can_be_seen_is(change: Callable[[Workbook], None]) -> None:
    assert CLAIM in published(read(book(change), url=FILE))
