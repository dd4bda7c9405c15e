"""A stolen session is used for as long as it lasts.

Tried: a session is kept busy to keep it alive; it is used after a logout, after "sign out
everywhere else" and after the password changed.
Must: it ends at its absolute time whatever is done with it, at once when its owner says so, and
the owner sees it among their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.conftest import Clock, Dashboard


def test_a_busy_session_ends_by_its_age(dashboard: Dashboard, clock: Clock) -> None:
    thief = dashboard.client("reviewer")
    for _ in range(11):
        clock.turn(hours=1)
        assert thief.get("/account").status_code == 200
    clock.turn(hours=1)
    assert thief.get("/account").status_code == 303


def test_the_owner_sees_it_and_ends_it(dashboard: Dashboard) -> None:
    owner, thief, other = (dashboard.client(one) for one in ("reviewer", "reviewer", "webmaster"))
    assert owner.get("/account").text.count("ทดสอบ") == 2
    assert "ออกจากระบบในอุปกรณ์อื่นทั้งหมด" in owner.get("/account").text
    assert owner.post("/account/sessions").status_code == 303
    answers = [one.get("/account").status_code for one in (owner, thief, other)]
    assert answers == [200, 303, 200]


def test_nobody_ends_sessions_of_others(dashboard: Dashboard) -> None:
    owner, thief = dashboard.client("reviewer"), dashboard.client("webmaster")
    thief.post("/account/sessions", data={"person": "reviewer", "person_id": "2"})
    assert owner.get("/account").status_code == 200
