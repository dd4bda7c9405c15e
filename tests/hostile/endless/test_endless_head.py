"""Heads that never end

Tried: headers for ever, one header folded over endless lines, one line without end, `100 Continue` for ever.
Must: the head has a limit in bytes, the reason names it; the memory that a head may take is that limit.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept

OK = b"HTTP/1.1 200 OK\r\n"


def endless(start: bytes, again: bytes) -> Site:
    async def answer(exchange: Exchange) -> None:
        await exchange.send(start)
        while True:
            await exchange.send(again)
            await asyncio.sleep(0.005)

    return Site({"/o1": answer})


SITES = {
    "headers": endless(OK, b"X-Padding: bbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n" * 500),
    "folded": endless(OK + b"X: y\r\n", b" bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n" * 500),
    "one line": endless(OK + b"X: ", b"b" * 65_536),
    "100 Continue": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
}


@pytest.mark.parametrize("name", SITES)
def test_a_head_has_a_limit(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "too_large")
    assert "HTTP header" in after.report_html
    assert "KB" in after.report_html
