"""The plans of a crawl, each packed small: a country of them as objects fills a process.

Items are the same for all units: they are kept once, and a packed plan names them by their place.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from checklist.schema import Item
from crawler.plan import UnitPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAST = 1


class PlanShelf(Mapping[str, UnitPlan]):
    """Plans by the id of their unit, in the order in which they were put in."""

    def __init__(self, plans: Iterable[UnitPlan] = ()) -> None:
        """Hold `plans`; raises `ValueError` when two are of the same unit."""
        self._items: list[Item] = []
        self._places: dict[int, int] = {}
        self._packed: dict[str, bytes] = {}
        for plan in plans:
            if plan.unit.id in self._packed:
                raise ValueError("two plans are of the same unit")
            self._packed[plan.unit.id] = self.pack(plan)

    @property
    def named(self) -> Sequence[Item]:
        """The items that packed plans name, for `unpacked`."""
        return self._items

    def packed(self, unit_id: str) -> bytes:
        """The plan as `unpacked` opens it."""
        return self._packed[unit_id]

    def __getitem__(self, unit_id: str) -> UnitPlan:
        """The plan of a unit, unpacked anew each time."""
        return unpacked(self._packed[unit_id], self._items)

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many plans there are."""
        return len(self._packed)

    def pack(self, plan: UnitPlan) -> bytes:
        """A plan packed as those of the shelf are; it is not put into it."""
        out = io.BytesIO()
        _Packer(out, self._items, self._places).dump(plan)
        return zlib.compress(out.getvalue(), _FAST)


def unpacked(packed: bytes, items: Sequence[Item]) -> UnitPlan:
    """The plan that a `PlanShelf` of these items packed; only for what this program packed."""
    plan: UnitPlan = _Unpacker(io.BytesIO(zlib.decompress(packed)), items).load()
    return plan


class _Packer(pickle.Pickler):
    def __init__(self, out: io.BytesIO, items: list[Item], places: dict[int, int]) -> None:
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self._items, self._places = items, places

    def persistent_id(self, value: Any) -> int | None:
        if not isinstance(value, Item):
            return None
        if id(value) not in self._places:
            self._places[id(value)] = len(self._items)
            self._items.append(value)
        return self._places[id(value)]


class _Unpacker(pickle.Unpickler):
    def __init__(self, packed: io.BytesIO, items: Sequence[Item]) -> None:
        super().__init__(packed)
        self._items = items

    def persistent_load(self, place: Any) -> Item:
        item: Item = self._items[place]
        return item
