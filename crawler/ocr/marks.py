"""Digits found on the page image itself, whatever the engine made of them.

Every cell of a line is classified; wide cells are tried cut into touching digits, doubtful
neighbours joined. Digits that follow closely are a run. A run is then read again in several
renderings (as scanned, inked, thinner, softer, smaller, shifted) whose probabilities are averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from crawler.ocr.cells import SIDE, Cell, cells_of, crops, joined, splits
from crawler.ocr.ink import Ink, Pieces, ink_of, pieces_of, threshold_of
from crawler.ocr.network import ARABIC_DIGITS, CLASSES, OTHER, THAI_DIGITS, DigitNetwork, Floats

if TYPE_CHECKING:
    from crawler.ocr.model import TextLine

_SURE = 0.9
_CUT_SURE = 0.6
_GAP = 0.95
_UNEVEN = 0.35


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell and the digit read in it, with its probability (0.0 to 1.0)."""

    cell: Cell
    digit: str
    chance: float


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that stand together, of one script."""

    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The digits as text."""
        return "".join(mark.digit for mark in self.marks)

    @property
    def left(self) -> int:
        """First column of its ink, in pixels."""
        return self.marks[0].cell.left

    @property
    def right(self) -> int:
        """Column after its ink, in pixels."""
        return max(mark.cell.right for mark in self.marks)

    @property
    def chance(self) -> float:
        """Probability of the least sure digit."""
        return min(mark.chance for mark in self.marks)

    @property
    def thai(self) -> bool:
        """True for Thai digits, false for Arabic ones."""
        return self.marks[0].digit in THAI_DIGITS


class PageInk:
    """The ink of a page and the digits of its lines."""

    def __init__(self, grey: Image.Image, dpi: int, network: DigitNetwork) -> None:
        """Prepare an upright grey page; `dpi` bounds what counts as a ruled line."""
        self._network = network
        self._ink: Ink = ink_of(grey)
        self._level = threshold_of(self._ink)
        self._pieces: Pieces = pieces_of(self._ink > self._level, dpi)

    def runs(self, lines: Sequence[TextLine]) -> list[tuple[Run, ...]]:
        """For each line the runs of digits on it, left to right, read in several renderings."""
        cells = self._cells(lines)
        flat = [cell for line in cells for cell in line]
        chances = self._network.probabilities(crops(flat, self._ink, self._pieces))
        found, start = [], 0
        for line, own in zip(lines, cells, strict=True):
            end = start + len(own)
            marks = self._marks(own, chances[start:end], _digit_spans(line))
            found.append(_runs(marks))
            start = end
        return self._voted(found)

    def _cells(self, lines: Sequence[TextLine]) -> list[tuple[Cell, ...]]:
        """The cells of each line; a piece goes to the line whose middle is nearest."""
        pieces = self._pieces.pieces
        if not pieces or not lines:
            return [() for _ in lines]
        middle = np.array([piece.middle for piece in pieces])
        across = np.array([(piece.left + piece.right) / 2 for piece in pieces])
        nearest = np.full(len(pieces), np.inf)
        owner = np.full(len(pieces), -1)
        for index, line in enumerate(lines):
            reach = 0.6 * line.height
            inside = (middle >= line.top) & (middle <= line.bottom)
            inside &= (across >= line.left - reach) & (across <= line.right + reach)
            away = np.abs(middle - line.middle)
            closer = inside & (away < nearest)
            nearest[closer], owner[closer] = away[closer], index
        return [
            cells_of([pieces[i] for i in np.flatnonzero(owner == index)], max(line.height, 8))
            for index, line in enumerate(lines)
        ]

    def _marks(
        self, cells: Sequence[Cell], chances: Floats, spans: Sequence[tuple[int, int]]
    ) -> list[Mark]:
        """Each cell as a digit or as something else; cut or joined where that reads better.

        That is tried only where the engine saw a digit (`spans`, in pixels) or beside one.
        """
        first = [_mark(cell, row) for cell, row in zip(cells, chances, strict=True)]
        marks: list[Mark] = []
        for index, (cell, mark) in enumerate(zip(cells, first, strict=True)):
            beside = any(m.digit != OTHER for m in (*marks[-1:], *first[index + 1 : index + 2]))
            here = any(left < cell.right and cell.left < right for left, right in spans)
            if (mark.digit == OTHER or mark.chance < _SURE) and (here or beside):
                better = self._cut(cell, mark) or self._mended(marks, cell, mark)
                if better is not None:
                    marks[len(marks) - better[0] :] = better[1]
                    continue
            marks.append(mark)
        return marks

    def _cut(self, cell: Cell, whole: Mark) -> tuple[int, list[Mark]] | None:
        """The best way to cut a cell into digits of one script, if it beats the whole cell.

        A sign that touches a digit ("/๒") may be among the parts when the digits are clear.
        """
        best: list[Mark] = []
        for way in splits(cell, self._ink, self._pieces):
            read = [_mark(part, row) for part, row in zip(way, self._read(way), strict=True)]
            if _is_number(read) and _worth(read) > _worth(best):
                best = read
        floor = _CUT_SURE if whole.digit == OTHER else max(_CUT_SURE, whole.chance)
        return (0, best) if _worth(best) > floor else None

    def _mended(
        self, marks: Sequence[Mark], cell: Cell, own: Mark
    ) -> tuple[int, list[Mark]] | None:
        """A cell joined with its left neighbour when both together are clearly a digit."""
        if not marks:
            return None
        left = marks[-1]
        near = cell.left - left.cell.right < 0.25 * max(cell.height, left.cell.height)
        weak = (left.digit == OTHER or left.chance < _CUT_SURE) and own.chance < 0.999
        narrow = cell.right - left.cell.left < 1.4 * max(cell.height, left.cell.height)
        if not (near and weak and narrow):
            return None
        both = joined((left.cell, cell))
        mark = _mark(both, self._read((both,))[0])
        return (1, [mark]) if mark.digit != OTHER and mark.chance > 0.97 else None

    def _read(self, cells: Sequence[Cell]) -> Floats:
        return self._network.probabilities(crops(cells, self._ink, self._pieces))

    def _voted(self, lines: Sequence[Sequence[Run]]) -> list[tuple[Run, ...]]:
        """Runs read in all renderings; a digit is what their mean probability favours."""
        cells = [mark.cell for line in lines for run in line for mark in run.marks]
        if not cells:
            return [tuple(line) for line in lines]
        views = [renderings(view) for view in crops(cells, self._ink, self._pieces)]
        chances = self._network.probabilities(np.concatenate(views))
        means = iter(chances.reshape(len(cells), -1, len(CLASSES)).mean(axis=1))
        return [tuple(_favoured(run, means) for run in line) for line in lines]


def renderings(view: Ink) -> Floats:
    """One crop seen in seven ways, shape (7, SIDE, SIDE)."""
    grey = Image.fromarray((view * 255).astype(np.uint8))
    soft = np.asarray(grey.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) / 255
    small = Image.new("L", (SIDE, SIDE))
    inner = grey.resize((SIDE - 4, SIDE - 4), Image.Resampling.BILINEAR)
    small.paste(inner, (2, 2))
    lean = (1, 0.09, -0.09 * SIDE / 2, 0, 1, 0)
    back = (1, -0.09, 0.09 * SIDE / 2, 0, 1, 0)
    sheared = [
        np.asarray(
            grey.transform((SIDE, SIDE), Image.Transform.AFFINE, way, Image.Resampling.BILINEAR),
            dtype=np.float32,
        )
        / 255
        for way in (lean, back)
    ]
    return np.stack(
        [
            view,
            (view > 0.5).astype(np.float32),
            np.clip(1.6 * view - 0.6, 0.0, 1.0),
            soft / max(0.05, float(soft.max())),
            np.asarray(small, dtype=np.float32) / 255,
            *sheared,
        ]
    ).astype(np.float32)


def _favoured(run: Run, means: Iterator[Floats]) -> Run:
    """The run with each digit the likeliest of its script in the next of `means`."""
    places = [CLASSES.index(digit) for digit in (THAI_DIGITS if run.thai else ARABIC_DIGITS)]
    marks = []
    for mark, mean in zip(run.marks, means, strict=False):
        best = max(places, key=lambda place: float(mean[place]))
        marks.append(Mark(mark.cell, CLASSES[best], float(mean[best])))
    return Run(tuple(marks))


def _digit_spans(line: TextLine) -> list[tuple[int, int]]:
    """Columns in which the engine read digits, joined where they adjoin."""
    spans: list[tuple[int, int]] = []
    for symbol in line.symbols:
        if not symbol.text.strip(THAI_DIGITS + ARABIC_DIGITS):
            if spans and symbol.left - spans[-1][1] < line.height:
                spans[-1] = (spans[-1][0], symbol.right)
            else:
                spans.append((symbol.left, symbol.right))
    return spans


def _mark(cell: Cell, chances: Floats) -> Mark:
    best = int(np.argmax(chances))
    return Mark(cell, CLASSES[best], float(chances[best]))


def _is_number(marks: Sequence[Mark]) -> bool:
    """True for digits of one script, with signs between them only beside clear ones."""
    digits = [mark for mark in marks if mark.digit != OTHER]
    whole = len(digits) == len(marks) or (digits and _least(digits) > _SURE)
    return bool(whole) and len({mark.digit in THAI_DIGITS for mark in digits}) == 1


def _worth(marks: Sequence[Mark]) -> float:
    """How good a cut is: its least sure part, a little less when it holds signs."""
    if not marks:
        return 0.0
    return _least(marks) - (0.25 if any(mark.digit == OTHER for mark in marks) else 0.0)


def _least(marks: Sequence[Mark]) -> float:
    return min(mark.chance for mark in marks)


def _runs(marks: Sequence[Mark]) -> list[Run]:
    """Neighbouring digits of one script, on one height, without a gap of a digit's width."""
    runs: list[list[Mark]] = []
    last: Mark | None = None
    for mark in marks:
        if mark.digit != OTHER:
            if last is not None and last.digit != OTHER and _together(last, mark):
                runs[-1].append(mark)
            else:
                runs.append([mark])
        last = mark
    return [Run(tuple(run)) for run in runs]


def _together(left: Mark, right: Mark) -> bool:
    height = max(left.cell.height, right.cell.height)
    one_script = (left.digit in THAI_DIGITS) == (right.digit in THAI_DIGITS)
    near = right.cell.left - left.cell.right < _GAP * min(left.cell.height, right.cell.height)
    level = abs(left.cell.bottom - right.cell.bottom) < _UNEVEN * height
    return one_script and near and level
