"""How much of an answer is taken before it is read: its head, its packing, its time.

Scrapy bounds the body as it was sent; here is bounded what a server can send around it.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Any, Self

import brotli  # type: ignore[import-untyped]
from backports import zstd
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

from crawler.over_limit import OverLimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import HTTP11ClientProtocol

HEAD_BYTES = "CRAWL_MAX_HEAD_BYTES"
UNPACKINGS = "CRAWL_MAX_UNPACKINGS"
ADDRESS_S = "CRAWL_MAX_ADDRESS_S"
"""The settings by which the limits of `CrawlSettings` reach Scrapy."""
UNTIL = "address_until"
"""The key of a request's `meta` that says until when (monotonic) its redirects are followed."""
_MEGABYTE = 1024 * 1024
_PACKING_FAULTS = (zlib.error, brotli.error, zstd.ZstdError, OSError, EOFError, ValueError)


class _BoundedHead(_LenientHTTP11ClientProtocol):
    """A connection that is dropped when the head of an answer, or what precedes it, has no end."""

    most = 0
    _taken = 0

    def request(self, request: Any) -> Any:
        """Send a request; its answer's head is counted from nothing."""
        self._taken = 0
        answer = super().request(request)
        if self._parser is not None:
            # A single line may be as long as the whole head: one limit, one reason.
            self._parser.MAX_LENGTH = 2 * self.most
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Take bytes as they come; those of the body are counted elsewhere."""
        parser = self._parser
        if parser is not None and parser.state in ("STATUS", "HEADER"):
            self._taken += len(data)
            if self._taken > self.most + len(data):
                detail = (
                    f"ส่วนหัวของคำตอบ (HTTP header) ยาวเกิน {self.most / 1024:,.0f} KB จึงไม่ได้อ่านต่อ"
                )
                fault = Failure(OverLimitError("too_large", detail))  # type: ignore[no-untyped-call]
                self._giveUp(fault)  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


def bounded_heads(most: int) -> type[_LenientHTTP11ClientFactory]:
    """A factory of connections that take at most `most` bytes (and a packet) before a body."""

    class Factory(_LenientHTTP11ClientFactory):
        def buildProtocol(self, _: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802
            protocol = _BoundedHead(self._quiescentCallback)  # type: ignore[no-untyped-call]
            protocol.most = most
            return protocol

    return Factory


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Scrapy's decompression, with an end to how often and an honest word for a bomb."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the limits from `crawler`'s settings."""
        super().__init__(crawler=crawler)
        self._most_layers = crawler.settings.getint(UNPACKINGS)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Unpack the body; raises `OverLimitError` for one that must not or cannot be unpacked."""
        try:
            return super().process_response(request, response)
        except OverLimitError:
            raise
        except IgnoreRequest:
            size = f"{self._max_size / _MEGABYTE:,.0f} MB"
            detail = f"เนื้อหาที่บีบอัดมา เมื่อคลายแล้วใหญ่เกิน {size} จึงไม่ได้เปิด"
            raise OverLimitError("too_large", detail) from None
        except _PACKING_FAULTS:
            detail = "เว็บไซต์ส่งเนื้อหาที่บีบอัดมาไม่ถูกต้อง (Content-Encoding) จึงคลายออกอ่านไม่ได้"
            raise OverLimitError("extract_failed", detail) from None

    def _handle_encoding(
        self, body: bytes, content_encoding: list[bytes], max_size: int
    ) -> tuple[bytes, list[bytes]]:
        layers = sum(line.count(b",") + 1 for line in content_encoding)
        if layers > self._most_layers:
            detail = f"เนื้อหาถูกบีบอัดซ้อนกัน {layers:,} ชั้น เกินกำหนด {self._most_layers} ชั้น จึงไม่ได้คลาย"
            raise OverLimitError("too_large", detail)
        return super()._handle_encoding(body, content_encoding, max_size)


class AddressTimeMiddleware:
    """Ends a chain of redirects that goes on past an address's own time."""

    def __init__(self, most_s: float, now: Callable[[], float] = time.monotonic) -> None:
        """Let an address take `most_s` seconds with everything it sends its visitor to."""
        self._most_s = most_s
        self._now = now

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler.settings.getfloat(ADDRESS_S))

    def process_request(self, request: Request) -> None:
        """Raise `OverLimitError` for a hop that begins too late."""
        until = request.meta.get(UNTIL)
        if until is not None and self._now() > until:
            detail = f"ที่อยู่นี้ส่งต่อไปเรื่อย ๆ นานเกิน {self._most_s:g} วินาที จึงไม่ได้ตามต่อ"
            raise OverLimitError("timeout", detail)
