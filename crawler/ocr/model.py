"""What is known of a scanned page: symbols, lines, and the page's text with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Symbol:
    """What the engine read at one place of a line: its text and box in pixels.

    `spaced` is true when a space stands before it; `confidence` is the engine's own, 0 to 100.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float = 0.0
    spaced: bool = False

    @property
    def centre(self) -> float:
        """Horizontal centre in pixels."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as the engine found it: its box in pixels, its symbols from left to right.

    `confidence` (0 to 100) is the engine's for the line: above 85 for print, below 60 for noise.
    """

    left: int
    top: int
    right: int
    bottom: int
    symbols: tuple[Symbol, ...]
    confidence: float = 0.0

    @property
    def height(self) -> int:
        """Height of the box in pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre of the box in pixels."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line's final text and, for each digit in it (Thai or Arabic), how sure it is: 0 to 100."""

    text: str
    digits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PageReading:
    """The text of a scanned page, counted from 1, line by line, and the engine's mean confidence.

    `digits` holds a figure from 0 to 100 for each digit of `text` in reading order.
    `line_height` is that of the typical line, in pixels.
    """

    page: int
    text: str
    digits: tuple[float, ...] = ()
    confidence: float = 0.0
    line_height: int = 0


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read and why: `timeout`, `too_large`, `damaged` or `died`."""

    page: int
    cause: str
