"""The job that every engine is given: it notes its start, takes its time, and notes its end."""

from __future__ import annotations

import os
import time


def work(notes: str, name: str, seconds: float) -> None:
    """Append `start` and `end` of the job `name` to the file `notes`, `seconds` apart."""
    _note(notes, "start", name)
    time.sleep(seconds)
    _note(notes, "end", name)


def _note(notes: str, what: str, name: str) -> None:
    with open(notes, "a", encoding="utf-8") as file:
        file.write(f"{what} {name} {time.time():.3f} {os.getpid()}\n")
