"""The table of the engines, in Thai and English."""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING

from bench.benchmarks import marks
from bench.engines.measure import CAP_S, COUNTRY, JOBS, LONG_S, NOOPS, REPEATS
from bench.repeats import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.engines.measure import Figures

MARK = "bench-engines"
_MB = 1024 * 1024


def section(figures: Sequence[Figures], faults: Sequence[str], seconds: float) -> str:
    """The section between its marks; what could not be measured is told."""
    start, end = marks(MARK)
    opening = (
        f"คำสั่ง / command: `python -m bench.engines --out docs/decisions/engine.md` "
        f"({seconds:.0f} s, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f})"
    )
    rows: list[tuple[str, Callable[[Figures], str]]] = [
        (f"`kill -9` of a worker: s until its job is begun again ({REPEATS} times)", _again),
        (f"starts of a job of {LONG_S:.0f} s", lambda f: str(f.long_starts)),
        (f"`kill -9` of the server among {JOBS} jobs: lost / doubled", _lost),
        ("… s from its return to the next start", lambda f: _s(f.crash[2])),
        ("connection cut in a job: starts / ends", lambda f: f"{f.cut[0]} / {f.cut[1]}"),
        (f"{COUNTRY:,} jobs put in, s", lambda f: f"{f.put_in_s:.2f}"),
        (f"{NOOPS:,} empty jobs by one worker, s", lambda f: _s(f.noops_s)),
        ("an idle worker, MB (PSS)", lambda f: f"{f.worker_bytes / _MB:.0f}"),
        ("the server, MB (PSS)", lambda f: f"{f.server_bytes / _MB:.0f}"),
    ]
    head = ("", *(one.name for one in figures))
    body = table(head, [(name, *(tell(one) for one in figures)) for name, tell in rows])
    told = [f"ไม่ได้วัด / not measured: {fault}" for fault in faults]
    return "\n\n".join([start, opening, body, *told, end]) + "\n"


def _again(figures: Figures) -> str:
    known = [one for one in figures.again_s if one is not None]
    missed = len(figures.again_s) - len(known)
    told = f"{statistics.median(known):.1f} ({min(known):.1f}–{max(known):.1f})" if known else ""
    return f"{told} {f'{missed}× > {CAP_S:.0f}' if missed else ''}".strip()


def _lost(figures: Figures) -> str:
    return f"{figures.crash[0]} / {figures.crash[1]}"


def _s(seconds: float | None) -> str:
    return f"> {CAP_S:.0f}" if seconds is None else f"{seconds:.1f}"
