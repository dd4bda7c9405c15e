"""Connections that keep others waiting: closed when no whole request comes within its time."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_WITHIN_S = 20.0
"""So long a connection may take for the head of a request, from its beginning or the last answer.

What it still sends of a request that was answered early counts too: nobody reads it.
"""


class Impatient(H11Protocol):
    """The server's HTTP, with an end to waiting: a place taken and left idle is given back."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody connected: their time runs."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """A request whose head is whole is being answered, however long that takes."""
        super().handle_events()
        if self._answering():
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """The next request has its time."""
        self._wait()
        super().on_response_complete()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(REQUEST_WITHIN_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        if not self._answering() and not self.transport.is_closing():
            self.transport.close()
