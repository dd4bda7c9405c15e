"""Answers without end: few at a time for each person, and let go of when nobody reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable
from typing import TYPE_CHECKING, Any

from sse_starlette import EventSourceResponse

from web.faults import TooSoon

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from web.viewer import Viewer

MOST_EACH = 8
"""Open streams of one person; a browser itself opens six to a host."""
MOST = 100
"""Open streams of everybody: the other half of the server's places is for pages."""
READ_WITHIN_S = 20.0
"""After so long without taking what was sent, a reader is given up."""
_SIGN_EVERY_S = 15


class Stream(EventSourceResponse):
    """Server-sent events for a viewer; raises `TooSoon` when too many are open already."""

    def __init__(self, request: Request, viewer: Viewer, events: AsyncIterable[Any]) -> None:
        """Send `events` as they come."""
        super().__init__(
            events,
            headers={"Cache-Control": "no-store"},
            ping=_SIGN_EVERY_S,
            send_timeout=READ_WITHIN_S,
        )
        self._open, self._who = open_streams(request.app.state), viewer.name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the events end or the reader goes."""
        if self._open[self._who] >= MOST_EACH or self._open.total() >= MOST:
            raise TooSoon("เปิดดูความคืบหน้าพร้อมกันหลายหน้าต่างเกินไป ปิดบางหน้าต่างก่อน", Retry_After="30")
        self._open[self._who] += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._open[self._who] -= 1


def open_streams(state: Any) -> Counter[str]:
    """How many streams each person has open, kept with the application's `state`."""
    if not hasattr(state, "streams"):
        state.streams = Counter()
    counted: Counter[str] = state.streams
    return counted
