"""A handshake that stalls

Tried: an https address takes the connection and never answers the greeting.
Must: the time of a download covers the handshake; the reason is `timeout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITE = Site({}, item_url="https://@HOST@:@PORT@/o1")


def test_a_stalled_handshake_ends_with_its_time(swept: Swept) -> None:
    after = swept.of(SITE)
    assert (after.verdict, after.reason) == (Verdict.ERROR, "timeout")
