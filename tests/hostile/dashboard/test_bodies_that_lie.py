"""A request is sent whose end two programs would see in two places (smuggling), or that lies.

Tried: on a real connection, two lengths, a length with chunks, lengths that are no numbers, spaces
before the colon, an unknown transfer encoding, and a second request hidden behind each.
Must: one refusal, the connection ends, and what was hidden is never answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.dashboard.conftest import said_on, wire

if TYPE_CHECKING:
    from tests.web.conftest import Served

HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEADS = {
    "two lengths": b"Content-Length: 0\r\nContent-Length: 44\r\n",
    "same length twice": b"Content-Length: 5\r\nContent-Length: 6\r\n",
    "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
    "negative": b"Content-Length: -1\r\n",
    "plus": b"Content-Length: +5\r\n",
    "hexadecimal": b"Content-Length: 0x5\r\n",
    "list": b"Content-Length: 5, 6\r\n",
    "space before colon": b"Transfer-Encoding : chunked\r\n",
    "other encoding": b"Transfer-Encoding: xchunked\r\n",
    "chunked twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "vertical tab": b"Transfer-Encoding: \x0bchunked\r\n",
    "nul": b"X: a\x00b\r\n",
    "two hosts": b"Host: evil.example\r\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_what_is_hidden_is_never_answered(served: Served, head: str) -> None:
    with wire(served.address, 3) as opened:
        opened.sendall(b"POST /logout HTTP/1.1\r\nHost: 127.0.0.1\r\n" + HEADS[head] + b"\r\n")
        opened.sendall(b"0\r\n\r\n" + HIDDEN)
        said = said_on(opened)
    assert said.count(b"HTTP/1.1 ") == 1, said
    assert said.split(b" ")[1].startswith((b"4", b"501"[:1]))
    assert b'"status"' not in said


@pytest.mark.parametrize(
    "junk", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"\0" * 100, b"GET / HTTP/9\r\n\r\n"]
)
def test_what_is_no_request_ends_at_once_and_tells_nothing(served: Served, junk: bytes) -> None:
    with wire(served.address, 3) as opened:
        opened.sendall(junk + b"\r\n\r\n")
        said = said_on(opened).lower()
    assert b" 400 " in said
    assert not any(word in said for word in (b"uvicorn", b"python", b"traceback", b"h11"))


def test_a_head_without_end_is_refused(served: Served) -> None:
    with wire(served.address, 3) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 80_000)
        assert b" 400 " in said_on(opened)
