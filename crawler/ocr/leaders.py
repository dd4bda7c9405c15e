"""Dotted lines of forms ("ลงชื่อ......") taken off a page: they hide the words written on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from crawler.ocr.ink import ink_of, pieces_of, threshold_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.ocr.ink import Piece

_DOT_INCHES = 0.028
_FEWEST = 12
_WIDEST_GAP_INCHES = 0.12


def without_leaders(grey: Image.Image, dpi: int) -> Image.Image:
    """The level page without rows of twelve and more dots; the very same page if it has none."""
    ink = ink_of(grey)
    found = pieces_of(ink > threshold_of(ink), dpi)
    most = max(3.0, _DOT_INCHES * dpi)
    dots = [p for p in found.pieces if p.width <= most and p.height <= most]
    rows = _rows(dots, _WIDEST_GAP_INCHES * dpi)
    if not rows:
        return grey
    values = np.asarray(grey).copy()
    for dot in (dot for row in rows for dot in row):
        values[max(0, dot.top - 1) : dot.bottom + 1, max(0, dot.left - 1) : dot.right + 1] = 255
    return Image.fromarray(values)


def _rows(dots: Sequence[Piece], widest_gap: float) -> list[list[Piece]]:
    """Dots in rows: close followers on one height (within a few pixels)."""
    rows: list[list[Piece]] = []
    open_rows: list[list[Piece]] = []
    for dot in sorted(dots, key=lambda dot: dot.left):
        open_rows = [row for row in open_rows if dot.left - row[-1].right <= widest_gap]
        same = [row for row in open_rows if abs(row[-1].middle - dot.middle) <= 2.5]
        if same:
            same[0].append(dot)
        else:
            row = [dot]
            open_rows.append(row)
            rows.append(row)
    return [row for row in rows if len(row) >= _FEWEST]
