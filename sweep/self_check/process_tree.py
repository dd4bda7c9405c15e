"""A process with all that it started, however far these went: how much they hold, ending them.

Crawlers, readers and browsers begin sessions of their own, and the children of a dead process
belong to nobody. So a process counts as part of a tree when it descends from the root or carries
the tree's mark in its environment. Reads `/proc`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import defaultdict

MARK = "OIT_SELF_CHECK"
"""The environment variable whose value is the tree's mark."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY_S = 0.02


def members(root: int, mark: str) -> set[int]:
    """The living processes of the tree: `root`, what descends from it, and what is marked.

    With 0 as `root` only the marked ones and their descendants. The caller is left out.
    """
    children: defaultdict[int, set[int]] = defaultdict(set)
    found: set[int] = set()
    sign = f"{MARK}={mark}".encode()
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        parent = _parent(pid)
        if parent is None:
            continue
        children[parent].add(pid)
        if pid == root or (mark and sign in _environment(pid)):
            found.add(pid)
    waiting = list(found)
    while waiting:
        more = children[waiting.pop()] - found
        found |= more
        waiting.extend(more)
    return found - {os.getpid()}


def held_bytes(pids: set[int]) -> int:
    """The memory in bytes that these processes hold for themselves, shared pages left out."""
    held = 0
    for pid in pids:
        fields = _read(f"/proc/{pid}/statm").split()
        if len(fields) > 2:
            held += (int(fields[1]) - int(fields[2])) * _PAGE
    return held


def end(root: int, mark: str, patience_s: float = 5.0) -> bool:
    """Kill the tree, but for the process that calls; True when nothing of it is left."""
    deadline = time.monotonic() + patience_s
    while left := members(root, mark):
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            return False
        time.sleep(_EVERY_S)
    return True


def _parent(pid: int) -> int | None:
    """The parent of a living process; `None` for one that is gone or only waits to be reaped."""
    # The name in brackets may hold anything, brackets and spaces too.
    fields = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    return None if len(fields) < 2 or fields[0] in (b"Z", b"X") else int(fields[1])


def _environment(pid: int) -> list[bytes]:
    return _read(f"/proc/{pid}/environ").split(b"\0")


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
