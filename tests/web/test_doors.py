"""Who gets in: every route asks for a login, every change for a form of our own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accounts.roles import Role
from tests.databases import database_at
from tests.web.seeds import PASSWORD
from web.application import pages_of
from web.guard import PUBLIC
from web.route_paths import routes_of
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Client

LISTED = (Path(__file__).parent / "routes_public.txt").read_text("utf-8").split()
ROUTES = sorted(set(routes_of(pages_of(Site(Sources("sqlite://", Path()))))))


def filled_in(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


def test_the_public_routes_are_those_that_are_listed() -> None:
    assert sorted(PUBLIC) == sorted(LISTED)
    assert {path for _method, path in ROUTES} >= PUBLIC


def test_nothing_is_mounted_that_the_guard_does_not_see() -> None:
    assert [path for method, path in ROUTES if method == "*"] == []


@pytest.fixture(scope="module")
def stranger(seeds: Path) -> Client:
    from tests.web.conftest import Dashboard

    site = Site(Sources(database_at(f"{seeds}/oit.db"), seeds))
    return Dashboard(site).client(None)


@pytest.mark.parametrize(
    ("method", "path"),
    [pytest.param(*one, id=" ".join(one)) for one in ROUTES if one[1] not in PUBLIC],
)
def test_every_other_route_asks_for_a_login(stranger: Client, method: str, path: str) -> None:
    answer = stranger.request(method, filled_in(path))
    if path.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "not_signed_in"
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login")


def test_a_change_without_the_forms_key_is_refused(
    client: Callable[[str | None], Client],
) -> None:
    person = client("administrator")
    del person.headers["X-CSRF-Token"]
    for method, path in ROUTES:
        if method in ("POST", "PUT", "PATCH", "DELETE") and path != "/login":
            answer = person.request(method, filled_in(path))
            assert answer.status_code == 403, (method, path)
    assert client("administrator").post("/logout").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": "guessed"},
        {"X-CSRF-Token": "เดา"},
    ],
    ids=str,
)
def test_a_change_from_elsewhere_is_refused(
    client: Callable[[str | None], Client], headers: dict[str, str]
) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    assert client("administrator").post("/logout", headers=encoded).status_code == 403


def enter(person: Client, name: str, password: str, **more: str) -> object:
    key = re.search(r'name="csrf" value="(\w+)"', person.get("/login").text)
    assert key is not None
    return person.post("/login", data={"csrf": key[1], "name": name, "password": password, **more})


def test_a_login_opens_the_page_that_was_asked_for(
    client: Callable[[str | None], Client],
) -> None:
    person = client(None)
    answer = enter(person, " Admin ", PASSWORD, next="/audit?who=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit?who=x")  # type: ignore[attr-defined]
    assert person.get("/account").status_code == 200


def test_roles_are_let_in_by_their_rights(client: Callable[[str | None], Client]) -> None:
    may = {
        "/users": {Role.ADMINISTRATOR},
        "/audit": {Role.ADMINISTRATOR, Role.EXECUTIVE},
        "/account": set(Role),
    }
    for role in Role:
        person = client(role)
        for path, allowed in may.items():
            assert person.get(path).status_code == (200 if role in allowed else 403), (role, path)
