"""The style sheet of a rendered page comes from an inner server.

Tried: `@import`, `background`, `@font-face` and `<link rel=stylesheet>` with inner addresses.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """const s = document.createElement('style');
s.textContent = '@import url(@INSIDE@/i.css); @font-face {font-family: a; src: url(@INSIDE@/f.woff)} body {font-family: a; background: url(@INSIDE@/b.png)}';
document.head.append(s);
const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '@INSIDE@/l.css'; document.head.append(l)"""
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
