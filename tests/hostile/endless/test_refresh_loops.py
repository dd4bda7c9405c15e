"""Pages that send their visitor round

Tried: meta refresh, a script's `location`, or the `Refresh` header lead to ever new addresses.
Must: a bounded number of steps, then `redirect_loop`; a page is never judged by what it showed on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


def endless(html: str) -> Site:
    async def answer(exchange: Exchange) -> Reply:
        return Reply(html.format(to=f"/r{exchange.target[-40:]}").encode())

    return Site({"/o1": answer, "*": answer})


SITES = {
    "meta": endless('<html><head><meta http-equiv="refresh" content="0;url={to}"></head></html>'),
    "script": endless("<html><script>location.href='{to}'</script></html>"),
}


@pytest.mark.parametrize("name", SITES)
def test_a_page_that_only_leads_on_ends(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "redirect_loop")
    assert len(after.asked) <= 40
