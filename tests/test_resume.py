"""A sweep that was stopped goes on as it was begun, whatever is at hand when it is resumed."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from typer import Exit as Ended

import sweep
from checklist.evidence import Coverage
from checklist.loader import load_year
from checklist.profile import UnitType
from commands.sweeping import run
from crawler.settings import CrawlSettings
from results.formats import files
from results.record import ScanStatus
from results.store import Store, StoreError
from sweep.alone import SweepRunningError, alone
from sweep.resuming import scan_to_fill
from sweep.stopping import Stop
from tests.databases import database_at
from tests.results.samples import passing
from units.registry import Unit

if TYPE_CHECKING:
    import sqlite3

OWN = Unit(
    id="suan",
    name="เทศบาลตำบลบ้านสวนมะลิ",
    type=UnitType.LOCAL,
    main_site="https://suan.example.go.th",
    urls={"O5": ("https://suan.example.go.th/contact",)},
)


def request(folder: Path, *units: Unit, items: str = "O5", day: int = 30) -> sweep.SweepRequest:
    checklist = load_year(2566)
    return sweep.SweepRequest(
        checklist=checklist,
        units=units,
        items=checklist.select([items]),
        as_of=date(2023, 4, day),
        settings=CrawlSettings(),
        out=folder,
    )


def test_units_items_and_day_come_from_the_scan(tmp_path: Path) -> None:
    begun = request(tmp_path, OWN, day=28)
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        scan_id = scan_to_fill(begun, store)
        store.finish_scan(scan_id, ScanStatus.INTERRUPTED)
        resumed = sweep.to_resume(store, request(tmp_path, items="O1"))
        assert resumed is not None
        assert list(resumed.units) == [OWN]
        assert [item.id for item in resumed.items] == ["O5"]
        assert resumed.as_of == date(2023, 4, 28)
        assert scan_to_fill(resumed, store) == scan_id


def test_nothing_to_resume_is_said_and_not_begun_anew(tmp_path: Path) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        assert sweep.to_resume(store, request(tmp_path)) is None
        scan_id = scan_to_fill(request(tmp_path, OWN), store)
        store.finish_scan(scan_id)
        assert sweep.to_resume(store, request(tmp_path)) is None
        assert len(store.scans()) == 1


def saved(folder: Path, *units: Unit) -> tuple[Store, sweep.SweepRequest]:
    """A scan whose units are saved, cut off before the report of any was written."""
    begun = request(folder / "reports", *units)
    store = Store.open(database_at(f"{folder}/oit.db"), busy_timeout=0.5)
    scan_id = scan_to_fill(begun, store)
    for unit in units:
        store.save_unit(scan_id, unit.profile, [passing("O5")], Coverage(), [])
    resumed = sweep.to_resume(store, begun)
    assert resumed is not None
    return store, resumed


def test_a_unit_that_was_saved_before_the_kill_gets_its_report(tmp_path: Path) -> None:
    store, resumed = saved(tmp_path, OWN)
    stale = tmp_path / "reports" / "gap-suan.json"
    stale.parent.mkdir()
    stale.write_text("of an earlier scan")
    with store:
        outcome = sweep.sweep(resumed, store)
    assert outcome.units == ["suan"]
    assert '"scan_id"' in stale.read_text("utf-8")
    assert (tmp_path / "reports" / "gap-suan.html").exists()


def test_a_second_sweep_is_refused_while_the_first_one_lives(tmp_path: Path) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    hold = f"import time; from sweep.alone import alone\nwith alone({url!r}, 'oit-2566'): print(1, flush=True); time.sleep(60)"
    first = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    assert first.stdout is not None
    assert first.stdout.readline() == b"1\n"
    store, resumed = saved(tmp_path, OWN)
    with store:
        with pytest.raises(SweepRunningError, match=f"กำลังทำงานอยู่ \\(โปรเซส {first.pid}\\)"):
            sweep.sweep(resumed, store)
        with alone(url, "moi-2566"):
            pass
        first.kill()
        first.wait()
        first.stdout.close()
        assert sweep.sweep(resumed, store).units


def test_reports_that_cannot_be_written_are_one_line_and_written_when_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store, resumed = saved(tmp_path, OWN)
    store.close()

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("results.formats.files.os.replace", full)
        with pytest.raises(Ended) as ended:
            run(resumed, store.url, ())
    assert ended.value.exit_code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "เนื้อที่ดิสก์เต็ม" in said
    assert "--resume" in said
    assert not list((tmp_path / "reports").glob("*"))
    assert run(resumed, store.url, ()) == 0
    assert (tmp_path / "reports" / "gap-suan.json").exists()


def test_a_sweep_without_its_overview_is_not_finished_and_writes_it_when_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, resumed = saved(tmp_path, OWN)

    def full_for_the_overview(path: Path, text: str) -> Path:
        if path.name == "index.html":
            raise OSError(errno.ENOSPC, "No space left on device")
        return files.write_whole(path, text)

    with monkeypatch.context() as patch:
        patch.setattr("results.formats.write_whole", full_for_the_overview)
        with pytest.raises(Ended):
            run(resumed, store.url, ())
    with store:
        again = sweep.to_resume(store, resumed)
        assert again is not None
        sweep.sweep(again, store)
        assert store.scan(1).status is ScanStatus.FINISHED
    told = json.loads((tmp_path / "reports" / "overview.json").read_text("utf-8"))
    assert told["trend"][-1]["finished"] is True
    assert (tmp_path / "reports" / "index.html").exists()


def _no_more(connection: sqlite3.Connection, _: object) -> None:
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """From the call on databases cannot grow: as SQLite sees a disk that is full."""
    yield lambda: event.listen(Engine, "connect", _no_more)
    if event.contains(Engine, "connect", _no_more):
        event.remove(Engine, "connect", _no_more)


def test_a_database_without_room_is_told_in_one_line_and_stays_readable(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    store, resumed = saved(tmp_path, OWN)
    store.close()
    full_disk()
    with Store.open(store.url) as full:
        big = OWN.model_copy(update={"id": "big", "name": "ก" * 100_000}).profile
        with pytest.raises(StoreError, match="เนื้อที่ดิสก์เต็ม"):
            full.save_unit(1, big, [], Coverage(), [])
        assert full.done_units(1) == {"suan"}
    event.remove(Engine, "connect", _no_more)
    with Store.open(store.url) as roomy:
        assert sweep.sweep(resumed, roomy).units


def test_what_is_at_hand_is_finished_before_a_sweep_stops() -> None:
    stop = Stop()
    steps = []

    def work() -> None:
        with stop.finishing():
            stop.ask()
            steps.append("finished")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["finished"]
    with pytest.raises(KeyboardInterrupt), stop.finishing():
        steps.append("begun anew")
    with stop.at_the_end():
        steps.append("closed")
    assert steps == ["finished", "closed"]
    with pytest.raises(KeyboardInterrupt):
        Stop().ask()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_a_result_is_saved_loses_neither_it_nor_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    store, resumed = saved(tmp_path, OWN)
    store.close()
    write = files.write_bytes_whole

    def write_and_stop(path: Path, content: bytes) -> Path:
        if path.name == "gap-suan.xlsx":
            signal.raise_signal(number)
        return write(path, content)

    monkeypatch.setattr("results.formats.write_bytes_whole", write_and_stop)
    assert run(resumed, store.url, ()) == 130
    names = {path.name for path in (tmp_path / "reports").iterdir()}
    assert {"gap-suan.html", "gap-suan.xlsx", "gap-suan.json", "index.html"} <= names
