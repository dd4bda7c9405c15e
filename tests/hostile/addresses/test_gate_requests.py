"""A page talks to the browser's only way out by itself, in ways that no browser would.

Tried: tunnels and requests to inner addresses, another `Host` than the target, other schemes.
Must: the gate answers 403 to each and connects to nobody.
"""

from __future__ import annotations

import asyncio

import pytest

from crawler.address_policy import AddressPolicy
from crawler.gate import Gate

REQUESTS = (
    "CONNECT 127.0.0.1:22", "CONNECT localhost:443", "CONNECT [::1]:443", "CONNECT 2130706433:443",
    "CONNECT 10.0.0.1:443", "CONNECT 169.254.169.254:80", "CONNECT intranet:443", "CONNECT 164.115.22.10:25",
    "GET http://127.0.0.1:8000/", "GET http://www.moi.go.th@127.0.0.1/", "GET http://0x7f.1/", "GET http://[::ffff:7f00:1]/",
    "GET ftp://127.0.0.1/", "GET file:///etc/passwd", "GET /etc/passwd", "POST http://127.0.0.1:6379/",
)  # fmt: skip


async def asked(request: str) -> bytes:
    gate = Gate(AddressPolicy())
    await gate.open()
    try:
        port = int(gate.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{request} HTTP/1.1\r\nHost: www.moi.go.th\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        return answer
    finally:
        await gate.close()


@pytest.mark.parametrize("request_line", REQUESTS)
def test_it_is_forbidden(request_line: str) -> None:
    answer = asyncio.run(asked(request_line))
    assert answer.startswith(b"HTTP/1.1 403 ")
