"""A public page redirects to a name of the machine that checks.

Tried: a redirect to `localhost`, in capitals, with circled letters, and below `.localhost`.
Must: nobody connects there; the reason names the refusal and not the host that redirected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    host: Site({"/o1": redirect(f"http://{host}:@PORT@/@ME@")})
    for host in ("localhost", "LOCALHOST")
} | {"circled": Site({}, item_url="http://ⓛocalhost:@PORT@/@ME@")}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects_and_the_report_says_why(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert [x for x in (*after.inside, *swept.strangers) if after.name in x] == []
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ที่อยู่ภายใน" in after.report_text
