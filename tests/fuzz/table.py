"""What was fuzzed, from the logs: `python -m tests.fuzz.table DIR` prints a table for the docs.

DIR holds a folder a target, as `python -m tests.fuzz` leaves it. Every finding is tried again on
the code as it is now; what still breaks is counted as open.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.frame import Caught, load, probe

_FEATURES = re.compile(rb" ft: (\d+)")
_HEAD = (
    "| Target | CPU seconds | Executions | Features | Slowest (s) | Findings | Still open |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One target's figures over all its runs."""

    target: str
    cpu_s: float
    executions: int
    features: int
    slowest_s: float
    findings: int
    still_open: int

    def __str__(self) -> str:
        """A line of a Markdown table."""
        return (
            f"| {self.target} | {self.cpu_s:,.0f} | {self.executions:,} | {self.features:,} "
            f"| {self.slowest_s:.1f} | {self.findings} | {self.still_open} |"
        )


def row_of(place: Path, caught: Caught) -> Row:
    """The figures of the target whose folder is `place`."""
    runs = _runs(place)
    features = [int(figure) for figure in _FEATURES.findall(_bytes(place / "log"))]
    kept = [p for p in sorted((place / "findings").glob("*")) if p.suffix != ".txt"]
    # What took the watched process long under a busy machine is no finding of its own.
    kept = [p for p in kept if not p.name.startswith("slow-unit")]
    return Row(
        target=place.name,
        cpu_s=sum(float(run.get("cpu_s", 0)) for run in runs),
        executions=sum(int(run.get("executions", 0)) for run in runs),
        features=max(features, default=0),
        slowest_s=max((float(run.get("slowest_s", 0)) for run in runs), default=0.0),
        findings=len(kept),
        still_open=sum(_breaks(place.name, path.read_bytes(), caught) for path in kept),
    )


def _runs(place: Path) -> list[dict[str, Any]]:
    lines = _bytes(place / "runs.jsonl").splitlines() + _bytes(place / "state.json").splitlines()
    return [json.loads(line) for line in lines]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _breaks(name: str, data: bytes, caught: Caught) -> bool:
    try:
        probe(load(name), data)
    except Exception:
        return True
    finally:
        error = caught.take()
    return error is not None


def main() -> None:
    """Print the table of the folder that the first argument names."""
    caught = Caught()
    rows = [row_of(p, caught) for p in sorted(Path(sys.argv[1]).iterdir()) if p.is_dir()]
    total = sum(row.cpu_s for row in rows)
    print("\n".join([*_HEAD, *map(str, rows)]))
    print(f"\n{sum(row.executions for row in rows):,} executions in {total:,.0f} CPU seconds.")


if __name__ == "__main__":
    main()
