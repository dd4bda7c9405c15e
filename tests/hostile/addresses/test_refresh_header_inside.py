"""The `Refresh` header of an answer leads into the network.

Tried: a good page is sent with `Refresh: 0; url=` to a server inside.
Must: nobody connects there; the page itself is judged as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site({"/o1": Reply(GOOD_O1.encode(), headers={"Refresh": "0; url=@INSIDE@/hr"})})


def test_the_header_is_not_followed(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict is Verdict.PASS
