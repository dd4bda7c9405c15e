"""A name that is public when it is checked and inner when it is connected to.

Tried: a resolver that answers differently the second time, for the crawler, the dashboard's check and the browser's gate.
Must: the connection goes to the very address that was checked; the name is not resolved again.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest
from twisted.internet.error import DNSLookupError

from crawler.address_policy import AddressPolicy
from crawler.gate import Gate
from crawler.guard import GuardedResolver
from crawler.guarded_get import GetError, GuardedGet
from crawler.settings import CrawlSettings

PUBLIC, INNER = "164.115.22.10", "127.9.9.9"


class Resolver:
    """Answers with a public address first and with an inner one ever after."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _: str, port: int, *__: object, **___: object) -> list[Any]:
        self.asked += 1
        address = PUBLIC if self.asked == 1 else INNER
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_the_check_of_the_dashboard_connects_where_it_looked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolver, sent = Resolver(), []
    monkeypatch.setattr(socket, "getaddrinfo", resolver)

    def send(_: httpx.Client, request: httpx.Request, **__: object) -> httpx.Response:
        sent.append(str(request.url))
        raise httpx.ConnectError("nobody is there")

    monkeypatch.setattr(httpx.Client, "send", send)
    with pytest.raises(GetError):
        GuardedGet(CrawlSettings(), 5).get("http://rebind.example.net/o1")
    assert (sent, resolver.asked) == ([f"http://{PUBLIC}/o1"], 1)


def test_the_gate_of_the_browser_connects_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver, connected = Resolver(), []

    async def connect(host: str, port: int) -> Any:
        connected.append((host, port))
        raise OSError("nobody is there")

    async def looked_up(host: str, port: int, **_: object) -> list[Any]:
        return resolver(host, port)

    async def ask() -> None:
        gate = Gate(AddressPolicy())
        try:
            monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up)
            monkeypatch.setattr(asyncio, "open_connection", connect)
            with pytest.raises(OSError, match="nobody"):
                await gate._connect("rebind.example.net", 443)
            assert await gate._connect("rebind.example.net", 443) is None
        finally:
            await gate.close()

    asyncio.run(ask())
    assert connected == [(PUBLIC, 443)]


def test_the_crawler_checks_what_it_hands_to_the_connection() -> None:
    resolver = object.__new__(GuardedResolver)
    assert resolver._checked(PUBLIC, "rebind.example.net") == PUBLIC
    with pytest.raises(DNSLookupError):
        resolver._checked(INNER, "rebind.example.net")
