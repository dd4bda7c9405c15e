"""A page that makes the browser take in, or paint, more than any page needs.

Tried: a script that fetches an answer without end; canvases of 900 million pixels each; the same
endless answer through the browser's way out, without a browser.
Must: what comes through one connection is cut at the size that any file may have; the page is
judged by what it shows, or it is `render_failed`; the sweep goes on.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from crawler.address_policy import AddressPolicy
from crawler.gate import Gate
from tests.hostile.endless.shells import GOOD, shell
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept

CHUNK = b"x" * 65536
MOST = 300_000
CANVAS = (
    "for (let i = 0; i < 20; i++) { const c = document.createElement('canvas');"
    "c.width = c.height = 30000; c.getContext('2d')?.fillRect(0, 0, 30000, 30000);"
    "document.body.append(c) } "
)


async def endless(exchange: Exchange) -> None:
    await exchange.start("Content-Type: text/plain", "Connection: close")
    while True:
        await exchange.send(CHUNK)


SITES = {
    "endless answer": Site(
        {**shell(f"fetch('/flood').then(r => r.text()); {GOOD}"), "/flood": endless}, main=None
    ),
    "huge canvas": Site(shell(f"{GOOD}; {CANVAS}"), main=None),
}


@pytest.mark.parametrize("name", SITES)
def test_the_page_is_judged_or_said_not_to_be_shown(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert after.verdict is Verdict.PASS or after.reason == "render_failed"
    assert after.hits.count("/o1") > 1, "no browser asked for the page"


def test_the_flood_was_cut_off(swept: Swept) -> None:
    floods = [one for one in swept.of(SITES["endless answer"]).asked if one.path == "/flood"]
    assert floods
    assert all(one.until - one.at < 8 for one in floods)


def test_no_more_than_a_file_may_have_comes_through_one_connection() -> None:
    assert asyncio.run(_taken_through()) <= MOST + len(CHUNK)


async def _taken_through() -> int:
    """The bytes that come through the gate from a server that never ends."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            # Twenty times as much as may come: a gate without a limit fails the case in no time.
            for _ in range(20 * MOST // len(CHUNK)):
                writer.write(CHUNK)
                await writer.drain()
        except OSError:
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    gate = Gate(AddressPolicy(("127.0.0.1/32",)), MOST)
    await gate.open()
    host, _, own = gate.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(own))
    writer.write(f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    taken = 0
    try:
        while data := await reader.read(65536):
            taken += len(data)
    except ConnectionResetError:
        pass
    writer.close()
    await gate.close()
    server.close()
    return taken
