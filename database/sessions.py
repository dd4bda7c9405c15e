"""Short transactions on a database: many to read with, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from database.engine import clear_errors

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One unchanging view of the database; its faults become a `StoreError`."""
    with clear_errors(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that is written whole or not at all; its faults become a `StoreError`."""
    immediate = engine.execution_options(immediate=True)
    with clear_errors(engine), Session(immediate) as session, session.begin():
        yield session
