"""A password is sent that takes long to look at.

Tried: a megabyte, two hundred letters that normalise to eighteen each, NUL, lone surrogates,
thousands of marks on one letter; many logins at once.
Must: what is too long is refused without a hash, the rest costs one hash of bounded memory, and no
more hashes are made at once than the machine bears.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from accounts import passwords
from accounts.passwords import MOST_LETTERS, PasswordError, check_password, fits
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard


class Watched:
    """A hasher that notes what it is given and how many use it at once."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.now = self.most = 0

    def hash(self, _password: str) -> str:
        return "$x"

    def verify(self, _kept: str, password: str) -> bool:
        self.now += 1
        self.most = max(self.most, self.now)
        self.given.append(len(password))
        time.sleep(0.01)
        self.now -= 1
        return False


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    made = Watched()
    monkeypatch.setattr(passwords, "_HASHER", made)
    return made


@pytest.mark.parametrize("password", ["x" * 1_000_000, "ก" * 201, "\u0e48" * 5000])
def test_what_is_too_long_is_never_hashed(watched: Watched, password: str) -> None:
    assert not fits("$kept", password)
    assert watched.given == []
    with pytest.raises(PasswordError):
        check_password(password)


@pytest.mark.parametrize("letter", ["\ufdfa", "\0", "\ud800", "e\u0301", "ำ"])
def test_what_grows_when_it_is_normalised_stays_small(watched: Watched, letter: str) -> None:
    fits("$kept", (letter * MOST_LETTERS)[:MOST_LETTERS])
    assert watched.given[0] <= 18 * MOST_LETTERS


def test_a_crowd_waits_its_turn(watched: Watched) -> None:
    threads = [threading.Thread(target=fits, args=("$kept", "x")) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert watched.most <= 2
    assert len(watched.given) == 12


@pytest.mark.parametrize("password", ["a\0b", "\ufdfa" * 100, "ก" * 900, "%00%ff"])
def test_a_login_with_an_odd_password_is_a_wrong_login(dashboard: Dashboard, password: str) -> None:
    assert enter(dashboard.client(), "admin", password).status_code == 403  # type: ignore[attr-defined]
