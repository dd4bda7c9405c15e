"""Servers that stand in for a host, on a closed network or in a test (`CrawlSettings.resolve`).

The request goes to the stand-in with the host's own name in its `Host` header; the answer
carries the address that was asked for. Everything else (robots.txt, pauses, redirects, the
guard) sees the host itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from crawler.stand_in_hosts import STAND_INS, stand_in_for
from crawler.wire_limits import HEAD_BYTES, bounded_heads

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


async def answered(
    request: Request,
    crawler: Crawler,
    hosts: Mapping[str, str],
    download: Callable[[Request], Awaitable[Response]],
) -> Response:
    """Download `request` in its turn, from its host's stand-in when there is one.

    What the browser asks for takes its turns in `crawler.browser_turns`.
    """

    async def sent(request: Request) -> Response:
        return await _sent(request, hosts, download)

    manners = getattr(crawler.spider, "manners", None)
    if manners is None or request.meta.get("playwright"):
        return await sent(request)
    response: Response = await manners.in_turn(request, sent)
    return response


async def _sent(
    request: Request,
    hosts: Mapping[str, str],
    download: Callable[[Request], Awaitable[Response]],
) -> Response:
    target = stand_in_for(request.url, hosts)
    if target is None:
        return await download(request)
    moved = request.replace(url=target)
    moved.headers["Host"] = urlsplit(request.url).netloc
    response = await download(moved)
    return response.replace(url=request.url)


class StandInHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler that knows the stand-ins of the crawl's settings."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the stand-ins from `crawler`'s settings."""
        super().__init__(crawler)
        self._pool._factory = bounded_heads(crawler.settings.getint(HEAD_BYTES))
        self._crawl = crawler
        self._hosts: Mapping[str, str] = crawler.settings.getdict(STAND_INS)

    async def download_request(self, request: Request) -> Response:
        """Download one request."""
        return await answered(request, self._crawl, self._hosts, super().download_request)
