"""Writing to the frontier's table from a thread of its own, many changes in one transaction."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

from crawler.memory.frontier_rows import FrontierRow
from database.engine import StoreError, clear_errors, to_write
from database.sessions import again_when_cut_off

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

logger = logging.getLogger(__name__)

_TRY_AGAIN_S = 300.0
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Both databases write a row or change it in one statement, each in a dialect of its own."""
_KEY = ("scan_id", "round", "unit_id", "pass_number", "place")
_BLANK: Mapping[str, Any] = {
    "attempts": 0, "seconds": 0.0, "elapsed": 0.0, "status": 0, "problem": None, "detail": "",
    "bytes": 0, "rendered": False, "note": "", "document": "",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What a row is to hold from now on; `asked` counts one more attempt."""

    values: Mapping[str, Any]
    asked: bool = False
    written: Future[None] = field(default_factory=Future, compare=False)


class Writer:
    """One thread that writes changes in the order in which they were handed in.

    A database that cannot be written costs the changes alone: it is logged once, and tried again
    after some minutes, so that a lock of hours does not hold up each visit.
    """

    def __init__(self, engine: Engine) -> None:
        """Write through `engine`, which is closed with the writer."""
        self._engine = engine
        self._writing = to_write(engine, beside=f"frontier {os.getpid()} {id(self)}")
        self._waiting: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._failed_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="frontier", daemon=True)
        self._thread.start()

    def put(self, change: Change) -> Future[None]:
        """Hand in a change; the future is done when it is written, or when it cannot be."""
        self._waiting.put(change)
        return change.written

    def close(self) -> None:
        """Write what is waiting, and let go of the database."""
        self._waiting.put(None)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        open_ = True
        while open_:
            changes, open_ = self._next()
            try:
                self._write(changes)
            finally:
                for change in changes:
                    if change.written.set_running_or_notify_cancel():
                        change.written.set_result(None)

    def _next(self) -> tuple[list[Change], bool]:
        """All changes that wait, at least one; False when the writer is to end after them."""
        found = [self._waiting.get()]
        while not self._waiting.empty():
            found.append(self._waiting.get())
        return [change for change in found if change is not None], None not in found

    def _write(self, changes: Sequence[Change]) -> None:
        failed = self._failed_at
        if failed is not None and time.monotonic() - failed < _TRY_AGAIN_S:
            return
        try:
            again_when_cut_off(self._engine, lambda: self._put_all(changes))
            self._failed_at = None
        except Exception as error:
            if failed is None:
                logger.warning("the frontier cannot be written; a resume starts earlier: %s", error)
            if not isinstance(error, StoreError):
                logger.debug("frontier", exc_info=True)
            self._failed_at = time.monotonic()

    def _put_all(self, changes: Sequence[Change]) -> None:
        with clear_errors(self._engine), self._writing.begin() as connection:
            for change in changes:
                _put(connection, change)


def _put(connection: Connection, change: Change) -> None:
    table = FrontierRow.__table__
    values = dict(change.values)
    key = {name: values.pop(name) for name in _KEY}
    first = {**_BLANK, **key, **values, **({"attempts": 1} if change.asked else {})}
    later: dict[str, Any] = dict(values)
    if change.asked:
        later["attempts"] = table.c.attempts + 1
    insert = _INSERTS[connection.dialect.name]
    connection.execute(
        insert(FrontierRow).values(first).on_conflict_do_update(index_elements=_KEY, set_=later)
    )
