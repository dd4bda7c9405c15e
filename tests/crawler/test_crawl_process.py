"""The crawling process: guarded by default, within budget, and no loss when it dies."""

from __future__ import annotations

import os
import signal
import time
from typing import IO, TYPE_CHECKING, Any

import pytest

import crawler.run
from checklist.profile import UnitProfile
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, an_item, page

if TYPE_CHECKING:
    import subprocess

    from crawler.harvest import CrawlEvent

ITEM = an_item("O1", "โครงสร้าง")
OPEN = CrawlSettings(allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, render=False)


def a_plan(unit_id: str, *urls: str) -> UnitPlan:
    return UnitPlan(UnitProfile(unit_id, unit_id), (ItemTarget(ITEM, urls),), 2566)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The crawling processes that a test starts."""
    processes: list[subprocess.Popen[bytes]] = []
    start = crawler.run.start_process

    def remember(errors: IO[bytes]) -> subprocess.Popen[bytes]:
        processes.append(start(errors))
        return processes[-1]

    monkeypatch.setattr("crawler.run.start_process", remember)
    return processes


def test_loopback_is_closed_unless_the_operator_opens_it() -> None:
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE)}) as site:
        named = site.url.replace("127.0.0.1", "localhost")
        plan = a_plan("guarded", f"{site.url}/o1", f"{named}/o1")
        [harvest] = crawl([plan], CrawlSettings(delay_s=0, timeout_s=5))
        fetches = [document.fetch for document in harvest.documents["O1"]]
        assert [fetch.problem for fetch in fetches] == ["inner_address", "inner_address"]
        assert all("ภายในเครือข่าย" in fetch.problem_detail for fetch in fetches)
        assert not site.hits


def test_a_crawl_without_units_is_over_at_once(started: list[Any]) -> None:
    assert list(crawl([], OPEN)) == []
    assert not started


def test_two_plans_of_one_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="same unit"):
        crawl([a_plan("u"), a_plan("u")], OPEN)


def test_what_a_budget_stops_is_not_checked_rather_than_missing() -> None:
    pages = {f"/{n}": page("โครงสร้าง", PROSE) for n in range(6)}
    with LoopbackSite("127.0.0.1", pages) as site:
        plan = a_plan("u", *(f"{site.url}/{n}" for n in range(6)))
        [harvest] = crawl([plan], OPEN.model_copy(update={"max_pages_per_unit": 4}))
    problems = [document.fetch.problem for document in harvest.documents["O1"]]
    assert problems == [None] * 4 + ["not_checked"] * 2
    reasons = [(s.url.rpartition("/")[2], s.reason) for s in harvest.coverage.skipped]
    assert reasons == [("4", "budget_pages"), ("5", "budget_pages")]
    assert all(s.detail for s in harvest.coverage.skipped)


def test_without_a_browser_a_shell_could_not_be_checked() -> None:
    shell = "<html><body><div id='root'></div><script>draw()</script></body></html>"
    with LoopbackSite("127.0.0.1", {"/o1": Answer(shell.encode())}) as site:
        settings = OPEN.model_copy(update={"browser_path": None, "render": True})
        [harvest] = crawl([a_plan("u", f"{site.url}/o1")], settings)
    assert harvest.documents["O1"][0].fetch.problem == "render_failed"
    assert [s.reason for s in harvest.coverage.skipped] == ["not_rendered"]


@pytest.mark.cold_crawler
def test_a_killed_crawler_is_started_afresh(started: list[subprocess.Popen[bytes]]) -> None:
    slow = Answer(page("โครงสร้าง", PROSE).body, delay_s=1, slow_times=1)
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE), "/slow": slow}) as site:

        def kill(event: CrawlEvent) -> None:
            if len(started) == 1 and event.kind == "page" and event.url.endswith("/o1"):
                os.kill(started[0].pid, signal.SIGKILL)

        plans = [a_plan("quick", f"{site.url}/o1"), a_plan("late", f"{site.url}/slow")]
        harvests = {h.unit_id: h for h in crawl(plans, OPEN, kill)}
    assert set(harvests) == {"quick", "late"}
    assert [h.documents["O1"][0].fetch.problem for h in harvests.values()] == [None, None]
    assert len(started) == 2
    assert started[0].poll() is not None


def test_a_unit_that_kills_the_crawler_is_given_up_and_the_others_come_home(
    started: list[subprocess.Popen[bytes]],
) -> None:
    slow = Answer(page("โครงสร้าง", PROSE).body, delay_s=0.5, slow_times=99)
    with LoopbackSite("127.0.0.1", {"/bad": slow, "/good": slow}) as site:

        def kill(event: CrawlEvent) -> None:
            if event.kind == "unit_started" and event.unit_id == "bad":
                os.kill(started[-1].pid, signal.SIGKILL)

        plans = [a_plan("good", f"{site.url}/good"), a_plan("bad", f"{site.url}/bad")]
        harvests = {h.unit_id: h for h in crawl(plans, OPEN, kill)}
    assert harvests["good"].documents["O1"][0].fetch.problem is None
    bad = harvests["bad"].documents["O1"][0].fetch
    assert bad.problem == "not_checked"
    assert "ทุกครั้งที่ตรวจหน่วยงานนี้" in bad.problem_detail
    assert len(started) <= 5


@pytest.mark.cold_crawler
def test_a_crawler_that_cannot_live_is_not_started_for_ever(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.run.sys.executable", "/bin/false")
    harvests = list(crawl([a_plan("a", "http://127.0.0.1:1/"), a_plan("b")], OPEN))
    assert [h.unit_id for h in harvests] == ["a", "b"]
    fetch = harvests[0].documents["O1"][0].fetch
    assert fetch.problem == "not_checked"
    assert "หยุดทำงาน" in fetch.problem_detail
    assert len(started) == 4


def test_a_silent_crawler_is_given_up(started: list[subprocess.Popen[bytes]]) -> None:
    slow = Answer(b"<p>late</p>", delay_s=1, slow_times=99)
    with LoopbackSite("127.0.0.1", {"/o1": slow}) as site:

        def freeze(event: CrawlEvent) -> None:
            if event.kind == "unit_started":
                os.kill(started[-1].pid, signal.SIGSTOP)

        settings = OPEN.model_copy(update={"stall_limit_s": 1.5})
        begun = time.monotonic()
        [harvest] = crawl([a_plan("u", f"{site.url}/o1")], settings, freeze)
        assert time.monotonic() - begun < 30
    fetch = harvest.documents["O1"][0].fetch
    assert fetch.problem == "not_checked"
    # On a busy machine it may not even come up within the time that counts as silence.
    assert any(said in fetch.problem_detail for said in ("ข้ามไปก่อน", "ไม่ตอบสนอง"))
    assert all(process.poll() is not None for process in started)


@pytest.mark.cold_crawler
def test_closing_the_iterator_ends_the_crawler(started: list[subprocess.Popen[bytes]]) -> None:
    slow = Answer(b"<p>late</p>", delay_s=1, slow_times=99)
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE), "/slow": slow}) as site:
        plans = [a_plan("quick", f"{site.url}/o1"), a_plan("late", f"{site.url}/slow")]
        harvests = crawl(plans, OPEN)
        assert next(harvests).unit_id == "quick"
        assert started[0].poll() is None
        harvests.close()  # type: ignore[attr-defined]
        assert started[0].poll() is not None


@pytest.mark.cold_crawler
def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE)}) as site:
        list(crawl([a_plan("u", f"{site.url}/o1", "http://127.0.0.1:1/")], OPEN))
    assert capfd.readouterr() == ("", "")
