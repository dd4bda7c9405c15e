"""A filter in the kernel over what a process may ask for; nothing that it starts is freed of it.

A classic BPF program: the kernel runs it before every call and refuses with an error, so that
readers see an ordinary failure, not a killed process.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform

from crawler.confinement.kernel import KernelError, call
from crawler.confinement.syscalls import MACHINES, NEVER, NEWEST, Machine

Instruction = tuple[int, int, int, int]
"""Code, jump when true, jump when false, operand."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSED = _ERROR | errno.EPERM
_UNKNOWN = _ERROR | errno.ENOSYS
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT = 0, 4, 16
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_THREAD, _WAITED_FOR = 0x10000, 0x4000
_NAMESPACES = 0x7E020000
_FAKED_INPUT = (0x5412, 0x541C)
_ONES_OWN_GROUP = 0x80000000
_SET_FILTER, _ALL_THREADS = 1, 1
_NUMBERS = {"x86_64": 317, "aarch64": 277}


class _Filter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Filter)))


def program(machine: Machine, own: int, *, starts_programs: bool) -> list[Instruction]:
    """The filter for a worker whose process number is `own`.

    With `starts_programs` it may start a program and wait for it, hand it a file made in memory,
    limit and end it; without, it stays the only process.
    """
    found: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, NEWEST + 1),
        (_RETURN, 0, 0, _UNKNOWN),
    ]
    for number in machine.numbers(NEVER):
        found += _when(number, [(_RETURN, 0, 0, _REFUSED)])
    for name, block in _weighed(own, starts_programs=starts_programs).items():
        for number in machine.numbers((name,)):
            found += _when(number, block)
    return [*found, (_RETURN, 0, 0, _ALLOW)]


def _weighed(own: int, *, starts_programs: bool) -> dict[str, list[Instruction]]:
    """Calls that depend on what is asked, each with the block that decides on it."""
    refuse: list[Instruction] = [(_RETURN, 0, 0, _REFUSED)]
    unknown: list[Instruction] = [(_RETURN, 0, 0, _UNKNOWN)]
    waited = _WAITED_FOR if starts_programs else 0
    blocks = {
        "open": _refuse_bits(1, _WRITES),
        "openat": _refuse_bits(2, _WRITES),
        # What they are asked stands in memory, where a filter cannot look: both have older forms.
        "openat2": unknown,
        "clone3": unknown,
        "clone": [
            _argument(0), (_ANY_BIT, 1, 0, _NAMESPACES), (_ANY_BIT, 1, 0, _THREAD | waited),
            (_RETURN, 0, 0, _REFUSED), (_RETURN, 0, 0, _ALLOW),
        ],
        "fork": refuse,
        "ioctl": _refuse_values(1, _FAKED_INPUT),
        "tgkill": _only_value(0, own),
    }  # fmt: skip
    if starts_programs:
        # A negative number, 0 and 1 stand for groups, everybody and the first process.
        blocks["kill"] = [
            _argument(0), (_AT_LEAST, 1, 0, _ONES_OWN_GROUP), (_AT_LEAST, 1, 0, 2),
            (_RETURN, 0, 0, _REFUSED), (_RETURN, 0, 0, _ALLOW),
        ]  # fmt: skip
        return blocks
    only = ("vfork", "execve", "execveat", "kill", "memfd_create")
    return {**blocks, **dict.fromkeys(only, refuse), "prlimit64": _only_value(0, 0)}


def _when(number: int, block: list[Instruction]) -> list[Instruction]:
    return [(_EQUAL, 0, len(block), number), *block]


def _argument(index: int) -> Instruction:
    """Load the lower half of an argument."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * index)


def _refuse_bits(index: int, bits: int) -> list[Instruction]:
    return [
        _argument(index), (_ANY_BIT, 0, 1, bits), (_RETURN, 0, 0, _REFUSED),
        (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip


def _refuse_values(index: int, values: tuple[int, ...]) -> list[Instruction]:
    checks = [step for value in values for step in _when(value, [(_RETURN, 0, 0, _REFUSED)])]
    return [_argument(index), *checks, (_RETURN, 0, 0, _ALLOW)]


def _only_value(index: int, value: int) -> list[Instruction]:
    return [
        _argument(index), (_EQUAL, 1, 0, value), (_RETURN, 0, 0, _REFUSED),
        (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip


def install(*, starts_programs: bool) -> None:
    """Put this process and all its threads under the filter, for good.

    Needs `no_new_privileges` first. Raises `KernelError` where the machine does not offer it.
    """
    name = platform.machine()
    if name not in MACHINES:
        raise KernelError(f"no filter for {name}")
    steps = program(MACHINES[name], os.getpid(), starts_programs=starts_programs)
    filters = (_Filter * len(steps))(*(_Filter(*step) for step in steps))
    whole = _Program(len(steps), filters)
    if call(_NUMBERS[name], _SET_FILTER, _ALL_THREADS, ctypes.byref(whole)) != 0:
        raise KernelError("a thread could not be put under the filter")
