"""Imported before everything else: a Ctrl-C while the program loads ends it with one line.

Loading takes a second or two, and an interruption in the middle of it would show a traceback.
"""

from __future__ import annotations

import os
import signal
import sys

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PROGRAMS = ("oit", "cli.py")


def _end(*_: object) -> None:
    os.write(2, "หยุดแล้ว\n".encode())
    os._exit(130)


def loaded() -> None:
    """From now on both signals raise `KeyboardInterrupt`, which commands know how to end with."""
    for number in _SIGNALS:
        signal.signal(number, signal.default_int_handler)


# Not where a test or another program imports the commands: their signals are their own.
if os.path.basename(sys.argv[0] if sys.argv else "") in _PROGRAMS:
    for _number in _SIGNALS:
        signal.signal(_number, _end)
