"""A session is chosen by somebody else, or carried where it is seen (fixation).

Tried: a session's secret in the query, in the path and in headers; a planted cookie before the
login; the cookie of plain http brought to the site behind https.
Must: none of them is a session; a login makes a new secret, and no address ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.web.seeds import PASSWORD
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from tests.hostile.dashboard.conftest import Answer
    from tests.web.conftest import Dashboard

ADDRESS = "https://oit.example.go.th"


@pytest.mark.parametrize("where", ["?oit={}", ";oit={}", "?session={}", "?token={}"])
def test_no_address_carries_a_session(
    standing: Dashboard, raw: Callable[..., Answer], where: str
) -> None:
    secret = standing.client("administrator").cookies["oit"]
    assert raw("GET", "/users" + where.format(secret)).refuses


@pytest.mark.parametrize("header", ["x-session", "oit", "authorization", "x-auth-token"])
def test_no_header_carries_a_session(
    standing: Dashboard, raw: Callable[..., Answer], header: str
) -> None:
    secret = standing.client("administrator").cookies["oit"]
    assert raw("GET", "/api/v1/users", headers={header: f"Bearer {secret}"}).refuses


def test_a_planted_secret_is_never_taken_over(dashboard: Dashboard) -> None:
    person = dashboard.client()
    person.bring("planted-by-somebody-else")
    answer = enter(person, "admin", PASSWORD)
    assert person.cookies["oit"] != "planted-by-somebody-else"
    assert person.cookies["oit"] not in answer.headers["location"]  # type: ignore[attr-defined]
    stranger = dashboard.client()
    stranger.bring("planted-by-somebody-else")
    assert stranger.get("/account").status_code == 303


def test_behind_https_only_the_guarded_cookie_counts(dashboard: Dashboard) -> None:
    secret = dashboard.client("administrator").cookies["oit"]
    with dashboard.set_up(address=ADDRESS) as there:
        for name, status in (("oit", 303), ("__Secure-oit", 303), ("__Host-oit", 200)):
            person = there.client(address=ADDRESS)
            assert (
                person.get("/account", headers={"Cookie": f"{name}={secret}"}).status_code == status
            )
