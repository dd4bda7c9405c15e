"""Real workers on a real PostgreSQL server, sweeping served sites; to be killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from commands.stopping import descendants
from distributed.conducting import fill_by_workers
from results.formats import Format
from results.store import Store
from sweep.request import SweepOutcome, SweepRequest
from sweep.running import sweep
from tests.e2e.small_sweeps import AS_OF, CHECKLIST, ITEMS, settings_in, units

ROOT = Path(__file__).parents[2]
LONGEST_S = 40.0


@dataclass
class Crew:
    """`oit worker --one` processes, each a leader of a session of its own."""

    url: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, *words: str, at_once: int = 2) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        name = f"worker-{len(self.processes)}"
        log = (self.folder / f"{name}.log").open("wb")
        process = subprocess.Popen(
            [
                sys.executable, "-c", "from cli import main; main()", "-v", "worker", "--one",
                "--name", name, "--at-once", str(at_once), *words,
            ],
            stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, cwd=ROOT,
            env={
                **os.environ, "PYTHONPATH": str(ROOT), "OIT_DATABASE_URL": self.url,
                "OIT_HOME": str(self.folder / "home"), "OIT_LANG": "en",
            },
        )  # fmt: skip
        log.close()
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """`kill -9` of the worker and of all that it started."""
        for pid in (process.pid, *descendants(process.pid)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait(10)

    def dismiss(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
            if process.stdin is not None:
                process.stdin.close()

    def said(self) -> str:
        return "\n".join(p.read_text(errors="replace") for p in self.folder.glob("worker-*.log"))


@contextmanager
def crew(url: str, folder: Path, number: int, **how: Any) -> Iterator[Crew]:
    """So many workers while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    hired = Crew(url, folder)
    try:
        for _ in range(number):
            hired.hire(**how)
        yield hired
    finally:
        hired.dismiss()


def request(
    sites: tuple[str, ...], folder: Path, *, resume: bool = False, delay_s: float = 0.0
) -> SweepRequest:
    """The sweep of the small sites, as `tests.e2e.small_sweeps` makes it embedded."""
    return SweepRequest(
        checklist=CHECKLIST,
        units=units(sites),
        items=CHECKLIST.select(list(ITEMS)),
        as_of=AS_OF,
        settings=settings_in(folder, delay_s=delay_s),
        out=folder / "reports",
        formats=(Format.JSON,),
        resume=resume,
    )


def conduct(asked: SweepRequest, url: str) -> SweepOutcome:
    """The distributed sweep, conducted from here."""
    with Store.open(url, busy_timeout=30) as store:
        return sweep(asked, store, fill=fill_by_workers())


class Conducting:
    """A distributed sweep conducted in a thread, so that things may happen meanwhile."""

    def __init__(self, asked: SweepRequest, url: str) -> None:
        self.outcome: SweepOutcome | None = None
        self.fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(asked, url), daemon=True)
        self._thread.start()

    def _run(self, asked: SweepRequest, url: str) -> None:
        try:
            self.outcome = conduct(asked, url)
        except BaseException as error:
            self.fault = error

    def end(self) -> SweepOutcome:
        self._thread.join(LONGEST_S)
        if self.fault is not None:
            raise self.fault
        assert self.outcome is not None, "the sweep did not end in time"
        return self.outcome


def until(true: Callable[[], bool], why: str, seconds: float = 40.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {why}"
        time.sleep(0.05)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()
