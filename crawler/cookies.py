"""The cookies of a crawl: a jar a unit, of which a host gets back a limited size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.utils.httpobj import urlparse_cached
from tldextract import TLDExtract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.cookies import CookieJar

COOKIE_BYTES = "CRAWL_MAX_COOKIE_BYTES"
"""The setting that holds the largest `Cookie` header sent."""
# The list that comes with the library: left to itself it asks for a newer one on the network.
_suffixes = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)


class BoundedCookiesMiddleware(CookiesMiddleware):
    """Scrapy's cookies; a jar that outgrew what a server takes in a request is emptied.

    Else a page that sets 4,000 cookies makes the server refuse every page after it, and the
    refusal be taken for theirs.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read the limit from `crawler`'s settings."""
        super().__init__()
        self.crawler = crawler
        self._most = crawler.settings.getint(COOKIE_BYTES)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Request | Response | None:  # type: ignore[override]
        """Add the cookies that the jar holds for the request, unless they are too many."""
        done = super().process_request(request)
        if len(request.headers.get("Cookie") or b"") > self._most:
            self.jars[request.meta.get("cookiejar")].clear()
            del request.headers["Cookie"]
        return done

    def _process_cookies(self, cookies: Iterable[Any], *, jar: CookieJar, request: Request) -> None:
        """Put cookies into the jar; none is set for a domain that many bodies share."""
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and domain != host and not _suffixes(domain).domain:
                continue
            if domain == host and not _suffixes(domain).domain:
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)
