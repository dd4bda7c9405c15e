"""A unit's history drawn: of each item a strip of its scans, like ones after each other joined.

The height of a stretch says its verdict as well as its colour and sign do. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from web.marks import mark_of
from web.moments import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from results.history import ItemHistory, ItemPoint, UnitHistory

HEIGHT = 22
_WIDEST, _NARROWEST, _WIDTH = 22, 6, 300
_SIGN_ROOM = 12
_TALL = {
    Verdict.PASS: 22,
    Verdict.WAIVED: 22,
    Verdict.NOT_APPLICABLE: 16,
    Verdict.REVIEW: 16,
    Verdict.FAIL: 10,
    Verdict.ERROR: 6,
}
_LOWEST = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Scans in a row with one verdict: where it stands in the strip, and its words."""

    x: int
    width: int
    tall: int
    style: str
    sign: str
    said: str


@dataclass(frozen=True, slots=True)
class Strip:
    """An item's strip, `width` wide; `line` says in Thai since when it stands as it does."""

    item: str
    width: int
    stretches: tuple[Stretch, ...]
    line: str

    @property
    def said(self) -> str:
        """The whole strip in words, for who does not see it."""
        return f"ประวัติข้อ {self.item}: " + " · ".join(one.said for one in self.stretches)


def strips(history: UnitHistory) -> dict[str, Strip]:
    """The strip of each item, by item id."""
    step = _step(len(history.scans))
    return {one.item: _strip(one, step) for one in history.items}


def _step(scans: int) -> int:
    return max(_NARROWEST, min(_WIDEST, _WIDTH // max(1, scans)))


def _strip(item: ItemHistory, step: int) -> Strip:
    return Strip(
        item.item, step * len(item.points), tuple(_stretches(item.points, step)), item.line
    )


def _stretches(points: Sequence[ItemPoint], step: int) -> Iterator[Stretch]:
    at = 0
    for verdict, run in groupby(points, key=lambda one: one.verdict):
        same = list(run)
        mark, width = mark_of(verdict), step * len(same)
        days = [short_day(same[0].day)]
        days += [short_day(same[-1].day)] if same[-1].day != same[0].day else []
        yield Stretch(
            x=at,
            width=width,
            tall=_TALL.get(verdict, _LOWEST) if verdict else _LOWEST,
            style=mark.style,
            sign=mark.sign if width >= _SIGN_ROOM and verdict else "",
            said=f"{mark.word} {len(same)} ครั้ง ({' ถึง '.join(days)})",
        )
        at += width
