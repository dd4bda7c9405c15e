"""Colours as style sheets write them, and whether two of them can be told apart."""

from __future__ import annotations

import re
from typing import Literal

Colour = tuple[int, int, int]
_RGB = re.compile(r"rgba?\(\s*(\d+)\D+(\d+)\D+(\d+)(?:\s*[,/]\s*([\d.]+)(%?))?\s*\)")
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-z])")
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "floralwhite": (255, 250, 240),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "green": (0, 128, 0),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
}
_FAINT = 0.05
_ALIKE = 12


def colour_of(value: str) -> Colour | Literal["clear"] | None:
    """The colour that `value` begins with, `clear` when nothing shows, None when it is unknown."""
    plain = value.strip().lower()
    if not plain:
        return None
    word = plain.split()[0]
    if word == "transparent":
        return "clear"
    if word in _NAMES:
        return _NAMES[word]
    if found := _RGB.match(plain):
        part = float(found[4] or 1) / (100 if found[5] else 1) if found[4] else 1.0
        return "clear" if part <= _FAINT else (int(found[1]), int(found[2]), int(found[3]))
    if not (digits := _HEX.fullmatch(word)):
        return None
    figures = digits[1]
    if len(figures) <= 4:
        figures = "".join(figure * 2 for figure in figures)
    if len(figures) == 8 and int(figures[6:], 16) <= _FAINT * 255:
        return "clear"
    return int(figures[:2], 16), int(figures[2:4], 16), int(figures[4:6], 16)


def alike(one: Colour | Literal["clear"] | None, other: Colour | Literal["clear"] | None) -> bool:
    """True when text in the colour `one` cannot be read on `other`."""
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
