"""Connections are opened and kept busy by sending almost nothing (slowloris).

Tried: connections that say nothing, a head that never ends, a body of a byte now and then.
Must: each is ended after its time, meanwhile pages are answered, and the places are free again.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.hostile.dashboard.conftest import said_on, wire
from web import connections, limits

if TYPE_CHECKING:
    from tests.web.conftest import Served

SOON_S = 0.6


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST_WITHIN_S", SOON_S)
    monkeypatch.setattr(limits, "PATIENCE_S", SOON_S)


@pytest.mark.parametrize(
    "said", [b"", b"GET /login HT", b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "]
)
def test_who_begins_and_does_not_end_is_let_go(served: Served, said: bytes) -> None:
    with ExitStack() as stack:
        opened = [stack.enter_context(wire(served.address)) for _ in range(20)]
        for one in opened:
            one.sendall(said)
        began = time.monotonic()
        assert httpx.get(f"{served.address}/healthz", trust_env=False).status_code in (200, 503)
        assert [said_on(one) for one in opened] == [b""] * 20
        assert time.monotonic() - began < 4


def test_dripping_does_not_lengthen_the_time(served: Served) -> None:
    with wire(served.address) as opened:
        opened.sendall(b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        began = time.monotonic()
        with suppress(OSError):
            while time.monotonic() - began < 4:
                opened.sendall(b"a")
                time.sleep(0.05)
        assert time.monotonic() - began < 4


def test_a_body_that_drips_is_refused(served: Served) -> None:
    head = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n"
    with wire(served.address) as opened:
        opened.sendall(head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname=")
        assert b" 408 " in said_on(opened).partition(b"\r\n")[0]
