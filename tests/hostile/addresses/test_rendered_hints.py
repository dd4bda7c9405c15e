"""A rendered page hints that an inner server will be needed.

Tried: `preconnect`, `prefetch`, `preload`, `modulepreload`, `prerender` and speculation rules lead inside.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender']) {
  const l = document.createElement('link'); l.rel = rel; l.href = '@INSIDE@/' + rel; l.as = 'script'; document.head.append(l); }
const s = document.createElement('script'); s.type = 'speculationrules';
s.textContent = JSON.stringify({prefetch: [{source: 'list', urls: ['@INSIDE@/rules']}], prerender: [{source: 'list', urls: ['@INSIDE@/prerules']}]});
document.head.append(s)"""
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
