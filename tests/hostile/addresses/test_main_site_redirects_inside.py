"""The unit's main site has been turned into a way inside.

Tried: the front page redirects to an inner server; the item's page is good.
Must: nobody connects there; the item is judged by its own page, and no path from the front is claimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site({"/": redirect("@INSIDE@/"), "/o1": Reply(GOOD_O1.encode())})


def test_the_front_page_is_not_followed(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict in (Verdict.PASS, Verdict.REVIEW)
