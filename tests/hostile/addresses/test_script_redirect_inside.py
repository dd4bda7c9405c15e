"""A page of nothing but a script sends its visitors into the network.

Tried: `location.href = …`, `location.replace(…)` with a server inside, found without a browser.
Must: nobody connects there; the report says that the address is an internal one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    script: Site({"/o1": Reply(f"<html><script>{script}</script></html>".encode())})
    for script in ("location.href='@INSIDE@/hr'", "window.location.replace('@INSIDE@/hr')")
}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects_and_the_report_says_why(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert [x for x in (*after.inside, *swept.strangers) if after.name in x] == []
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ที่อยู่ภายใน" in after.report_text
