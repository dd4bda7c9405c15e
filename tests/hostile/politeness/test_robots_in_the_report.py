"""Hosts that forbid reading or cannot say whether they do, from the sweep to the unit's report.

Tried: a good page behind a robots.txt that forbids it, that answers 503, 429, or not at all.
Must: the page is never asked for, the item could not be checked, the report says why; where the
robots.txt forbids only others, or is refused with 403, the item passes.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept


GOOD = Reply(GOOD_O1.encode())


async def never(_: Exchange) -> None:
    await asyncio.sleep(20)


def robots(text: str, status: int = 200) -> Site:
    return Site({"/robots.txt": Reply(text.encode(), status, "text/plain"), "/o1": GOOD})


SHUT = "User-agent: *\nDisallow: /o\n"
UNREAD = {
    "forbidden": robots(SHUT),
    "down": robots("", 503),
    "busy": robots("", 429),
    "silent": Site({"/robots.txt": never, "/o1": GOOD}),
}
READ = {
    "for others": robots("User-agent: Googlebot\nDisallow: /\n"),
    "refused": robots(SHUT, 403),
    "opened for us": robots(SHUT + "User-agent: OITCHECKER/9\nAllow: /\n"),
}


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("forbidden", "blocked_by_robots", "robots.txt ไม่อนุญาต"),
        ("down", "server_error", "robots.txt ของเว็บไซต์ตอบรหัส HTTP 503"),
        ("busy", "rate_limited", "robots.txt ของเว็บไซต์ตอบรหัส HTTP 429"),
        ("silent", "timeout", "robots.txt ของเว็บไซต์ไม่ตอบภายใน"),
    ],
)
def test_what_may_not_be_read_could_not_be_checked(
    swept: Swept, name: str, code: str, says: str
) -> None:
    after = swept.of(UNREAD[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, code)
    assert "/o1" not in after.hits
    assert says in after.report_html


@pytest.mark.parametrize("name", READ)
def test_what_may_be_read_passes(swept: Swept, name: str) -> None:
    assert swept.of(READ[name]).verdict is Verdict.PASS
