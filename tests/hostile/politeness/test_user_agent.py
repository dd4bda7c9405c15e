"""Requests of which a webmaster cannot tell who sent them.

Tried: pages, robots.txt, redirects and pages that stand for a missing one, on every host.
Must: each request names the tool and how to reach those who run it; the host
has one request open at a time.
"""

from __future__ import annotations

from tests.hostile.politeness.conftest import SETTINGS, Read


def test_every_request_says_who_asks(read: dict[str, Read]) -> None:
    asked = [one for of_host in read.values() for one in of_host.host.asked]
    assert len(asked) > 40
    assert {one.headers["user-agent"] for one in asked} == {SETTINGS.full_user_agent}
    assert SETTINGS.full_user_agent == "OITChecker/1.0 (+https://www.moi.go.th/)"


def test_no_host_had_two_requests_open(read: dict[str, Read]) -> None:
    # The hanging one goes on with a request of which the checker hung up.
    assert {r.host.busiest for name, r in read.items() if name != "hanging"} == {1}
