"""What is forbidden to all is allowed where the operator lists the network.

Tried: a good page on a loopback address that the list names, beside one that it does not name.
Must: the listed one passes; its neighbour address stays closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site(
    {"/o1": Reply(GOOD_O1.replace("</main>", '<img src="@INSIDE@/a.png"></main>').encode())}
)


def test_the_listed_address_is_read_and_no_other(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.verdict is Verdict.PASS
    assert after.url.startswith("http://127.")
    assert after.inside == ()
