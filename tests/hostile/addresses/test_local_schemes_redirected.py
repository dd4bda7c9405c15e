"""A redirect leads to another scheme than http.

Tried: `Location: file:///etc/passwd`, `data:`, `ftp:`, `gopher:`, `javascript:`.
Must: nothing is opened; the verdict is an error and no line of the file stands in the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

TARGETS = (
    "file:///etc/passwd",
    "data:text/html,secret",
    "ftp://@INSIDE_HOST@:@PORT@/x",
    "gopher://@INSIDE_HOST@:@PORT@/_x",
    "javascript:alert(1)",
)
SITES = {target: Site({"/o1": redirect(target)}) for target in TARGETS}


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_opened(swept: Swept, target: str) -> None:
    after = swept.of(SITES[target])
    assert after.inside == ()
    assert after.verdict is Verdict.ERROR
    assert "root:" not in after.report_text
