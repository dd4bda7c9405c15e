"""Passwords are guessed: many for one account, one for many, from many addresses.

Tried: a stranger guesses an account without end to keep its owner out; one address sprays all
accounts; a customer with 2^64 IPv6 addresses takes a new one for each try; a browser shows a forged
or another's mark of having been signed in with.
Must: guessing waits longer and longer, and the owner signs in meanwhile where they did before.
"""

from __future__ import annotations

import pytest

from accounts.known_browsers import known, mark_for
from accounts.throttle import FREE_BY_ACCOUNT, FREE_BY_ADDRESS, Throttle, TooSoonError
from tests.web.conftest import NOW, Clock, Dashboard
from tests.web.seeds import PASSWORD
from tests.web.test_doors import enter


def status(answer: object) -> int:
    return int(answer.status_code)  # type: ignore[attr-defined]


def test_the_owner_signs_in_while_a_stranger_guesses(dashboard: Dashboard, clock: Clock) -> None:
    owner, stranger = dashboard.client(), dashboard.client()
    assert status(enter(owner, "reviewer", PASSWORD)) == 303
    owner.post("/logout", headers={"X-CSRF-Token": "x"})
    for _ in range(FREE_BY_ACCOUNT + 3):
        enter(stranger, "reviewer", "เดาสุ่ม-12345")
    del owner.cookies["oit"]
    assert status(enter(dashboard.client(), "reviewer", PASSWORD)) == 429
    assert status(enter(owner, "reviewer", PASSWORD)) == 303
    assert status(enter(stranger, "reviewer", PASSWORD)) == 429
    clock.turn(minutes=5)
    assert status(enter(dashboard.client(), "reviewer", PASSWORD)) == 303


def test_a_stolen_mark_guesses_no_longer_than_others(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    thief = dashboard.client()
    thief.cookies.set("oit-known", mark_for(engine, "reviewer"), domain="127.0.0.1", path="/")
    tries = [status(enter(thief, "reviewer", "เดาสุ่ม-12345")) for _ in range(FREE_BY_ACCOUNT + 1)]
    assert tries == [403] * FREE_BY_ACCOUNT + [429]


def test_a_mark_is_of_one_account_and_one_password(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    mark = mark_for(engine, "reviewer")
    assert known(engine, "Reviewer ", mark)
    number, _dot, shown = mark.partition(".")
    for name, forged in (
        ("admin", mark),
        ("nobody", mark),
        ("reviewer", f"x.{shown}"),
        ("reviewer", number),
        ("reviewer", f"{number}.ก"),
    ):
        assert known(engine, name, forged) == ""
    boss = dashboard.client("administrator")
    boss.post("/users/reviewer/password")
    assert known(engine, "reviewer", mark) == ""


@pytest.mark.parametrize("address", ["2001:db8:1:2::{:x}", "198.51.100.7", "::ffff:198.51.100.7"])
def test_one_customer_sprays_no_faster_by_changing_addresses(
    dashboard: Dashboard, address: str
) -> None:
    throttle = Throttle(dashboard.site.engine)
    for n in range(FREE_BY_ADDRESS):
        throttle.begin(f"name{n}", address.format(n), NOW)
    with pytest.raises(TooSoonError):
        throttle.begin("fresh", address.format(9999), NOW)
