"""Pages that link to ever new pages

Tried: a calendar's next month, a session id in each path, random addresses, `/a/a/a/a` by relative links.
Must: the unit's budgets hold: a bounded number of requests, and the item's own page is judged as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


def trap(*links: str) -> Site:
    """Every address answers with the good page and links made of its own address."""

    async def answer(exchange: Exchange) -> Reply | None:
        if exchange.path == "/robots.txt" or "no-such-page" in exchange.path:
            return Reply(b"none", status=404)
        number = len(exchange.served.asked)
        made = (link.format(n=number * 100 + k, k=k) for link in links for k in range(25))
        anchors = "".join(f'<li><a href="{url}">โครงสร้างหน่วยงาน {url}</a></li>' for url in made)
        return Reply(GOOD_O1.replace("</main>", f"{anchors}</main>").encode())

    return Site({"/o1": answer, "*": answer}, main=None)


SITES = {
    "calendar": trap("/calendar?month={n}", "/events?year=2023&month={n}&day={k}"),
    "session": trap("/s/{n:032x}/structure", "/page;jsessionid={n:032x}?k={k}"),
    "random": trap("/p/{n:x}-{k}.html", "/files/{n:x}-{k}.pdf"),
    "relative": trap("a/", "a/a/?{k}", "o1/a/a/"),
}


@pytest.mark.parametrize("name", SITES)
def test_a_trap_costs_a_bounded_number_of_requests(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert after.verdict in (Verdict.PASS, Verdict.REVIEW)
    assert len(after.asked) <= 65
    assert not [hit for hit in after.hits if re.search(r"(/a){4}", hit)]
