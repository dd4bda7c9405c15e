"""The digits and full stops of an inner address are full-width or circled.

Tried: a redirect and a link lead to `１２７.0.0.1`, `127。0。0。1` and `①②⑦.0.0.1`, which mean 127.0.0.1.
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
    host: Site({"/o1": Reply(status=302, headers={"Location": f"http://{quoted}:@PORT@/@ME@"})})
    for host, quoted in (
        ("full width", "%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1"),
        ("ideographic stops", "127%E3%80%820%E3%80%820%E3%80%821"),
    )
} | {
    host: Site({}, item_url=f"http://{host}:@PORT@/@ME@")
    for host in ("１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1")
}


@pytest.mark.parametrize("name", SITES)
def test_nobody_connects(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert swept.strangers == ()
    assert after.verdict is Verdict.ERROR
    assert after.reason == ("bad_address" if name == "full width" else "inner_address")
