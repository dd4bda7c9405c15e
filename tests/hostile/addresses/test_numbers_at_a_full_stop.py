"""The inner address ends in a full stop, as the root of all names does.

Tried: a redirect leads to `127.0.0.1.` and to `localhost.`.
Must: nobody connects there; the verdict is an error.
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
    for host in ("127.0.0.1.", "localhost.")
}


@pytest.mark.parametrize("host", SITES)
def test_nobody_connects(swept: Swept, host: str) -> None:
    after = swept.of(SITES[host])
    assert swept.strangers == ()
    assert after.verdict is Verdict.ERROR
    assert after.reason in ("bad_address", "inner_address", "dns")
