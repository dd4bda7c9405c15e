"""The keys of object stores stay with the processes that use them.

Processes that open strangers' files are started from an environment without them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_PREFIXES = ("AWS_", "OIT_S3_")
_environment = threading.RLock()


def is_withheld(name: str) -> bool:
    """True for a variable that may hold a key of an object store, or lead to one."""
    return name.startswith(_PREFIXES)


def without_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process that opens strangers' files."""
    return {name: text for name, text in environment.items() if not is_withheld(name)}


def whole_environment() -> dict[str, str]:
    """This process's environment, also while another thread starts a process without its keys."""
    with _environment:
        return dict(os.environ)


@contextmanager
def keys_withheld() -> Iterator[None]:
    """Processes started inside, in whatever way, inherit no key."""
    with _environment:
        kept = {name: os.environ.pop(name) for name in list(os.environ) if is_withheld(name)}
        try:
            yield
        finally:
            os.environ.update(kept)
