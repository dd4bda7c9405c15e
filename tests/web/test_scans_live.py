"""A real sweep asked for in Chromium: seen live, killed, gone on with; the pages in both widths."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from results.newest import newest_result, newest_scan_of, newest_whole_scan
from results.record import Scope
from tests.crawler.loopback_site import Answer, LoopbackSite
from tests.databases import database_at
from tests.e2e.small_sweeps import pages
from tests.web.conftest import Served, serving
from tests.web.registry_seeds import empty_registry
from web.scans.book import JobBook
from web.scans.jobs import Job, JobState
from web.scans.starter import Starter, Workplace
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITHIN_MS = 60_000
HEAD = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก,O1,O2\n"


@pytest.fixture
def slow() -> Iterator[LoopbackSite]:
    """A unit's site whose second page keeps a sweep waiting once."""
    late = Answer(pages(0)["/o2"].body, delay_s=600, slow_times=1)
    with LoopbackSite("127.0.0.1", {**pages(0), "/o2": late}) as site:
        yield site


@pytest.fixture
def at_work(seeds: Path, tmp_path: Path, slow: LoopbackSite) -> Iterator[Served]:
    """A served dashboard that carries jobs out, its registry one unit of the slow site."""
    folder = tmp_path / "var"
    shutil.copytree(seeds, folder)
    row = f"surin,จังหวัดสุรินทร์,จังหวัด,{slow.url}/,{slow.url}/o1,{slow.url}/o2\n"
    (folder / "units.csv").write_text(HEAD + row, encoding="utf-8")
    out = tmp_path / "reports"
    env = {
        "OIT_HOME": str(folder), "OIT_ALLOW_NETWORKS": "127.0.0.0/8", "OIT_DELAY_S": "0",
        "OIT_RENDER": "false", "OIT_TIMEOUT_S": "900", "OIT_CONFIRM_AFTER_S": "0",
    }  # fmt: skip
    sources = Sources(database_at(f"{folder}/oit.db"), folder, "1.2.3")
    site = Site(sources, WebSettings(), lambda: datetime.now(UTC), out)
    empty_registry(site.engine)
    with serving(site) as served:
        starter = Starter(lambda: site.store, Workplace(folder / "scans", out, env=env))
        starter.start()
        yield served
        starter.stop()
        for job in JobBook(site.engine).live_jobs():
            os.killpg(job.pid or 0, signal.SIGKILL)


def test_a_check_is_asked_for_seen_live_killed_and_gone_on_with(
    at_work: Served,
    real_browser: Browser,
    accessible: Callable[[Page], None],
) -> None:
    context = real_browser.new_context(base_url=at_work.address, locale="th-TH")
    context.add_cookies([at_work.cookie(Role.REVIEWER)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/scans/new")
    accessible(page)
    page.get_by_label("ค้นชื่อหน่วยงาน").press_sequentially("จังหวัดสุริน")
    expect(page.locator("#units-options option")).to_have_count(1)
    page.get_by_label("ค้นชื่อหน่วยงาน").press("Enter")
    expect(page.get_by_label("หน่วยงาน (รหัส)")).to_have_value("surin")
    page.get_by_label("ข้อ", exact=True).fill("O1,O2")
    page.get_by_role("button", name="ใส่คิว").click()
    page.goto("/scans")
    run = page.locator("article[data-scan]")
    expect(run).to_contain_text("กำลังตรวจ", timeout=WITHIN_MS)
    expect(run.locator("[data-field=hosts]")).to_contain_text("127.0.0.1", timeout=WITHIN_MS)
    expect(run.locator("[data-field=units]")).to_have_text("0")
    expect(page.get_by_role("article")).to_have_count(1)
    accessible(page)
    _ended(at_work, 1, kill=True)
    expect(page.get_by_role("article")).to_have_count(0, timeout=WITHIN_MS)
    page.goto("/scans/4")
    expect(page.locator("h1")).to_contain_text("ขาดตอน")
    expect(page.get_by_text("สัญญาณ 9")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="ทำต่อ").click()
    expect(page.locator("h1")).to_contain_text("เสร็จแล้ว", timeout=WITHIN_MS)
    context.close()
    _speaks_for_its_unit_alone(at_work.site)


def _ended(served: Served, number: int, *, kill: bool) -> None:
    book = JobBook(served.site.engine)
    job = book.job(number)
    assert job is not None
    assert job.pid is not None
    if kill:
        os.kill(job.pid, signal.SIGKILL)
    end = time.monotonic() + 30
    while _state(book, job) in (JobState.RUNNING, JobState.STOPPING):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert _state(book, job) is JobState.FAILED


def _state(book: JobBook, job: Job) -> JobState:
    found = book.job(job.id)
    assert found is not None
    return found.state


def _speaks_for_its_unit_alone(site: Site) -> None:
    """The check is history of the unit: no overview is written, and the ministry's scan stays."""
    whole = newest_whole_scan(site.store, "oit-2566")
    assert whole is not None
    assert whole.id == 3
    of_item = newest_scan_of(site.store, "oit-2566", "surin", "O1")
    assert of_item is not None
    assert (of_item.id, of_item.scope) == (4, Scope.ITEMS)
    result = newest_result(site.store, "oit-2566", "surin")
    assert result is not None
    assert (result.scan_id, len(result.verdicts)) == (3, 43)
    assert not site.out.exists()


def test_the_pages_are_accessible_and_fit_a_phone(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("administrator", width=390)
    for path in ("/scans", "/scans/3", "/scans/new", "/scans/3/changes"):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
