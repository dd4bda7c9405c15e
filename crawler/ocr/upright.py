"""A scan set straight: the angle of its lines, turned pages, columns of prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_POINTS = 40_000
_WIDEST_ANGLE = 6.0
_NOTICED = 0.15


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a page to be read by itself; pixels, right and bottom excluded."""

    left: int
    top: int
    right: int
    bottom: int


def skew_of(grey: Image.Image) -> float:
    """Degrees by which the lines of text fall to the right; 0.0 when no angle stands out.

    The angle at which rows of ink are sharpest (largest sum of squared row counts), first in
    half degrees up to 6 each way, then in steps of 0.05.
    """
    scale = 900 / max(grey.size)
    size = (max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))
    small = grey.resize(size, Image.Resampling.BOX) if scale < 1 else grey
    values = np.asarray(small, dtype=np.float32)
    down, across = np.nonzero(values < 190)
    if len(down) < 200:
        return 0.0
    if len(down) > _MOST_POINTS:
        step = len(down) // _MOST_POINTS + 1
        down, across = down[::step], across[::step]
    coarse = np.arange(-_WIDEST_ANGLE, _WIDEST_ANGLE + 0.1, 0.5)
    best = _sharpest(down, across, coarse)
    best = _sharpest(down, across, np.arange(best - 0.5, best + 0.51, 0.05))
    return 0.0 if abs(best) >= _WIDEST_ANGLE else float(best)


def _sharpest(
    down: NDArray[np.intp], across: NDArray[np.intp], angles: NDArray[np.float64]
) -> float:
    scores = []
    for angle in angles:
        rows = np.round(down - across * np.tan(np.radians(angle))).astype(np.int64)
        scores.append(float((np.bincount(rows - rows.min()).astype(np.float64) ** 2).sum()))
    return float(angles[int(np.argmax(scores))])


def straightened(grey: Image.Image) -> Image.Image:
    """The picture with its lines level; the very same picture when they already are."""
    angle = skew_of(grey)
    if abs(angle) < _NOTICED:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255, expand=False)


def turned(grey: Image.Image, quarter_turns: int) -> Image.Image:
    """The picture turned left by 90 degrees `quarter_turns` times."""
    ways = {
        1: Image.Transpose.ROTATE_90,
        2: Image.Transpose.ROTATE_180,
        3: Image.Transpose.ROTATE_270,
    }
    way = ways.get(quarter_turns % 4)
    return grey if way is None else grey.transpose(way)


def bands_of(grey: Image.Image) -> tuple[Band, ...]:
    """The page as one band, or cut into heading, left and right column of prose.

    Columns need an empty gutter in the middle third, at least 2 % of the width wide and 40 % of
    the height high, with lines that fill both sides; a table's gaps beside short cells do not.
    """
    whole = (Band(0, 0, grey.width, grey.height),)
    scale = 600 / max(grey.width, 1)
    rows = max(1, int(grey.height * scale))
    inked = np.asarray(grey.resize((600, rows), Image.Resampling.BOX), dtype=np.float32) < 200
    gutter = _gutter(inked)
    if gutter is None:
        return whole
    column, top, bottom = gutter
    sides = (inked[top:bottom, :column], inked[top:bottom, column:])
    if not all(_is_prose(side) for side in sides):
        return whole
    cut, high, low = int(column / scale), int(top / scale), int(bottom / scale)
    parts = (
        Band(0, 0, grey.width, high),
        Band(0, high, cut, low),
        Band(cut, high, grey.width, low),
        Band(0, low, grey.width, grey.height),
    )
    return tuple(part for part in parts if part.bottom - part.top > 20)


def _gutter(inked: NDArray[np.bool_]) -> tuple[int, int, int] | None:
    """The middle column of the tallest empty gutter, and its first and last row."""
    height = inked.shape[0]
    best = (0, 0, 0, 0)
    for column in range(200, 400, 4):
        empty = ~inked[:, column - 6 : column + 6].any(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], empty.astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            best = max(best, (int(end - start), column, int(start), int(end)))
    tall, column, top, bottom = best
    return (column, top, bottom) if tall > 0.4 * height else None


def _is_prose(side: NDArray[np.bool_]) -> bool:
    """True when many rows of ink reach across most of the side."""
    rows = side.any(axis=1)
    lines = int((np.diff(rows.astype(np.int8)) == 1).sum())
    if lines < 8:
        return False
    columns = np.flatnonzero(side.any(axis=0))
    reach = [np.ptp(np.flatnonzero(row)) for row in side[rows]]
    return bool(np.median(reach) > 0.75 * np.ptp(columns))
