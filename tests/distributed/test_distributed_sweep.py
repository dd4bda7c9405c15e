"""A sweep by workers ends like the embedded one, whoever dies in the middle of it."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from results.store import Store
from sweep.running import sweep
from tests.databases import POSTGRESQL, database_at, on, server
from tests.distributed.crews import Conducting, conduct, crew, request, rows, until
from tests.e2e.small_sweeps import Served, reports
from tests.postgres import Postgres, running, started_again

SITES = 4
SLOWLY_S = 0.25
"""Pauses that leave time to kill somebody while a unit is under way."""
_SAVED = "SELECT count(*) FROM scan_units"
_DOING = "SELECT count(*) FROM oit_queue.procrastinate_jobs WHERE status = 'doing'"
_LEFT = "SELECT count(*) FROM oit_queue.procrastinate_jobs WHERE status IN ('todo', 'doing')"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with on(POSTGRESQL):
        yield database_at(tmp_path / "oit.db")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(SITES) as sites:
        yield sites


@pytest.fixture(scope="module")
def embedded_asked(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], dict[str, int]]:
    """The reports of the same sweep in one process, on SQLite, and what it asked the sites for."""
    folder = tmp_path_factory.mktemp("embedded")
    with Store.open(f"sqlite:///{folder / 'embedded.db'}", busy_timeout=30) as store:
        sweep(request(served.urls, folder), store)
    return reports(folder), served.hits()


@pytest.fixture(scope="module")
def embedded(embedded_asked: tuple[dict[str, Any], dict[str, int]]) -> dict[str, Any]:
    return embedded_asked[0]


def count(url: str, query: str) -> int:
    return int(rows(url, query)[0][0] or 0)


def test_workers_find_what_the_embedded_sweep_finds(
    served: Served,
    embedded_asked: tuple[dict[str, Any], dict[str, int]],
    url: str,
    tmp_path: Path,
) -> None:
    embedded, asked_embedded = embedded_asked
    before = Counter(served.hits())
    with crew(url, tmp_path / "crew", 2):
        outcome = Conducting(request(served.urls, tmp_path / "conducted"), url).end()
    asked = Counter(served.hits()) - before
    assert not outcome.interrupted
    assert reports(tmp_path / "conducted") == embedded
    assert asked == Counter(asked_embedded), "each page is asked for as often as embedded"
    assert count(url, _LEFT) == 0


def test_a_unit_goes_to_another_worker_when_its_own_is_killed(
    served: Served, embedded: dict[str, Any], url: str, tmp_path: Path
) -> None:
    with crew(url, tmp_path / "crew", 1) as hired:
        conducting = Conducting(request(served.urls, tmp_path / "conducted", delay_s=SLOWLY_S), url)
        until(lambda: count(url, _DOING) == 2, "two units are under way")
        hired.hire()
        hired.kill(hired.processes[0])
        conducting.end()
        assert "put back" in hired.said()
    assert reports(tmp_path / "conducted") == embedded
    assert count(url, _SAVED) == SITES


def test_cut_connections_lose_nothing(
    served: Served, embedded: dict[str, Any], url: str, tmp_path: Path
) -> None:
    name = url.rpartition("/")[2]
    with crew(url, tmp_path / "crew", 2):
        conducting = Conducting(request(served.urls, tmp_path / "conducted", delay_s=SLOWLY_S), url)
        until(lambda: count(url, _DOING) >= 2, "units are under way")
        assert server().cut(name) > 0
        until(lambda: count(url, _SAVED) >= 1, "the first unit is saved")
        server().cut(name)
        conducting.end()
    assert reports(tmp_path / "conducted") == embedded
    assert count(url, _SAVED) == SITES


def test_a_crash_of_the_server_loses_nothing(
    served: Served, embedded: dict[str, Any], tmp_path: Path
) -> None:
    with running() as own:
        url = own.fresh()
        again: Postgres | None = None
        # Without the crew's parent nobody starts workers anew: the test hires them.
        with crew(url, tmp_path / "crew", 2) as hired:
            conducting = Conducting(
                request(served.urls, tmp_path / "conducted", delay_s=SLOWLY_S), url
            )
            until(lambda: count(url, _DOING) >= 2, "units are under way")
            own.stop(signal.SIGQUIT)
            again = started_again(own)
            try:
                hired.hire()
                conducting.end()
                assert reports(tmp_path / "conducted") == embedded
                assert count(url, _SAVED) == SITES
            finally:
                hired.dismiss()
                again.stop()


def test_a_unit_that_kills_every_worker_could_not_be_checked(
    served: Served, url: str, tmp_path: Path
) -> None:
    conducting = Conducting(request(served.urls[:1], tmp_path / "conducted"), url)
    until(lambda: count(url, _LEFT) == 1, "the unit waits")
    with Store.open(url) as store, store.writing() as session:
        session.connection().exec_driver_sql("SET LOCAL search_path TO oit_queue")
        session.connection().exec_driver_sql("UPDATE procrastinate_jobs SET attempts = 5")
    with crew(url, tmp_path / "crew", 1):
        outcome = conducting.end()
    assert set(outcome.verdicts()) == {"error"}


def test_who_is_interrupted_takes_back_what_waits_and_goes_on_later(
    served: Served, embedded: dict[str, Any], url: str, tmp_path: Path
) -> None:
    asked = request(served.urls, tmp_path / "conducted", delay_s=SLOWLY_S)
    with crew(url, tmp_path / "crew", 1, at_once=1):
        conducting = Conducting(asked, url)
        until(lambda: count(url, _SAVED) >= 1, "the first unit is saved")
        asked.stop.asked = True
        assert conducting.end().interrupted
        until(lambda: count(url, _LEFT) == 0, "nothing is left in the queue")
        saved = count(url, _SAVED)
        assert 0 < saved < SITES
        rest = request(served.urls, tmp_path / "conducted", resume=True)
        outcome = conduct(rest, url)
    assert outcome.scan_id == 1
    assert reports(tmp_path / "conducted") == embedded
    assert count(url, _SAVED) == SITES
