"""Every page is asked for every night, but a body that the server says still stands is not sent.

A kept answer is never served without asking, nor when the server cannot be reached. Scrapy's own
cache would do the latter (`process_exception`), and freshness headers are ignored on purpose, so
this is a middleware of its own: validators out, 304 in, nothing else.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from crawler.headers import header, headers_kept
from crawler.memory.kept_responses import KeptResponse, KeptResponses, key_of
from crawler.memory.trust import INVENTED_DATE, INVENTED_ETAG, Trust, of_another_version
from crawler.tally import Counted

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

KEPT = "CRAWL_KEPT_RESPONSES"
"""The setting that holds what `ConditionalMiddleware.from_crawler` needs, as a mapping."""
TALLY = "tally"
"""The key of a request's `meta` that holds the count of what a unit costs."""
_ASKED = "asked_about"
_BEFORE = "kept_before"
_TESTED = "asked_with_invented_validators"
_WHOLE = "asked_whole"
_VALIDATORS = ("If-None-Match", "If-Modified-Since")
_SETTLED = timedelta(seconds=60)


class WireMiddleware:
    """Counts what goes out and what comes back, nearest to the wire: bodies as they were sent."""

    def process_request(self, request: Request) -> None:
        """Count a request."""
        self._count(request, Counted.REQUESTS, 1)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count the bytes of an answer's body."""
        self._count(request, Counted.RECEIVED_BYTES, len(response.body))
        return response

    def _count(self, request: Request, name: Counted, number: int) -> None:
        tally = request.meta.get(TALLY)
        if tally is not None and not request.meta.get("playwright"):
            tally[name] += number


class ConditionalMiddleware:
    """Asks with the validators of the kept answer, and gives that answer when it still stands."""

    def __init__(self, kept: KeptResponses, asked_with: str, whole_days: int, *, ask: bool) -> None:
        """Each answer is fetched whole every `whole_days` days; without `ask`, always."""
        self._kept = kept
        self._trust = Trust(kept)
        self._asked_with = asked_with
        self._whole_days = whole_days
        self._ask = ask

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; raises `NotConfigured` for a crawl that keeps nothing."""
        given: dict[str, Any] | None = crawler.settings.get(KEPT)
        if not given:
            raise NotConfigured
        kept = KeptResponses(given["database_url"], given["bodies"])
        middleware = cls(kept, given["asked_with"], given["whole_days"], ask=given["ask"])
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    async def close(self) -> None:
        """Write down what was kept."""
        await asyncio.to_thread(self._kept.close)

    async def process_request(self, request: Request) -> None:
        """Add validators where the answer is kept whole and not due to be fetched again."""
        # A redirect or a second attempt carries the headers of the request before it.
        for name in (_ASKED, _BEFORE, _TESTED):
            request.meta.pop(name, None)
        for name in _VALIDATORS:
            request.headers.pop(name, None)
        again = request.meta.pop(_WHOLE, "") == request.url
        if not self._ask or again or not _may_be_kept(request):
            return
        if not await self._trust.in_host_of(request.url):
            return
        found = await asyncio.to_thread(self._kept.find, self._key(request))
        if found is None:
            return
        kept = found[0]
        request.meta[_BEFORE] = kept
        due = is_due(kept, datetime.now(UTC), self._whole_days)
        if due and self._whole_days < 1:
            return
        if kept.etag:
            request.headers["If-None-Match"] = INVENTED_ETAG if due else kept.etag
        if kept.last_modified:
            request.headers["If-Modified-Since"] = INVENTED_DATE if due else kept.last_modified
        if due:
            request.meta[_TESTED] = True
        else:
            request.meta[_ASKED] = found

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The kept answer for a 304; a whole answer is kept for the next night."""
        asked: tuple[KeptResponse, bytes] | None = request.meta.pop(_ASKED, None)
        before: KeptResponse | None = request.meta.pop(_BEFORE, None)
        tested = request.meta.pop(_TESTED, False)
        if not _may_be_kept(request):
            return response
        now = datetime.now(UTC)
        if response.status == 304 and tested:
            await self._trust.lose(request.url, "a 304 to validators that it never sent")
            return _asked_whole(request)
        if response.status == 304 and asked is not None:
            kept, body = asked
            if of_another_version(response, kept):
                logger.info("%s: a 304 for another version; asked again", request.url)
                return _asked_whole(request)
            if (tally := request.meta.get(TALLY)) is not None:
                tally[Counted.NOT_MODIFIED] += 1
            if self._kept.note(replace(kept, checked_at=now)):
                await asyncio.to_thread(self._kept.flush)
            return whole(response.url, kept, body)
        if response.status == 200 and (kept_now := keepable(response, self._key(request), now)):
            known = await self._trust.in_host_of(request.url)
            if known and await self._trust.check(before, kept_now, len(response.body)):
                await asyncio.to_thread(self._kept.keep, kept_now, response.body)
        return response

    def _key(self, request: Request) -> str:
        return key_of(request.url, self._asked_with)


def is_due(kept: KeptResponse, now: datetime, whole_days: int) -> bool:
    """True when the body must come whole again, whatever the server says of it."""
    return its_turn(kept.key, kept.fetched_at, now, whole_days)


def its_turn(key: str, last: datetime, now: datetime, days: int) -> bool:
    """True when what was fetched at `last` is to be fetched anew; `key` is in hexadecimal.

    That is once in `days` days, an address on its own day, so that no night pays for all.
    """
    if days < 1:
        return True
    turn = int(key[:8], 16) % days
    return (now.toordinal() + turn) // days != (last.astimezone(UTC).toordinal() + turn) // days


def keepable(response: Response, key: str, now: datetime) -> KeptResponse | None:
    """What to keep of a whole answer; `None` for one that no server can be asked about.

    An answer that changed in the minute before it was sent may change again without a new date:
    its date is no validator (RFC 9110, 8.8.2.2).
    """
    control = header(response, "Cache-Control").lower()
    if not response.body or "no-store" in control or header(response, "Vary").strip() == "*":
        return None
    etag = header(response, "ETag")
    changed = header(response, "Last-Modified")
    if not etag and not _is_settled(changed, header(response, "Date"), now):
        return None
    return KeptResponse(
        key=key,
        url=response.url,
        headers=headers_kept(response),
        sha256=hashlib.sha256(response.body).hexdigest(),
        etag=etag,
        last_modified=changed,
        fetched_at=now,
        checked_at=now,
    )


def whole(url: str, kept: KeptResponse, body: bytes) -> Response:
    """The kept answer as the one that came."""
    headers = Headers()
    for name, value in kept.headers:
        headers.appendlist(name, value.encode("latin-1", "replace"))
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    return kind(url=url, status=200, headers=headers, body=body, flags=["not_modified"])


def kept_settings(
    database_url: str, bodies: Path, asked_with: str, whole_days: int, *, ask: bool
) -> dict[str, Any]:
    """The value of the setting `KEPT`."""
    return {
        "database_url": database_url,
        "bodies": bodies,
        "asked_with": asked_with,
        "whole_days": whole_days,
        "ask": ask,
    }


def _may_be_kept(request: Request) -> bool:
    return request.method == "GET" and not request.body and not request.meta.get("playwright")


def _asked_whole(request: Request) -> Request:
    """The same request once more, without validators."""
    return request.replace(dont_filter=True, meta={**request.meta, _WHOLE: request.url})


def _is_settled(changed: str, sent: str, now: datetime) -> bool:
    moment = _moment(changed)
    return moment is not None and (_moment(sent) or now) - moment >= _SETTLED


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
