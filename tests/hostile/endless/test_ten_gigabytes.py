"""Bodies of ten gigabytes

Tried: one page says in its head that 10 GB follow, the other sends without saying where it ends.
Must: both are left at the size limit, the reason is `too_large` and names the limit, nothing is judged.
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

HTML = "Content-Type: text/html"


async def announced(exchange: Exchange) -> None:
    await exchange.start(HTML, "Content-Length: 10737418240")
    await _for_ever(exchange)


async def unannounced(exchange: Exchange) -> None:
    await exchange.start(HTML, "Connection: close")
    await _for_ever(exchange)


async def _for_ever(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"<p>%s</p>" % (b"a" * 65_536))
        await asyncio.sleep(0.005)


SITES = {"announced": Site({"/o1": announced}), "unannounced": Site({"/o1": unannounced})}


@pytest.mark.parametrize("name", SITES)
def test_a_body_without_measure_is_left_at_the_limit(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "too_large")
    assert "2 MB" in after.report_html
    assert after.hits.count("/o1") <= 2
