"""The boards that were read last, kept in memory for as long as nothing behind them changed."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from results.board.counted import Counted, counted
from results.board.decisions import Results, decided_cells, decisions_stamp
from results.board.matrix import read_board
from results.board.rows import fill, lacking, last_saved, stamp
from results.board.scans import scans_with_results
from results.board.trend import Earlier, earlier
from results.trend import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from checklist.schema import Checklist
    from results.board.matrix import Board
    from results.record import ScanInfo
    from results.store import Store

_T = TypeVar("_T")
_BOARDS, _EARLIER, _RAW = 4, 4 * MOST, 2 * MOST
FILL_S = 2.0
"""So long, in seconds, one answer may work on the lines of scans from before the board."""


class Shelf:
    """The boards of one store; made by `shelf_of`. Several threads may ask at once."""

    def __init__(self, store: Store) -> None:
        """Start empty."""
        self._store = store
        self._counted: OrderedDict[Hashable, Counted] = OrderedDict()
        self._earlier: OrderedDict[Hashable, Earlier] = OrderedDict()
        self._known: OrderedDict[Hashable, Results] = OrderedDict()
        self._boards: OrderedDict[Hashable, Board] = OrderedDict()
        self._whole: set[int] = set()
        self._lock = threading.RLock()

    def board(self, scan: ScanInfo, checklist: Checklist, day: date) -> Counted:
        """The scan's board, judged by `checklist`, under the decisions that hold on `day`.

        Lines that the scan lacks are written first. Raises `StoreError`.
        """
        engine = self._store.engine
        if self._lacking([scan.id]):
            fill(engine, scan.id)
        saved = stamp(engine, scan.id)
        decisions = decisions_stamp(engine, scan.checklist)
        seal = (scan.id, saved, scan.status, scan.checklist_hash, decisions, day)

        def made() -> Counted:
            board = self._read(scan, checklist, saved)
            known: Results = self._kept(self._known, (scan.id, saved), _BOARDS, dict)
            decided = decided_cells(self._store, scan, board, day, known)
            return counted(scan, checklist, board, decided, seal)

        return self._kept(self._counted, seal, _BOARDS, made)

    def before(self, now: Counted, most: int = MOST) -> tuple[Earlier, ...]:
        """The scans before that of `now`, oldest first, with it at most `most`.

        A scan whose lines are not all written yet, and cannot be within `FILL_S`, is left out
        this time. Raises `StoreError`.
        """
        engine = self._store.engine
        scans = scans_with_results(self._store, now.scan.checklist, most - 1, now.scan.id)
        unready = self._fill(self._lacking([scan.id for scan in scans]))
        saved = last_saved(engine, [scan.id for scan in scans])
        found = []
        for scan in reversed(scans):
            if scan.id not in unready:
                key = (now.seal, scan.id, scan.status, saved.get(scan.id))
                reader = self._reader(now, scan, saved.get(scan.id))
                found.append(self._kept(self._earlier, key, _EARLIER, reader))
        return tuple(found)

    def _lacking(self, scans: Sequence[int]) -> set[int]:
        """The scans with units without a line; one that once had all keeps having them."""
        with self._lock:
            asked = [scan for scan in scans if scan not in self._whole]
        found = lacking(self._store.engine, asked) if asked else set()
        with self._lock:
            self._whole.update(set(asked) - found)
        return found

    def _reader(self, now: Counted, scan: ScanInfo, saved: Hashable) -> Callable[[], Earlier]:
        return lambda: earlier(now, scan, self._read(scan, now.checklist, saved, bare=True))

    def _read(
        self, scan: ScanInfo, checklist: Checklist, saved: Hashable, *, bare: bool = False
    ) -> Board:
        """The board as it was judged: what people decide since makes nobody read it again."""

        def read() -> Board:
            board = read_board(self._store.engine, scan.id, checklist)
            return board.bare() if bare else board

        return self._kept(self._boards, (scan.id, saved, bare), _RAW, read)

    def _fill(self, scans: set[int]) -> set[int]:
        """Write lines for a while, newest scan first; the scans that are still without."""
        until = time.monotonic() + FILL_S
        for scan in sorted(scans, reverse=True):
            left = until - time.monotonic()
            if left > 0 and fill(self._store.engine, scan, left):
                scans = scans - {scan}
        return scans

    def _kept(
        self, kept: OrderedDict[Hashable, _T], key: Hashable, most: int, make: Callable[[], _T]
    ) -> _T:
        with self._lock:
            if key not in kept:
                kept[key] = make()
            kept.move_to_end(key)
            while len(kept) > most:
                kept.popitem(last=False)
            return kept[key]


_SHELVES: WeakKeyDictionary[Store, Shelf] = WeakKeyDictionary()
_MAKING = threading.Lock()


def shelf_of(store: Store) -> Shelf:
    """The shelf of `store`, the same as long as the store lives."""
    with _MAKING:
        return _SHELVES.setdefault(store, Shelf(store))
