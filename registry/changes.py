"""What differs between two states of a unit, and joining two people's changes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from units.columns import TITLES
from units.contacts import contact_text
from units.items import ITEM_IDS
from units.registry import STATUS_NAMES, TYPE_NAMES, Unit

FIELDS = tuple(key for key in TITLES if key not in ITEM_IDS and key != "id")


@dataclass(frozen=True, slots=True)
class Change:
    """One column of the registry before and after, each value a line of its own."""

    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def title(self) -> str:
        """The column's name in Thai."""
        return TITLES[self.key]

    @property
    def added(self) -> tuple[str, ...]:
        """What was not there before."""
        return tuple(line for line in self.after if line not in self.before)

    @property
    def removed(self) -> tuple[str, ...]:
        """What is not there any more."""
        return tuple(line for line in self.before if line not in self.after)

    @property
    def reordered(self) -> bool:
        """True when only the order differs."""
        return not self.added and not self.removed


def lines_of(unit: Unit | None, key: str) -> tuple[str, ...]:
    """What a unit has in a column of the registry, each value a line; none for no unit."""
    if unit is None:
        return ()
    if key in ITEM_IDS:
        return unit.urls.get(key, ())
    if key == "type":
        return (TYPE_NAMES[unit.type],)
    if key == "status":
        return (STATUS_NAMES[unit.status],)
    if key == "verified":
        return ("ใช่" if unit.verified else "ไม่",)
    if key == "contacts":
        return tuple(map(contact_text, unit.contacts))
    if key == "aliases":
        return unit.aliases
    return tuple(str(getattr(unit, key)).splitlines())


def changes(before: Unit | None, after: Unit | None) -> tuple[Change, ...]:
    """Every column that differs, in the registry's order."""
    return tuple(_differing(before, after, (*FIELDS, *ITEM_IDS)))


def url_changes(before: Unit | None, after: Unit | None) -> tuple[Change, ...]:
    """Every item whose addresses, or their order, differ."""
    return tuple(_differing(before, after, ITEM_IDS))


def _differing(before: Unit | None, after: Unit | None, keys: Sequence[str]) -> list[Change]:
    found = (Change(key, lines_of(before, key), lines_of(after, key)) for key in keys)
    return [change for change in found if change.before != change.after]


def with_columns(unit: Unit, source: Unit, keys: Sequence[str] | frozenset[str]) -> Unit:
    """`unit` with the named columns of `source`; the others stay."""
    values: dict[str, Any] = {key: getattr(source, key) for key in FIELDS if key in keys}
    urls = {**unit.urls, **{item: source.urls.get(item, ()) for item in ITEM_IDS if item in keys}}
    values["urls"] = {item: urls[item] for item in ITEM_IDS if urls.get(item)}
    return unit.model_copy(update=values)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two people's changes of one unit in one; in `clashes` both changed the same column.

    There the unit has what the second person wrote; `Change.before` is what the first wrote.
    """

    unit: Unit
    clashes: tuple[Change, ...]


def joined(base: Unit, theirs: Unit, mine: Unit) -> Joined:
    """What `mine` changed of `base`, put onto `theirs`."""
    changed = {change.key for change in changes(base, mine)}
    unit = with_columns(theirs, mine, frozenset(changed))
    both = {change.key for change in changes(base, theirs)} & changed
    clashes = tuple(change for change in changes(theirs, mine) if change.key in both)
    return Joined(unit, clashes)
