"""What the pages are made from: the database, opened for each answer, and the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from database.engine import StoreError, connect
from database.revisions import is_there
from results.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE_S = 0.5
"""How long an answer waits for another writer, in seconds."""


class MissingError(StoreError):
    """There is no database yet."""


@dataclass(frozen=True)
class Sources:
    """The database's address, the folder of the program's data, and the program's version."""

    database_url: str
    folder: Path
    version: str = ""

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The database as it stands: neither made nor brought up to date.

        Raises `MissingError` when there is none, `StoreError` when it cannot be used.
        """
        if not is_there(self.database_url):
            raise MissingError("no database")
        engine = connect(self.database_url, PATIENCE_S)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The results in the database; raises as `engine` does."""
        with self.engine() as engine:
            yield Store(engine)
