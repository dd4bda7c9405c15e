"""`oit database`: what is in use, and all of it in another one, row for row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from checklist.loader import load_year
from cli import app
from commands.databases import every_table
from database.copying import CopyError, copy_all, counted
from database.engine import connect, migrate
from results.store import Store
from tests.databases import POSTGRESQL, database_at, on
from tests.results.samples import AS_OF, COVERAGE, UNIT, document


def oit(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--lang", "en", *words])
    return done.exit_code, done.output


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A SQLite database with a scan in it, in use."""
    url = f"sqlite:///{tmp_path / 'oit.db'}"
    with Store.open(url) as store:
        for _ in range(3):
            scan = store.start_scan(load_year(2566), AS_OF, {"units": [{"id": "สุรินทร์"}]})
            store.save_unit(scan, UNIT, [], COVERAGE, [document()])
            store.finish_scan(scan)
    monkeypatch.setenv("OIT_DATABASE_URL", url)
    return url


@pytest.fixture
def empty(tmp_path: Path) -> str:
    """A new database of PostgreSQL, in a file that only says where it is."""
    with on(POSTGRESQL):
        return database_at(tmp_path / "pg.db", empty=True)


@pytest.mark.usefixtures("filled")
def test_info_tells_what_is_in_use_and_no_password(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = oit("database", "info", "--json")
    told = json.loads(said)
    assert (code, told["newest"], told["rows"]["scans"]) == (0, True, 3)
    assert told["server"].startswith("SQLite")
    monkeypatch.setenv("OIT_DATABASE_URL", empty)
    code, said = oit("database", "info")
    assert code == 0
    assert "PostgreSQL" in said
    assert "False" in said, "its tables are not made yet"
    assert empty.split(":")[2].split("@")[0] not in said
    assert oit("database", "upgrade")[0] == 0
    assert json.loads(oit("database", "info", "--json")[1])["newest"] is True


def test_a_copy_there_and_back_is_the_same_row_for_row(
    filled: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "address"
    file.write_text(empty)
    code, said = oit("database", "copy", "--to-file", str(file), "--dry-run")
    assert (code, "would copy" in said) == (0, True)
    code, said = oit("database", "copy", "--to-file", str(file))
    assert code == 0, said
    monkeypatch.setenv("OIT_DATABASE_URL", empty)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert oit("database", "copy", "--to", back)[0] == 0
    assert contents(filled) == contents(back)
    with Store.open(empty) as store:
        assert store.start_scan(load_year(2566), AS_OF) == 4, "numbers go on after the copied ones"
        assert store.unit_result(3, UNIT.id).unit == UNIT


def contents(url: str) -> dict[str, list[Any]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table.name}"))))
            for table in every_table().sorted_tables
        }
    engine.dispose()
    return found


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "--to or --to-file"),
        (("--to", "postgresql://oit:secret@db/oit"), "--to-file"),
        (("--to", "mysql://db/oit"), "not a database address"),
    ],
    ids=["no target", "a password in the command", "of no use"],
)
def test_a_target_of_no_use_is_refused(words: tuple[str, ...], why: str) -> None:
    code, said = oit("database", "copy", *words)
    assert code == 2
    assert why in said
    assert "secret" not in said


def test_what_holds_data_is_not_written_into(filled: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with Store.open(other) as store:
        store.start_scan(load_year(2566), AS_OF)
    code, said = oit("database", "copy", "--to", other)
    assert code == 2
    assert "holds data already" in said
    assert oit("database", "copy", "--to", filled)[0] == 2


def test_what_arrives_changed_is_not_kept(filled: str, empty: str) -> None:
    source, target = connect(filled, 5), connect(empty, 5)
    migrate(target)
    with target.begin() as connection:
        connection.execute(text("SET TRANSACTION READ WRITE"))
        connection.execute(
            text(
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                "'BEGIN NEW.tool_version := ''other''; RETURN NEW; END'"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER spoil BEFORE INSERT ON scans FOR EACH ROW EXECUTE FUNCTION spoil()"
            )
        )
    with pytest.raises(CopyError, match="scans"):
        copy_all(source, target, every_table())
    assert sum(counted(target, every_table()).values()) == 0
    source.dispose()
    target.dispose()
