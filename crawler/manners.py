"""How a crawl behaves towards hosts: one request at a time, with a pause, resting when asked to.

A host is a name: http and https, and every port of it, are one machine with one turn. `www.` and
the bare name are two hosts, and so are two names on one address.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.address_policy import AddressPolicy, literal_address
from crawler.headers import header, wait_asked
from crawler.stand_in_hosts import stand_in_for
from crawler.turn_files import FileTurns
from crawler.turns import WITHIN_S, MemoryTurns, Queued, Turns, turn_at

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from scrapy import Request
    from scrapy.http import Response

    from crawler.memory.ledger import Ledger
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

LEAST_PAUSE_S = 0.5
"""Seconds between requests to a host on the internet, however little the settings say."""
_ASK_TO_WAIT = (429, 503)


class Manners:
    """Turns and pauses of one process, by host."""

    def __init__(self, settings: CrawlSettings, ledger: Ledger | None = None) -> None:
        """Hold turns in the ledger's database where machines share it, else as `settings` say."""
        self.turns: Turns = _turns(settings, ledger)
        self._settings = settings
        self._own = AddressPolicy(settings.allow_networks)
        self._asked_for: dict[str, float] = {}

    def note_pause(self, url: str, seconds: float) -> None:
        """Note the pause that the robots.txt of the host asks for."""
        if seconds > 0:
            host = host_name(url)
            self._asked_for[host] = max(seconds, self._asked_for.get(host, 0.0))

    def asked_pause(self, url: str) -> float:
        """Seconds between requests that the host asked for, as it said them; 0 when it did not."""
        return self._asked_for.get(host_name(url), 0.0)

    def pause(self, url: str) -> float:
        """Seconds between two requests to the host: its own wish, as far as it is granted."""
        least = self._settings.delay_s
        if least < LEAST_PAUSE_S and not self._is_ours(url):
            least = LEAST_PAUSE_S
        return max(least, min(self.asked_pause(url), self._settings.max_delay_s))

    def turn(
        self, url: str, *, pause: bool = True, within_s: float = WITHIN_S
    ) -> AbstractAsyncContextManager[Queued]:
        """The turn at the host of `url`; without `pause` for what a page itself asks for."""
        return turn_at(self.turns, host_name(url), self.pause(url) if pause else 0.0, within_s)

    async def in_turn(
        self, request: Request, download: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Download one request when its turn comes, and let the host rest where it asks to.

        Raises `NoTurnError` when it does not come.
        """
        async with self.turn(request.url) as turn:
            response = await download(request)
            if response.status in _ASK_TO_WAIT:
                rest_as_asked(turn, header(response, "Retry-After"))
            return response

    def _is_ours(self, url: str) -> bool:
        """True for servers that the operator named: stand-ins, addresses of listed networks."""
        host = host_name(url)
        literal = literal_address(host)
        if literal is not None:
            return self._own.lists(literal)
        return host == "localhost" or stand_in_for(url, self._settings.resolve) is not None


def _turns(settings: CrawlSettings, ledger: Ledger | None) -> Turns:
    if ledger is not None and ledger.shared_turns:
        # Imported here: most crawls are of one machine.
        from crawler.turn_rows import RowTurns

        return RowTurns(ledger.database_url)
    folder = settings.turns_folder
    return FileTurns(folder) if folder is not None else MemoryTurns()


def rest_as_asked(turn: Queued, retry_after: str) -> None:
    """Let the host rest for as long as its `Retry-After` says, if it says anything."""
    wait_s = wait_asked(retry_after, datetime.now(UTC)) if retry_after else None
    if wait_s:
        turn.rest(wait_s)


def host_name(url: str) -> str:
    """The host's name in small letters, without port and final dot; "" for what is no address."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
