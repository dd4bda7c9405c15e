"""A public page answers with a redirect to a server inside the network.

Tried: 301, 302, 303, 307 and 308 lead to an address that is not allowed.
Must: nobody connects there; the report says in Thai that the address is an internal one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    str(status): Site({"/o1": Reply(status=status, headers={"Location": "@INSIDE@/hr"})})
    for status in (301, 302, 303, 307, 308)
}


@pytest.mark.parametrize("status", SITES)
def test_no_redirect_leads_inside(swept: Swept, status: str) -> None:
    after = swept.of(SITES[status])
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ภายใน" in after.report_text
