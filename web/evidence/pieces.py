"""A page as a flat run of pieces: what every archived body becomes before it is shown. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from checklist.evidence import Region


class Sort(StrEnum):
    """What a piece is.

    `OPEN` and `CLOSE` begin and end a block named by `Piece.value`, `TEXT` is text as published;
    the others stand for what is not shown as it was: a picture's wording, a frame, a tooltip,
    text that the page hides.
    """

    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"
    PICTURE = "picture"
    FRAME = "frame"
    TOOLTIP = "tooltip"
    HIDDEN = "hidden"


ASIDES = (Sort.PICTURE, Sort.FRAME, Sort.TOOLTIP, Sort.HIDDEN)
"""Pieces that are no running text: a quote is looked for in each of them by itself."""


@dataclass(slots=True)
class Piece:
    """One piece; `value` is its text, or the name of a block.

    `url` is the address a link, picture or frame names. `columns` and `rows` are what a cell
    spans. Of text, `region` and `headings` tell where it stands.
    """

    sort: Sort
    value: str
    url: str = ""
    columns: int = 1
    rows: int = 1
    region: Region = Region.MAIN
    headings: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A page's title, what to call it, and its pieces in order.

    `cut`: the page held more than is read here.
    """

    title: str = ""
    title_word: str = "ชื่อหน้า"
    pieces: list[Piece] = field(default_factory=list)
    cut: bool = False

    @property
    def hidden(self) -> int:
        """How many parts the page hides from its visitors."""
        return sum(piece.sort is Sort.HIDDEN for piece in self.pieces)


class RunningText:
    """The text of a sheet as one string, and which piece each letter of it comes from."""

    def __init__(self, sheet: Sheet) -> None:
        """Join the text pieces of `sheet`, parted by line ends."""
        self._numbers = [n for n, piece in enumerate(sheet.pieces) if piece.sort is Sort.TEXT]
        self._starts: list[int] = []
        parts: list[str] = []
        at = 0
        for number in self._numbers:
            value = sheet.pieces[number].value
            self._starts.append(at)
            parts.append(value)
            at += len(value) + 1
        self.text = "\n".join(parts)
        self._pieces: Sequence[Piece] = sheet.pieces

    def piece_at(self, place: int) -> Piece:
        """The piece that the letter at `place` stands in."""
        return self._pieces[self._numbers[bisect_right(self._starts, place) - 1]]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The pieces that the text from `start` to `end` covers: number, first letter, last + 1."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < end:
            number, begins = self._numbers[index], self._starts[index]
            size = len(self._pieces[number].value)
            first, last = max(0, start - begins), min(size, end - begins)
            if first < last:
                yield number, first, last
            index += 1
