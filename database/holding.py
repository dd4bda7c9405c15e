"""A name held in a database that several machines share: whoever holds it is alone with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from database.addresses import file_of
from database.engine import clear_errors, connect
from database.postgres import number_of

_PATIENCE_S = 15.0


@contextmanager
def holding(url: str, name: str) -> Iterator[bool]:
    """Hold `name` in the database at `url` while the block runs; False when another holds it.

    The name is free again when the process or its connection ends, however that happens. SQLite
    is of one machine, where files are locked: there everybody gets the name. Raises `StoreError`
    when the database cannot be reached.
    """
    if file_of(url) is not None:
        yield True
        return
    engine = connect(url, _PATIENCE_S)
    if engine.dialect.name != "postgresql":
        yield True
        return
    try:
        with clear_errors(engine):
            held = engine.raw_connection()
        try:
            held.driver_connection.autocommit = True  # type: ignore[union-attr]
            with held.cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute(f"SELECT pg_try_advisory_lock({number_of(name)})")
                mine = bool(cursor.fetchone()[0])
            yield mine
        finally:
            # Not back into the pool: closing it is what lets go.
            held.invalidate()
    finally:
        engine.dispose()
