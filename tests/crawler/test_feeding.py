"""A crawl that is fed: units come one by one, and come home whatever becomes of the process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

import crawler.feeding
from checklist.loader import load_year
from checklist.profile import UnitProfile
from crawler.feeding import FedCrawl
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import Child
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page

ITEM = load_year(2566).items[0]
SETTINGS = CrawlSettings(
    allow_networks=("127.0.0.0/8",), delay_s=0, render=False, concurrent_hosts=4, stall_limit_s=60
)
WITHIN_S = 60


def plan(site: LoopbackSite, unit: str, path: str = "/o1") -> UnitPlan:
    profile = UnitProfile(unit, unit, main_site=f"{site.url}/")
    return UnitPlan(profile, (ItemTarget(ITEM, (f"{site.url}{path}",)),), 2566)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The crawling processes that were started, by their pids."""
    pids: list[int] = []

    class Noted(Child):
        def __enter__(self) -> Noted:
            pids.append(self.pid)
            super().__enter__()
            return self

    monkeypatch.setattr(crawler.feeding, "Child", Noted)
    return pids


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    pages = {
        "/": page("หน่วยงาน", PROSE),
        "/o1": page("โครงสร้างหน่วยงาน", PROSE),
        "/slow": Answer(page("โครงสร้าง", PROSE).body, delay_s=2.0, slow_times=1),
    }
    with LoopbackSite("127.0.0.1", pages) as served:
        yield served


def test_units_that_come_later_are_crawled_by_the_same_process(
    site: LoopbackSite, children: list[int]
) -> None:
    fed = FedCrawl(SETTINGS)
    try:
        first = fed.submit(plan(site, "a")).result(WITHIN_S)
        second = fed.submit(plan(site, "b")).result(WITHIN_S)
    finally:
        fed.close()
    assert [first.unit_id, second.unit_id] == ["a", "b"]
    assert all(d.readable for one in (first, second) for d in one.documents[ITEM.id])
    assert len(children) == 1


def test_a_process_that_dies_is_replaced_and_nothing_is_lost(
    site: LoopbackSite, children: list[int]
) -> None:
    fed = FedCrawl(SETTINGS)
    try:
        slow = fed.submit(plan(site, "slow", "/slow"))
        while not site.hits["/slow"]:
            time.sleep(0.02)
        os.killpg(children[0], signal.SIGKILL)
        other = fed.submit(plan(site, "b"))
        assert slow.result(WITHIN_S).documents[ITEM.id][0].readable
        assert other.result(WITHIN_S).unit_id == "b"
    finally:
        fed.close()
    assert len(children) == 2


def test_a_unit_that_kills_each_process_could_not_be_checked(
    site: LoopbackSite, children: list[int]
) -> None:
    slow = Answer(b"", delay_s=60, slow_times=9)
    site.pages = {**site.pages, "/fatal": slow}
    fed = FedCrawl(SETTINGS)
    try:
        fatal = fed.submit(plan(site, "fatal", "/fatal"))
        killed = 0
        while not fatal.done():
            if site.hits["/fatal"] > killed:
                os.killpg(children[-1], signal.SIGKILL)
                killed += 1
            time.sleep(0.02)
        assert fatal.result(0).documents[ITEM.id][0].fetch.problem == "not_checked"
        assert fed.submit(plan(site, "b")).result(WITHIN_S).documents[ITEM.id][0].readable
    finally:
        fed.close()
    assert killed == 2, "it was alone both times: no other unit can have been the cause"


def test_what_has_not_come_when_the_crawl_is_closed_is_cancelled(site: LoopbackSite) -> None:
    fed = FedCrawl(SETTINGS)
    waiting = fed.submit(plan(site, "slow", "/slow"))
    with pytest.raises(ValueError, match="under way"):
        fed.submit(plan(site, "slow", "/slow"))
    fed.close()
    assert waiting.cancelled()
    with pytest.raises(ValueError, match="ended"):
        fed.submit(plan(site, "b"))
