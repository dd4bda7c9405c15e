"""Short transactions on a database: many to read with, one writer at a time."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.orm import Session

from database.engine import CutOffError, clear_errors, to_write
from database.postgres import ALONE, PATIENCE

if TYPE_CHECKING:
    from sqlalchemy import Engine, Pool

logger = logging.getLogger(__name__)

_PAUSE_S = 0.2
_P = ParamSpec("_P")
_T = TypeVar("_T")


class _OfDatabase(Protocol):
    @property
    def engine(self) -> Engine: ...


_S = TypeVar("_S", bound=_OfDatabase)
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
def together(engine: Engine, *, beside: str = ALONE) -> Iterator[None]:
    """All that this thread reads and writes in `engine`'s database is one transaction.

    A change and the note of who made it are kept both or neither. Keep it short: no other
    process can write meanwhile, but for those that `beside` lets (see `database.engine.to_write`).
    """
    with writing(engine, beside=beside) as session:
        mark = _held.set((engine.pool, session))
        try:
            yield
        finally:
            _held.reset(mark)


def _joined(engine: Engine) -> Session | None:
    held = _held.get()
    return held[1] if held is not None and held[0] is engine.pool else None


@contextmanager
def writing(engine: Engine, *, beside: str = ALONE) -> Iterator[Session]:
    """One transaction that is written whole or not at all; its faults become a `StoreError`.

    `beside` is what `database.engine.to_write` says of it.
    """
    joined = _joined(engine)
    if joined is not None:
        with clear_errors(engine), joined.begin_nested():
            yield joined
        return
    ours = to_write(engine, beside=beside)
    with clear_errors(engine), Session(ours) as session, session.begin():
        yield session


def again_when_cut_off(engine: Engine, work: Callable[[], _T]) -> _T:
    """What `work` gives, done once more when its connection was lost or a deadlock ended it.

    It is tried for as long as `engine` waits for a server; inside `together` it is done once.
    Only for work that may be done twice: the first may have been kept without saying so.
    """
    patience: Any = engine.get_execution_options().get(PATIENCE, 0.0)
    end = time.monotonic() + patience
    while True:
        try:
            return work()
        except CutOffError as error:
            if _joined(engine) is not None or time.monotonic() + _PAUSE_S > end:
                raise
            logger.warning("the database was cut off; once more: %s", error)
        time.sleep(_PAUSE_S)


def repeatable(method: Callable[Concatenate[_S, _P], _T]) -> Callable[Concatenate[_S, _P], _T]:
    """A method of an object with an `engine`, done as `again_when_cut_off` does."""

    @functools.wraps(method)
    def run(self: _S, /, *given: _P.args, **named: _P.kwargs) -> _T:
        return again_when_cut_off(self.engine, lambda: method(self, *given, **named))

    return run
