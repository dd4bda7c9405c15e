"""What a subject of `python -m bench` is given, and what it answers."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.benchmarks import marks

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Means:
    """Where a subject works and how often it measures.

    `folder` is empty and its own; `kept` holds what may stay from run to run (printed PDFs);
    `peers` the environments of other programs. `tell` says what is being done.
    """

    folder: Path
    kept: Path
    peers: Path
    repeats: int
    tell: Tell


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its name for `--only`, its title in Thai and English, and what measures it.

    `measure` answers the Markdown below the title.
    """

    name: str
    title: str
    measure: Callable[[Means], str]

    @property
    def mark(self) -> str:
        """The name of its section in `docs/benchmarks.md`."""
        return f"bench-{self.name}"

    def section(self, body: str, seconds: float) -> str:
        """The whole section, marks included."""
        start, end = marks(self.mark)
        opening = (
            f'คำสั่ง: `make bench ARGS="--only {self.name}"` ใช้เวลา {seconds:.0f} วินาที บน '
            f"{os.cpu_count()} คอร์ Python {platform.python_version()} "
            f"งานรอเฉลี่ยของเครื่องขณะวัด {os.getloadavg()[0]:.1f} (load average)"
        )
        return "\n\n".join([start, f"## {self.title}", opening, body, end]) + "\n"
