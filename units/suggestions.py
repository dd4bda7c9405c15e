"""Addresses proposed for each item of one unit: what an admin corrects before the first sweep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from units.registry import Unit


class Level(StrEnum):
    """How sure a proposal is, in words; `none` where nothing is proposed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


LEVEL_NAMES = {
    Level.HIGH: "สูง",
    Level.MEDIUM: "ปานกลาง",
    Level.LOW: "ต่ำ",
    Level.NONE: "ไม่พบ",
}
_HIGH, _MEDIUM = 80, 60


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another address that was thought of; `score` from 0 to 100."""

    url: str
    link_text: str
    score: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The addresses proposed for one item, sure by `score` (0 to 100), and why, in Thai.

    `link_text` is the wording of the link and `found_on` the page that carries it. Without
    `urls` the reason says what was looked at.
    """

    item: str
    title: str
    urls: tuple[str, ...] = ()
    score: int = 0
    reason: str = ""
    link_text: str = ""
    found_on: str = ""
    alternatives: tuple[Alternative, ...] = ()

    @property
    def level(self) -> Level:
        """The score in words."""
        if not self.urls:
            return Level.NONE
        if self.score >= _HIGH:
            return Level.HIGH
        return Level.MEDIUM if self.score >= _MEDIUM else Level.LOW


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All items of one unit in the checklist's order, and the pages that were searched.

    `unit` carries the addresses proposed, as a sweep would take them.
    """

    unit: Unit
    year: int
    items: tuple[Suggestion, ...]
    searched: tuple[str, ...] = ()
