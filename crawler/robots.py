"""robots.txt, asked once a host and obeyed by every request; nothing else is asked before."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest, NotConfigured, StopDownload
from scrapy.http.request import NO_CALLBACK

from crawler.guard import LeftForSignIn, LeftForSocial, RefusedAddress
from crawler.headers import header, wait_asked
from crawler.hosted import is_store
from crawler.problems import (
    SILENT,
    NotAsked,
    Problem,
    of_exception,
    robots_unknown,
    robots_unread,
)
from crawler.robots_rules import (
    EVERYTHING,
    MOST_BYTES,
    MOST_HOPS,
    ROBOTS_NAME,
    Rules,
    origin_of,
    rules_of_answer,
)
from crawler.turns import NoTurnError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

SHARED_AT = "shared_at"
"""The key of a request's `meta` that holds the address a document is shared at."""
_IS_ROBOTS = "dont_obey_robotstxt"
_ASKED_AGAIN_S = 20.0


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Why a host's rules cannot be known, and until when (monotonic) it is not asked again."""

    problem: Problem
    until: float


class RobotsMiddleware:
    """Stops requests that the host's robots.txt forbids, or that it could not be asked about.

    Rules are those of scheme, host and port. They hold for what is asked for by the crawl; what a
    page that may be read loads by itself while the browser shows it is part of that page.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Raise `NotConfigured` when the crawl does not obey robots.txt."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._name: str = crawler.settings[ROBOTS_NAME]
        self._timeout_s = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._known: dict[str, Rules | _Unknown] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.enough_received, signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Raise `IgnoreRequest` for what the host's robots.txt forbids.

        `NotAsked` (an `IgnoreRequest`) where that is not known, `NoTurnError` where it was not
        asked.
        A shared document is fetched in another form than the one shown to visitors (an export,
        a download); what is said of the address it is shared at decides for all of them.
        """
        if request.meta.get(_IS_ROBOTS):
            return
        shared = request.meta.get(SHARED_AT)
        url = shared if shared and is_store(request.url) else request.url
        if not (await self._rules(url)).allows(url):
            raise IgnoreRequest("Forbidden by robots.txt")

    async def _rules(self, url: str) -> Rules:
        origin = origin_of(url)
        async with self._locks[origin]:
            known = self._known.get(origin)
            if known is None or (isinstance(known, _Unknown) and known.until < time.monotonic()):
                known = await self._ask(f"{origin}/robots.txt")
                self._known[origin] = known
        if isinstance(known, _Unknown):
            raise NotAsked(known.problem)
        return known

    async def _ask(self, url: str) -> Rules | _Unknown:
        meta = {_IS_ROBOTS: True, "redirect_ttl": MOST_HOPS, "download_fail_on_dataloss": False}
        request = Request(url, priority=1000, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self._engine_download(request)
        except (asyncio.CancelledError, NoTurnError):
            raise
        except Exception as error:
            return self._without_answer(error, url)
        rules = rules_of_answer(response.status, response.body, self._name)
        if rules is None:
            asked = wait_asked(header(response, "Retry-After"), datetime.now(UTC))
            return _Unknown(robots_unknown(response.status, asked), _later())
        manners = getattr(self._crawler.spider, "manners", None)
        if manners is not None:
            manners.note_pause(url, rules.pause_s)
        return rules

    async def _engine_download(self, request: Request) -> Response:
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("robots.txt is asked for without an engine")
        return await engine.download_async(request)

    def _without_answer(self, error: Exception, url: str) -> Rules | _Unknown:
        led_away = isinstance(error, RefusedAddress | LeftForSocial | LeftForSignIn)
        if led_away or (isinstance(error, IgnoreRequest) and "redirec" in str(error)):
            # In circles, or to where nothing is ever fetched: there is no such file.
            return EVERYTHING
        if isinstance(error, IgnoreRequest):
            return _Unknown(robots_unread("too_large", self._timeout_s), _later())
        problem = of_exception(error, url, self._timeout_s)
        if problem.code in ("timeout", "too_large"):
            problem = robots_unread(problem.code, self._timeout_s)
        # A host that was silent is asked again by who comes next, as for any page.
        return _Unknown(problem, 0.0 if problem.code in SILENT else _later())

    def enough_received(self, data: bytes, request: Request) -> None:
        """Stop the download of a robots.txt that is longer than anybody reads."""
        if request.meta.get(_IS_ROBOTS):
            received = request.meta.get("robots_bytes", 0) + len(data)
            request.meta["robots_bytes"] = received
            if received > MOST_BYTES:
                raise StopDownload(fail=False)


def _later() -> float:
    return time.monotonic() + _ASKED_AGAIN_S
