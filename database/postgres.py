"""PostgreSQL as SQLite is used: readers see one state, and writers wait for each other.

Every transaction that writes takes a lock of the whole database first, as `BEGIN IMMEDIATE` does:
what it reads, nobody changes until it is written. Those that only put down what is theirs alone
(a unit's result, an address that was opened) share that lock, each with one of its own name, so
that many workers write at once.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from database.faults import is_away

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITES: Final = "writes"
"""The execution option of a transaction that writes: `ALONE`, or what it writes beside others."""
ALONE: Final = ""
"""Nobody else writes meanwhile: for what is decided by reading first."""
PATIENCE: Final = "patience_s"
"""The execution option of an engine that holds how long it waits, in seconds."""
WRITERS = 0x01700001
"""The number of the advisory lock that writers hold; a database has its own."""
_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_CONNECT_S = 10
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0
# A server that was cut off silently is noticed within a minute, not after hours.
_OPTIONS: Mapping[str, Any] = {
    "connect_timeout": _CONNECT_S,
    "client_encoding": "utf8",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def open_postgres(address: URL, patience_s: float) -> Engine:
    """An engine whose connections wait `patience_s` for a server that is away and for writers.

    A connection that was lost while nobody used it is noticed and replaced.
    """
    given = {name: value for name, value in _OPTIONS.items() if name not in address.query}
    named = {} if "application_name" in address.query else {"application_name": "oit"}
    engine = create_engine(
        address,
        pool_pre_ping=True,
        connect_args={**given, **named},
        execution_options={PATIENCE: patience_s},
    )

    def connected(connection: Any, _record: object) -> None:
        # Not as options of the connection, where the address may hold others.
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute(f"SET lock_timeout = {max(1, round(patience_s * 1000))}")
        connection.commit()

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql(_ONE_STATE if writes is None else _lock(writes))

    event.listen(engine, "do_connect", _patiently(patience_s))
    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)
    return engine


def number_of(name: str) -> int:
    """The number of the advisory lock of that name: the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _lock(writes: str) -> str:
    if writes == ALONE:
        return f"SELECT pg_advisory_xact_lock({WRITERS})"
    both = f"SELECT pg_advisory_xact_lock_shared({WRITERS})"
    return f"{both}, pg_advisory_xact_lock({number_of(writes)})"


def _patiently(patience_s: float) -> Any:
    def connect(dialect: Any, _record: object, given: Any, named: Any) -> Any:
        end = time.monotonic() + patience_s
        pause = _FIRST_PAUSE_S
        while True:
            try:
                return dialect.connect(*given, **named)
            except dialect.dbapi.OperationalError as error:
                if not is_away(error) or time.monotonic() + pause > end:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    return connect
