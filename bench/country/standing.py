"""The country's servers seen from here, and the registry that leads to them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, cast

from bench.country.drawing import Drawn, drawn
from bench.country.serving import Counted
from bench.country.writing import urls_of
from checklist.profile import UnitType
from units.exporting import write_units
from units.registry import Registry, Unit

if TYPE_CHECKING:
    from pathlib import Path

PORT = 18_080


class Standing:
    """Running servers; all units answer at `port` of their own address."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]], port: int) -> None:
        """Wait until every server stands."""
        self._processes = processes
        self.port = port
        for process in processes:
            _line(process)

    def counts(self) -> dict[str, Counted]:
        """What each unit's host was asked since the servers started, by the unit's id."""
        found: dict[str, Counted] = {}
        for process in self._processes:
            told = cast("IO[str]", process.stdin)
            told.write("\n")
            told.flush()
            found |= {unit: Counted(**one) for unit, one in json.loads(_line(process)).items()}
        return found


@contextmanager
def standing(units: int, seed: int, processes: int, port: int = PORT) -> Iterator[Standing]:
    """Serve the country while the block runs. Raises `RuntimeError` where a server fails."""
    port = _free(drawn(0, seed).address, port)
    with ExitStack() as stack:
        running = [
            stack.enter_context(_process(units, seed, port, part, processes))
            for part in range(processes)
        ]
        yield Standing(running, port)


@contextmanager
def _process(
    units: int, seed: int, port: int, part: int, parts: int
) -> Iterator[subprocess.Popen[str]]:
    words = map(str, (units, seed, port, part, parts))
    command = [sys.executable, "-m", "bench.country.serving", *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            cast("IO[str]", process.stdin).close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    line = cast("IO[str]", process.stdout).readline()
    if not line:
        raise RuntimeError("a server of the country has ended")
    return line


def _free(address: str, port: int) -> int:
    """The port wanted, or one that is free at the first unit's address."""
    for wanted in (port, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, wanted))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise RuntimeError(f"no port is free at {address}")


def write_registry(units: int, seed: int, port: int, path: Path) -> None:
    """Write the registry of the first `units` units to `path`."""
    write_units(Registry([_registered(drawn(n, seed), port) for n in range(units)]), path)


def _registered(unit: Drawn, port: int) -> Unit:
    base = f"http://{unit.address}:{port}"
    return Unit(
        id=unit.plan.id,
        name=unit.plan.name,
        type=UnitType(unit.plan.type),
        main_site=f"{base}/",
        urls={item: (base + path,) for item, path in urls_of(unit).items()},
    )
