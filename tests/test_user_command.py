"""`oit user`: people made and changed from the shell, secrets on stdout once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from accounts import login
from accounts.audit import Audit, Sought
from accounts.tokens import Tokens
from cli import app
from results.store import Store

if TYPE_CHECKING:
    from typer.testing import Result

PASSWORD = "ม้าแก้ว ข้ามแม่น้ำ 7"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/oit.db"


def told(url: str, *words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(app, ["user", *words, "--database", url], input=said)


def opens(url: str, name: str, password: str) -> bool:
    with Store.open(url) as store:
        return login.proven(store.engine, name, password, "a", datetime.now(UTC)) is not None


def test_the_first_administrator_is_made_with_the_database(url: str) -> None:
    words = ("add", "somjai", "--display", "สมใจ", "--role", "administrator", "--password-stdin")
    assert told(url, *words, said=f"{PASSWORD}\n").exit_code == 0
    assert opens(url, "somjai", PASSWORD)
    (found,) = json.loads(told(url, "list", "--json").stdout)
    assert (found["name"], found["role"], found["disabled"]) == ("somjai", "administrator", False)
    with Store.open(url) as store:
        (entry,) = Audit(store.engine).page(Sought(), 0, 9)
    assert (entry.what, entry.role) == ("user.added", "command")
    assert entry.who.startswith("คำสั่ง oit (")


def test_a_webmaster_gets_units_and_a_one_time_password(url: str) -> None:
    made = told(url, "add", "web", "--role", "webmaster", "--unit", "surin", "--one-time")
    assert made.exit_code == 0
    assert opens(url, "web", made.stdout.strip())
    assert "surin" in told(url, "list").stdout


def test_people_are_shut_out_let_in_and_given_passwords_and_tokens(url: str) -> None:
    told(url, "add", "web", "--role", "reviewer", "--one-time")
    again = told(url, "passwd", "web", "--password-stdin", said=PASSWORD)
    assert again.exit_code == 0
    key = told(url, "token", "web", "--label", "งาน", "--days", "3").stdout.strip()
    with Store.open(url) as store:
        assert Tokens(store.engine).find(key, datetime.now(UTC)) is not None
    assert told(url, "disable", "web").exit_code == 0
    assert not opens(url, "web", PASSWORD)
    assert told(url, "enable", "web").exit_code == 0
    assert opens(url, "web", PASSWORD)


def test_what_is_wrong_is_one_clear_line(url: str) -> None:
    told(url, "add", "one", "--role", "administrator", "--one-time")
    for words in (
        ("add", "ก ข", "--one-time"),
        ("add", "web", "--role", "webmaster", "--one-time"),
        ("add", "boss", "--unit", "surin", "--one-time"),
        ("add", "boss", "--password-stdin"),
        ("add", "boss"),
        ("add", "one", "--one-time"),
        ("disable", "nobody"),
        ("passwd", "nobody", "--one-time"),
        ("disable", "one"),
    ):
        refused = told(url, *words, said="1234567890")
        assert refused.exit_code == 2, words
        assert len(refused.stderr.strip().splitlines()) == 1, words
        assert refused.stdout == ""


def test_listing_makes_no_database(url: str, tmp_path: Path) -> None:
    assert told(url, "list").exit_code == 2
    assert not (tmp_path / "var").exists()
