"""A header or field asks the program to take the request for another.

Tried: method overrides in headers and forms, and headers that name another path or user.
Must: the request is what its first line says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from accounts.people import People
from tests.hostile.dashboard.conftest import Answer, cookie_of

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

OTHERS = (
    {"x-http-method-override": "DELETE"},
    {"x-http-method": "POST"},
    {"x-method-override": "PUT"},
    {"x-original-url": "/users"},
    {"x-rewrite-url": "/users"},
    {"x-forwarded-path": "/users"},
    {"x-forwarded-user": "admin"},
    {"x-remote-user": "admin"},
    {"remote-user": "admin"},
    {"authorization": "Basic YWRtaW46eA=="},
)


@pytest.mark.parametrize("header", OTHERS, ids=str)
def test_a_header_makes_no_other_request(
    raw: Callable[..., Answer], header: dict[str, str]
) -> None:
    assert raw("GET", "/users", headers=header).refuses
    assert raw("GET", "/login", headers=header).status == 200


def test_a_field_makes_no_other_method(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    boss.get("/users/reviewer/disable?_method=POST", headers=cookie_of(boss))
    boss.get("/users/reviewer?_method=POST&role=guest&display=x")
    person = People(dashboard.site.engine).named("reviewer")
    assert (person.disabled_at, person.role) == (None, "reviewer")
