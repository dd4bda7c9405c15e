"""The manifest's file: lines are only ever added, by one writer at a time."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.capture import CONTINUED, MENDED
from evidence.chain import Head, read
from evidence.writing import Writer
from objects.whole import settle

if TYPE_CHECKING:
    from io import FileIO

logger = logging.getLogger(__name__)

_TAIL = 64 * 1024


def _for_us(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Manifest:
    """The manifest at `path`; a file of the same name ending in `.lock` keeps writers apart."""

    def __init__(self, path: Path) -> None:
        """Nothing is written before the first line."""
        self.path = path

    @property
    def exists(self) -> bool:
        """True when a line was ever begun."""
        return self.path.exists()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The right to add lines, waited for while another process has it.

        A last line that a crash cut short is taken off first, and a line says so. A complete
        line that does not hold is left as it is, for `oit evidence verify` to name.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.path.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            new = not self.path.exists()
            with open(self.path, "a+b", buffering=0, opener=_for_us) as file:
                if new:
                    settle(self.path.parent)
                yield _writer(file)

    @contextmanager
    def standing_still(self) -> Iterator[int]:
        """No other process adds a line while the block runs; nothing is written for it."""
        with ExitStack() as stack:
            # Where there is no lock nobody ever wrote, or the folder is a copy of another.
            with suppress(OSError):
                lock = stack.enter_context(open(self.path.with_suffix(".lock")))
                fcntl.flock(lock, fcntl.LOCK_SH)
            yield 0

    def raw_lines(self, _mark: int | None = None) -> Iterator[bytes]:
        """Every line with its line end, which a last one that was cut short lacks."""
        if not self.path.exists():
            return
        with open(self.path, "rb") as file:
            yield from file

    def head(self) -> Head:
        """The last complete line; the start's when there is none or it cannot be read."""
        if not self.path.exists():
            return Head()
        with open(self.path, "rb", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            line = read(_last_line(file, end - len(_torn(file, end))))
        return line.head if line is not None else Head()

    def lines(self, numbers: Collection[int]) -> Iterator[bytes]:
        """The lines with these numbers as they stand in the file, line ends and all."""
        for raw in self.raw_lines():
            line = read(raw)
            if line is not None and line.seq in numbers:
                yield raw

    def tidy(self) -> None:
        """One file is in one piece."""


def _put(file: FileIO, _head: Head, lines: bytes) -> None:
    end = file.seek(0, os.SEEK_END)
    try:
        left = memoryview(lines)
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except OSError:
        file.truncate(end)
        raise


def _writer(file: FileIO) -> Writer:
    """A writer behind the last complete line."""
    end = file.seek(0, os.SEEK_END)
    cut = _torn(file, end)
    notes: list[dict[str, Any]] = []
    if cut:
        file.truncate(end - len(cut))
        logger.warning("the last line of the manifest was cut short by a crash and is taken off")
        notes.append({"what": MENDED, "bytes": len(cut), "sha256": hashlib.sha256(cut).hexdigest()})
    raw = _last_line(file, end - len(cut))
    line = read(raw) if raw else None
    if line is not None:
        head = line.head
    elif raw:
        head = Head(_count(file), hashlib.sha256(raw).hexdigest())
        logger.error("the last line of the manifest cannot be read; see: oit evidence verify")
        notes.append({"what": CONTINUED, "after": head.hash})
    else:
        head = Head()
    writer = Writer(partial(_put, file), head)
    if notes:
        writer.append(notes)
    return writer


def _torn(file: FileIO, end: int) -> bytes:
    """What stands behind the last line end."""
    return _behind_last_end(file, end)


def _last_line(file: FileIO, end: int) -> bytes:
    """The last complete line without its line end, of a file that ends with one at `end`."""
    return _behind_last_end(file, end - 1) if end else b""


def _behind_last_end(file: FileIO, end: int) -> bytes:
    found = b""
    start = end
    while start > 0 and b"\n" not in found:
        step = min(_TAIL, start)
        start -= step
        file.seek(start)
        found = file.read(step) + found
    return found.rpartition(b"\n")[2]


def _count(file: FileIO) -> int:
    file.seek(0)
    return sum(1 for _ in file)
