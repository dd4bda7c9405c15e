"""Imported before everything else: a Ctrl-C while the program loads ends it with one line.

Loading takes a second or two, and an interruption in the middle of it would show a traceback.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PROGRAMS = ("oit", "cli.py")


def _end(*_: object) -> None:
    os.write(2, "หยุดแล้ว\n".encode())
    os._exit(130)


def _begin() -> None:
    for number in _SIGNALS:
        signal.signal(number, _end)
    # What is loaded is never garbage: looking for it would take a fifth of the time to load.
    gc.disable()


def loaded() -> None:
    """From now on both signals raise `KeyboardInterrupt`, which commands know how to end with."""
    gc.freeze()
    gc.enable()
    for number in _SIGNALS:
        signal.signal(number, signal.default_int_handler)


@contextmanager
def loading() -> Iterator[None]:
    """Inside, a command is loaded, and signals are answered as at the program's start."""
    if not is_program():
        yield
        return
    _begin()
    yield
    loaded()


def is_program() -> bool:
    """False where a test, another program or a worker process imports the commands.

    Their signals are their own; a worker reads the program's main module under another name.
    """
    name = os.path.basename(sys.argv[0] if sys.argv else "")
    return name in _PROGRAMS and "__mp_main__" not in sys.modules


if is_program():
    _begin()
