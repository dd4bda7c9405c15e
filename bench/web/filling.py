"""Writes one scan's lines of the board anew from its verdicts: how long it takes, and what differs.

It is what a database from before the board goes through, and the proof that the generator's lines
are those of its verdicts.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from results.board.rows import fill
from results.store import Store

_LINES = "SELECT unit_id, name, type, letters, reasons FROM board_lines WHERE scan_id = ?"


def fill_anew(path: Path, scan: int) -> tuple[float, int]:
    """Seconds for the scan's lines, and how many of them are not what they were."""
    with sqlite3.connect(path) as connection:
        before = set(connection.execute(_LINES, (scan,)))
        connection.execute("DELETE FROM board_lines WHERE scan_id = ?", (scan,))
    connection.close()
    began = time.perf_counter()
    with Store.open(f"sqlite:///{path}") as store:
        fill(store.engine, scan)
    seconds = time.perf_counter() - began
    with sqlite3.connect(path) as connection:
        after = set(connection.execute(_LINES, (scan,)))
    connection.close()
    return seconds, len(before ^ after)
