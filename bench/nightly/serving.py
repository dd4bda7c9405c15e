"""The ministry's servers in a process of their own: their work is not the sweep's.

`python -m bench.nightly.serving FOLDER UNITS PORT` serves the ministry written in FOLDER, writes
its registry to UNITS, and answers every line of its input with what was counted so far, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, cast

from demo.server import serve
from demo.traffic import Count
from units.exporting import write_units
from units.registry import Registry

Counts = Mapping[tuple[str, str], Count]
"""What was counted, by host and path."""


class Servers:
    """The serving process, seen from here; `addresses` maps a host to its base address."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until the servers stand."""
        self._process = process
        self.addresses: dict[str, str] = json.loads(self._line())

    def counts(self) -> Counts:
        """What the servers have been asked and have sent since they started."""
        told = cast("IO[str]", self._process.stdin)
        told.write("\n")
        told.flush()
        return {(host, path): Count(*count) for host, path, count in json.loads(self._line())}

    def _line(self) -> str:
        line = cast("IO[str]", self._process.stdout).readline()
        if not line:
            raise RuntimeError("the servers of the ministry have ended")
        return line


@contextmanager
def servers(folder: Path, units: Path, port: int = 0) -> Iterator[Servers]:
    """Serve the ministry written in `folder` while the block runs; its registry goes to `units`."""
    with serving("bench.nightly.serving", str(folder), str(units), str(port)) as standing:
        yield standing


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[Servers]:
    """Run a serving `module` that speaks as this one does while the block runs."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Servers(process)
        finally:
            cast("IO[str]", process.stdin).close()
            process.wait(30)


def total(counts: Counts, before: Counts | None = None) -> Count:
    """All of `counts` together, less what had been counted `before`."""
    return sum(counts.values(), Count()) - sum((before or {}).values(), Count())


def heaviest(counts: Counts, before: Counts, most: int) -> list[tuple[str, int]]:
    """The addresses that sent most bytes since `before`: host and path, bytes."""
    sent = {
        f"{host}{path}": count.body_bytes - before.get((host, path), Count()).body_bytes
        for (host, path), count in counts.items()
    }
    ranked = sorted(sent.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(address, size) for address, size in ranked[:most] if size]


def main(arguments: Sequence[str]) -> int:
    """Serve until the input ends."""
    folder, units, port = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    with serve(folder, port) as served:
        write_units(Registry(served.units()), units)
        print(json.dumps(served.addresses), flush=True)
        for _ in sys.stdin:
            counted = served.traffic.by_address()
            rows = [
                (host, path, [*asdict(count).values()]) for (host, path), count in counted.items()
            ]
            print(json.dumps(rows), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
