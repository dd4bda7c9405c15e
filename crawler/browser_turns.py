"""The requests of a page in the browser, let out one at a time a host.

A page asks for its scripts and data in parallel; here each waits for the host's turn, and has it
until its answer has come whole. What follows a page on its own host follows without a pause. An
answer that does not end, as of a long poll, keeps its turn for `HELD_S` seconds and no longer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error

from crawler.manners import host_name, rest_as_asked
from crawler.turns import HostBusyError, HostRestsError, NoTurnError, Queued

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response, Route

    from crawler.manners import Manners

logger = logging.getLogger(__name__)

PAGE_WAITS_S = 10.0
"""Seconds in which no request of a page came on, after which those that wait are refused."""
HELD_S = 5.0
"""Seconds after which a request that has no end gives its turn to the next."""
_CARRY = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
_LOOKED_EVERY_S = 0.02
_STOPPED_WITHIN_S = 1.0


class BrowserTurns:
    """The turns that one page has or waits for."""

    def __init__(self, manners: Manners, unwanted: Callable[[Request], bool]) -> None:
        """Take turns with `manners`; what is `unwanted` is passed on untouched."""
        self._manners = manners
        self._unwanted = unwanted
        self._held: dict[Request, tuple[Queued, str]] = {}
        self._moved: set[Request] = set()
        self._waiting = self._standing = 0
        self._came_on = 0.0
        self._stopped = False
        self.lacking = False
        """True when something that may carry the page's content was not let out in time."""

    async def attach(self, page: Page) -> None:
        """Stand between `page` and the network, before any other handler of its requests."""
        page.on("request", self._requested)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)
        page.on("close", lambda _: self.close())
        await page.route("**/*", self._route)

    async def stop(self) -> None:
        """Refuse what waits and what comes; those under way keep their turns.

        A page that is closed while requests wait would let them all out at once.
        """
        self._stopped = True
        until = time.monotonic() + _STOPPED_WITHIN_S
        while self._standing and time.monotonic() < until:
            await asyncio.sleep(_LOOKED_EVERY_S)

    def close(self) -> None:
        """Give back every turn; to be called when the page is closed."""
        self._stopped = True
        for request in list(self._held):
            self._give_back(request)

    async def quiet(self, seconds: float) -> bool:
        """Wait for the requests that stand in line, until none of them came on for `seconds`.

        True when there were any: the page has been given more since.
        """
        there_were, seconds = self._waiting > 0, max(seconds, HELD_S + 1)
        while self._waiting and time.monotonic() - self._came_on < seconds:
            await asyncio.sleep(_LOOKED_EVERY_S)
        return there_were

    async def _route(self, route: Route) -> None:
        request = route.request
        with suppress(Error):
            if not request.url.startswith(("http://", "https://")) or self._unwanted(request):
                await route.fallback()
                return
            self._standing += 1
            try:
                self._hold(request, await self._taken(request))
            except NoTurnError as none:
                logger.debug("%s is refused to its page: %s", request.url, none)
                self.lacking = self.lacking or request.resource_type in _CARRY
                await route.abort("timedout")
                return
            finally:
                self._standing -= 1
            try:
                await route.fallback()
            except BaseException:
                self._give_back(request)
                raise

    async def _taken(self, request: Request) -> Queued:
        host = host_name(request.url)
        queued, begun = self._manners.turns.queue(host), time.monotonic()
        self._came_on = begun
        self._waiting += 1
        try:
            while (wait := queued.ask(0.0)) is not None:
                if wait.rests:
                    raise HostRestsError(host, wait.seconds)
                if self._stopped or time.monotonic() - max(begun, self._came_on) > PAGE_WAITS_S:
                    raise HostBusyError(host)
                await asyncio.sleep(wait.seconds)
            if self._stopped:
                raise HostBusyError(host)
        except BaseException:
            queued.leave()
            raise
        finally:
            self._waiting -= 1
        self._came_on = time.monotonic()
        return queued

    def _hold(self, request: Request, turn: Queued) -> None:
        self._held[request] = turn, host_name(request.url)
        asyncio.get_running_loop().call_later(HELD_S, turn.leave)

    def _give_back(self, request: Request) -> None:
        held = self._held.pop(request, None)
        if held is not None:
            held[0].leave()

    def _answered(self, response: Response) -> None:
        held = self._held.get(response.request)
        if held is None:
            return
        if 300 <= response.status < 400 and "location" in response.headers:
            self._moved.add(response.request)
        if response.status in (429, 503):
            rest_as_asked(held[0], response.headers.get("retry-after", ""))

    def _requested(self, request: Request) -> None:
        """A redirect goes on as another request, in the turn of the first on the same host."""
        before = request.redirected_from
        held = self._held.get(before) if before is not None else None
        if before is None or held is None:
            return
        self._moved.discard(before)
        if held[1] == host_name(request.url):
            self._held[request] = self._held.pop(before)
            return
        self._give_back(before)
        self._take_at_once(request)

    def _take_at_once(self, request: Request) -> None:
        """The turn of the host that a redirect leads to, where it is free; it cannot be held up."""
        host = host_name(request.url)
        turn = self._manners.turns.queue(host)
        if turn.ask(0.0) is None:
            self._hold(request, turn)
        else:
            turn.leave()

    def _ended(self, request: Request) -> None:
        if request not in self._moved:
            self._give_back(request)

    def _failed(self, request: Request) -> None:
        self._moved.discard(request)
        self._give_back(request)
