"""A webmaster pastes an address of the office's own network into the registry.

Tried: an item's address is a server inside, by number or by a name that only the office knows.
Must: nobody connects there; the verdict is an error and the report says that people cannot open it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    "number": Site({}, item_url="@INSIDE@/plan.html"),
    "number with a file": Site({}, item_url="@INSIDE@/แผนผังโครงสร้าง.pdf"),
    "this machine": Site({}, item_url="http://localhost:@PORT@/@ME@/plan"),
}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects_and_the_report_says_why(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert [x for x in (*after.inside, *swept.strangers) if after.name in x] == []
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ที่อยู่ภายใน" in after.report_text


@pytest.mark.parametrize("name", SITES)
def test_the_line_for_the_webmaster_is_clear(swept: Swept, name: str) -> None:
    assert "ประชาชนเปิดไม่ได้" in swept.of(SITES[name]).report_text
