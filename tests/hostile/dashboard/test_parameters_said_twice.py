"""A parameter is sent twice, for one reader to check the first and another to use the last.

Tried: two units, two roles, two keys of the form, two cookies, in query and body at once.
Must: what is checked is what is used: nothing of another's is shown or changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.people import People

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "query",
    [
        "checklist=oit-2566&checklist=oit-2569",
        "scan=3&scan=2",
        "page=1&page=2",
        "scan[]=3",
        "q=a&q=b",
    ],
)
def test_two_values_are_an_answer_like_one(standing: Dashboard, query: str) -> None:
    person = standing.client("webmaster")
    for path in ("/units", "/units/surin", "/overview", "/registry"):
        answer = person.get(f"{path}?{query}")
        assert answer.status_code < 500
        assert "จังหวัดน่าน" not in answer.text


def test_the_role_that_is_checked_is_the_role_that_is_given(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    body = b"display=x&role=guest&role=reviewer&units=nan"
    boss.post("/users/webmaster?role=administrator", content=body, headers=FORM)
    person = People(dashboard.site.engine).named("webmaster")
    assert person.role in ("guest", "reviewer")
    assert person.units == set()


@pytest.mark.parametrize("keys", ["csrf=&csrf={0}", "csrf={0}&csrf="])
def test_of_two_keys_the_wrong_one_counts_or_none(dashboard: Dashboard, keys: str) -> None:
    boss = dashboard.client("administrator")
    del boss.headers["X-CSRF-Token"]
    body = keys.format("0" * 64).encode()
    assert boss.post("/users/guest/disable", content=body, headers=FORM).status_code == 403


def test_of_two_cookies_none_is_another_person(standing: Dashboard) -> None:
    own, other = (standing.client(one).cookies["oit"] for one in ("guest", "administrator"))
    person = standing.client()
    for cookie in (
        f"oit={own}; oit=planted",
        f"oit=planted; oit={own}",
        f"oit={own}, oit={other}",
        f'oit="{own}"',
    ):
        assert person.get("/users", headers={"Cookie": cookie}).status_code in (303, 403)
