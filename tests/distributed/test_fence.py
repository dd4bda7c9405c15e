"""What a worker finds is kept once, and only while the unit is his."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.loader import load_year
from database.engine import StoreError
from distributed.conducting import fill_by_workers
from distributed.fence import Start, kept_if_held
from distributed.orders import Manner, Order
from distributed.queue import NotSharedError, conninfo_of, for_asking
from results.record import ScanStatus
from results.store import Store
from tests.databases import POSTGRESQL, database_at, on
from tests.results.samples import AS_OF
from units.registry import Unit

MANNER = Manner(read_scans=False, pages_per_unit=0, tool_version="")
UNIT = Unit.model_validate({
    "id": "surin", "name": "จังหวัดสุรินทร์", "type": "province", "main_site": "https://surin.example.go.th/",
    "owner_email": "somchai@example.go.th",
})  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with on(POSTGRESQL), Store.open(database_at(tmp_path / "oit.db")) as opened:
        yield opened


def taken(store: Store, scan: int) -> Start:
    """The unit's job, put in and taken by a worker."""
    with for_asking(store.url).open() as app:
        app.job_manager.batch_defer_jobs([Order(scan, UNIT, MANNER).job(0)])
        [row] = app.connector.get_sync_connector().execute_query_all(
            "UPDATE procrastinate_jobs SET status = 'doing' RETURNING id, attempts"
        )
    return Start(row["id"], row["attempts"])


def change(store: Store, what: str) -> None:
    with for_asking(store.url).open() as app:
        app.connector.get_sync_connector().execute_query(f"UPDATE procrastinate_jobs SET {what}")


@pytest.mark.parametrize(
    ("meanwhile", "kept"),
    [
        ("attempts = attempts", True),
        ("status = 'todo', attempts = attempts + 1", False),
        ("attempts = attempts + 1", False),
        ("abort_requested = true", False),
    ],
    ids=["still his", "put back", "begun by another", "taken back"],
)
def test_a_result_is_kept_while_the_unit_is_his(store: Store, meanwhile: str, kept: bool) -> None:
    scan = store.start_scan(load_year(2566), AS_OF)
    start = taken(store, scan)
    change(store, meanwhile)
    done: list[int] = []
    assert kept_if_held(store, scan, "surin", start, lambda: done.append(1)) is kept
    assert done == [1] * kept


def test_of_a_scan_that_has_ended_nothing_is_kept(store: Store) -> None:
    scan = store.start_scan(load_year(2566), AS_OF)
    start = taken(store, scan)
    store.finish_scan(scan, ScanStatus.INTERRUPTED)
    assert not kept_if_held(store, scan, "surin", start, lambda: pytest.fail("was kept"))


def test_who_fails_while_keeping_keeps_nothing(store: Store) -> None:
    scan = store.start_scan(load_year(2566), AS_OF)
    start = taken(store, scan)

    def keep() -> None:
        store.finish_scan(scan, ScanStatus.FAILED)
        raise StoreError("in the middle")

    with pytest.raises(StoreError, match="in the middle"):
        kept_if_held(store, scan, "surin", start, keep)
    assert store.scan(scan).status is ScanStatus.RUNNING


def test_a_job_holds_no_more_of_people_than_is_needed() -> None:
    assert "somchai" not in str(Order(1, UNIT, MANNER).job(0).task_kwargs)


def test_a_database_of_one_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotSharedError, match="PostgreSQL"):
        conninfo_of(f"sqlite:///{tmp_path / 'oit.db'}")
    assert fill_by_workers() is not None


def test_the_queue_is_reached_as_the_address_says() -> None:
    told = conninfo_of(
        "postgresql://oit:secret@db.example:5433/oit?sslmode=require&options=-c%20x=1"
    )
    for part in (
        "host=db.example",
        "port=5433",
        "sslmode=require",
        "-c x=1",
        "search_path=oit_queue",
    ):
        assert part in told
