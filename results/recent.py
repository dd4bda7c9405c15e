"""The unit results read last, so that a sweep reads what each unit stood at before only once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from results.record import LookedAt

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from checklist.evidence import Document
    from results.record import UnitResult

_MOST = 4


def stored_before(documents: Sequence[Document | LookedAt]) -> tuple[LookedAt, ...]:
    """The documents, where all were stored before, so that the database gives them back as is."""
    before = tuple(one for one in documents if isinstance(one, LookedAt))
    return before if len(before) == len(documents) else ()


class Recent:
    """The last few results by a key that changes with each saving (row, moment); for any thread."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[Hashable, UnitResult] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable, read: Callable[[], UnitResult]) -> UnitResult:
        """The result of that key, read when it is not among the last few."""
        with self._turn:
            known = self._kept.get(key)
        found = read() if known is None else known
        self.put(key, found)
        return found

    def put(self, key: Hashable, result: UnitResult) -> None:
        """Note a result that was read, or saved and is known whole."""
        with self._turn:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
