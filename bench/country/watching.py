"""Memory and processor time of every process of a run, by kind, looked at while it runs."""

from __future__ import annotations

import os
import statistics
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bench.memory.watching import below

EVERY_S = 0.5
CONDUCTOR, WORKER, CRAWL, READER, OCR, BROWSER, DATABASE, OTHER = KINDS = (
    "conductor", "worker", "crawl", "reader", "ocr", "browser", "database", "other",
)  # fmt: skip
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_HALF = 2


@dataclass(slots=True)
class OfKind:
    """What the processes of a kind took.

    `peak` and `steady` are bytes of the largest process: at most, and the median of the second
    half of the run. `most` ran at once. `cpu_s` are the seconds seen of all of them.
    """

    peak: int = 0
    steady: int = 0
    most: int = 0
    cpu_s: float = 0.0


@dataclass(slots=True)
class Look:
    """One look: seconds since the beginning; by kind the count and the largest process."""

    at_s: float
    kinds: dict[str, tuple[int, int]]


@dataclass(slots=True)
class Seen:
    """All looks of a run, and the CPU seconds of each process when it was seen last."""

    looks: list[Look] = field(default_factory=list)
    cpu: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def of_kinds(self) -> dict[str, OfKind]:
        """The figures of each kind that was seen."""
        found: dict[str, OfKind] = {}
        half = self.looks[len(self.looks) // _HALF :]
        for kind in KINDS:
            sizes = [look.kinds[kind] for look in self.looks if kind in look.kinds]
            if not sizes:
                continue
            late = [look.kinds[kind][1] for look in half if kind in look.kinds]
            found[kind] = OfKind(
                peak=max(size for _, size in sizes),
                steady=round(statistics.median(late)) if late else 0,
                most=max(count for count, _ in sizes),
                cpu_s=sum(spent for (of, _, _), spent in self.cpu.items() if of == kind),
            )
        return found

    def written(self) -> str:
        """The looks as CSV: seconds, kind, processes, bytes of the largest."""
        rows = [
            f"{look.at_s:.1f},{kind},{count},{size}"
            for look in self.looks
            for kind, (count, size) in look.kinds.items()
        ]
        return "\n".join(["at_s,kind,processes,largest_bytes", *rows]) + "\n"


class Watch:
    """While open, looks at all below this process but those in `apart` and what is below them."""

    def __init__(self, apart: set[int]) -> None:
        """Nothing is looked at before the `with` block."""
        self.seen = Seen()
        self._apart = apart
        self._kinds: dict[tuple[int, int], str] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        """Start looking."""
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._ended.wait(EVERY_S):
            self._look()

    def _look(self) -> None:
        kinds: dict[str, tuple[int, int]] = {}
        for pid in self._watched():
            found = stat_of(pid)
            if found is None:
                continue
            began, cpu_s, resident = found
            kind = self._kind(pid, began)
            if not kind:
                continue
            self.seen.cpu[kind, pid, began] = cpu_s
            count, largest = kinds.get(kind, (0, 0))
            kinds[kind] = (count + 1, max(largest, resident))
        self.seen.looks.append(Look(time.monotonic() - self._began, kinds))

    def _watched(self) -> list[int]:
        own = set(self._apart)
        for pid in self._apart:
            own.update(below(pid))
        return [pid for pid in below(os.getpid()) if pid not in own]

    def _kind(self, pid: int, began: int) -> str:
        known = self._kinds.get((pid, began))
        if known is None:
            known = kind_of(command_of(pid), command_of(parent_of(pid)))
            # A process between its start and its program still has its parent's words.
            if time.monotonic() - self._began > EVERY_S and known != OTHER:
                self._kinds[pid, began] = known
        return known


def kind_of(command: str, parent: str) -> str:
    """The kind of a process by its words and its parent's; "" for one that only waits."""
    if "bench.nightly.reaping" in command or not command:
        return ""
    if "cli sweep" in command:
        return CONDUCTOR
    if "cli worker" in command or "worker --one" in command:
        return WORKER
    if "crawler.child" in command:
        return CRAWL
    if "spawn_main" in command:
        return READER if "crawler.child" in parent else OCR
    if "postgres" in command:
        return DATABASE
    if "chrom" in command or "headless" in command or "playwright" in command:
        return BROWSER
    return OTHER


def stat_of(pid: int) -> tuple[int, float, int] | None:
    """When a process began (ticks), its CPU seconds, its resident bytes but shared memory."""
    with suppress(OSError, IndexError, ValueError):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        cpu_s = (int(words[11]) + int(words[12])) * _TICK_S
        status = Path(f"/proc/{pid}/status").read_text()
        resident = sum(
            int(line.split()[1]) * 1024
            for line in status.splitlines()
            if line.startswith(("RssAnon:", "RssFile:"))
        )
        return int(words[19]), cpu_s, resident
    return None


def parent_of(pid: int) -> int:
    """The process that started `pid`; 0 when it is gone."""
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def command_of(pid: int) -> str:
    """The words of a process; "" when it is gone."""
    with suppress(OSError):
        body = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        return body.decode("utf-8", "replace")
    return ""
