"""A key to the API is stolen from where it was written down, or stretched.

Tried: keys in addresses and forms, on pages, with other letters' case and spaces; a key used to make
a key or change a password; a key after it was revoked, ended, its person disabled or reset.
Must: a key works in its header alone, for the API alone, with the rights of its person of that
moment; it stands in no log, no page and no list.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from accounts.people import People
from accounts.roles import Role
from accounts.tokens import Tokens
from tests.web.conftest import NOW

if TYPE_CHECKING:
    import pytest

    from tests.web.conftest import Dashboard


def key_of(dashboard: Dashboard, name: str) -> str:
    engine = dashboard.site.engine
    return Tokens(engine).make(People(engine).named(name), "งาน", 5, NOW)[1]


def test_a_key_works_in_its_header_alone(dashboard: Dashboard) -> None:
    key = key_of(dashboard, "admin")
    program = dashboard.client()
    for path in (
        f"/api/v1/users?access_token={key}",
        f"/api/v1/users?token={key}",
        f"/api/v1/users?Authorization=Bearer%20{key}",
    ):
        assert program.get(path).status_code == 401
    for header in (
        key,
        f"Basic {key}",
        f"Token {key}",
        f"Bearer {key.upper()}",
        f"Bearer {key[:-1]}",
        "Bearer",
        f"Bearer {key} x",
    ):
        assert program.get("/api/v1/users", headers={"Authorization": header}).status_code == 401, (
            header
        )
    program.cookies.set("oit", key, domain="127.0.0.1", path="/")
    assert program.get("/api/v1/users").status_code == 401


def test_a_key_opens_no_page(dashboard: Dashboard) -> None:
    program = dashboard.client()
    program.headers["Authorization"] = f"Bearer {key_of(dashboard, 'admin')}"
    assert program.post("/account/tokens", data={"label": "x", "days": "5"}).status_code == 303
    assert program.post("/users/reviewer/password").headers["location"].startswith("/login")
    for path in ("/users", "/api", "//api/v1/users", "/API/v1/users"):
        assert program.get(path).status_code in (303, 404), path


def test_a_key_has_the_rights_that_its_person_has_now(dashboard: Dashboard) -> None:
    people = People(dashboard.site.engine)
    headers = {"Authorization": f"Bearer {key_of(dashboard, 'reviewer')}"}
    program = dashboard.client()
    assert program.get("/api/v1/reviews", headers=headers).status_code == 200
    people.change("reviewer", display="x", role=Role.WEBMASTER, units=["surin"])
    assert program.get("/api/v1/reviews", headers=headers).status_code == 403
    assert program.get("/api/v1/units/nan", headers=headers).status_code == 404
    people.reset_password("reviewer", NOW)
    assert program.get("/api/v1/me", headers=headers).status_code == 401


def test_a_key_is_written_nowhere(dashboard: Dashboard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    boss = dashboard.client("administrator")
    shown = boss.post("/account/tokens", data={"label": "งาน", "days": "3"}).text
    key = shown.partition('class="secret">')[2].partition("<")[0]
    program = dashboard.client()
    program.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"})
    told = boss.get("/account").text + boss.get("/audit").text + boss.get("/users/admin").text
    assert key.startswith("oit_")
    assert key not in told + caplog.text
    assert key.encode() not in (dashboard.site.home / "oit.db").read_bytes()
