"""A page sends its visitors on by a meta refresh, into the network.

Tried: a page whose `<meta http-equiv=refresh>` leads to a server inside.
Must: nobody connects there; the item does not pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Site, page

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site(
    {"/o1": page("โครงสร้าง", "", head='<meta http-equiv="refresh" content="0; url=@INSIDE@/hr">')}
)


def test_the_refresh_is_not_followed(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
