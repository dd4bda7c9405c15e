"""The login tells which names exist: by its words, its status, its headers or its time.

Tried: wrong passwords for people who are, are not, are disabled, sign in elsewhere, or have a
one-time password that ended; names of every odd sort.
Must: the same answer, and the same work done for each: one hash is verified, with equal cost.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from accounts import passwords
from accounts.people import ONE_TIME_FOR, People
from accounts.roles import Role
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

NAMES = (
    "reviewer",
    "nobody",
    "disabled",
    "outside",
    "ended",
    "",
    "ก" * 60,
    "a' OR 1=1--",
    "a\x00b",
    "ADMIN",
)


class Counting(PasswordHasher):
    """Counts the hashes that are verified, by their cost."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.verified: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.verified.append(str(hash).split("$")[3])
        return bool(super().verify(hash, password))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr(passwords, "_HASHER", made)
    # Made at most once by a program, whose hashes cost the same from its start to its end.
    passwords._nobodys.cache_clear()
    return made


def test_every_name_gets_the_same_answer_for_the_same_work(
    dashboard: Dashboard, counting: Counting
) -> None:
    people, now = People(dashboard.site.engine), dashboard.site.clock()
    people.add("disabled", "ใคร", Role.GUEST, now)
    people.disable("disabled", now)
    people.add("outside", "ใคร", Role.GUEST, now, issuer="x", subject="y")
    people.add("ended", "ใคร", Role.GUEST, now - ONE_TIME_FOR - timedelta(days=1))
    told = {}
    for name in NAMES:
        before = len(counting.verified)
        answer = enter(dashboard.client(), name, "เดาสุ่ม-12345")
        words = re.findall(r'role="alert">([^<]+)', answer.text)  # type: ignore[attr-defined]
        heads = sorted(answer.headers.keys())  # type: ignore[attr-defined]
        told[name] = (answer.status_code, words, heads, len(counting.verified) - before)  # type: ignore[attr-defined]
    assert {repr(one) for one in told.values()} == {repr(told["nobody"])}
    assert told["nobody"][3] == 1
    assert len(set(counting.verified)) == 1
