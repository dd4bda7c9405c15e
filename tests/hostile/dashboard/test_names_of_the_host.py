"""The request names another host than ours (poisoned links, DNS rebinding).

Tried: foreign names in `Host`, `X-Forwarded-Host` and an absolute address, also with ports, users
and line breaks; foreign names that contain ours.
Must: with the public address set, no page is given under another name; no answer ever repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.dashboard.conftest import asked_raw
from web.hosts import is_ours

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

ADDRESS = "https://oit.example.go.th"
EVIL = ("evil.example", "oit.example.go.th.evil.example", "evil.example:443", "a@evil.example",
        "oit.example.go.th@evil.example", "", "[", "evil.example/oit.example.go.th", "ก.example")  # fmt: skip
OURS = (
    "oit.example.go.th",
    "OIT.example.go.th:443",
    "127.0.0.1:8000",
    "localhost",
    "[::1]:8000",
    "10.0.0.5",
)


@pytest.mark.parametrize("host", EVIL)
def test_no_page_is_given_under_another_name(standing: Dashboard, host: str) -> None:
    with standing.set_up(address=ADDRESS) as there:
        for path in ("/", "/login", "/units", "/api/v1/me", "/healthz", "/login/openid"):
            answer = asked_raw(there.app, "GET", path, headers={"host": host})
            assert answer.status == 421, (path, answer.status)


@pytest.mark.parametrize("host", OURS)
def test_our_names_are_known(host: str) -> None:
    assert is_ours(host, ADDRESS)


@pytest.mark.parametrize(
    "header", ["host", "x-forwarded-host", "forwarded", "x-host", "x-forwarded-server"]
)
def test_no_answer_repeats_a_name(standing: Dashboard, header: str) -> None:
    value = "host=evil.example" if header == "forwarded" else "evil.example"
    for path in ("/", "/login", "/units", "/account", "/no/such"):
        answer = asked_raw(standing.app, "GET", path, headers={header: value})
        assert "evil.example" not in answer.headers.get("location", "")
        assert b"evil.example" not in answer.body
