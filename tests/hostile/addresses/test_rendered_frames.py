"""A rendered page frames an inner server, and local schemes.

Tried: frames, objects and embeds of an inner page, of `file:`, `view-source:` and `chrome:`.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """for (const url of ['@INSIDE@/frame', 'file:///etc/passwd', 'view-source:@INSIDE@/x', 'chrome://version', 'data:text/html,<img src=@INSIDE@/d.png>'])
  for (const tag of ['iframe', 'embed', 'object']) { const e = document.createElement(tag); e.src = e.data = url; document.body.append(e); }"""
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
