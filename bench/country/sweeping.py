"""One sweep of the country, embedded or by workers, and all that was measured of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.country.measured import NEARLY, Found, found_in
from bench.country.standing import standing, write_registry
from bench.country.watching import OfKind, Watch, command_of
from bench.memory.watching import below
from bench.nightly.sweeping import ROOT
from demo.ministry import AS_OF
from demo.plan import FISCAL_YEAR
from tests.postgres import Postgres, running

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_ENDED = (0, 1, 3)
_STOPPED = 130
_PATIENCE_S = 180.0
_STARTED_S = 3.0
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sweep to be measured: so many units by `workers` processes, 0 for the embedded engine.

    `hosts` units are crawled at once by each crawling process, `delay_s` seconds lie between two
    requests of a host. After `within_s` seconds the sweep is asked to stop.
    """

    units: int
    workers: int
    database: str
    seed: int
    items: str
    delay_s: float
    hosts: int
    servers: int
    within_s: float

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.units}-units-{self.workers}-workers-{self.database}"


@dataclass(slots=True)
class Run:
    """What a sweep cost and found; sizes in bytes, `cpu_s` of all processes but the sites' own."""

    wanted: dict[str, Any]
    cores: int
    wall_s: float
    cpu_s: float
    finished: bool
    found: Found
    kinds: dict[str, OfKind]
    kept: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Units a second over the first 95 % of them."""
        return NEARLY * self.found.units / self.found.nearly_s if self.found.nearly_s else 0.0

    @classmethod
    def read(cls, path: Path) -> Run:
        """The run that was written to `path`."""
        data = json.loads(path.read_text("utf-8"))
        data["found"] = Found(**data["found"])
        data["kinds"] = {kind: OfKind(**one) for kind, one in data["kinds"].items()}
        return cls(**data)

    def write(self, path: Path) -> None:
        """Keep it as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")


def run(wanted: Wanted, folder: Path, tell: Tell) -> Run:
    """Sweep from nothing in `folder`, which is emptied first.

    Raises `RuntimeError` when the sweep fails, with the end of what it said.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    registry = folder / "units.csv"
    with ExitStack() as stack:
        served = stack.enter_context(standing(wanted.units, wanted.seed, wanted.servers))
        write_registry(wanted.units, wanted.seed, served.port, registry)
        server = stack.enter_context(running()) if wanted.database == POSTGRESQL else None
        url = server.fresh("oit") if server else f"sqlite:///{folder}/oit.db"
        environment = _environment(wanted, folder, url)
        apart = {pid for pid in below(os.getpid()) if "bench.country.serving" in command_of(pid)}
        watch = stack.enter_context(Watch(apart))
        began = time.monotonic()
        with _workers(wanted, folder, environment):
            code = _sweep(wanted, folder, registry, environment, tell)
            wall_s = time.monotonic() - began
        if code not in (*_ENDED, _STOPPED):
            raise RuntimeError(f"the sweep ended with {code}: {_said(folder / 'sweep.log')}")
        kinds = watch.seen.of_kinds()
        (folder / "looks.csv").write_text(watch.seen.written())
        found = found_in(url, served.counts(), wanted.seed, wanted.items, wanted.delay_s)
        kept = {**_sizes(folder), "database": _size_of_database(server, folder)}
    costs = [json.loads(one.read_text())["cpu_s"] for one in folder.glob("*.cost.json")]
    database = kinds["database"].cpu_s if "database" in kinds else 0.0
    return Run(
        wanted=asdict(wanted),
        cores=len(os.sched_getaffinity(0)),
        wall_s=wall_s,
        cpu_s=sum(costs) + database,
        finished=code != _STOPPED,
        found=found,
        kinds=kinds,
        kept=kept,
    )


def _sweep(
    wanted: Wanted, folder: Path, registry: Path, environment: Mapping[str, str], tell: Tell
) -> int:
    command = ["sweep", "--units", str(registry), "--out", str(folder / "reports")]
    command += ["--checklist", str(FISCAL_YEAR), "--as-of", AS_OF, *_items(wanted)]
    command += ["--allow-network", "127.0.0.0/8", *(["--distributed"] if wanted.workers else [])]
    with _started(command, folder, "sweep", environment) as process:
        ends = time.monotonic() + wanted.within_s
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None and time.monotonic() > ends:
                tell("the time is over: the sweep is asked to stop")
                _ask_to_stop(process)
                break
    cost: dict[str, Any] = json.loads((folder / "sweep.cost.json").read_text())
    return int(cost["code"])


@contextmanager
def _workers(wanted: Wanted, folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """The workers of the distributed engine while the block runs; none for the embedded one."""
    if not wanted.workers:
        yield
        return
    command = ["worker", "-n", str(wanted.workers), "--at-once", str(wanted.hosts)]
    with _started(command, folder, "worker", environment) as process:
        time.sleep(_STARTED_S)
        if process.poll() is not None:
            raise RuntimeError(f"the workers did not start: {_said(folder / 'worker.log')}")
        yield
        _ask_to_stop(process)


@contextmanager
def _started(
    arguments: Sequence[str], folder: Path, name: str, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A command of `oit` whose cost, and that of all below it, is written when it ends."""
    ours = [sys.executable, "-m", "bench.nightly.reaping", str(folder / f"{name}.cost.json")]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*ours, sys.executable, "-m", "cli", *arguments],
            env=dict(environment), cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            _ask_to_stop(process)


def _ask_to_stop(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C for the command below the one that reaps, and an end where it does not heed."""
    for pid in below(process.pid)[:1]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        for pid in below(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _items(wanted: Wanted) -> list[str]:
    return ["--items", wanted.items] if wanted.items else []


def _environment(wanted: Wanted, folder: Path, url: str) -> dict[str, str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("OIT_")}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **ours,
        "OIT_HOME": str(folder),
        "OIT_DATABASE_URL": url,
        "OIT_DELAY_S": str(wanted.delay_s),
        "OIT_CONCURRENT_HOSTS": str(wanted.hosts),
        "OIT_CONFIRM_AFTER_S": "0",
        "OIT_START_JITTER_S": "0",
        # Hosts that never answer must not decide how long the measurement takes.
        "OIT_TIMEOUT_S": "10",
        "OIT_SECOND_PASS_TIMEOUT_S": "10",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
    }


def _said(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:]


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each folder that the sweep filled."""
    return {
        inner.name: sum(one.stat().st_size for one in inner.rglob("*") if one.is_file())
        for inner in folder.iterdir()
        if inner.is_dir()
    }


def _size_of_database(server: Postgres | None, folder: Path) -> int:
    if server is None:
        return sum(one.stat().st_size for one in folder.glob("oit.db*"))
    with server._as_administrator() as connection:
        row = connection.execute("SELECT pg_database_size('oit')").fetchone()
    return int(row[0]) if row else 0
