"""Redirects that lead nowhere

Tried: a page redirects to itself, to ever new addresses, to and fro between two hosts, each hop slowly.
Must: a bounded number of hops and seconds, then `redirect_loop` or `timeout`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site, redirect

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


async def onward(exchange: Exchange) -> Reply:
    return redirect(f"/r{exchange.times}{exchange.target}")


async def slowly(exchange: Exchange) -> Reply:
    await asyncio.sleep(2)
    return redirect(f"/r{exchange.target}")


SITES = {
    "itself": Site({"/o1": redirect("/o1")}),
    "onward": Site({"/o1": onward, "*": onward}),
    "two hosts": Site(
        {"/o1": redirect("@OTHER@/o1")}, more={"OTHER": {"*": redirect("@HERE@/o1")}}
    ),
    "slowly": Site({"/o1": slowly, "*": slowly}),
}


@pytest.mark.parametrize("name", SITES)
def test_a_chain_of_redirects_ends(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert after.verdict is Verdict.ERROR
    assert after.reason == ("timeout" if name == "slowly" else "redirect_loop")
    assert len(after.asked) <= 45
