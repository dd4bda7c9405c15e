"""Short transactions on a database: many to read with, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from database.engine import clear_errors

if TYPE_CHECKING:
    from sqlalchemy import Engine, Pool

_held: ContextVar[tuple[Pool, Session] | None] = ContextVar("held", default=None)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One unchanging view of the database; its faults become a `StoreError`."""
    joined = _joined(engine)
    if joined is not None:
        with clear_errors(engine):
            yield joined
        return
    with clear_errors(engine), Session(engine) as session, session.begin():
        yield session


@contextmanager
def together(engine: Engine) -> Iterator[None]:
    """All that this thread reads and writes in `engine`'s database is one transaction.

    A change and the note of who made it are kept both or neither. Keep it short: no other
    process can write meanwhile.
    """
    with writing(engine) as session:
        mark = _held.set((engine.pool, session))
        try:
            yield
        finally:
            _held.reset(mark)


def _joined(engine: Engine) -> Session | None:
    held = _held.get()
    return held[1] if held is not None and held[0] is engine.pool else None


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that is written whole or not at all; its faults become a `StoreError`."""
    joined = _joined(engine)
    if joined is not None:
        with clear_errors(engine), joined.begin_nested():
            yield joined
        return
    immediate = engine.execution_options(immediate=True)
    with clear_errors(engine), Session(immediate) as session, session.begin():
        yield session
