"""Calls to the kernel that Python has no name for."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Any

_DROP_FROM_BOUNDS, _NO_NEW_PRIVILEGES = 24, 38
_CAPABILITIES_VERSION = 0x20080522
_CAPSET = {"x86_64": 126, "aarch64": 91}


class KernelError(OSError):
    """The kernel refused, or does not know the call."""


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: Any) -> int:
    """What the system call answers; raises `KernelError` when that is an error."""
    answer: int = _libc().syscall(number, *arguments)
    if answer < 0:
        code = ctypes.get_errno()
        raise KernelError(code, os.strerror(code))
    return answer


def no_new_privileges() -> None:
    """No program started from here on gains rights by its file; raises `KernelError`."""
    if _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise KernelError(ctypes.get_errno(), "no_new_privs")


def drop_rights(machine: str) -> None:
    """Give up what root may beyond others, for this process and the programs it starts.

    Raises `KernelError` when the kernel keeps them.
    """
    number = 0
    while _libc().prctl(_DROP_FROM_BOUNDS, number, 0, 0, 0) == 0:
        number += 1
    if machine not in _CAPSET:
        raise KernelError(f"no number known on {machine}")
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    call(_CAPSET[machine], ctypes.byref(head), ctypes.byref((ctypes.c_uint32 * 6)()))
