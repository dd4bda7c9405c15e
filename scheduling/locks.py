"""Who may run: locks of the system, let go of by the kernel itself when their holder dies.

The lock of a group of jobs is handed to the job's process, so it holds as long as the job
lives, even when the scheduler that started it was killed.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self


class Lock:
    """A lock that is held; its file says by which process."""

    def __init__(self, descriptor: int) -> None:
        """Keep an open descriptor that holds the lock."""
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """Take the lock at `path`; `None` when another process holds it.

        Raises `OSError` when the file cannot be made.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        # The number of an earlier holder may be another process' by now.
        os.ftruncate(descriptor, 0)
        return cls(descriptor)

    def fileno(self) -> int:
        """The descriptor, to hand to a process."""
        return self._descriptor

    def name_holder(self, pid: int) -> None:
        """Write down which process holds the lock."""
        os.pwrite(self._descriptor, str(pid).encode(), 0)

    def let_go(self) -> None:
        """Close this process' hold; the lock stays while a process it was handed to lives."""
        os.close(self._descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds the lock at `path`."""
    lock = Lock.take(path)
    if lock is None:
        return True
    lock.let_go()
    return False


def holder(path: Path) -> int | None:
    """The process that wrote its number into the lock, if any; ask only while it is held."""
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdecimal() else None
