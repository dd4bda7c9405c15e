"""robots.txt of 500 MB

Tried: robots.txt never ends, or holds 20,000 rules full of wildcards.
Must: no more of it is taken than a limit, and the page it does not forbid is read.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


async def endless(exchange: Exchange) -> None:
    await exchange.start("Content-Type: text/plain")
    while True:
        await exchange.send(b"User-agent: *\nDisallow: /x\n" * 2000)
        await asyncio.sleep(0.005)


RULES = "".join(f"Disallow: /*{'a*' * 20}{n}\n" for n in range(8_000))
PAGE = Reply(GOOD_O1.encode())
SITES = {
    "endless": Site({"/robots.txt": endless, "/o1": PAGE}),
    "wildcards": Site({"/robots.txt": Reply(f"User-agent: *\n{RULES}".encode()), "/o1": PAGE}),
}


@pytest.mark.parametrize("name", SITES)
def test_the_page_is_read_all_the_same(swept: Swept, name: str) -> None:
    assert swept.of(SITES[name]).verdict is Verdict.PASS
