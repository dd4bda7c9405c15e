"""The pictures of a page that carry its content come from an inner server.

Tried: a page of nothing but pictures, whose addresses lead inside.
Must: nobody connects there; the item does not pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Site, page

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site(
    {
        "/o1": page(
            "โครงสร้าง", '<img src="@INSIDE@/chart.png" alt="แผนผังโครงสร้าง" width=900 height=900>'
        )
    }
)


def test_the_picture_is_not_fetched(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict is not Verdict.PASS
