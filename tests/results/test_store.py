"""The store: what goes in comes out, whole or not at all, and a bad database is named."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Dialect, create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

import accounts.rows  # noqa: F401  likewise
import crawler.memory.frontier_rows
import crawler.memory.models
import crawler.turn_models  # noqa: F401
import evidence.models  # noqa: F401  its tables are of the same database
import notices.models  # noqa: F401
import registry.models  # noqa: F401
import scheduling.models  # noqa: F401
import web.scans.models  # noqa: F401
from checklist.evidence import Coverage
from checklist.loader import load
from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from database.base import Base, UtcDateTime
from database.postgres import WRITERS
from results.record import LookedAt, ScanStatus
from results.store import Store, StoreError, checklist_hash
from tests.databases import SQLITE, database_at, kind, raw
from tests.results.samples import (
    AS_OF,
    COVERAGE,
    UNIT,
    document,
    downgrade,
    element,
    missing,
    mixed,
    passing,
    quote,
    small_checklist,
)

pytestmark = pytest.mark.usefixtures("on_each_database")

CHECKLIST = small_checklist()
POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return database_at(f"{tmp_path}/var/oit.db")


@pytest.fixture
def store(url: str) -> Store:
    return Store.open(url, busy_timeout=0.2)


def save(store: Store, scan_id: int, unit_id: str = "phusuan") -> None:
    store.save_unit(scan_id, replace(UNIT, id=unit_id), mixed(), COVERAGE, [document()])


def test_a_units_result_comes_back_as_it_was_saved(store: Store) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    documents = [document(), document("https://www.phusuan.go.th/gone", "not_found")]
    store.save_unit(scan_id, UNIT, mixed(), COVERAGE, documents)
    result = store.unit_result(scan_id, UNIT.id)
    assert result.verdicts == mixed()
    assert result.unit == UNIT
    assert result.coverage == COVERAGE
    assert result.documents == tuple(LookedAt.of(d) for d in documents)
    assert result.documents[0].size == 5_000_000_000
    assert (result.scan_id, result.as_of) == (scan_id, AS_OF)
    assert abs((datetime.now(UTC) - result.checked_at).total_seconds()) < 60


def test_text_that_databases_refuse_is_kept_without_the_offending_marks(store: Store) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    shown = element("O1.1", ElementState.PRESENT, "ก\0ข", quotes=[quote("ค\ud800ง", "http://x/\0")])
    verdict = ItemVerdict("O1", Verdict.PASS, Kind.MATCH, (), (shown,), ("http://x/\udfff",))
    store.save_unit(scan_id, UNIT, [verdict], Coverage(), [])
    read = store.unit_result(scan_id, UNIT.id).verdicts[0]
    assert read.elements[0].detail == "กข"
    assert read.elements[0].quotes[0].text == "ค?ง"
    assert read.elements[0].quotes[0].url == "http://x/"
    assert read.urls == ("http://x/?",)


def test_saving_a_unit_again_replaces_it(store: Store) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    save(store, scan_id)
    store.save_unit(scan_id, UNIT, [passing("O1")], Coverage(found=1), [])
    result = store.unit_result(scan_id, UNIT.id)
    assert result.verdicts == (passing("O1"),)
    assert (result.coverage, result.documents) == (Coverage(found=1), ())
    assert store.scan(scan_id).units == 1


def test_a_save_that_fails_leaves_the_old_result_untouched(store: Store) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    save(store, scan_id)
    with pytest.raises(IntegrityError):
        store.save_unit(scan_id, UNIT, [passing("O1"), missing("O1")], COVERAGE, [])
    assert store.unit_result(scan_id, UNIT.id).verdicts == mixed()


def test_replacing_leaves_no_orphans(store: Store, url: str) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    save(store, scan_id)
    store.save_unit(scan_id, UNIT, [], Coverage(), [])
    with raw(url) as plain:
        for table in ("item_verdicts", "element_verdicts", "evidence", "documents"):
            assert plain.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_an_interrupted_scan_is_resumed_where_it_stopped(store: Store, url: str) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF, {"pages": 30, "ชื่อ": "ทดสอบ"}, "0.1.0")
    save(store, scan_id, "phusuan")
    save(store, scan_id, "bangtoei")
    store.close()
    again = Store.open(url)
    info = again.unfinished_scan("oit-2566")
    assert info is not None
    assert (info.id, info.status, info.units) == (scan_id, ScanStatus.RUNNING, 2)
    assert info.settings == {"pages": 30, "ชื่อ": "ทดสอบ"}
    assert again.done_units(scan_id) == {"phusuan", "bangtoei"}
    again.resume_scan(scan_id)
    again.finish_scan(scan_id)
    assert again.unfinished_scan("oit-2566") is None
    assert again.scan(scan_id).status is ScanStatus.FINISHED
    assert [result.unit.id for result in again.unit_results(scan_id)] == ["bangtoei", "phusuan"]


@pytest.mark.parametrize("status", [ScanStatus.INTERRUPTED, ScanStatus.FAILED])
def test_a_scan_that_did_not_finish_can_be_resumed(store: Store, status: ScanStatus) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    store.finish_scan(scan_id, status)
    ended = store.scan(scan_id)
    assert ended.status is status
    assert ended.finished is not None
    found = store.unfinished_scan("oit-2566")
    assert found is not None
    assert found.id == scan_id
    store.resume_scan(scan_id)
    assert store.scan(scan_id).finished is None


def test_a_scan_older_than_a_finished_one_is_not_resumed(store: Store) -> None:
    store.start_scan(CHECKLIST, AS_OF)
    store.finish_scan(store.start_scan(CHECKLIST, AS_OF))
    assert store.unfinished_scan("oit-2566") is None


def test_the_latest_scan_is_the_newest_that_holds_a_result(store: Store) -> None:
    first, second = (store.start_scan(CHECKLIST, AS_OF) for _ in range(2))
    save(store, first, "phusuan")
    save(store, first, "bangtoei")
    save(store, second, "phusuan")
    store.start_scan(CHECKLIST, AS_OF)

    def found(
        unit_id: str | None = None, before: int | None = None, checklist: str = "oit-2566"
    ) -> int:
        info = store.latest_scan(checklist, unit_id, before)
        return info.id if info else 0

    assert found() == second
    assert found("phusuan") == second
    assert found("bangtoei") == first
    assert found("phusuan", before=second) == first
    assert found("phusuan", before=first) == 0
    assert found(checklist="oit-2565") == 0


def test_a_scan_is_compared_and_resumed_within_its_own_checklist(store: Store) -> None:
    plan = load("moi-2566")
    oit = store.start_scan(CHECKLIST, AS_OF)
    save(store, oit)
    store.finish_scan(oit)
    other = store.start_scan(plan, AS_OF)
    store.save_unit(other, UNIT, [passing("M1")], COVERAGE, [])
    newest = store.start_scan(CHECKLIST, AS_OF)
    save(store, newest)

    found = {key: store.latest_scan(key, UNIT.id) for key in ("oit-2566", "moi-2566", "oit-2565")}
    assert {key: info.id if info else 0 for key, info in found.items()} == {
        "oit-2566": newest, "moi-2566": other, "oit-2565": 0,
    }  # fmt: skip
    before = store.latest_scan("oit-2566", UNIT.id, before=newest)
    assert before is not None
    assert (before.id, before.checklist) == (oit, "oit-2566")
    assert store.latest_scan("moi-2566", UNIT.id, before=other) is None
    to_resume = store.unfinished_scan("moi-2566")
    assert to_resume is not None
    assert (to_resume.id, to_resume.year) == (other, 2566)
    store.finish_scan(other)
    assert store.unfinished_scan("moi-2566") is None
    assert store.unfinished_scan("oit-2566") is not None


def test_every_scan_is_kept_newest_first(store: Store) -> None:
    ids = [store.start_scan(CHECKLIST, date(2023, 4, day)) for day in (1, 2, 3)]
    scans = store.scans()
    assert [info.id for info in scans] == ids[::-1]
    assert scans[0].as_of == date(2023, 4, 3)
    assert scans[0].started.tzinfo is UTC
    assert scans[0].checklist_hash == checklist_hash(CHECKLIST)


def test_the_hash_changes_with_the_checklist() -> None:
    other = CHECKLIST.model_copy(update={"title": "แบบตรวจฉบับแก้ไข"})
    assert len(checklist_hash(CHECKLIST)) == 64
    assert checklist_hash(CHECKLIST) != checklist_hash(other)


def test_asking_for_what_is_not_there_names_it(store: Store) -> None:
    with pytest.raises(StoreError, match="no scan 99"):
        store.scan(99)
    with pytest.raises(StoreError, match="no scan 99"):
        store.save_unit(99, UNIT, mixed(), COVERAGE, [])
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    with pytest.raises(StoreError, match="no result of unit «surin»"):
        store.unit_result(scan_id, "surin")


def test_a_reader_beside_a_writer_always_sees_a_whole_result(store: Store, url: str) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    save(store, scan_id)
    short = (passing("O1"), missing("O2"))
    stop = threading.Event()

    def write() -> None:
        with Store.open(url) as writer:
            for turn in range(20):
                writer.save_unit(scan_id, UNIT, short if turn % 2 else mixed(), COVERAGE, [])

    def write_and_stop() -> None:
        try:
            write()
        finally:
            stop.set()

    thread = threading.Thread(target=write_and_stop)
    seen = {len(store.unit_result(scan_id, UNIT.id).verdicts)}
    thread.start()
    while not stop.is_set():
        verdicts = store.unit_result(scan_id, UNIT.id).verdicts
        assert verdicts in (mixed(), short)
        seen.add(len(verdicts))
    thread.join()
    seen.add(len(store.unit_result(scan_id, UNIT.id).verdicts))
    assert seen == {2, 6}


def test_a_locked_database_is_said_to_be_locked(store: Store, url: str) -> None:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    alone = "BEGIN IMMEDIATE" if kind() == SQLITE else f"SELECT pg_advisory_xact_lock({WRITERS})"
    with raw(url) as other:
        other.execute(alone)
        begun = time.monotonic()
        with pytest.raises(StoreError, match=r"ถูกโปรแกรมอื่นใช้งานอยู่.*lock") as error:
            save(store, scan_id)
        assert time.monotonic() - begun < 5
        assert "\n" not in str(error.value)
        assert store.done_units(scan_id) == set()
    save(store, scan_id)
    assert store.done_units(scan_id) == {"phusuan"}


def test_an_exclusively_locked_new_database_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "oit.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked"):
            Store.open(f"sqlite:///{path}", busy_timeout=0.1)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("oit.db", "not a database address"),
        ("nosuch://x/y", "not a database address"),
        ("sqlite:///{folder}/text.txt/oit.db", "cannot create the folder"),
        ("sqlite:///{folder}/text.txt", "not a database"),
        ("sqlite:///{folder}", "unable to open"),
    ],
    ids=["path", "kind", "folder-is-a-file", "text", "folder"],
)
def test_what_cannot_be_opened_is_refused_in_one_line(
    tmp_path: Path, address: str, said: str
) -> None:
    (tmp_path / "text.txt").write_text("ไม่ใช่ฐานข้อมูล" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=said) as error:
        Store.open(address.format(folder=tmp_path))
    assert "\n" not in str(error.value)
    assert (tmp_path / "text.txt").read_text(encoding="utf-8") == "ไม่ใช่ฐานข้อมูล" * 100


def test_a_database_of_a_newer_version_is_refused(store: Store, url: str) -> None:
    store.close()
    with raw(url) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        Store.open(url)


def test_migrations_and_models_agree(store: Store, url: str) -> None:
    store.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        if kind() == SQLITE:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_the_first_migration_can_be_undone(store: Store, url: str) -> None:
    store.close()
    downgrade(url, "base")
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_the_tables_are_valid_for_postgresql_too() -> None:
    for table in Base.metadata.sorted_tables:
        ddl = str(CreateTable(table).compile(dialect=POSTGRES))
        assert f"CREATE TABLE {table.name}" in ddl
        assert "DATETIME" not in ddl
    assert "TIMESTAMP WITH TIME ZONE" in str(
        CreateTable(Base.metadata.tables["scans"]).compile(dialect=POSTGRES)
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2023, 4, 5), POSTGRES)
