"""robots.txt, asked once a host and obeyed by every request that waited for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

from crawler.hosted import is_store

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

SHARED_AT = "shared_at"
"""The key of a request's `meta` that holds the address a document is shared at."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, made safe for several first requests to a host at once.

    In Scrapy 2.19 they share a Deferred whose result only the first of them receives; the others
    get nothing and take that for "everything is allowed".
    """

    def __init__(self, crawler: Crawler) -> None:
        """Raise `NotConfigured` when the crawl does not obey robots.txt."""
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise `IgnoreRequest` for what the host's robots.txt forbids.

        A shared document is fetched in another form than the one shown to visitors (an export,
        a download); what is said of the address it is shared at decides for all of them.
        """
        shared = request.meta.get(SHARED_AT)
        if not shared or request.meta.get("dont_obey_robotstxt") or not is_store(request.url):
            await super().process_request(request)
            return
        shown = request.replace(url=shared)
        self.process_request_2(await self.robot_parser(shown), shown)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host, `None` when it has none that can be read."""
        async with self._locks[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
