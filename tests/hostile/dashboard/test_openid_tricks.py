"""Somebody tricks the login by an OpenID provider.

Tried: the answer of another provider (mix-up), an answer sent twice, one without or with a guessed
state, a name taken from an unverified e-mail address, a name that is a path or markup, and a
provider that calls itself another.
Must: nobody is let in, or as somebody new without rights and without another's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from accounts.people import People
from tests.web.provider import TestProvider, provided
from tests.web.test_openid import opened, through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import Client, Dashboard


@pytest.fixture
def provider() -> Iterator[TestProvider]:
    with provided() as made:
        yield made


def way_back(person: Client) -> str:
    begun = person.get("/login/openid?next=/account")
    return str(httpx.get(begun.headers["location"], trust_env=False).headers["location"])


def test_the_answer_of_another_provider_is_refused(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    person = opened(dashboard, provider).client()
    back = way_back(person)
    assert person.get(f"{back}&iss=https://evil.example").status_code == 403
    assert "oit" not in person.cookies
    assert person.get(f"{back}&iss={provider.address}").status_code == 303


def test_an_answer_counts_once_and_with_its_state(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    person = opened(dashboard, provider).client()
    back = way_back(person)
    for wrong in (
        back.replace("state=", "state=x"),
        back.partition("&state")[0],
        back + "&state=x",
        "/login/openid/done",
    ):
        assert person.get(wrong).status_code == 403, wrong
    assert person.get(back).status_code == 303
    assert person.get(back).status_code == 403


@pytest.mark.parametrize("proof", ["true", True], ids=repr)
def test_an_unverified_address_gives_no_name(
    dashboard: Dashboard, provider: TestProvider, proof: Any
) -> None:
    provider.person = {"sub": "s-9", "email": "minister@moi.go.th", "name": "ใคร"}
    if proof is not None:
        provider.person["email_verified"] = proof
    assert through(opened(dashboard, provider).client()).status_code == 303
    names = {one.name for one in People(dashboard.site.engine).all() if one.outside}
    assert ("minister@moi.go.th" in names) is (proof is True)


@pytest.mark.parametrize("name", ["../../admin", "ADMIN", ["admin"]], ids=repr)
def test_a_name_of_the_provider_is_no_name_of_ours(
    dashboard: Dashboard, provider: TestProvider, name: Any
) -> None:
    provider.person = {"sub": "s-9", "preferred_username": name, "name": "<b>ใคร</b>\u202e"}
    person = opened(dashboard, provider).client()
    assert through(person).status_code == 303
    assert person.get("/users").status_code == 403
    assert "<b>ใคร" not in person.get("/account").text


def test_a_provider_that_calls_itself_another_is_not_asked(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    described = provider.described() | {"issuer": "https://login.example.go.th"}
    provider.described = lambda: described  # type: ignore[method-assign]
    assert opened(dashboard, provider).client().get("/login/openid").status_code == 403
