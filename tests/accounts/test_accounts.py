"""People and what proves them: passwords, throttling, sessions, tokens, the log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from accounts import login
from accounts.audit import Audit, Entry, Sought
from accounts.passwords import PasswordError, check_password, fits, hashed
from accounts.people import ONE_TIME_FOR, People, PersonError
from accounts.roles import RIGHTS, Right, Role, rights_of
from accounts.sessions import Sessions
from accounts.throttle import (
    FREE_BY_ACCOUNT,
    FREE_BY_ADDRESS,
    LONGEST_WAIT,
    Throttle,
    TooSoonError,
    wait_after,
)
from accounts.tokens import Tokens
from results.store import Store
from tests.databases import POSTGRESQL, database_at, kind, of_sqlite_alone, raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

NOW = datetime(2023, 4, 5, 3, 0, tzinfo=UTC)
PASSWORD = "ม้าแก้ว ข้ามแม่น้ำ 7"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        yield store.engine


@pytest.fixture
def people(engine: Engine) -> People:
    made = People(engine)
    made.add("boss", "หัวหน้า", Role.ADMINISTRATOR, NOW, issuer="x", subject="boss")
    return made


def test_every_role_has_its_rights_and_guests_have_none() -> None:
    assert set(RIGHTS) == set(Role)
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)
    assert rights_of(Role.GUEST) == set()
    assert rights_of(Role.GUEST, guests_read=True) == {Right.READ_ALL}
    assert rights_of(Role.WEBMASTER, guests_read=True) == RIGHTS[Role.WEBMASTER]
    assert Right.READ_ALL not in RIGHTS[Role.WEBMASTER]


@pytest.mark.parametrize(
    "password",
    [
        "สั้น", "123456789", "1234567890", "abcdefghij", "aaaaaaaaaaaa", "abababababab", "password123456",
        "P@ssw0rd"[:9], "qwertyuiop", "somjai.jaidee1", "กระทรวงมหาดไทย", "รหัสผ่าน1234", "          ",
        "ก" * 201,
    ],
)  # fmt: skip
def test_passwords_that_are_guessed_are_refused(password: str) -> None:
    with pytest.raises(PasswordError):
        check_password(password, "somjai.jaidee", "สมใจ ใจดี")


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "กุญแจ-ทดลอง-2566"])
def test_long_sentences_are_taken_in_any_script(password: str) -> None:
    check_password(password, "somjai.jaidee", "สมใจ ใจดี")


def test_a_password_fits_however_its_letters_were_typed() -> None:
    kept = hashed("น้ำใจไมตรี ๙๙")
    assert kept.startswith("$argon2id$")
    assert fits(kept, "น้ำใจไมตรี ๙๙".replace("ำ", "ํา"))
    assert not fits(kept, "น้ำใจไมตรี ๙๘")
    assert not fits("", "nobody's password")
    assert not fits(kept, "ก" * 100_000)


def test_an_account_opens_for_its_password_alone(engine: Engine, people: People) -> None:
    people.add("somjai", "สมใจ", Role.REVIEWER, NOW, password=PASSWORD)
    found = login.proven(engine, " SomJai", PASSWORD, "10.0.0.1", NOW)
    assert found is not None
    assert found.name == "somjai"
    for name, password in (("somjai", "ผิด"), ("nobody", PASSWORD), ("boss", ""), ("", "")):
        assert login.proven(engine, name, password, "10.0.0.1", NOW) is None
    people.disable("somjai", NOW)
    assert login.proven(engine, "somjai", PASSWORD, "10.0.0.1", NOW) is None


def test_unknown_names_cost_a_hash_as_known_ones_do(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    People(engine).add("boss", "หัวหน้า", Role.GUEST, NOW, password=PASSWORD)
    asked: list[str] = []

    def counted(kept: str, _password: str) -> bool:
        asked.append(kept)
        return False

    monkeypatch.setattr(login, "fits", counted)
    for name in ("boss", "nobody", "not a name at all"):
        login.proven(engine, name, "x", "10.0.0.1", NOW)
    assert [bool(kept) for kept in asked] == [True, False, False]


def test_a_one_time_password_ends_by_itself(engine: Engine, people: People) -> None:
    person, password = people.add("new", "คนใหม่", Role.REVIEWER, NOW)
    assert person.must_change
    late = NOW + ONE_TIME_FOR
    assert login.proven(engine, "new", password, "a", late - timedelta(seconds=1)) is not None
    assert login.proven(engine, "new", password, "a", late) is None


def test_waits_grow_and_never_shut_anybody_out() -> None:
    waits = [wait_after(n, 5).total_seconds() for n in range(60)]
    assert waits[:7] == [0, 0, 0, 0, 0, 5, 10]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT.total_seconds()


def test_guessing_one_account_waits_whatever_the_address(engine: Engine) -> None:
    throttle = Throttle(engine)
    for n in range(FREE_BY_ACCOUNT):
        throttle.begin("somjai", f"10.0.0.{n}", NOW)
    with pytest.raises(TooSoonError) as wait:
        throttle.begin("SOMJAI ", "10.9.9.9", NOW)
    assert 0 < wait.value.seconds <= 6
    throttle.begin("another", "10.9.9.9", NOW)
    throttle.begin("somjai", "10.9.9.9", NOW + timedelta(seconds=6))
    throttle.succeeded("somjai", "10.9.9.9")
    throttle.begin("somjai", "10.9.9.9", NOW + timedelta(seconds=6))


def test_guessing_from_one_address_waits_whatever_the_account(engine: Engine) -> None:
    throttle = Throttle(engine)
    for n in range(FREE_BY_ADDRESS):
        throttle.begin(f"name{n}", "10.0.0.1", NOW)
    with pytest.raises(TooSoonError):
        throttle.begin("fresh", "10.0.0.1", NOW)
    throttle.begin("fresh", "10.0.0.2", NOW)


def test_sessions_end_by_idleness_by_age_and_by_disabling(engine: Engine, people: People) -> None:
    sessions = Sessions(engine, timedelta(hours=2), timedelta(hours=12))
    people.add("second", "สอง", Role.ADMINISTRATOR, NOW, issuer="x", subject="second")
    person = people.named("boss")

    secret = sessions.begin(person, NOW, "a", "b")
    assert sessions.find(secret, NOW + timedelta(hours=1, minutes=59)) is not None
    assert sessions.find(secret, NOW + timedelta(hours=3, minutes=58)) is not None
    assert sessions.find(secret, NOW + timedelta(hours=5, minutes=58)) is None

    secret, later = sessions.begin(person, NOW, "a", "b"), NOW
    for _ in range(11):
        later += timedelta(hours=1)
        assert sessions.find(secret, later) is not None
    assert sessions.find(secret, NOW + timedelta(hours=12)) is None

    secret = sessions.begin(person, NOW, "a", "b")
    people.disable("boss", NOW)
    assert sessions.find(secret, NOW) is None
    people.enable("boss")
    assert sessions.find(secret, NOW) is None


def test_a_sessions_last_use_is_written_once_a_minute(engine: Engine, people: People) -> None:
    sessions = Sessions(engine, timedelta(hours=2), timedelta(hours=12))
    secret = sessions.begin(people.named("boss"), NOW, "a", "b")
    for seconds, seen in ((59, 0), (61, 0), (90, 61), (122, 61), (123, 122)):
        found = sessions.find(secret, NOW + timedelta(seconds=seconds))
        assert found is not None
        assert found.seen == NOW + timedelta(seconds=seen)


def test_nothing_in_the_database_opens_anything(
    engine: Engine, people: People, tmp_path: Path
) -> None:
    _person, one_time = people.add("new", "คนใหม่", Role.REVIEWER, NOW)
    person = people.named("new")
    secret = Sessions(engine, timedelta(hours=1), timedelta(hours=1)).begin(person, NOW, "a", "b")
    _token, key = Tokens(engine).make(person, "งาน", 5, NOW)
    of_sqlite_alone()
    with closing(sqlite3.connect(tmp_path / "oit.db")) as raw:
        dump = "\n".join(raw.iterdump())
    for hidden in (one_time, secret, key):
        assert hidden not in dump


def test_tokens_end_are_revoked_and_belong_to_their_person(engine: Engine, people: People) -> None:
    tokens, person = Tokens(engine), people.named("boss")
    other, _ = people.add("other", "อีกคน", Role.GUEST, NOW)
    made, key = tokens.make(person, " งาน  ประจำ ", 5, NOW)
    assert made.label == "งาน ประจำ"
    assert tokens.find(key, NOW) == person
    assert tokens.find(key, NOW + timedelta(days=5)) is None
    assert tokens.find(key + "x", NOW) is None
    with pytest.raises(PersonError):
        tokens.revoke(other.id, made.id, NOW)
    tokens.revoke(person.id, made.id, NOW)
    assert tokens.find(key, NOW) is None
    for label, days in (("", 5), ("x", 0), ("x", 9999), ("x" * 101, 5)):
        with pytest.raises(PersonError):
            tokens.make(person, label, days, NOW)


def test_a_reset_ends_sessions_and_tokens(engine: Engine, people: People) -> None:
    people.add("somjai", "สมใจ", Role.REVIEWER, NOW, password=PASSWORD)
    person = people.named("somjai")
    sessions = Sessions(engine, timedelta(hours=2), timedelta(hours=12))
    secret = sessions.begin(person, NOW, "a", "b")
    _token, key = Tokens(engine).make(person, "งาน", 5, NOW)
    people.reset_password("somjai", NOW)
    assert sessions.find(secret, NOW) is None
    assert Tokens(engine).find(key, NOW) is None
    assert people.named("somjai").must_change


def test_the_last_administrator_stays(people: People) -> None:
    with pytest.raises(PersonError, match="คนสุดท้าย"):
        people.disable("boss", NOW)
    with pytest.raises(PersonError, match="คนสุดท้าย"):
        people.change("boss", display="x", role=Role.GUEST, units=())
    people.add("second", "สอง", Role.ADMINISTRATOR, NOW, issuer="x", subject="second")
    assert people.disable("boss", NOW).disabled_at == NOW


@pytest.mark.parametrize("name", ["", "a", "ก", "../x", "a b", "a/b", "x" * 65, "a\nb", ".a"])
def test_names_that_are_no_names_are_refused(people: People, name: str) -> None:
    with pytest.raises(PersonError):
        people.add(name, "ใคร", Role.GUEST, NOW)


def test_a_name_is_given_once(people: People) -> None:
    with pytest.raises(PersonError, match="อยู่แล้ว"):
        people.add("BOSS", "ใคร", Role.GUEST, NOW)


@pytest.mark.usefixtures("on_each_database")
def test_the_log_cannot_be_changed(engine: Engine, tmp_path: Path) -> None:
    audit = Audit(engine)
    audit.write(Entry(NOW, "boss", "administrator", "::1", "user.added", "user:x", {"ก": 1}))
    refused = (sqlite3.IntegrityError, psycopg.Error)
    statements = ["UPDATE audit_log SET who = 'x'", "DELETE FROM audit_log"]
    statements += ["TRUNCATE audit_log"] if kind() == POSTGRESQL else []
    for statement in statements:
        with (
            pytest.raises(refused, match="append-only"),
            raw(database_at(f"{tmp_path}/oit.db")) as plain,
        ):
            plain.execute(statement)
    (kept,) = audit.page(Sought(), 0, 9)
    assert (kept.who, kept.detail, kept.at) == ("boss", {"ก": 1}, NOW)


def test_the_log_is_searched_by_everything_it_holds(engine: Engine) -> None:
    audit = Audit(engine)
    for n in range(3):
        at = NOW + timedelta(days=n)
        audit.write(Entry(at, f"p{n}", "reviewer", "::1", f"kind.{n % 2}", f"unit:u{n}_%"))
    found = {
        "who": audit.page(Sought(who="P1"), 0, 9),
        "what": audit.page(Sought(what="kind.0"), 0, 9),
        "subject": audit.page(Sought(subject="u2_%"), 0, 9),
        "days": audit.page(Sought(since=NOW, until=NOW + timedelta(days=1)), 0, 9),
    }
    told = {name: [one.who for one in entries] for name, entries in found.items()}
    assert told == {"who": ["p1"], "what": ["p2", "p0"], "subject": ["p2"], "days": ["p0"]}
    assert [one.who for one in audit.each(Sought())] == ["p2", "p1", "p0"]
    assert audit.count(Sought(what="kind.0")) == 2
