"""How high a row must be for its wrapped text: only Excel itself fits rows, other readers do not.

Widths are in digits of the sheet's font (the unit of Excel's column widths), heights in points.
A little is given away rather than a line of text cut off. Pure.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache, lru_cache

_LINE = 13.6
_ROOM = 4.0
_LOWEST = 18.0
HIGHEST = 409.0
"""Excel's highest row."""
_PADDING = 1.2
_THAI_WASTE = 2.0
"""Digits of a line that stay empty on average, because Thai breaks between words."""


@cache
def _char_width(char: str) -> float:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.9
    if char == " ":
        return 0.65
    if char in "เแโใไาๅะ.,:;'|!ilj()[]":
        return 0.8
    if "\u0e00" <= char <= "\u0e7f":
        return 1.0
    return 1.3 if char.isupper() or char in "mw@%—…" else 1.05


def text_width(text: str) -> float:
    """The width of `text` on one line."""
    return sum(map(_char_width, text))


def lines_needed(text: str, width: float) -> int:
    """The lines that `text` takes in a column of `width`, at least 1."""
    room = max(width - _PADDING, 2.0)
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


@lru_cache(maxsize=8_192)
def row_height(text: str, width: float, size: float = 10.0, *, bold: bool = False) -> float:
    """The height of a row that shows `text`, in a font of `size` points, in full where it can."""
    scale = size / 10.0 * (1.1 if bold else 1.0)
    lines = lines_needed(text, width / scale)
    return min(HIGHEST, max(_LOWEST, lines * _LINE * size / 10.0 + _ROOM))


def _lines_of(paragraph: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in paragraph.split(" "):
        needed = text_width(word)
        gap = _char_width(" ") if used else 0.0
        if used + gap + needed <= room:
            used += gap + needed
            continue
        breaks_inside = any("\u0e00" <= char <= "\u0e7f" for char in word)
        full = max(room - _THAI_WASTE, room / 2) if breaks_inside else room
        if breaks_inside:
            needed -= max(0.0, full - used - gap)
        more = max(1, math.ceil(needed / full))
        lines += more if used or breaks_inside else more - 1
        used = needed - full * (more - 1)
    return lines
