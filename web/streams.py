"""Answers without end: few at a time for each person, let go of when nobody reads or serves."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sse_starlette import EventSourceResponse
from sse_starlette.sse import AppStatus

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
_ENDS: WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Event]] = WeakKeyDictionary()
# The library would cut streams off in the middle of an answer, which the server logs as a fault.
AppStatus.enable_automatic_graceful_drain = False


class Stream(EventSourceResponse):
    """Server-sent events for a viewer; raises `TooSoon` when too many are open already."""

    def __init__(self, request: Request, viewer: Viewer, events: AsyncIterable[Any]) -> None:
        """Send `events` as they come."""
        self._end = asyncio.Event()
        super().__init__(
            _until(self._end, events),
            headers={"Cache-Control": "no-store"},
            ping=_SIGN_EVERY_S,
            send_timeout=READ_WITHIN_S,
        )
        self._open, self._who = open_streams(request.app.state), viewer.name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the events end or the reader goes."""
        if self._open[self._who] >= MOST_EACH or self._open.total() >= MOST:
            raise TooSoon("เปิดดูความคืบหน้าพร้อมกันหลายหน้าต่างเกินไป ปิดบางหน้าต่างก่อน", Retry_After="30")
        ends = _ENDS.setdefault(asyncio.get_running_loop(), set())
        self._open[self._who] += 1
        ends.add(self._end)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._open[self._who] -= 1
            ends.discard(self._end)


def open_streams(state: Any) -> Counter[str]:
    """How many streams each person has open, kept with the application's `state`."""
    if not hasattr(state, "streams"):
        state.streams = Counter()
    counted: Counter[str] = state.streams
    return counted


def end_streams() -> None:
    """Have every stream of the running loop send its end: the server stops."""
    for end in _ENDS.get(asyncio.get_running_loop(), ()):
        end.set()


async def _until(end: asyncio.Event, events: AsyncIterable[Any]) -> AsyncIterator[Any]:
    """The events while `end` is not set."""
    told = aiter(events)
    ended = asyncio.ensure_future(end.wait())
    coming = None
    try:
        while not end.is_set():
            coming = asyncio.ensure_future(anext(told, None))
            await asyncio.wait((coming, ended), return_when=asyncio.FIRST_COMPLETED)
            if not coming.done() or (event := coming.result()) is None:
                return
            yield event
    finally:
        ended.cancel()
        if coming is not None and coming.cancel():
            with suppress(asyncio.CancelledError):
                await coming
