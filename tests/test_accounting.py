"""A real small sweep keeps account of itself: in the database, in the log, on the pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

import sweep
from checklist.profile import UnitType
from commands.logs import LogFormat, begin_logging, end_logging
from crawler.settings import CrawlSettings
from results.record import ScanStatus
from results.statistic_rows import statistics_of
from results.store import Store
from tests.crawler.loopback_site import PROSE, LoopbackSite, page
from tests.databases import database_at
from tests.results.samples import AS_OF, small_checklist
from units.registry import Unit
from web.metrics import registry_of
from web.sources import Sources

if TYPE_CHECKING:
    from crawler.harvest import CrawlEvent

CHECKLIST = small_checklist()
PAGES = {
    "/": page("หน่วยงาน", PROSE),
    "/1": page(CHECKLIST.items[0].title, f"<p>มี{CHECKLIST.items[0].title}</p>{PROSE}"),
}


@pytest.fixture
def _logged(tmp_path: Path) -> Iterator[None]:
    level = logging.getLogger().level
    begin_logging(LogFormat.JSON, tmp_path / "oit.log", verbose=False)
    yield
    end_logging()
    logging.getLogger().setLevel(level)
    logging.getLogger("asyncio").setLevel(logging.NOTSET)


def unit(name: str, url: str) -> Unit:
    return Unit(
        id=name, name=f"หน่วยงาน {name}", type=UnitType.LOCAL, main_site=f"{url}/",
        urls={"O1": (f"{url}/1",), "O2": (f"{url}/gone",)},
    )  # fmt: skip


def metrics_of(sources: Sources) -> dict[str, float]:
    from prometheus_client.exposition import generate_latest

    text = generate_latest(registry_of(sources)).decode()
    families = text_string_to_metric_families(text)
    return {one.name: one.value for family in families for one in family.samples}


@pytest.mark.usefixtures("_logged")
def test_a_sweep_that_was_stopped_and_resumed_is_accounted_for_as_one(tmp_path: Path) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    settings = CrawlSettings(
        allow_networks=("127.0.0.0/8",), delay_s=0, render=False, confirm_after_s=0,
        max_path_pages=0, max_index_pages=0, max_menu_pages=0, concurrent_hosts=1,
    )  # fmt: skip

    def stop(event: CrawlEvent) -> None:
        if event.kind == "unit_started" and event.unit_id == "sak":
            raise KeyboardInterrupt

    with LoopbackSite("127.0.0.1", PAGES) as site, Store.open(url) as store:
        units = [unit("suan", site.url), unit("sak", site.url)]
        wanted = sweep.SweepRequest(
            CHECKLIST, units, CHECKLIST.select(["O1", "O2"]), AS_OF, settings, tmp_path / "out"
        )
        stopped = sweep.sweep(wanted, store, stop)
        half = statistics_of(store, stopped.scan_id)
        assert stopped.interrupted
        assert (half.status, half.runs.count) == (ScanStatus.INTERRUPTED, 1)
        whole = sweep.sweep(replace(wanted, resume=True), store)
        found = statistics_of(store, whole.scan_id)
    assert (found.units, found.wanted, found.runs.count) == (2, 2, 2)
    assert found.seconds > half.seconds > 0
    assert found.cpu_seconds > half.cpu_seconds > 0
    assert found.runs.children_peak_bytes > 10_000_000
    assert found.verdicts == {"pass": 2, "fail": 2}
    assert found.tally["items_judged"] == 4
    asked = site.hits.total() - site.hits["/robots.txt"]
    assert asked - 4 <= found.tally["requests"] <= asked
    assert found.tally["received_bytes"] >= 2 * len(PAGES["/1"].body)

    told = metrics_of(Sources(url, tmp_path))
    assert told["oit_last_scan_requests"] == found.tally["requests"]
    assert told["oit_last_scan_received_bytes"] == found.tally["received_bytes"]
    assert told["oit_last_scan_duration_seconds"] == found.seconds
    overview = json.loads((tmp_path / "out" / "overview.json").read_text(encoding="utf-8"))
    assert overview["cost"]["tally"] == found.tally
    check_the_log(tmp_path / "oit.log", whole.scan_id)


def check_the_log(file: Path, scan_id: int) -> None:
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    steps: list[dict[str, Any]] = [one for one in lines if one["logger"] == "sweep.accounting"]
    assert [one["event"] for one in steps] == [
        "scan begun", "unit done", "scan ended", "scan begun", "unit done", "scan ended",
    ]  # fmt: skip
    assert {one["scan"] for one in steps} == {scan_id}
    assert [one["unit"] for one in steps if "unit" in one] == ["suan", "sak"]
    done = steps[1]
    assert (done["pass"], done["fail"], done["review"], done["error"]) == (1, 1, 0, 0)
    assert done["pages"] >= 1
    assert done["bytes"] > 0
    assert [one["status"] for one in steps if "status" in one] == ["interrupted", "finished"]
