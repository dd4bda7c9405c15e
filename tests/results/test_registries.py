"""The registry of a scan: written once for all that share it, moved there from older scans."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from results.forgetting import mark_forgotten, take_apart
from results.registries import asked_unit, asked_units, units_left
from results.store import Store
from tests.results.samples import AS_OF, COVERAGE, UNIT, downgrade, small_checklist

CHECKLIST = small_checklist()
UNITS = [
    {"id": f"u{n}", "name": f"หน่วย {n}", "urls": {"O1": [f"https://u{n}.go.th/"]}} for n in "012"
]
CRAWL = {"crawl": {"user_agent": "x"}, "items": ["O1"]}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/oit.db"


def begun(store: Store, units: object = UNITS) -> int:
    asked = CRAWL if units is None else CRAWL | {"units": units}
    return store.start_scan(CHECKLIST, AS_OF, asked)


def rows_of(url: str, table: str) -> int:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as told:
        return int(told.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_scans_of_one_registry_share_it_until_the_last_is_forgotten(url: str) -> None:
    with Store.open(url) as store:
        first, second, other = begun(store), begun(store), begun(store, UNITS[:1])
        unknown = begun(store, None)
        assert (rows_of(url, "scan_registries"), rows_of(url, "scan_registry_units")) == (2, 4)
        assert store.scan(first).settings == CRAWL
        assert [store.scan(one).planned for one in (first, other, unknown)] == [3, 1, None]
        assert asked_units(store, second) == UNITS
        assert asked_units(store, unknown) is None
        with store.reading() as session:
            assert asked_unit(session, first, "u1") == UNITS[1]
            assert asked_unit(session, other, "u1") is None
        for number in (first, second):
            assert rows_of(url, "scan_registries") == 2
            mark_forgotten(store, number)
            take_apart(store, number)
        assert (rows_of(url, "scan_registries"), rows_of(url, "scan_registry_units")) == (1, 1)


def test_what_is_left_of_a_scan_is_what_holds_no_result(url: str) -> None:
    with Store.open(url) as store:
        number = begun(store)
        store.save_unit(number, replace(UNIT, id="u1"), [], COVERAGE, [])
        assert [one["id"] for one in units_left(store, number)] == ["u0", "u2"]


def test_scans_of_earlier_versions_are_moved_over_and_back(url: str) -> None:
    with Store.open(url) as store:
        numbers = [begun(store), begun(store), begun(store, [])]
    downgrade(url, "0018")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as told:
        [text] = told.execute("SELECT settings FROM scans WHERE id = 1").fetchone()
        assert json.loads(text) == CRAWL | {"units": UNITS}
        told.execute(
            "INSERT INTO scans SELECT 9, year, checklist_hash, as_of, started, finished,"
            " status, '{}', tool_version, checklist, scope, planned FROM scans LIMIT 1"
        )
        told.commit()
    with Store.open(url) as store:
        assert [asked_units(store, one) for one in (*numbers, 9)] == [UNITS, UNITS, [], None]
        assert store.scan(1).settings == CRAWL
        assert begun(store) > 9
    assert rows_of(url, "scan_registries") == 2, "a later scan shares what was moved"
