"""robots.txt, asked once a host and obeyed by every request that waited for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, made safe for several first requests to a host at once.

    In Scrapy 2.19 they share a Deferred whose result only the first of them receives; the others
    get nothing and take that for "everything is allowed".
    """

    def __init__(self, crawler: Crawler) -> None:
        """Raise `NotConfigured` when the crawl does not obey robots.txt."""
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host, `None` when it has none that can be read."""
        async with self._locks[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
