"""What a crawl has visited is written down, and given back instead of being fetched again."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checklist.evidence import Document, Fetch
from checklist.profile import UnitProfile
from crawler.headers import wait_left
from crawler.memory.frontier import forget_followed
from crawler.memory.ledger import Ledger
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from database.engine import connect, migrate
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, an_item, page
from tests.databases import database_at, of_sqlite_alone, raw

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest

ITEM = an_item("O1", "โครงสร้าง")
OPEN = CrawlSettings(
    allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, second_pass_timeout_s=5, render=False
)
PAGES = {
    "/": page("หน่วยงาน", f'{PROSE}<a href="/o1">โครงสร้าง</a>'),
    "/o1": page("โครงสร้าง", f'{PROSE}<a href="/plan">แผนผัง โครงสร้าง</a>'),
    "/plan": page("แผนผัง โครงสร้าง", PROSE * 2),
    "/broken": Answer(b"broken", status=500),
    "/tired": Answer(b"later", status=429, headers={"Retry-After": "2"}),
}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    url = database_at(f"{tmp_path}/oit.db")
    engine = connect(url, 5)
    migrate(engine)
    engine.dispose()
    return Ledger(url, 1, tmp_path / "documents")


def plan(site: LoopbackSite, *paths: str) -> UnitPlan:
    urls = tuple(f"{site.url}{path}" for path in paths)
    return UnitPlan(
        UnitProfile("u", "u", main_site=f"{site.url}/"), (ItemTarget(ITEM, urls),), 2566
    )


def crawled(site: LoopbackSite, ledger: Ledger, *paths: str, **more: object) -> UnitHarvest:
    [harvest] = crawl([plan(site, *paths)], OPEN.model_copy(update=more), ledger=ledger)
    return harvest


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    with raw(ledger.database_url) as database:
        found = database.execute(
            "SELECT replace(url, rtrim(url, replace(url, '/', '')), ''), pass_number, origin, state, "
            "status, problem, attempts FROM frontier ORDER BY id"
        ).fetchall()
    return list(found)


def without_robots(site: LoopbackSite) -> Counter[str]:
    return Counter({path: n for path, n in site.hits.items() if path != "/robots.txt"})


def test_a_visit_that_was_made_is_given_back_and_the_rest_follows_from_it(ledger: Ledger) -> None:
    with LoopbackSite("127.0.0.1", PAGES) as site:
        given = ("/o1", "/broken", "/missing", "/tired")
        first = crawled(site, ledger, *given)
        hits = without_robots(site)
        again = crawled(site, ledger, *given)
        assert without_robots(site) == hits
        assert again.documents == first.documents
        assert replace(again.coverage, seconds=0) == replace(first.coverage, seconds=0)
        assert again.coverage.seconds >= first.coverage.seconds
        assert again.tally[Counted.RESUMED] == hits.total()
        assert Counted.REQUESTS not in again.tally
        crawled(site, replace(ledger, round=1), *given)
        assert without_robots(site) == hits + hits

    told = {(path, number): facts for path, number, *facts in rows(ledger)}
    assert told["o1", 0] == ["given", "done", 200, None, 1]
    assert told["plan", 0] == ["followed", "done", 200, None, 1]
    assert told["broken", 0] == ["given", "done", 500, "server_error", 1]
    assert told["broken", 1] == ["given", "done", 500, "server_error", 1]
    assert told["missing", 0] == ["given", "done", 404, "not_found", 1]
    assert forget_followed(ledger.database_url, [1]) > 0
    assert {origin for _, _, origin, *_ in rows(ledger)} == {"given", "main_site"}


def test_budgets_count_what_was_visited_before(ledger: Ledger) -> None:
    pages = {f"/{n}": page("โครงสร้าง", PROSE) for n in range(6)}
    with LoopbackSite("127.0.0.1", pages) as site:
        few = crawled(site, ledger, *(f"/{n}" for n in range(3)), max_pages_per_unit=3)
        hits = without_robots(site)
        more = crawled(site, ledger, *(f"/{n}" for n in range(6)), max_pages_per_unit=4)
        asked = without_robots(site) - hits
    assert [d.fetch.problem for d in few.documents["O1"]] == [None] * 3
    assert [d.fetch.problem for d in more.documents["O1"]] == [None] * 4 + ["not_checked"] * 2
    assert set(asked) == {"/3"}


def test_a_frontier_that_cannot_be_written_costs_no_answer(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    with raw(ledger.database_url) as database:
        database.execute("DROP TABLE frontier")
    with LoopbackSite("127.0.0.1", PAGES) as site, caplog.at_level(logging.WARNING):
        harvest = crawled(site, ledger, "/o1")
    assert [d.fetch.problem for d in harvest.documents["O1"]] == [None, None]
    told = [r for r in caplog.records if "frontier cannot be written" in r.getMessage()]
    assert len(told) == 1


def test_a_locked_database_is_waited_for(ledger: Ledger) -> None:
    of_sqlite_alone()
    path = ledger.database_url.removeprefix("sqlite:///")
    lock = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(4, lock.rollback)
    timer.start()
    with LoopbackSite("127.0.0.1", PAGES) as site:
        harvest = crawled(site, ledger, "/o1")
    timer.join()
    lock.close()
    assert [d.fetch.problem for d in harvest.documents["O1"]] == [None, None]
    assert all(state == "done" for _, _, _, state, *_ in rows(ledger))


def test_a_document_that_is_no_longer_kept_is_fetched_again(ledger: Ledger) -> None:
    with LoopbackSite("127.0.0.1", PAGES) as site:
        first = crawled(site, ledger, "/o1")
        for kept in ledger.folder.glob("??/*"):
            kept.write_bytes(b"damaged")
        again = crawled(site, ledger, "/o1")
        assert site.hits["/o1"] == 2
    texts = [[d.passages for d in one.documents["O1"]] for one in (first, again)]
    assert texts[0] == texts[1]


NOON = datetime(2023, 4, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("passed_s", "left"), [(0, 120.0), (50, 70.0), (500, 0.0), (-3600, 120.0)])
def test_a_clock_that_was_set_makes_no_pause_longer(passed_s: float, left: float) -> None:
    fetch = Fetch("u", "u", status=429, fetched_at=NOON, headers=(("Retry-After", "120"),))
    assert wait_left(Document(fetch).fetch, NOON + timedelta(seconds=passed_s)) == left
