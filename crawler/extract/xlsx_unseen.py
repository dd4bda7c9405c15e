"""Cells of a workbook that nobody sees: hidden rows and columns, empty formats, white ink."""

from __future__ import annotations

import re
from typing import Any

from crawler.extract.text import has_words

_COLUMN = re.compile(rb"<col\b[^>]*>")
_ROW = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_NUMBER = {name: re.compile(rb"\b%s=\"(\d+)\"" % name) for name in (b"min", b"max", b"r")}
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_NOTHING = re.compile(r'\s*;\s*;\s*(?:;\s*)?|(?:"\s*"\s*;?\s*)+')
_WHITES = {"FFFFFFFF", "00FFFFFF", "FFFEFEFE", "FFFDFDFD"}
_LIGHT_THEME = 0
_ALL = 3
_MOST_COLUMNS = 200


class Unseen:
    """What is out of sight in one sheet; `texts` gathers it while the rows are read.

    Rows that a filter leaves out count as seen: whoever opens the file may lift it.
    """

    def __init__(self, part: bytes) -> None:
        """Take `part`, the sheet's XML."""
        self.texts: list[str] = []
        self._columns: set[int] = set()
        for found in _COLUMN.findall(part):
            if _HIDDEN.search(found):
                first, last = _number(found, b"min"), _number(found, b"max")
                self._columns.update(range(first, min(last, first + _MOST_COLUMNS) + 1))
        filtered = b"<filterColumn" in part
        self._rows = set() if filtered else {_number(row, b"r") for row in _ROW.findall(part)}
        self._looks: dict[Any, bool] = {}

    def kept(self, row: int, column: int, cell: Any, text: str) -> str:
        """`text` where it is seen; what is not is noted and leaves an empty cell."""
        if not text or not (row in self._rows or column in self._columns or self._is_blank(cell)):
            return text
        if has_words(text):
            self.texts.append(text)
        return ""

    def _is_blank(self, cell: Any) -> bool:
        style = getattr(cell, "_style_id", None)
        if not style:
            return False
        key = (style, isinstance(cell.value, str))
        if key not in self._looks:
            self._looks[key] = _shows_nothing(cell, figures=not key[1])
        return self._looks[key]


def _shows_nothing(cell: Any, *, figures: bool) -> bool:
    sections = str(cell.number_format or "")
    # Three sections hide figures, the fourth hides words.
    if _NOTHING.fullmatch(sections) and (sections.count(";") >= _ALL or figures):
        return True
    color = cell.font.color if cell.font is not None else None
    if color is None or (cell.fill is not None and cell.fill.fill_type):
        return False
    if color.type == "rgb":
        return str(color.rgb).upper() in _WHITES
    return color.type == "theme" and color.theme == _LIGHT_THEME and not color.tint


def _number(tag: bytes, name: bytes) -> int:
    found = _NUMBER[name].search(tag)
    return int(found[1]) if found else 0
