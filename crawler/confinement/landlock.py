"""Which files a process may read and which programs it may start; it may write none.

Landlock, of the kernel since 5.13: a process ties its own hands, no rights are needed for it.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from contextlib import suppress

from crawler.confinement.kernel import KernelError, call

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1, 4, 8
_FILES_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_NETWORK_SINCE, _TCP = 4, 3
_SCOPES_SINCE, _SIGNALS_AND_SOCKETS = 6, 3


class _Rules(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)
    )  # fmt: skip


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version that this kernel offers; 0: none."""
    try:
        return call(_CREATE, None, 0, _ASK_VERSION)
    except KernelError:
        return 0


def restrict(reads: Iterable[str], starts: Iterable[str]) -> int:
    """Let this thread read only at or below `reads` and start only the files `starts`.

    Paths that do not exist are left out. Needs `no_new_privileges` first. Gives the version that
    holds it. Raises `KernelError` where the machine does not offer it.
    """
    offered = version()
    if offered < 1:
        raise KernelError("the kernel does not offer Landlock")
    rules = _Rules(
        max(rights for since, rights in _FILES_BY_VERSION.items() if since <= offered),
        _TCP if offered >= _NETWORK_SINCE else 0,
        _SIGNALS_AND_SOCKETS if offered >= _SCOPES_SINCE else 0,
    )
    size = 8 + 8 * (offered >= _NETWORK_SINCE) + 8 * (offered >= _SCOPES_SINCE)
    ruleset = call(_CREATE, ctypes.byref(rules), size, 0)
    try:
        for path in reads:
            _allow(ruleset, path, _READ_FILE | _READ_FOLDER)
        for path in starts:
            _allow(ruleset, path, _READ_FILE | _EXECUTE)
        call(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return offered


def _allow(ruleset: int, path: str, rights: int) -> None:
    with suppress(FileNotFoundError, PermissionError, NotADirectoryError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(opened).st_mode):
                rights &= ~_READ_FOLDER
            call(_ADD, ruleset, _BENEATH, ctypes.byref(_Beneath(rights, opened)), 0)
        finally:
            os.close(opened)
