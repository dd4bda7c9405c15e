"""Writes rows by plain SQL, many at once, into a database that the product made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = Sequence[Any]


class Bulk:
    """A connection that writes fast and unsafely: the file is thrown away after the bench."""

    def __init__(self, path: Path) -> None:
        """Open the database at `path`, whose tables are there."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            self._connection.execute(f"PRAGMA {pragma}")

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add `rows`, each with a value for every column."""
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        self._connection.execute("BEGIN")
        self._connection.executemany(statement, rows)
        self._connection.execute("COMMIT")

    @contextmanager
    def without_indexes(self, tables: Sequence[str]) -> Iterator[None]:
        """Make the tables' indexes anew after the block: one sort instead of many look-ups."""
        places = ", ".join("?" * len(tables))
        asked = (
            "SELECT name, sql FROM sqlite_master "
            f"WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places})"
        )
        made: Mapping[str, str] = dict(self._connection.execute(asked, tables).fetchall())
        for name in made:
            self._connection.execute(f"DROP INDEX {name}")
        yield
        for statement in made.values():
            self._connection.execute(statement)

    def finish(self) -> None:
        """Let the database know its own shape and close it."""
        self._connection.execute("PRAGMA optimize = 0x10002")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.close()
