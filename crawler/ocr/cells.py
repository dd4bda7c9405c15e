"""Characters of a text line as pictures of one size, cut out along the connected pieces of ink.

A cell is a column of pieces that overlap sideways: a consonant with the marks above it, a digit,
a letter. Digits carry no marks, so a digit that stands free is exactly one cell.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from crawler.ocr.ink import Ink, Piece, Pieces

SIDE = 28
_INNER = 24
_OVERLAP = 0.5
_MIN_AREA = 5
_MOST_PARTS = 4

Crops = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cell:
    """A character's place on the page in pixels (right and bottom excluded) and its pieces."""

    left: int
    top: int
    right: int
    bottom: int
    labels: tuple[int, ...]

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        """Horizontal centre in pixels."""
        return (self.left + self.right) / 2


def cells_of(pieces: Sequence[Piece], line_height: float) -> tuple[Cell, ...]:
    """The cells of one line, left to right; specks and pieces far too large are left out.

    `line_height` is the height of the line's box in pixels.
    """
    fitting = [
        piece
        for piece in pieces
        if piece.area >= _MIN_AREA
        and piece.height <= 1.6 * line_height
        and piece.width <= 5 * line_height
    ]
    fitting.sort(key=lambda piece: (piece.left, piece.right))
    cells: list[Cell] = []
    for piece in fitting:
        if cells and _one_column(cells[-1], piece):
            cells[-1] = _with(cells[-1], piece)
        else:
            cells.append(Cell(piece.left, piece.top, piece.right, piece.bottom, (piece.label,)))
    return tuple(cells)


def _one_column(cell: Cell, piece: Piece) -> bool:
    shared = min(cell.right, piece.right) - max(cell.left, piece.left)
    return shared >= _OVERLAP * min(cell.width, piece.width)


def _with(cell: Cell, piece: Piece) -> Cell:
    return Cell(
        min(cell.left, piece.left),
        min(cell.top, piece.top),
        max(cell.right, piece.right),
        max(cell.bottom, piece.bottom),
        (*cell.labels, piece.label),
    )


def joined(cells: Sequence[Cell]) -> Cell:
    """Several neighbouring cells as one: a digit that a weak print broke apart."""
    return Cell(
        min(cell.left for cell in cells),
        min(cell.top for cell in cells),
        max(cell.right for cell in cells),
        max(cell.bottom for cell in cells),
        tuple(label for cell in cells for label in cell.labels),
    )


def splits(cell: Cell, ink: Ink, pieces: Pieces) -> tuple[tuple[Cell, ...], ...]:
    """Ways to cut a wide cell into two to four digits that touch; none when it is narrow.

    Cuts go where a column holds least ink, close to where equal widths would part.
    """
    ways = []
    columns = _own_ink(cell, ink, pieces).sum(axis=0)
    for parts in range(2, _MOST_PARTS + 1):
        each = cell.width / parts
        if each < 0.45 * cell.height or each < 4:
            break
        if each > 1.8 * cell.height:
            continue
        for reach in (0.12, 0.3):
            cuts = [_thinnest(columns, each * number, each * reach) for number in range(1, parts)]
            edges = [cell.left, *(cell.left + cut for cut in cuts), cell.right]
            way = [_trimmed(cell, left, right, pieces) for left, right in itertools.pairwise(edges)]
            whole = tuple(part for part in way if part is not None)
            if len(whole) == parts and whole not in ways:
                ways.append(whole)
    return tuple(ways)


def _thinnest(columns: Ink, near: float, reach: float) -> int:
    """The column with least ink within `reach` of `near`, never the first."""
    low = max(1, int(near - reach))
    high = max(low + 1, min(len(columns), int(np.ceil(near + reach)) + 1))
    return low + int(np.argmin(columns[low:high]))


def _trimmed(cell: Cell, left: int, right: int, pieces: Pieces) -> Cell | None:
    """The part of `cell` between two columns, with the rows that hold its ink."""
    part = pieces.labels[cell.top : cell.bottom, left:right]
    rows = np.nonzero(np.isin(part, cell.labels).any(axis=1))[0]
    if not len(rows):
        return None
    top = cell.top + int(rows[0])
    return Cell(left, top, right, cell.top + int(rows[-1]) + 1, cell.labels)


def _own_ink(cell: Cell, ink: Ink, pieces: Pieces, *, fringe: int = 0) -> Ink:
    """Ink of the cell's box, widened by `fringe` pixels, without that of other pieces."""
    top, left = max(0, cell.top - fringe), max(0, cell.left - fringe)
    bottom, right = cell.bottom + fringe, cell.right + fringe
    labels = pieces.labels[top:bottom, left:right]
    other = (labels > 0) & ~np.isin(labels, cell.labels)
    own = ink[top:bottom, left:right].copy()
    own[other] = 0.0
    return own


def crop(cell: Cell, ink: Ink, pieces: Pieces) -> Ink:
    """The cell as a picture of `SIDE` x `SIDE`, its longer side `_INNER` pixels, darkest ink 1."""
    return fitted(_own_ink(cell, ink, pieces, fringe=1))


def fitted(own: Ink) -> Ink:
    """Any piece of ink scaled into the middle of a `SIDE` x `SIDE` picture."""
    height, width = own.shape
    scale = _INNER / max(height, width, 1)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = Image.fromarray(own).resize(size, Image.Resampling.BILINEAR)
    picture = np.zeros((SIDE, SIDE), dtype=np.float32)
    left, top = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    picture[top : top + size[1], left : left + size[0]] = np.asarray(small, dtype=np.float32)
    darkest = float(picture.max())
    return picture / darkest if darkest > 0.05 else picture


def crops(cells: Sequence[Cell], ink: Ink, pieces: Pieces) -> Crops:
    """Pictures of all `cells`: shape (cells, SIDE, SIDE)."""
    if not cells:
        return np.zeros((0, SIDE, SIDE), dtype=np.float32)
    return np.stack([crop(cell, ink, pieces) for cell in cells])
