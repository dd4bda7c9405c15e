"""The first hops of a redirect are harmless, the last one is not.

Tried: a public page redirects to another host, which redirects on into the network.
Must: nobody connects there; the report says that the address is an internal one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    "over another host": Site(
        {"/o1": redirect("@OTHER@/go")}, more={"OTHER": {"/go": redirect("@INSIDE@/hr")}}
    ),
    "over itself": Site({"/o1": redirect("/a"), "/a": redirect("/b"), "/b": redirect("@INSIDE@/")}),
}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects_and_the_report_says_why(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert [x for x in (*after.inside, *swept.strangers) if after.name in x] == []
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ที่อยู่ภายใน" in after.report_text
