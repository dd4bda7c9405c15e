"""One unit's line of the board: a letter for each item, and the reasons with their items. Pure.

Letters stand at the item's number (O1 first), so that a line is read without the checklist of
its day. The letters are stored: they are never renamed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.findings import group_of
from results.group import Group

if TYPE_CHECKING:
    from checklist.verdict import ItemVerdict

LETTERS: dict[Group, str] = {
    Group.PASS: "P",
    Group.MISSING: "M",
    Group.OUTDATED: "O",
    Group.REVIEW: "R",
    Group.ERROR: "E",
    Group.NOT_APPLICABLE: "N",
    Group.WAIVED: "W",
    Group.VOUCHED: "V",
    Group.UNCHECKED: "-",
}


@dataclass(frozen=True, slots=True)
class Line:
    """`letters` by item number; `reasons` has a line a code: `outdated 4 12`."""

    letters: str
    reasons: str


def line_of(verdicts: Sequence[ItemVerdict]) -> Line:
    """The line of a unit's verdicts; of their elements only state and necessity are looked at."""
    last = max((_number(one.item) for one in verdicts), default=0)
    letters = [LETTERS[Group.UNCHECKED]] * last
    items: dict[str, list[int]] = defaultdict(list)
    for one in verdicts:
        letters[_number(one.item) - 1] = LETTERS[group_of(one)]
        for code in dict.fromkeys(one.reasons):
            items["".join(code.split())].append(_number(one.item))
    return Line("".join(letters), _written(items))


def reasons_under(reasons: str, verdicts: Iterable[ItemVerdict]) -> str:
    """A line's `reasons` with those of `verdicts` in the place of their items' own."""
    items: dict[str, list[int]] = defaultdict(list)
    by_item = dict(reasons_by_item(reasons))
    by_item |= {_number(one.item): one.reasons for one in verdicts}
    for number, codes in by_item.items():
        for code in codes:
            items[code].append(number)
    return _written(items)


def items_of_reason(reasons: str, code: str) -> list[int]:
    """The numbers of the items that have the reason `code` in a line's `reasons`."""
    start = f"\n{reasons}".find(f"\n{code} ")
    if start < 0:
        return []
    line = reasons[start + len(code) + 1 :].partition("\n")[0]
    return [int(number) for number in line.split()]


def reasons_by_item(reasons: str) -> dict[int, tuple[str, ...]]:
    """The codes of each item that has one, by the item's number."""
    found: dict[int, list[str]] = defaultdict(list)
    for code, numbers in _parted(reasons):
        for number in numbers.split():
            found[int(number)].append(code)
    return {number: tuple(codes) for number, codes in found.items()}


def _written(items: Mapping[str, Iterable[int]]) -> str:
    lines = (f"{code} {' '.join(map(str, sorted(at)))}" for code, at in sorted(items.items()))
    return "\n".join(lines)


def _parted(reasons: str) -> Iterator[tuple[str, str]]:
    for line in reasons.split("\n"):
        code, _, numbers = line.partition(" ")
        if code:
            yield code, numbers


def _number(item: str) -> int:
    return int(item[1:])
