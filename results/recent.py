"""The unit results read last, so that a sweep reads what each unit stood at before only once."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from results.record import UnitResult

_MOST = 4


class Recent:
    """The last few results, by a key that changes when a result is saved again (row, moment)."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[Hashable, UnitResult] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], UnitResult]) -> UnitResult:
        """The result of that key, read when it is not among the last few."""
        if key not in self._kept:
            self._kept[key] = read()
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return self._kept[key]
