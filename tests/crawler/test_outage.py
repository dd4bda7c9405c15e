"""Our own network down is told from dead sites: it is waited for, they are not."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from scrapy.http import Response

from checklist.profile import UnitProfile
from crawler import outage
from crawler.asking import Answer, Ask
from crawler.outage import Line
from crawler.plan import ItemTarget, UnitPlan
from crawler.problems import Problem
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, LoopbackSite, an_item, page
from tests.crawler.loopback_site import Answer as Served

ITEM = an_item("O1", "โครงสร้าง")
SETTINGS = CrawlSettings(network_wait_s=5)
DEAD = Problem("connection", "เครื่องแม่ข่ายปฏิเสธการเชื่อมต่อ")


def in_a_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    @functools.wraps(test)
    def run() -> None:
        asyncio.run(test())

    del run.__wrapped__
    return run


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "ASKED_EVERY_S", 0.05)


class Network:
    """Hosts that answer or not, behind a line that is up or not."""

    def __init__(self, *dead: str) -> None:
        self.up = True
        self.dead = set(dead)
        self.asked: list[str] = []

    async def reach(self, url: str) -> bool:
        return self.up and url not in self.dead

    def fetch(self, url: str, takes_s: float = 0.01) -> Callable[[], Awaitable[Answer]]:
        async def answer() -> Answer:
            self.asked.append(url)
            await asyncio.sleep(takes_s)
            if self.up and url not in self.dead:
                return Answer(Ask(url, "u", 5), response=Response(url))
            return Answer(Ask(url, "u", 5), problem=DEAD)

        return answer


A, B, C, D = (f"http://{name}.example/" for name in "abcd")


async def ask(line: Line, network: Network, *urls: str) -> list[bool]:
    answers = await asyncio.gather(*(line.ask(url, network.fetch(url)) for url in urls))
    return [answer.response is not None for answer in answers]


@in_a_loop
async def test_three_hosts_that_fail_while_none_can_be_reached_are_asked_again() -> None:
    network = Network()
    line = Line(SETTINGS, network.reach)
    assert await ask(line, network, D) == [True]
    network.up = False
    asyncio.get_running_loop().call_later(0.4, setattr, network, "up", True)
    begun = time.monotonic()
    assert await ask(line, network, A, B, C) == [True, True, True]
    assert 0.3 < time.monotonic() - begun < 3
    assert 0.3 < line.down_s < 3
    assert sorted(network.asked) == sorted([D, A, B, C, A, B, C])
    assert await line.fell_since(begun)


@in_a_loop
async def test_three_dead_hosts_among_living_ones_hold_nothing_up() -> None:
    network = Network(A, B, C)
    line = Line(SETTINGS, network.reach)
    begun = time.monotonic()
    assert await ask(line, network, D, A, B, C, D) == [True, False, False, False, True]
    assert await ask(line, network, A, B, C) == [False, False, False]
    assert time.monotonic() - begun < 1
    assert not await line.fell_since(begun)


@in_a_loop
async def test_one_dead_host_is_not_waited_for() -> None:
    network = Network(A)
    line = Line(SETTINGS, network.reach)
    begun = time.monotonic()
    for _ in range(5):
        assert await ask(line, network, A) == [False]
    assert time.monotonic() - begun < 1
    assert line.down_s == 0


@in_a_loop
async def test_a_network_that_stays_down_is_waited_for_once() -> None:
    network = Network()
    network.up = False
    line = Line(SETTINGS.model_copy(update={"network_wait_s": 0.3}), network.reach)
    begun = time.monotonic()
    assert await ask(line, network, A, B, C) == [False, False, False]
    assert await ask(line, network, A, B, C, D) == [False] * 4
    assert 0.3 <= time.monotonic() - begun < 2


@in_a_loop
async def test_nothing_new_is_asked_while_the_network_is_down() -> None:
    network = Network()
    network.up = False
    line = Line(SETTINGS, network.reach)
    failing = asyncio.create_task(ask(line, network, A, B, C))
    await asyncio.sleep(0.2)
    late = asyncio.create_task(ask(line, network, D))
    await asyncio.sleep(0.2)
    assert D not in network.asked
    network.up = True
    assert await failing == [True, True, True]
    assert await late == [True]


def test_servers_that_come_back_are_read_as_if_they_had_never_gone() -> None:
    """All servers stop once the first page was read, and are back some seconds later."""
    hosts = [f"127.0.0.{n}" for n in range(1, 5)]
    late = Served(page("โครงสร้าง", PROSE).body, delay_s=0.3, slow_times=99)
    sites = [LoopbackSite(host, {"/o1": late, "/o2": late, "/o3": late}) for host in hosts]
    for site in sites:
        site.__enter__()

    def come_back() -> None:
        for site in sites:
            site.come_back()

    timer = threading.Timer(4, come_back)
    try:
        urls = [[f"{site.url}/o{n}" for n in (1, 2, 3)] for site in sites]
        plans = [
            UnitPlan(UnitProfile(str(n), str(n)), (ItemTarget(ITEM, tuple(of)),), 2566)
            for n, of in enumerate(urls)
        ]
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, render=False,
            second_pass_timeout_s=5,
        )  # fmt: skip

        def stop(event: object) -> None:
            if getattr(event, "kind", "") == "page" and timer.ident is None:
                timer.start()
                for site in sites:
                    site.go_away()

        harvests = list(crawl(plans, settings, stop))
    finally:
        timer.cancel()
        for site in sites:
            site.__exit__()
    problems = [d.fetch.problem for h in harvests for d in h.documents["O1"]]
    assert problems == [None] * 12
