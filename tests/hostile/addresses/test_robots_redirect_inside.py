"""The robots.txt of a public site redirects into the network.

Tried: `/robots.txt` is a redirect to an inner server; the pages are good.
Must: nobody connects there; the pages are read all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site({"/robots.txt": redirect("@INSIDE@/robots.txt"), "/o1": Reply(GOOD_O1.encode())})


def test_the_redirect_is_not_followed(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict is Verdict.PASS
