"""Turns held by locks on files: across all processes of this machine that share the folder.

A host has two files. Whoever holds the lock on the second is next, and waits for the lock on the
first, which is the turn itself: so nobody who gives the turn back takes it again before the one
who waits. The system frees both when a process ends, however that happens. The first file says
when the last request began and until when the host rests.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import random
import time
from pathlib import Path

from crawler.turns import KEPT_REST_S, MemoryTurns, Queued, Wait

logger = logging.getLogger(__name__)

_NEXT_ASKS_S = 0.01
_OTHERS_ASK_S = 0.05
_MOST_READ = 64
_CLOCK_S = 1.0


class FileTurns:
    """Turns below a folder, which is made; where a file cannot be, those of this process alone."""

    def __init__(self, folder: Path) -> None:
        """Keep a pair of small files a host in `folder`."""
        self._folder = folder
        self._alone = MemoryTurns()
        self._told = False

    def queue(self, host: str) -> Queued:
        """Stand in line for the host."""
        digest = hashlib.sha256(host.encode("utf-8", "replace")).hexdigest()[:32]
        path = self._folder / digest[:2] / digest
        try:
            return _Place(path, host)
        except FileNotFoundError:
            pass
        except OSError as error:
            return self._queue_alone(host, error)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _Place(path, host)
        except OSError as error:
            return self._queue_alone(host, error)

    def _queue_alone(self, host: str, error: OSError) -> Queued:
        if not self._told:
            self._told = True
            logger.warning(
                "turns cannot be kept in %s (%s): other processes may ask the same hosts meanwhile",
                self._folder,
                error.strerror,
            )
        return self._alone.queue(host)


class _Place:
    def __init__(self, path: Path, host: str) -> None:
        self._host = host
        self._turn = _opened(f"{path}.turn")
        try:
            self._next = _opened(f"{path}.next")
        except OSError:
            os.close(self._turn)
            raise
        self._is_next = self._has_turn = self._left = False

    def ask(self, pause_s: float) -> Wait | None:
        if not self._is_next:
            if not _locked(self._next):
                return self._later()
            self._is_next = True
        if not _locked(self._turn):
            return Wait(_NEXT_ASKS_S)
        now = time.time()
        begun, rests_until = self._read()
        if rests_until > now:
            self._step_back()
            return Wait(rests_until - now, rests=True)
        if (left := begun + pause_s - now) > 0:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
            return Wait(left)
        self._has_turn = True
        self._write(now, 0.0)
        self._step_back(keep_turn=True)
        return None

    def _later(self) -> Wait:
        """One who is not next may yet know that the host rests: the file says so to all."""
        rest = self._read()[1] - time.time()
        if rest > 0:
            return Wait(rest, rests=True)
        spread = random.uniform(0.5, 1.5)  # nosec B311  # nobody gains by guessing it
        return Wait(_OTHERS_ASK_S * spread)

    def rest(self, seconds: float) -> None:
        if self._left:
            return
        now = time.time()
        self._write(self._read()[0], now + min(seconds, KEPT_REST_S))

    def leave(self) -> None:
        if not self._left:
            self._left = True
            # A process forked meanwhile may hold these open: the locks are given back by name.
            for lock in (self._turn, self._next):
                fcntl.flock(lock, fcntl.LOCK_UN)
                os.close(lock)

    def _step_back(self, *, keep_turn: bool = False) -> None:
        self._is_next = False
        fcntl.flock(self._next, fcntl.LOCK_UN)
        if not keep_turn:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def _read(self) -> tuple[float, float]:
        """When the last request began and until when the host rests, in seconds since 1970.

        What cannot be, as after a clock was set back, is as if nothing had been written.
        """
        try:
            begun, rests_until = map(float, os.pread(self._turn, _MOST_READ, 0).split()[:2])
        except (OSError, ValueError):
            return 0.0, 0.0
        now = time.time()
        begun = begun if begun <= now + _CLOCK_S else 0.0
        return begun, rests_until if rests_until <= now + KEPT_REST_S + _CLOCK_S else 0.0

    def _write(self, begun: float, rests_until: float) -> None:
        said = f"{begun:17.3f} {rests_until:17.3f} {self._host[:200]}\n".encode("utf-8", "replace")
        try:
            os.pwrite(self._turn, said, 0)
        except OSError as error:
            # The lock holds without it; only the pause between two processes is lost.
            logger.debug("a turn's time cannot be kept: %s", error)


def _opened(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
