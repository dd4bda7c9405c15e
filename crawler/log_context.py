"""What a log line is about: the scan, the unit or the job in whose course it was written.

Kept beside the running task, so that each of many units crawled at once has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_about: ContextVar[Mapping[str, str | int]] = ContextVar("what a log line is about")
_NOTHING: Mapping[str, str | int] = {}


@contextmanager
def about(**context: str | int) -> Iterator[None]:
    """Every log line in the block is about `context` too, such as `scan=3` or `unit="surin"`."""
    before = _about.set({**log_context(), **context})
    try:
        yield
    finally:
        _about.reset(before)


def log_context() -> Mapping[str, str | int]:
    """What log lines written here are about."""
    return _about.get(_NOTHING)
