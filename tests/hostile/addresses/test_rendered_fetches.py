"""A rendered page asks an inner server by every call a script has.

Tried: `fetch`, XMLHttpRequest, `sendBeacon`, EventSource and an image object in the rendering browser.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """for (const mode of ['cors', 'no-cors']) fetch('@INSIDE@/' + mode, {mode}).catch(() => 0);
const x = new XMLHttpRequest(); x.open('POST', '@INSIDE@/xhr'); x.send('a');
navigator.sendBeacon('@INSIDE@/beacon', 'a'); new EventSource('@INSIDE@/events');
new Image().src = '@INSIDE@/image.png';
fetch('http://localhost:@PORT@/@ME@', {mode: 'no-cors'}).catch(() => 0);
fetch('http://[::1]:@PORT@/@ME@', {mode: 'no-cors'}).catch(() => 0)"""
SITE = Site(
    {
        "/o1": Reply(
            f"<!doctype html><html><head><meta charset=utf-8></head><body><div id=root></div>"
            f"<script>{SCRIPT}; setTimeout(() => fetch('/shown'), 50)</script></body></html>".encode()
        ),
        "/shown": Reply(b"ok"),
    }
)


def test_the_browser_has_no_way_inside(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.hits.count("/o1") > 1, "no browser asked for the page"
    assert after.inside == ()
    assert after.verdict is not Verdict.PASS
