"""Each question that pages and reports ask is answered by an index, not by reading a whole table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from checklist.loader import load_year
from results.board.matrix import read_board
from results.item_reading import item_scans
from results.newest import newest_whole_scan, resumable_scans, scan_before, scans_by_item
from results.newest_grounds import newest_grounds
from results.store import Store
from sweep.reporting import report_of
from tests.databases import POSTGRESQL, database_at, on
from tests.results.samples import AS_OF, COVERAGE, UNIT, document

CHECKLIST = load_year(2566)
KEY = CHECKLIST.key
LARGE = (
    "scan_units", "item_verdicts", "element_verdicts", "evidence", "documents", "board_lines",
    "frontier", "captures",
)  # fmt: skip
QUESTIONS: dict[str, Callable[[Store], Any]] = {
    "a unit's result": lambda store: store.unit_result(2, UNIT.id),
    "is the unit done": lambda store: store.holds(2, UNIT.id),
    "units that are done": lambda store: store.done_units(2),
    "the unit saved last": lambda store: store.last_saved_unit(2),
    "verdicts of a scan": lambda store: store.answers(2),
    "the newest scan of a unit": lambda store: store.latest_scan(KEY, UNIT.id),
    "the newest whole scan": lambda store: newest_whole_scan(store, KEY),
    "the scan before": lambda store: scan_before(store, store.scan(2), UNIT.id),
    "what can be resumed": lambda store: resumable_scans(store, KEY),
    "which scan speaks for an item": lambda store: scans_by_item(store, KEY, UNIT.id),
    "an item's scans": lambda store: item_scans(store, UNIT.id, "O1", KEY),
    "what verdicts rest on": lambda store: list(newest_grounds(store, KEY, 3)),
    "the overview's lines": lambda store: read_board(store.engine, 2, CHECKLIST),
    "a unit's report": lambda store: report_of(store, CHECKLIST, 2, UNIT.id),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place: Path = tmp_path_factory.mktemp("indexes")
    with on(POSTGRESQL), Store.open(database_at(place / "oit.db")) as opened:
        for _ in range(2):
            scan = opened.start_scan(CHECKLIST, AS_OF)
            opened.save_unit(scan, UNIT, [], COVERAGE, [document()])
            opened.finish_scan(scan)
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_large_table_is_read_whole(store: Store, question: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, given))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        QUESTIONS[question](store)
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    assert asked
    with store.engine.connect() as connection:
        # What is read whole though that is forbidden, no index can find.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, given in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", given).scalars().all()
            whole = [line for line in plan for name in LARGE if f"Seq Scan on {name}" in line]
            assert whole == [], statement
