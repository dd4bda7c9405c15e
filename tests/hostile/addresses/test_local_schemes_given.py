"""An address of another scheme than http stands in the unit's list.

Tried: `file:`, `data:`, `view-source:`, `chrome:`, `about:`, `javascript:`, `ftp:`, `gopher:`, `jar:`.
Must: nothing is opened; the verdict is an error with the reason that the address cannot be opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCHEMES = (
    "file:///etc/passwd",
    "data:text/html,<h1>โครงสร้าง</h1>",
    "view-source:@HERE@/o1",
    "chrome://settings",
    "about:blank",
    "javascript:location='@INSIDE@/'",
    "ftp://@INSIDE_HOST@:@PORT@/x",
    "gopher://@INSIDE_HOST@:@PORT@/_x",
    "jar:@INSIDE@/x.jar!/",
    "ldap://@INSIDE_HOST@:@PORT@/x",
)
SITES = {url: Site({"/o1": Reply(GOOD_O1.encode())}, item_url=url) for url in SCHEMES}


@pytest.mark.parametrize("url", SCHEMES)
def test_nothing_is_opened(swept: Swept, url: str) -> None:
    after = swept.of(SITES[url])
    assert after.inside == ()
    assert "/o1" not in after.hits
    assert (after.verdict, after.reason) == (Verdict.ERROR, "bad_address")
