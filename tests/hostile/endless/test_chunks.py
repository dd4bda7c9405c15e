"""Chunked bodies without end or sense

Tried: chunks come for ever, each of one byte, or with a length that is no number.
Must: endless chunks end at the limit of size or time, broken ones are `connection`; nothing is judged.
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


def chunked(chunks: bytes, *, for_ever: bool) -> Site:
    async def answer(exchange: Exchange) -> None:
        await exchange.start("Content-Type: text/html", "Transfer-Encoding: chunked")
        await exchange.send(chunks)
        while for_ever:
            await exchange.send(chunks)
            await asyncio.sleep(0.005)

    return Site({"/o1": answer})


SITES = {
    "for ever": (chunked(b"10000\r\n%s\r\n" % (b"a" * 65_536), for_ever=True), "too_large"),
    "one byte each": (chunked(b"1\r\na\r\n" * 10_000, for_ever=True), "timeout"),
    "no number": (chunked(b"zz\r\nhello\r\n0\r\n\r\n", for_ever=False), "connection"),
}
FOR_EVER, TINY, BROKEN = (site for site, _ in SITES.values())


@pytest.mark.parametrize("name", SITES)
def test_chunks_end_at_a_limit(swept: Swept, name: str) -> None:
    site, reason = SITES[name]
    after = swept.of(site)
    assert after.verdict is Verdict.ERROR
    # Which of the two limits comes first depends on how busy the machine is.
    assert after.reason == reason or {after.reason, reason} == {"too_large", "timeout"}
