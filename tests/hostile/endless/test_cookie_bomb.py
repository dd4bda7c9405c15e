"""Cookies by the thousand

Tried: each page sets 300 cookies of its own; the server refuses requests whose head has grown too large.
Must: no request carries more cookies than a limit, and the page is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site, page

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept

MOST = 16 * 1024


async def setting(exchange: Exchange) -> None:
    if len(exchange.headers.get("cookie", "")) > MOST:
        await exchange.reply(Reply(b"Request Header Fields Too Large", status=431))
        return
    body = (
        GOOD_O1.encode() if exchange.path == "/o1" else page("หน้าแรก", "<a href='/o1'>O1</a>").body
    )
    cookies = (f"Set-Cookie: c{exchange.path[1:]}{n}={'x' * 200}; Path=/" for n in range(300))
    await exchange.start(
        "Content-Type: text/html; charset=utf-8", *cookies, f"Content-Length: {len(body)}"
    )
    await exchange.send(body)


SITE = Site({"/": setting, "/o1": setting, "*": setting})


def test_no_more_cookies_go_back_than_a_server_takes(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.verdict is Verdict.PASS
    assert all(len(asked.headers.get("cookie", "")) <= MOST for asked in after.asked)
