"""A rendered page makes the browser send datagrams to an inner server.

Tried: a WebRTC connection with the inner server as its STUN and TURN server, by UDP and TCP.
Must: nobody connects there; the page is judged by what it shows and the sweep goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

SCRIPT = """const urls = ['stun:@INSIDE_HOST@:@PORT@', 'turn:@INSIDE_HOST@:@PORT@?transport=udp', 'turn:@INSIDE_HOST@:@PORT@?transport=tcp'];
const pc = new RTCPeerConnection({iceServers: [{urls, username: 'a', credential: 'b'}]});
pc.createDataChannel('a'); pc.createOffer().then(o => pc.setLocalDescription(o))"""
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
