"""A sweep killed at any moment goes on: nothing done is fetched again, and the reports are equal."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import warm_crawler
from tests.databases import database_at
from tests.e2e.small_sweeps import Ordered, Served, done, ended, reports, run

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, ForkServerProcess

KILLS = 20
UNITS = 2


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that begin with everything loaded, so that a kill finds them at work."""
    return warm_crawler.processes()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(UNITS) as sites:
        yield sites


def order(served: Served, folder: Path, *, resume: bool = False) -> Ordered:
    folder.mkdir(exist_ok=True)
    return Ordered(served.urls, str(folder), database_at(f"{folder}/oit.db"), resume)


def begin(processes: ForkServerContext, ordered: Ordered) -> ForkServerProcess:
    process = processes.Process(target=run, args=(ordered,))
    process.start()
    return process


def test_a_sweep_killed_at_random_moments_ends_like_an_undisturbed_one(
    tmp_path: Path, processes: ForkServerContext, served: Served
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    started = time.monotonic()
    undisturbed = begin(processes, order(served, tmp_path / "undisturbed"))
    undisturbed.join()
    whole = time.monotonic() - started
    assert undisturbed.exitcode == 0
    expected = reports(tmp_path / "undisturbed")
    assert len(expected) == UNITS

    kills = sweeps = 0
    while kills < KILLS:
        folder = tmp_path / f"killed-{sweeps}"
        sweeps += 1
        before = served.hits()
        at_rest: dict[str, int] = {}
        finished = False
        while not finished:
            resume = (folder / "oit.db").exists()
            started = time.monotonic()
            process = begin(processes, order(served, folder, resume=resume))
            process.join(chance.uniform(0, whole) if kills < KILLS else None)
            if process.is_alive():
                process.kill()
                process.join()
                kills += 1
                # It may have been about to go; what is finished cannot be gone on with.
                finished = ended(folder / "oit.db")
            else:
                assert process.exitcode == 0
                finished = True
                # The machine may have been busier when the first one was measured.
                whole = min(whole, max(1.0, time.monotonic() - started))
            hits = served.hits()
            again = {url for url, n in at_rest.items() if hits[url] != n}
            assert not again, f"seed {seed}: fetched again after {kills} kills"
            # An address that failed is asked once more in the second pass.
            settled = {url for url in done(folder / "oit.db") if not url.endswith("/o3")}
            at_rest = {url: hits[url] for url in settled}
        found = reports(folder)
        assert found.keys() == expected.keys()
        assert (folder / "reports" / "overview.json").exists(), f"seed {seed}"
        for name in found:
            assert found[name] == expected[name], f"seed {seed}"
        with sqlite3.connect(folder / "oit.db") as database:
            assert database.execute("SELECT count(*) FROM scan_units").fetchone() == (UNITS,)
        database.close()
        assert served.hits().keys() == before.keys()
