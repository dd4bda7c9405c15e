"""Hosts that call a page unchanged whatever they are asked: their word is not taken.

Three things tell them: "unchanged" to validators that no page ever had, the same validators with
another body, and one ETag for several pages. Nothing is asked for it that is not asked anyway: the
question with invented validators is put when a page is due to come whole.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.headers import header
from crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.memory.kept_responses import KeptResponse, KeptResponses

logger = logging.getLogger(__name__)

INVENTED_ETAG = '"oit-never-sent"'
INVENTED_DATE = "Thu, 01 Jan 1970 00:00:01 GMT"


class Trust:
    """Which hosts may be asked whether a page still stands."""

    def __init__(self, kept: KeptResponses) -> None:
        """Remember in `kept` who was found out."""
        self._kept = kept
        self._lengths: dict[tuple[str, str], int] = {}

    async def in_host_of(self, url: str) -> bool:
        """False for a host that was found out."""
        host = host_of(url)
        known = self._kept.known_distrust(host)
        if known is None:
            known = await asyncio.to_thread(self._kept.distrusts, host)
        return not known

    async def lose(self, url: str, why: str) -> None:
        """Ask the host of `url` for whole pages from now on."""
        logger.info("%s: %s; its word that a page is unchanged is not taken", host_of(url), why)
        await asyncio.to_thread(self._kept.distrust, host_of(url), datetime.now(UTC))

    async def check(self, before: KeptResponse | None, now: KeptResponse, size: int) -> bool:
        """True when a whole answer, `size` bytes long, speaks for its host's validators.

        `before` is what was kept of the page until now.
        """
        if before is not None and _same_validators(before, now) and before.sha256 != now.sha256:
            await self.lose(now.url, "the same validators for another body")
            return False
        if now.etag:
            # Files of one length and moment may well share an ETag that is made of both.
            place = (host_of(now.url), opaque(now.etag))
            if self._lengths.setdefault(place, size) != size:
                await self.lose(now.url, "one ETag for several pages")
                return False
        return True


def of_another_version(response: Response, kept: KeptResponse) -> bool:
    """True for a 304 whose own validators are not those of the kept answer."""
    etag, changed = header(response, "ETag"), header(response, "Last-Modified")
    if etag and kept.etag:
        return opaque(etag) != opaque(kept.etag)
    return bool(changed and kept.last_modified and changed != kept.last_modified)


def opaque(etag: str) -> str:
    """An ETag without the mark of a weak one."""
    return etag.strip().removeprefix("W/")


def _same_validators(one: KeptResponse, other: KeptResponse) -> bool:
    if one.etag or other.etag:
        return opaque(one.etag) == opaque(other.etag)
    return one.last_modified == other.last_modified
