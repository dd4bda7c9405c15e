"""Two years' checklists side by side: what became of each item, part by part. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from checklist.editions import compare
from web.items.wording import year_rule_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklist.editions import Change
    from checklist.schema import Checklist, Item


class Move(StrEnum):
    """What became of an item from one year to the next."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    NUMBER = "number"
    SAME = "same"


MOVES = {
    Move.NEW: "ข้อใหม่",
    Move.GONE: "ไม่มีแล้ว",
    Move.CHANGED: "เปลี่ยนเนื้อหา",
    Move.NUMBER: "เปลี่ยนเฉพาะเลขข้อ",
    Move.SAME: "เหมือนเดิม",
}


@dataclass(frozen=True, slots=True)
class Differing:
    """An item of the newer year beside those it came from.

    `dropped` and `added` are the texts of parts that only one of both years asks for, `rules` the
    year rule before and after where it differs in kind.
    """

    move: Move
    before: tuple[Item, ...]
    after: Item | None
    renamed: bool
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    rules: tuple[str, str] | None

    @property
    def word(self) -> str:
        """What became of it, in Thai."""
        return MOVES[self.move]


def differing(old: Checklist, new: Checklist) -> tuple[Differing, ...]:
    """Every item of `new` beside its origins in `old`, then the items that ended."""
    return tuple(_differing(old, new, change) for change in compare(old, new))


def of_item(old: Checklist, new: Checklist, item_id: str) -> Differing | None:
    """What became of the item of `new`; `None` when `new` does not have it."""
    found = (one for one in differing(old, new) if one.after and one.after.id == item_id)
    return next(found, None)


def _differing(old: Checklist, new: Checklist, change: Change) -> Differing:
    before, after = change.before, change.after
    had, has = _parts(before), _parts((after,) if after else ())
    dropped = tuple(text for text in had if text not in has)
    added = tuple(text for text in has if text not in had)
    renamed, rules = False, None
    if after and before:
        renamed = all(one.title != after.title for one in before)
    if after and before and all(one.year_rule is not after.year_rule for one in before):
        rules = (year_rule_short(old, before[0]), year_rule_short(new, after))
    return Differing(
        move=_move(before, after, changed=bool(renamed or dropped or added or rules)),
        before=before,
        after=after,
        renamed=renamed,
        dropped=dropped if after and before else (),
        added=added if after and before else (),
        rules=rules,
    )


def _parts(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(element.text for item in items for element in item.elements))


def _move(before: Sequence[Item], after: Item | None, *, changed: bool) -> Move:
    if after is None:
        return Move.GONE
    if not before:
        return Move.NEW
    if changed or len(before) > 1:
        return Move.CHANGED
    return Move.SAME if before[0].id == after.id else Move.NUMBER
