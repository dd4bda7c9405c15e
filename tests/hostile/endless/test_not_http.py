"""What is no HTTP, or stops midway

Tried: a server sends bytes without a head, an odd version, or resets the connection in the middle of a page.
Must: each is `connection`, tried again and never judged from the part that came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


def says(content: bytes) -> Site:
    async def answer(exchange: Exchange) -> None:
        await exchange.send(content)

    return Site({"/o1": answer})


async def reset(exchange: Exchange) -> None:
    body = GOOD_O1.encode()
    await exchange.start("Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}")
    await exchange.send(body[: len(body) - 20])
    exchange.writer.transport.abort()


SITES = {
    "HTTP/0.9": says(GOOD_O1.encode()),
    "noise": says(bytes(range(256)) * 20),
    "odd version": says(b"HTTP/x.-1 200 OK\r\n\r\n" + GOOD_O1.encode()),
    "odd status": says(b"HTTP/1.1 two hundred\r\n\r\n" + GOOD_O1.encode()),
    "reset": Site({"/o1": reset}),
}


@pytest.mark.parametrize("name", SITES)
def test_half_an_answer_is_none(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "connection")
