"""The memory of a command and of all below it, by looking at /proc while it runs."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

_EVERY_S = 0.25


@dataclass(slots=True)
class Highest:
    """Peaks in bytes of proportional set size: of all together, of the largest, by program."""

    together: int = 0
    largest: int = 0
    largest_name: str = ""
    looks: int = 0
    by_name: dict[str, int] = field(default_factory=dict)

    def note(self, sizes: dict[int, tuple[str, int]]) -> None:
        """One look: the program and the size of each process."""
        self.looks += 1
        self.together = max(self.together, sum(size for _, size in sizes.values()))
        for name, size in sizes.values():
            self.by_name[name] = max(self.by_name.get(name, 0), size)
            if size > self.largest:
                self.largest, self.largest_name = size, name


class Watch:
    """While open, looks at the process below this one whose command holds `words`, and its own."""

    def __init__(self, words: str) -> None:
        """Nothing is watched before the `with` block."""
        self._words = words
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.highest = Highest()

    def __enter__(self) -> Self:
        """Start looking."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY_S):
            watched = [
                pid
                for pid in below(os.getpid())
                if self._words in _command(pid) and "bench.nightly.reaping" not in _command(pid)
            ]
            if watched:
                pids = {watched[0], *below(watched[0])}
                self.highest.note(sizes_of(pids))


def below(pid: int) -> list[int]:
    """The processes below `pid`, those that it started first."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        with suppress(OSError):
            for task in Path(f"/proc/{waiting.pop()}/task").iterdir():
                children = [int(child) for child in (task / "children").read_text().split()]
                found += children
                waiting += children
    return found


def sizes_of(pids: set[int]) -> dict[int, tuple[str, int]]:
    """The program and the proportional set size in bytes of those that still run."""
    sizes: dict[int, tuple[str, int]] = {}
    for pid in pids:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            pss = next(line for line in lines if line.startswith("Pss:"))
            sizes[pid] = (_program(pid), int(pss.split()[1]) * 1024)
    return sizes


def _program(pid: int) -> str:
    """What a process is, in the words of our own parts: its module, or its program's name."""
    command = _command(pid).split()
    if "-m" in command[:-1]:
        return " ".join(command[command.index("-m") + 1 :][:2]).split(" --")[0]
    kind = next((word for word in command if word.startswith("--type=")), "")
    name = Path(command[0]).name if command else "?"
    return f"{name} {kind}".strip()


def _command(pid: int) -> str:
    with suppress(OSError):
        return (
            Path(f"/proc/{pid}/cmdline")
            .read_bytes()
            .replace(b"\0", b" ")
            .decode("utf-8", "replace")
        )
    return ""
