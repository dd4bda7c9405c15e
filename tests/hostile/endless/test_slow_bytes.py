"""Two bytes a second

Tried: an answer never stops coming and never comes: its body, or its head, drips.
Must: the whole download has one limit of time, whatever moves meanwhile; the reason is `timeout` and names the seconds.
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


async def body(exchange: Exchange) -> None:
    await exchange.start("Content-Type: text/html", "Content-Length: 100000")
    await _drip(exchange)


async def head(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await _drip(exchange)


async def _drip(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"a")
        await asyncio.sleep(0.5)


async def nothing(_: Exchange) -> None:
    await asyncio.sleep(60)


SITES = {"body": Site({"/o1": body}), "head": Site({"/o1": head}), "none": Site({"/o1": nothing})}


@pytest.mark.parametrize("name", SITES)
def test_a_dripping_answer_ends_with_its_time(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "timeout")
    assert "3 วินาที" in after.report_html
