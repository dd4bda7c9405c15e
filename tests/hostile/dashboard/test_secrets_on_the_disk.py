"""Somebody with another account on the machine, or a copy of the database, reads it.

Tried: the database, its journals, its folder and the evidence that this program makes are opened by
others; the tables are searched for anything that opens an account.
Must: files are the owner's alone from their first byte, whatever the umask; only hashes are kept.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from database.engine import connect
from evidence.manifest import Manifest
from objects.whole import write_durably
from results.store import Store
from tests.web.seeds import PASSWORD
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import Dashboard


@pytest.fixture
def _careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


@pytest.mark.usefixtures("_careless")
def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/new/oit.db"):
        found = [tmp_path / "new", *(tmp_path / "new").iterdir()]
        assert len(found) >= 2
        assert [path.name for path in found if open_to_others(path)] == []


@pytest.mark.usefixtures("_careless")
def test_new_evidence_is_its_owners_alone(tmp_path: Path) -> None:
    write_durably(tmp_path / "evidence" / "object", b"x")
    manifest = Manifest(tmp_path / "chain" / "manifest.jsonl")
    with manifest.writing():
        pass
    places = (
        tmp_path / "evidence",
        tmp_path / "evidence" / "object",
        tmp_path / "chain",
        manifest.path,
    )
    assert [path.name for path in places if open_to_others(path)] == []


def test_a_database_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "oit.db"
    path.touch(mode=0o640)
    path.chmod(0o640)
    with connect(f"sqlite:///{path}", 1).connect():
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_nothing_in_the_tables_opens_an_account(dashboard: Dashboard) -> None:
    person = dashboard.client()
    enter(person, "reviewer", PASSWORD)
    secrets = [PASSWORD, person.cookies["oit"], person.cookies["oit-known"]]
    with closing(sqlite3.connect(dashboard.site.home / "oit.db")) as raw:
        tables = ("people", "web_sessions", "access_tokens", "login_failures", "audit_log")
        dump = "\n".join(str(row) for one in tables for row in raw.execute(f"SELECT * FROM {one}"))
    assert "$argon2id$" in dump
    assert [one for one in secrets if one in dump] == []
