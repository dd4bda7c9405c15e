"""The address of an inner server is written as one number, in octal, in hexadecimal or short.

Tried: a public page redirects to 127.0.0.1 in spellings that resolvers and browsers take for it.
Must: nobody connects there; the report says that the address is an internal one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SPELLINGS = (
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.1",
    "0",
)
SITES = {
    spelling: Site({"/o1": redirect(f"http://{spelling}:@PORT@/@ME@")}) for spelling in SPELLINGS
}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects_and_the_report_says_why(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert [x for x in (*after.inside, *swept.strangers) if after.name in x] == []
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
    assert "ที่อยู่ภายใน" in after.report_text
