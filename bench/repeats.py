"""Figures that are measured several times in turn, and the tables that show them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

REPEATS = 5
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure as measured in each round of a run; never empty."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure that is told."""
        return statistics.median(self.values)

    def over(self, other: Spread) -> Spread:
        """This figure as a ratio to another, round by round of the same run."""
        return Spread(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))

    def text(self, pattern: str = "{:.2f}") -> str:
        """The median with the lowest and the highest; of one round the figure alone."""
        told = pattern.format(self.median)
        if len(self.values) == 1:
            return told
        return f"{told} ({pattern.format(min(self.values))}–{pattern.format(max(self.values))})"


def in_turn(ways: Mapping[str, Callable[[], _T]], repeats: int) -> dict[str, list[_T]]:
    """Take every way once a round (A B A B …), so that a busy minute falls on all alike."""
    found: dict[str, list[_T]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            found[name].append(way())
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def met(reached: bool) -> str:
    """The word of a table for an aim that is reached or not."""
    return "ถึง" if reached else "**ไม่ถึง**"
