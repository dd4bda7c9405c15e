"""Folders of checks under way: one for each server that runs, gone with it.

A server that was killed could not clear up; the next one does it. A lock, which the system lets
go of with the process that held it, tells whose owner still lives.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_LOCK = "owner.lock"


class WorkFolder:
    """A folder for the jobs of this server below `root`, readable by this account alone."""

    def __init__(self, root: Path) -> None:
        """Make it, and delete those whose server is gone. Raises `OSError`."""
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        _delete_ownerless(root)
        self.path = Path(tempfile.mkdtemp(dir=root))
        self._lock = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def new(self) -> Path:
        """A folder for one job. Raises `OSError`."""
        folder = self.path / secrets.token_hex(16)
        folder.mkdir(mode=0o700)
        return folder

    def free_bytes(self) -> int:
        """The room left on its disk, in bytes."""
        return shutil.disk_usage(self.path).free

    def close(self) -> None:
        """Delete it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):
            os.close(self._lock)


def _delete_ownerless(root: Path) -> None:
    for folder in root.iterdir():
        with suppress(OSError):
            lock = os.open(folder / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
