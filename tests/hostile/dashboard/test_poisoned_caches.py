"""A cache in front is made to keep what is one person's, or what an attacker wrote (poisoning).

Tried: a personal page asked for as if it were a picture, with headers that caches leave out of
their keys, and assets under queries and wrong names.
Must: nothing but assets under their own digest may be kept, and no header changes what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.dashboard.conftest import asked_raw, cookie_of
from web.asset_files import contents, digest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

UNKEYED = {"x-forwarded-host": "evil.example", "x-forwarded-scheme": "http", "x-original-url": "/users",
           "x-forwarded-prefix": "/evil", "accept": "text/x-evil", "accept-language": "evil", "range": "bytes=0-1"}  # fmt: skip


@pytest.mark.parametrize(
    "ending",
    ["/x.css", ".css", "/..%2fx.js", "%0d%0aCache-Control:public", ";x.png", "%23.png", "?x.css"],
)
def test_a_page_dressed_as_a_picture_is_not_kept(standing: Dashboard, ending: str) -> None:
    headers = cookie_of(standing.client("administrator"))
    for page in ("/account", "/api/v1/me", "/users"):
        answer = asked_raw(standing.app, "GET", page + ending, headers=headers)
        assert answer.headers["cache-control"] == "no-store"


def test_an_asset_is_what_its_digest_says_whatever_else_is_sent(standing: Dashboard) -> None:
    for name, content in contents().items():
        for query in ("", "?x=<script>", "?callback=evil"):
            path = f"/assets/{digest()}/{name}{query}"
            answer = asked_raw(standing.app, "GET", path, headers=UNKEYED)
            assert (answer.status, answer.body) == (200, content)
            assert "set-cookie" not in answer.headers
    wrong = asked_raw(standing.app, "GET", "/assets/0000000000000000/style.css")
    assert (wrong.status, wrong.headers["cache-control"]) == (404, "no-store")
