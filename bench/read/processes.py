"""What this process and those it starts use: CPU seconds, and memory by process, from /proc."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY_S = 0.03


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory a child process held at once, in bytes, and the program's name."""

    program: str
    bytes: int


def cpu_seconds() -> float:
    """CPU seconds of this process, its ended children, and all that now run below it."""
    own = os.times()
    total = own.user + own.system + own.children_user + own.children_system
    for pid in _descendants():
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / _TICK
    return total


class Watch:
    """While open, keeps the peak memory of each process started below this one."""

    def __init__(self) -> None:
        """Nothing is watched before the `with` block."""
        self._peaks: dict[int, Peak] = {}
        self._known: frozenset[int] = frozenset()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Start looking, every 30 milliseconds."""
        self._known = frozenset(_descendants())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def largest(self, program: str) -> Peak | None:
        """The largest process whose name starts with `program`; None when there was none."""
        fitting = [peak for peak in self._peaks.values() if peak.program.startswith(program)]
        return max(fitting, key=lambda peak: peak.bytes, default=None)

    def _look(self) -> None:
        while not self._ended.wait(_EVERY_S):
            for pid in _descendants():
                if pid not in self._known:
                    with contextlib.suppress(OSError):
                        self._note(pid)

    def _note(self, pid: int) -> None:
        status = Path(f"/proc/{pid}/status").read_text()
        values = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if "VmHWM" in values:
            held = int(values["VmHWM"].split()[0]) * 1024
            self._peaks[pid] = Peak(values["Name"].strip(), held)


def _descendants() -> Iterator[int]:
    waiting = [os.getpid()]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                for child in (task / "children").read_text().split():
                    waiting.append(int(child))
                    yield int(child)
