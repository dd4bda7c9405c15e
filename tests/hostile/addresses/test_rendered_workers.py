"""Workers of a rendered page ask an inner server behind the page's back.

Tried: a worker that fetches and imports scripts, and a service worker that would fetch for ever after.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """new Worker('/worker.js'); navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(() => 0)"""
SITE = Site(
    {
        "/o1": Reply(
            f"<!doctype html><html><head><meta charset=utf-8></head><body><div id=root></div>"
            f"<script>{SCRIPT}; setTimeout(() => fetch('/shown'), 50)</script></body></html>".encode()
        ),
        "/shown": Reply(b"ok"),
        "/worker.js": Reply(
            b"fetch('@INSIDE@/w', {mode: 'no-cors'}); try { importScripts('@INSIDE@/i.js') } catch (e) {}",
            kind="text/javascript",
        ),
    }
)


def test_the_browser_has_no_way_inside(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.hits.count("/o1") > 1, "no browser asked for the page"
    assert after.inside == ()
    assert after.verdict is not Verdict.PASS
