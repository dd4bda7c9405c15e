"""The shapes of the bench: a text whose every character is known, and a file that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a block of a paper is."""

    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    ENTRY = "entry"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one table row whose cells are `cells`."""

    part: Part
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The block as one line, cells apart by tabs."""
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to be published: its blocks, and the official phrases that stand in it."""

    number: int
    blocks: tuple[Block, ...]
    phrases: tuple[str, ...]

    @property
    def text(self) -> str:
        """The ground truth, a block a line."""
        return "\n".join(block.text for block in self.blocks)


class Family(StrEnum):
    """What is to be reached with a file: the aims differ by it."""

    TEXT_PDF = "text_pdf"
    SOUND = "sound"
    FAULT = "fault"
    OFFICE = "office"
    CLEAN_SCAN = "clean_scan"
    POOR_SCAN = "poor_scan"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of the bench: its bytes and the paper it shows.

    `group` is what files are averaged over: a program, a fault, a kind of scan.
    """

    name: str
    family: Family
    group: str
    body: bytes
    paper: Paper
