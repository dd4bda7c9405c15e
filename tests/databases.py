"""The databases of tests: a file of SQLite, or a database of a real PostgreSQL server.

Tests ask `database_at(path)` for an address. It is SQLite's, unless the test runs `on_each_database`
(once on either) or all do, by `OIT_TEST_DATABASE=postgresql`. What stands at the path then is a
file that names the database, so that a folder that is copied has a database of its own.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.postgres import Postgres, running

SQLITE, POSTGRESQL = "sqlite", "postgresql"
USUAL = os.environ.get("OIT_TEST_DATABASE", SQLITE)
KINDS = (SQLITE, POSTGRESQL) if USUAL == SQLITE else (USUAL,)

_at_the_end = ExitStack()
_made: list[tuple[str, Path]] = []
_connections: weakref.WeakSet[psycopg.Connection] = weakref.WeakSet()
_now = [USUAL]


@cache
def server() -> Postgres:
    """The server of this process's tests, started when the first one wants it."""
    return _at_the_end.enter_context(running())


def kind() -> str:
    """On which database the tests run now."""
    return _now[-1]


@contextmanager
def on(which: str) -> Iterator[None]:
    """Let `database_at` give addresses of this kind while the block runs."""
    _now.append(which)
    try:
        yield
    finally:
        _now.pop()


def database_at(path: Path | str, *, empty: bool = False) -> str:
    """The address of the database of that path, made when it is PostgreSQL's and not there yet.

    It has all its tables; with `empty` none.
    """
    if kind() == SQLITE:
        return f"sqlite:///{path}"
    file = Path(path).absolute()
    mine = f"t{abs(hash(str(file))):x}"
    there = file.read_text() if file.is_file() else ""
    if there == mine:
        return server().url(mine)
    if there:
        server().cut(there)
    _made.append((mine, file))
    server().drop(mine)
    url = server().fresh(mine, like=there, empty=empty)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(mine)
    return url


def gone(folder: Path) -> None:
    """Throw away the databases of paths below `folder`, and close what is connected to them.

    Those of other folders stay: what a fixture of a whole session made serves many tests.
    """
    over = [name for name, file in _made if file.is_relative_to(folder)]
    if not over:
        return
    for connection in list(_connections):
        if not connection.closed and connection.info.dbname in over:
            connection.close()
    for name in over:
        server().drop(name)
    _made[:] = [(name, file) for name, file in _made if name not in over]


@contextmanager
def raw(url: str) -> Iterator[Any]:
    """A plain connection beside the program's, its changes kept at the end of the block."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            yield file
    else:
        with psycopg.connect(url) as connection:
            yield connection


def of_sqlite_alone() -> None:
    """Leave the test out where it runs on PostgreSQL: what it is about is SQLite's."""
    if kind() != SQLITE:
        pytest.skip("what it is about is SQLite's")


def end() -> None:
    """End the server, if one was started."""
    for connection in list(_connections):
        connection.close()
    _at_the_end.close()


def _connected(connection: Any, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        _connections.add(connection)


event.listen(Pool, "connect", _connected)
