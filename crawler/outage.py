"""Telling a dead site from a dead network: when our own line is down, the crawl waits for it.

A visit that got no answer is held until somebody else's turn tells more. An answer from anyone
shows that the line is up; several different hosts that fail in a row, none of them reachable, nor
those that answered before, show that it is down.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.address_policy import AddressPolicy
from crawler.problems import SILENT
from crawler.stand_in_hosts import stand_in_for
from crawler.urls import host_of

if TYPE_CHECKING:
    from crawler.asking import Answer
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

HELD_S = 15.0
ASKED_EVERY_S = 3.0
_CONNECT_S = 5.0
_ASKED_AT_ONCE = 3
_REMEMBERED = 20
_TIMES = 3
Reach = Callable[[str], Awaitable[bool]]


class Line:
    """The machine's own connection as one crawl sees it; shared by the visits of all units."""

    def __init__(self, settings: CrawlSettings, reach: Reach | None = None) -> None:
        """Count hosts and wait as `settings` say.

        `reach` says of an address whether its server takes connections.
        """
        self._hosts = settings.outage_hosts
        self._longest_s = settings.network_wait_s
        self._reach = reach or Reachable(settings)
        self._answered: dict[str, str] = {}
        self._failing: dict[str, str] = {}
        self._held: list[asyncio.Future[bool]] = []
        self._under_way = 0
        self._down_since: float | None = None
        self._last_down = float("-inf")
        self._down_s = 0.0
        self._in_vain = False
        self._waiting: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._up = asyncio.Event()
        self._up.set()

    @property
    def down_s(self) -> float:
        """Seconds that the crawl has waited for the network so far."""
        now = 0.0 if self._down_since is None else time.monotonic() - self._down_since
        return self._down_s + now

    async def ask(self, url: str, fetch: Callable[[], Awaitable[Answer]]) -> Answer:
        """What `fetch` brings for `url`; asked again when it failed because the line was down."""
        for _ in range(_TIMES):
            await self._up.wait()
            self._under_way += 1
            try:
                answer = await fetch()
            finally:
                self._under_way -= 1
            if answer.response is not None:
                self._heard_from(url)
                return answer
            silent = answer.problem is None or answer.problem.code in SILENT
            if not silent or not await self._was_down(url):
                self._release_when_alone()
                return answer
        return answer

    async def fell_since(self, moment: float) -> bool:
        """Whether the line was down after `moment` (monotonic); waits until it is up again."""
        await self._up.wait()
        return self._last_down > moment

    def _heard_from(self, url: str) -> None:
        host = host_of(url)
        self._answered.pop(host, None)
        self._answered[host] = url
        if len(self._answered) > _REMEMBERED:
            self._answered.pop(next(iter(self._answered)))
        self._in_vain = False
        if self._down_since is not None:
            self._news.set()
            return
        self._failing.clear()
        self._release(again=False)

    async def _was_down(self, url: str) -> bool:
        """Hold a failed visit until more is known; True when it is to be made again."""
        if self._in_vain or self._longest_s == 0:
            return False
        self._failing[host_of(url)] = url
        held: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._held.append(held)
        if self._down_since is None and len(self._failing) >= self._hosts:
            self._down_since = time.monotonic()
            self._up.clear()
            self._waiting = asyncio.create_task(self._wait())
        self._release_when_alone()
        await asyncio.wait({held}, timeout=HELD_S)
        if not held.done() and self._down_since is None:
            held.cancel()
            return False
        return await held

    def _release_when_alone(self) -> None:
        """Nobody is on the way who could tell more: what failed has failed."""
        if self._under_way == 0 and self._down_since is None:
            self._release(again=False)

    def _release(self, *, again: bool) -> None:
        held, self._held = self._held, []
        for one in held:
            if not one.done():
                one.set_result(again)

    async def _wait(self) -> None:
        """Wait until some host can be reached, or for as long as is allowed."""
        begun = time.monotonic()
        was_down = up = False
        try:
            while not (up := await self._reaches_any() or self._news.is_set()):
                if not was_down:
                    logger.warning("no host answers: the network is taken to be down")
                was_down = True
                if time.monotonic() - begun >= self._longest_s:
                    break
                try:
                    await asyncio.wait_for(self._news.wait(), ASKED_EVERY_S)
                except TimeoutError:
                    continue
        finally:
            self._come_up(again=was_down and up, in_vain=not up)
        if was_down:
            logger.warning("network %s after %.0f s", "back" if up else "given up", self._down_s)

    def _come_up(self, *, again: bool, in_vain: bool) -> None:
        if self._down_since is not None:
            self._down_s += time.monotonic() - self._down_since
        self._down_since = None
        if again:
            self._last_down = time.monotonic()
        self._in_vain = in_vain
        self._failing.clear()
        self._news.clear()
        self._up.set()
        self._release(again=again)

    async def _reaches_any(self) -> bool:
        known = [*reversed(self._answered.values())][:_ASKED_AT_ONCE]
        failed = [*self._failing.values()][-_ASKED_AT_ONCE:]
        return await _any(self._reach(url) for url in (*known, *failed))


async def _any(questions: Iterable[Awaitable[bool]]) -> bool:
    """True as soon as one says so."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        for task in asyncio.as_completed(tasks):
            if await task:
                return True
    finally:
        for one in tasks:
            one.cancel()
    return False


class Reachable:
    """Whether a host's server takes connections; nothing is sent to it.

    The guard's policy holds here as everywhere.
    """

    def __init__(self, settings: CrawlSettings) -> None:
        """Ask where `settings` allow it, of stand-ins where hosts have one."""
        self._policy = AddressPolicy(settings.allow_networks)
        self._stand_ins = settings.resolve

    async def __call__(self, url: str) -> bool:
        """Connect to the server of `url` and leave at once."""
        parts = urlsplit(stand_in_for(url, self._stand_ins) or url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_CONNECT_S):
                found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
                allowed = [x for x in (str(entry[4][0]) for entry in found) if self._allows(x)]
                if not allowed:
                    return False
                _, writer = await asyncio.open_connection(allowed[0], port)
                writer.close()
        except (OSError, TimeoutError, ValueError):
            return False
        return True

    def _allows(self, address: str) -> bool:
        return self._policy.allows(address)
