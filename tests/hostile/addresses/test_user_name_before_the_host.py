"""A trusted name stands before an `@`, the inner server behind it.

Tried: redirects such as `http://www.moi.go.th@127.0.0.1/` and `http://www.moi.go.th:80@…`.
Must: nobody connects there, whichever part a library takes for the host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site, redirect

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SITES = {
    user: Site({"/o1": redirect(f"http://{user}@@INSIDE_HOST@:@PORT@/@ME@")})
    for user in ("www.moi.go.th", "www.moi.go.th:80", "a%2Fb", "www.moi.go.th%23")
}


@pytest.mark.parametrize("user", SITES)
def test_nobody_connects(swept: Swept, user: str) -> None:
    after = swept.of(SITES[user])
    assert after.inside == ()
    assert (after.verdict, after.reason) == (Verdict.ERROR, "inner_address")
