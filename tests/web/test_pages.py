"""The pages of `oit serve`: health with what fails by name, figures for Prometheus, no leaks."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from checklist.verdict import Verdict
from results.statistic_rows import brief_statistics_of, statistics_of
from results.store import Store
from tests.web.standing import WHERE, filled
from web import application, health, monitoring
from web.headers import HEADERS
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from results.statistics import ScanStatistics

RULES = Path(__file__).parent.parent.parent / "deploy" / "prometheus"
# The tables of the scheduler and of the notices, as far as the pages read them.
NO_NEIGHBOURS = """
DROP TABLE IF EXISTS schedule_heartbeat;
DROP TABLE IF EXISTS schedule_runs;
DROP TABLE IF EXISTS notices;
"""
NEIGHBOURS = f"""{NO_NEIGHBOURS}
CREATE TABLE schedule_heartbeat (id INTEGER PRIMARY KEY, beat DATETIME NOT NULL,
  started DATETIME NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, token VARCHAR(40) NOT NULL);
CREATE TABLE schedule_runs (id INTEGER PRIMARY KEY, job VARCHAR(40) NOT NULL,
  cause VARCHAR(20) NOT NULL, arguments JSON NOT NULL, started DATETIME NOT NULL, ended DATETIME,
  outcome VARCHAR(20) NOT NULL, output TEXT NOT NULL);
CREATE TABLE notices (id INTEGER PRIMARY KEY, state VARCHAR(20) NOT NULL);
"""
RUN = "INSERT INTO schedule_runs (job, cause, arguments, started, ended, outcome, output) VALUES (?, 'due', '[]', ?, ?, ?, '')"


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return filled(tmp_path)


class Pages:
    """The pages without a server between."""

    def __init__(self, sources: Sources) -> None:
        self._pages = httpx.ASGITransport(application.application(Site(sources)))
        self.seconds = 0.0

    def get(self, path: str, method: str = "GET") -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._pages, base_url="http://oit") as client:
                begun = time.monotonic()
                answer = await client.request(method, path)
                self.seconds = time.monotonic() - begun
                return answer

        return asyncio.run(ask())


def health_of(sources: Sources) -> tuple[int, dict[str, Any]]:
    answer = Pages(sources).get("/healthz")
    return answer.status_code, answer.json()


def scraped(sources: Sources) -> dict[tuple[str, ...], float]:
    """Every sample as (name, label values in their order) -> value."""
    answer = Pages(sources).get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def raw(sources: Sources) -> sqlite3.Connection:
    return sqlite3.connect(sources.folder / "oit.db", isolation_level=None)


def test_all_is_well(sources: Sources) -> None:
    status, told = health_of(sources)
    assert (status, told["status"], told["failing"]) == (200, "ok", [])
    last = told["checks"][-1]
    assert (last["check"], last["scan"], last["checklist"]) == ("last_scan", 1, "oit-2566")
    assert 0 <= last["age_seconds"] < 60


def test_a_missing_database_is_named_and_not_made(tmp_path: Path) -> None:
    sources = Sources(WHERE.format(tmp_path / "none"), tmp_path)
    status, told = health_of(sources)
    assert (status, told["failing"]) == (503, ["database"])
    assert told["checks"][-1]["code"] == "database_missing"
    assert not (tmp_path / "none").exists()
    assert scraped(sources)["oit_database_up",] == 0


def test_a_locked_database_is_named_within_two_seconds(sources: Sources) -> None:
    with closing(raw(sources)) as owner:
        owner.execute("PRAGMA locking_mode = EXCLUSIVE")
        owner.execute("BEGIN EXCLUSIVE")
        owner.execute("UPDATE scans SET year = year")
        begun = time.monotonic()
        status, told = health_of(sources)
        assert time.monotonic() - begun < 2
    assert (status, told["checks"][-1]["code"]) == (503, "database_locked")


def test_a_database_of_another_version_is_named(sources: Sources) -> None:
    with closing(raw(sources)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    status, told = health_of(sources)
    assert (status, told["checks"][-1]["code"]) == (503, "database_outdated")


def test_a_file_that_is_no_database_is_named_and_nothing_leaks(tmp_path: Path) -> None:
    (tmp_path / "oit.db").write_bytes(b"not a database, only text " * 100)
    sources = Sources(WHERE.format(tmp_path), tmp_path)
    answer = Pages(sources).get("/healthz")
    assert answer.json()["checks"][-1]["code"] == "database_unreachable"
    assert str(tmp_path) not in answer.text + Pages(sources).get("/metrics").text


def test_a_full_disk_is_named(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    nearly_full = SimpleNamespace(free=10**9, total=10**12)
    monkeypatch.setattr("shutil.disk_usage", lambda _: nearly_full)
    status, told = health_of(sources)
    assert (status, told["failing"]) == (503, ["disk"])


@pytest.mark.parametrize(("seconds", "code"), [(20, "ok"), (3_600, "scheduler_silent")])
def test_a_silent_scheduler_is_named(sources: Sources, seconds: int, code: str) -> None:
    with closing(raw(sources)) as database:
        database.executescript(NEIGHBOURS)
        database.execute(
            "INSERT INTO schedule_heartbeat (id, beat, started, pid, host, token) "
            "VALUES (1, datetime('now', ?), datetime('now'), 1, 'h', 't')",
            (f"-{seconds} seconds",),
        )
    status, told = health_of(sources)
    checks = {check["check"]: check["code"] for check in told["checks"]}
    assert checks["scheduler"] == code
    assert status == (200 if code == "ok" else 503)


def test_a_check_that_hangs_is_named_in_time(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitoring, "HEALTH_WITHIN_S", 0.2)
    monkeypatch.setitem(health._LOOKS, "database", lambda _: time.sleep(1))
    pages = Pages(sources)
    answer = pages.get("/healthz")
    assert pages.seconds < 0.9
    assert (answer.status_code, answer.json()["checks"][-1]["code"]) == (503, "timed_out")
    assert answer.json()["failing"] == ["database"]


def test_every_code_has_a_thai_sentence_without_places() -> None:
    for sentence in health.SENTENCES.values():
        assert re.search("[ก-๙]", sentence)
        assert "/" not in sentence


def test_the_figures_are_those_of_the_store(sources: Sources) -> None:
    found = scraped(sources)
    with Store.open(sources.database_url) as store:
        stored = statistics_of(store, 1)
    oit = "oit-2566"
    for verdict in Verdict:
        expected = stored.verdicts.get(verdict.value, 0)
        assert found["oit_last_scan_items", oit, verdict.value] == expected
    causes = {key[2]: n for key, n in found.items() if key[0] == "oit_last_scan_unchecked_items"}
    assert causes == stored.unchecked
    assert found["oit_last_scan_pages", oit, "fetched"] == stored.pages_fetched
    assert found["oit_last_scan_received_bytes", oit] == stored.tally["received_bytes"]
    assert found["oit_last_scan_not_modified_answers", oit] == stored.tally["not_modified"]
    assert found["oit_last_scan_ocr_pages", oit] == stored.tally["ocr_pages"]
    assert found["oit_last_scan_duration_seconds", oit] == 80
    assert 0 <= found["oit_last_scan_age_seconds", oit] < 60
    assert found["oit_running_scan_units", oit, "done"] == 1
    assert found["oit_running_scan_units", oit, "wanted"] == 3
    assert found["oit_scans", oit, "finished"] == found["oit_scans", oit, "running"] == 1
    assert found["oit_database_up",] == 1
    assert found["process_resident_memory_bytes",] > 0


def test_jobs_and_notices_are_told_of_where_they_are_kept(sources: Sources) -> None:
    with closing(raw(sources)) as database:
        database.executescript(NO_NEIGHBOURS)
        without = scraped(sources)
        assert not [key for key in without if key[0].startswith(("oit_notices", "oit_job"))]
        database.executescript(NEIGHBOURS)
        moment = "2026-01-05 19:00:00.000000"
        for outcome in ("success", "success", "failed"):
            database.execute(RUN, ("nightly", moment, moment, outcome))
        database.execute(RUN, ("nightly", moment, None, ""))
        database.executemany("INSERT INTO notices (state) VALUES (?)", [("queued",), ("failed",)])
    found = scraped(sources)
    assert found["oit_job_runs_total", "nightly", "success"] == 2
    assert found["oit_job_runs_total", "nightly", "failed"] == 1
    assert found["oit_job_last_run_timestamp_seconds", "nightly", "failed"] == 1767639600
    assert (found["oit_notices", "queued"], found["oit_notices", "given_up"]) == (1, 0)


def test_names_and_kinds_keep_to_the_conventions(sources: Sources) -> None:
    answer = Pages(sources).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    families = list(text_string_to_metric_families(answer.text))
    assert len({family.name for family in families}) == len(families)
    for family in families:
        assert family.documentation
        if family.name.startswith("oit_"):
            assert re.fullmatch(r"[a-z_]+", family.name)
            assert not re.search(r"_(ms|minutes|kb|mb|percent)(_|$)", family.name)
            assert {label for sample in family.samples for label in sample.labels} <= {
                "checklist", "verdict", "reason", "state", "status", "job", "outcome", "version",
            }  # fmt: skip
    assert "phusuan" not in answer.text


def test_a_finished_scan_is_read_once(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def noted(store: Store, scan_id: int) -> ScanStatistics:
        read.append(scan_id)
        return brief_statistics_of(store, scan_id)

    monkeypatch.setattr("web.metrics.brief_statistics_of", noted)
    pages = Pages(sources)
    for _ in range(3):
        pages.get("/metrics")
    assert sorted(read) == [1, 2, 2, 2]


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/no/such"])
def test_every_answer_guards_the_browser_and_names_no_server(sources: Sources, path: str) -> None:
    answer = Pages(sources).get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers


def test_nothing_can_be_written(sources: Sources) -> None:
    for path in ("/", "/healthz", "/metrics"):
        assert Pages(sources).get(path, "POST").status_code == 405


def test_a_stranger_at_the_front_page_is_led_to_the_login(sources: Sources) -> None:
    answer = Pages(sources).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def rules() -> Iterator[str]:
    for group in YAML(typ="safe").load((RULES / "oit-rules.yml").read_text("utf-8"))["groups"]:
        for rule in group["rules"]:
            assert rule["annotations"]["summary"]
            yield rule["expr"]


def test_the_alert_rules_ask_for_metrics_that_exist(sources: Sources) -> None:
    with closing(raw(sources)) as database:
        database.executescript(NEIGHBOURS)
        database.execute(
            "INSERT INTO schedule_heartbeat (id, beat, started, pid, host, token) "
            "VALUES (1, datetime('now'), datetime('now'), 1, 'h', 't')"
        )
    known = {key[0] for key in scraped(sources)}
    named = {name for expr in rules() for name in re.findall(r"\boit_\w+", expr)}
    assert named
    assert named <= known
    (scrape,) = YAML(typ="safe").load((RULES / "scrape.yml").read_text("utf-8"))["scrape_configs"]
    assert scrape["job_name"] == "oit"
