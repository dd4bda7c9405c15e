"""A rendered page leaves for an inner server after it was shown.

Tried: scripts move the page by `location`, by a redirect of the site, by a form, a moment after loading.
Must: nobody connects there; the item is neither passed nor called missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

MOVES = {
    "location": "location['href'] = '@INSIDE@/moved'",
    "by a redirect": "location['href'] = '/go'",
    "form": "const f = document.createElement('form'); f.action = '@INSIDE@/f'; document.body.append(f); f.submit()",
}
SITES = {
    name: Site(
        {
            "/o1": Reply(
                f"<html><body><div id=root></div><script>fetch('/shown').then(() => {{ {move} }})</script>".encode()
            ),
            "/shown": Reply(b"ok"),
            "/go": redirect("@INSIDE@/went"),
        }
    )
    for name, move in MOVES.items()
}


@pytest.mark.parametrize("name", MOVES)
def test_the_browser_does_not_arrive(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert after.hits.count("/o1") > 1, "no browser asked for the page"
    assert after.inside == ()
    assert after.verdict in (Verdict.ERROR, Verdict.FAIL)
    assert after.reason in ("render_failed", "inner_address", "empty_page")
