"""Two years' checklists side by side: which item became which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Change:
    """An item of the new year and those it came from; `after` is None for items that ended."""

    before: tuple[Item, ...]
    after: Item | None


def compare(old: Checklist, new: Checklist) -> Iterator[Change]:
    """Every item of `new` with its origins in `old`, then the items that ended.

    Origins are what the items themselves state (`was`) when `new` is the year after `old`;
    otherwise items with the same or nearly the same title.
    """
    stated = new.year == old.year + 1 and any(item.was for item in new.items)
    taken: set[str] = set()
    for item in new.items:
        origins = _stated(item, old) if stated else _alike(item, old)
        taken.update(origin.id for origin in origins)
        yield Change(origins, item)
    for item in old.items:
        if item.id not in taken:
            yield Change((item,), None)


def _stated(item: Item, old: Checklist) -> tuple[Item, ...]:
    return tuple(old.item(item_id) for item_id in item.was)


def _alike(item: Item, old: Checklist) -> tuple[Item, ...]:
    def likeness(other: Item) -> float:
        return max(
            SequenceMatcher(None, one, two).ratio()
            for one in (item.title, *item.aliases)
            for two in (other.title, *other.aliases)
        )

    best = max(old.items, key=likeness)
    return (best,) if likeness(best) >= _ALIKE else ()
