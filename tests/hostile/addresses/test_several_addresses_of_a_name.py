"""A name has a public address and an inner one.

Tried: the resolver gives both, the inner one first.
Must: the connection goes to the public one; with inner ones only, nobody connects.
"""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from crawler.guarded_get import GetError, GuardedGet
from crawler.settings import CrawlSettings

PUBLIC = "164.115.22.10"


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    sent: list[str] = []

    def looked_up(_: str, port: int, **__: object) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    def send(_: httpx.Client, request: httpx.Request, **__: object) -> httpx.Response:
        sent.append(request.url.host)
        raise httpx.ConnectError("nobody is there")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(httpx.Client, "send", send)
    return sent


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0"]
)
def test_only_the_public_one_is_connected_to(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    sent = resolving(monkeypatch, inner, PUBLIC)
    with pytest.raises(GetError):
        GuardedGet(CrawlSettings(), 5).get("http://two.example.net/")
    assert sent == [PUBLIC]


def test_a_name_with_inner_ones_only_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = resolving(monkeypatch, "10.0.0.1", "192.168.0.1")
    with pytest.raises(GetError) as told:
        GuardedGet(CrawlSettings(), 5).get("http://inner.example.net/")
    assert (sent, told.value.problem.code) == ([], "inner_address")
    assert "ประชาชนเปิดไม่ได้" in told.value.problem.detail
