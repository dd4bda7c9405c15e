"""A link to our login leads on to the attacker's page (open redirect).

Tried: addresses dressed as paths of ours, in the login, the logout and the login by a provider:
two slashes, backslashes, encoded, with users, with signs that browsers drop, as scripts.
Must: after the login the browser is at a page of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from tests.web.seeds import PASSWORD
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

TARGETS = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "///evil.example",
    "javascript:alert(1)", "data:text/html,x", "/%2f%2fevil.example", "/%5cevil.example", "/..//evil.example",
    "/.//evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
    "/\u2028/evil.example", "https://127.0.0.1@evil.example", "/;//evil.example", "/?next=//evil.example",
    "/\x00/evil.example", "／／evil.example", "/@evil.example", "//evil%E3%80%82example", "[", "/[",
)  # fmt: skip


@pytest.mark.parametrize("target", TARGETS, ids=ascii)
def test_the_login_leads_to_our_own_pages(dashboard: Dashboard, target: str) -> None:
    person = dashboard.client()
    answer = enter(person, "admin", PASSWORD, next=target)
    assert leads(answer) == "127.0.0.1"
    assert leads(person.get("/login", params={"next": target})) == "127.0.0.1"


def leads(answer: object) -> str:
    """The host at which a browser is after the answer, as browsers read addresses."""
    place: str = answer.headers["location"]  # type: ignore[attr-defined]
    read = place.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    return urlsplit(urljoin("http://127.0.0.1/login", read)).hostname or ""
