"""The robots.txt and the front page name a sitemap on an inner server.

Tried: `Sitemap:` lines and `<link rel=sitemap>` lead inside.
Must: nobody connects there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, PROSE, Reply, Site, page

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site(
    {
        "/": page(
            "เทศบาล",
            '<a href="/o1">โครงสร้าง</a>' + PROSE,
            head='<link rel="sitemap" href="@INSIDE@/s.xml">',
        ),
        "/robots.txt": Reply(
            b"User-agent: *\nAllow: /\nSitemap: @INSIDE@/s.xml\n", kind="text/plain"
        ),
        "/o1": Reply(GOOD_O1.encode()),
    }
)


def test_the_sitemap_is_not_asked_for(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict is Verdict.PASS
