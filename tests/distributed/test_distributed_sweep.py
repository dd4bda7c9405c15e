"""A sweep by workers ends like the embedded one, whoever dies in the middle of it."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from results.store import Store
from sweep.running import sweep
from tests.databases import POSTGRESQL, database_at, on
from tests.distributed.crews import Conducting, crew, request, rows
from tests.e2e.small_sweeps import Served, reports

SITES = 5


@pytest.fixture
def url(tmp_path: Path) -> Any:
    with on(POSTGRESQL):
        yield database_at(tmp_path / "oit.db")


@pytest.fixture
def served() -> Any:
    with Served(SITES) as sites:
        yield sites


def embedded(served: Served, folder: Path) -> dict[str, Any]:
    """The reports of the same sweep in one process, on SQLite."""
    with Store.open(f"sqlite:///{folder / 'embedded.db'}", busy_timeout=30) as store:
        sweep(request(served.urls, folder), store)
    return reports(folder)


def test_workers_find_what_the_embedded_sweep_finds(
    served: Served, url: str, tmp_path: Path
) -> None:
    whole = embedded(served, tmp_path / "embedded")
    hits = Counter(served.hits())
    with crew(url, tmp_path / "crew", 2) as hired:
        began = time.monotonic()
        try:
            outcome = Conducting(request(served.urls, tmp_path / "conducted"), url).end()
        finally:
            print(time.monotonic() - began, hired.said()[-6000:])
    assert not outcome.interrupted
    assert reports(tmp_path / "conducted") == whole
    assert Counter(served.hits()) - hits == hits, "every page is asked for as often as embedded"
    assert rows(url, "SELECT count(*) FROM oit_queue.procrastinate_jobs") == [(0,)]
