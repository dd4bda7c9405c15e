"""A workbook in the making: its formats, and tables whose texts can never become formulas."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from results.links import safe_link
from results.wording import tidy

FONT = "TH Sarabun New"
FILLS = {
    "pass": ("#17573A", "#E2F2E9"),
    "missing": ("#FFFFFF", "#9B1C1C"),
    "outdated": ("#3B2000", "#F3B95F"),
    "review": ("#12305A", "#BFD7F2"),
    "error": ("#FFFFFF", "#5B5B78"),
    "not_applicable": ("#4B5865", "#FFFFFF"),
    "waived": ("#4B5865", "#FFFFFF"),
    "unchecked": ("#4B5865", "#FFFFFF"),
}
"""Ink and fill of each group; light, middle and dark stay apart in grey."""
_CELL_CHARS = 2000
_LINK_CHARS = 2000
_MOST_LINKS = 60_000
_ROW_POINTS = 21
_MOST_LINES = 10
_LETTERS_A_UNIT = 0.88
_WRAPPED = frozenset({"text", "bold"})


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, its width in characters, and the name of its cells' format."""

    head: str
    width: float
    style: str = "text"


class Book:
    """The workbook and its formats; `sheet` begins a sheet that is ready to print on A4."""

    def __init__(self, workbook: Any) -> None:
        """Define the formats."""
        self.workbook = workbook
        self._links = 0
        base = {"font_name": FONT, "font_size": 14, "valign": "top"}
        boxed = {**base, "border": 1, "border_color": "#B5C0CB"}
        worded = {**boxed, "align": "left", "indent": 1}
        numbered = {**boxed, "align": "right"}
        looks: dict[str, dict[str, object]] = {
            "plain": base,
            "note": {**base, "font_color": "#4B5865", "text_wrap": True},
            "title": {**base, "font_size": 20, "bold": True, "font_color": "#1F3F66"},
            "head": {
                **boxed, "bold": True, "bg_color": "#1F3F66", "font_color": "#FFFFFF",
                "text_wrap": True, "valign": "vcenter",
            },
            "text": {**worded, "text_wrap": True},
            "line": worded,
            "bold": {**worded, "bold": True, "text_wrap": True},
            "link": {**worded, "font_color": "#12508C", "underline": 1},
            "count": {**numbered, "num_format": "#,##0"},
            "points": {**numbered, "num_format": "#,##0.00"},
            "signed": {**numbered, "num_format": "+#,##0.00;-#,##0.00;0.00"},
        }  # fmt: skip
        for group, (ink, fill) in FILLS.items():
            looks[group] = {
                **boxed, "align": "center", "bold": True, "font_color": ink, "bg_color": fill,
            }  # fmt: skip
        self.formats = {name: workbook.add_format(look) for name, look in looks.items()}

    def sheet(self, name: str) -> Any:
        """A new sheet: landscape, one page wide, its number on every page."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&A&R&P / &N")
        sheet.set_default_row(_ROW_POINTS)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: object, style: str = "text") -> None:
        """Write a number as a number, nothing as an empty cell, all else as text."""
        look = self.formats[style]
        if value is None:
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        else:
            sheet.write_string(row, column, _clean(str(value)), look)

    def link(self, sheet: Any, row: int, column: int, target: str, text: str) -> None:
        """Write `text` as a link to a web address or to a file beside the workbook.

        It stays plain text when the address is not safe or too long for Excel, or when the
        workbook already holds as many links as Excel allows in a sheet.
        """
        beside = target.startswith("external:")
        usable = (beside or safe_link(target)) and len(target) <= _LINK_CHARS
        if not usable or self._links >= _MOST_LINKS:
            self.put(sheet, row, column, text, "line")
            return
        self._links += 1
        shown = tidy(text, 250)
        sheet.write_url(row, column, target, self.formats["link"], string=shown)

    def table(
        self, sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[object]], top: int = 0
    ) -> None:
        """Write heads and rows from row `top` (from 0) on; a `Link` becomes a link."""
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self.put(sheet, top, place, column.head, "head")
        heads = (column.head for column in columns)
        self._fit(sheet, top, columns, list(heads), wrapped=True)
        for number, row in enumerate(rows, start=top + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if isinstance(value, Link):
                    self.link(sheet, number, place, value.target, value.text)
                else:
                    self.put(sheet, number, place, value, column.style)
            self._fit(sheet, number, columns, row)

    def _fit(
        self,
        sheet: Any,
        number: int,
        columns: Sequence[Column],
        row: Sequence[object],
        wrapped: bool = False,
    ) -> None:
        """Make a row as high as its longest text needs: not every program does it by itself."""
        needed = (
            _lines(value, column.width)
            for column, value in zip(columns, row, strict=True)
            if wrapped or column.style in _WRAPPED
        )
        lines = max(needed, default=1)
        if lines > 1:
            sheet.set_row(number, _ROW_POINTS * min(lines, _MOST_LINES))

    def filterable(self, sheet: Any, columns: int, rows: int, frozen: int = 1) -> None:
        """Freeze the head and the first columns, filter every column, repeat the head on paper."""
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(rows, 1), columns - 1)
        sheet.repeat_rows(0)


@lru_cache(maxsize=65_536)
def _clean(text: str) -> str:
    """`text` as a cell may hold it; a sweep's texts are the same many times over."""
    return tidy(text, _CELL_CHARS)


@lru_cache(maxsize=65_536)
def _lines(value: object, width: float) -> int:
    """How many lines a text needs in a column; marks above and below take no room."""
    if not isinstance(value, str):
        return 1
    letters = sum(unicodedata.category(char) != "Mn" for char in value)
    return max(1, math.ceil(letters / (width * _LETTERS_A_UNIT)))


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: an http(s) address, or `external:` and a file beside it."""

    target: str
    text: str
