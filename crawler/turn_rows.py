"""Turns held in PostgreSQL: across all machines that crawl for the same database.

Who has the turn holds an advisory lock of the host's name, which the server frees when the
connection of its holder ends, however that happens; no transaction stays open meanwhile. A row
says when the last request began and until when the host rests, by the server's clock.
"""

from __future__ import annotations

import logging
import random
import threading
from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from crawler.turns import KEPT_REST_S, MemoryTurns, Queued, Wait
from database.engine import connect
from database.postgres import number_of

logger = logging.getLogger(__name__)

_PATIENCE_S = 0.5
_AWAY_S = 1.0
_OTHERS_ASK_S = 0.1
_NOW = "extract(epoch FROM clock_timestamp())::double precision"
_TAKE = f"""
INSERT INTO host_turns AS was (host, begun, rests_until) VALUES (%(host)s, {_NOW}, 0)
ON CONFLICT (host) DO UPDATE SET begun = {_NOW}
WHERE was.begun + %(pause)s <= {_NOW} AND was.rests_until <= {_NOW}
RETURNING host
"""  # nosec B608  # nothing of it comes from outside
_LEFT = f"""
SELECT begun + %(pause)s - {_NOW}, rests_until - {_NOW} FROM host_turns WHERE host = %(host)s
"""  # nosec B608  # nothing of it comes from outside
_REST = f"""
UPDATE host_turns SET rests_until = {_NOW} + %(seconds)s WHERE host = %(host)s
"""  # nosec B608  # nothing of it comes from outside
_LONGEST_NAME = 255


class RowTurns:
    """Turns of all that crawl for the PostgreSQL database at `url`.

    While the server is away nobody gets a turn: crawls wait, and politeness is kept.
    """

    def __init__(self, url: str) -> None:
        """Connect when the first turn is asked for."""
        self._link = _Link(url)
        self._here = MemoryTurns()

    def queue(self, host: str) -> Queued:
        """Stand in line for the host, first in this process and then among all."""
        return _Place(self._link, host[:_LONGEST_NAME], self._here.queue(host))


class _Link:
    """One connection, made anew when it is lost; for threads one after another."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url, _PATIENCE_S)
        self._connection: Any = None
        self._guard = threading.Lock()
        self._told = False

    def ask(self, query: str, **values: str | float) -> tuple[Any, ...] | None:
        """The first row; raises `ConnectionError` when the server cannot be asked."""
        with self._guard:
            try:
                if self._connection is None:
                    self._connection = self._engine.raw_connection()
                    self._connection.driver_connection.autocommit = True
                with self._connection.cursor() as cursor:
                    cursor.execute(query, values)
                    row: tuple[Any, ...] | None = cursor.fetchone() if cursor.description else None
            except (psycopg.Error, SQLAlchemyError) as error:
                self._lose(error)
                raise ConnectionError("the database that keeps the turns is away") from None
            self._told = False
            return row

    def _lose(self, error: Exception) -> None:
        # The next one may only connect to a server that is back: what the old one held is free.
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error, SQLAlchemyError):
                connection.invalidate()
        if not self._told:
            logger.warning("no turns while the database is away: %s", type(error).__name__)
        self._told = True


class _Place:
    def __init__(self, link: _Link, host: str, here: Queued) -> None:
        self._link, self._host, self._here = link, host, here
        self._lock = number_of(f"turn {host}")
        self._is_first = self._holds = False

    def ask(self, pause_s: float) -> Wait | None:
        if not self._is_first:
            if (wait := self._here.ask(0.0)) is not None:
                return wait
            self._is_first = True
        try:
            return self._ask_among_all(pause_s)
        except ConnectionError:
            self._holds = False
            return Wait(_AWAY_S)

    def _ask_among_all(self, pause_s: float) -> Wait | None:
        known: dict[str, str | float] = {"host": self._host, "pause": pause_s}
        if not self._locked():
            left = self._link.ask(_LEFT, **known)
            if left is not None and left[1] > 0:
                return Wait(min(left[1], KEPT_REST_S), rests=True)
            spread = random.uniform(0.5, 1.5)  # nosec B311  # nobody gains by guessing it
            return Wait(_OTHERS_ASK_S * spread)
        if self._link.ask(_TAKE, **known) is not None:
            return None
        left = self._link.ask(_LEFT, **known)
        self._unlock()
        if left is None:
            return Wait(_OTHERS_ASK_S)
        if left[1] > 0:
            return Wait(min(left[1], KEPT_REST_S), rests=True)
        return Wait(max(left[0], 0.001))

    def rest(self, seconds: float) -> None:
        with suppress(ConnectionError):
            self._link.ask(_REST, host=self._host, seconds=min(seconds, KEPT_REST_S))

    def leave(self) -> None:
        if self._holds:
            with suppress(ConnectionError):
                self._unlock()
        self._holds = False
        self._here.leave()

    def _locked(self) -> bool:
        row = self._link.ask("SELECT pg_try_advisory_lock(%(lock)s)", lock=self._lock)
        self._holds = bool(row and row[0])
        return self._holds

    def _unlock(self) -> None:
        self._holds = False
        self._link.ask("SELECT pg_advisory_unlock(%(lock)s)", lock=self._lock)
