"""Hosts that ask to be left alone, and crawls that are stopped before they are done."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.profile import UnitProfile
from crawler.harvest import unchecked
from crawler.headers import wait_asked
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, an_item, minimal_pdf, page

STRUCTURE = an_item("O1", "โครงสร้าง")
EXECUTIVES = an_item("O2", "ข้อมูลผู้บริหาร")
POWERS = an_item("O3", "อำนาจหน้าที่")
LAWS = an_item("O6", "กฎหมายที่เกี่ยวข้อง")
OPEN = CrawlSettings(allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, render=False)
NOW = datetime(2023, 4, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("99999999999999", 864_000.0),
        ("Sat, 01 Apr 2023 08:00:30 GMT", 30.0),
        ("Sat, 01 Apr 2023 07:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("๓๐", None),
        ("soon", None),
        ("Sat, 99 Apr 2023", None),
    ],
)
def test_how_long_a_host_asks_to_wait(header: str, seconds: float | None) -> None:
    assert wait_asked(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_the_reader(header: str) -> None:
    wait = wait_asked(header, NOW)
    assert wait is None or wait >= 0


def refusing(wait: str) -> Answer:
    return Answer(status=429, headers={"Retry-After": wait})


def test_a_host_is_left_alone_as_long_as_it_asks_for_up_to_a_minute() -> None:
    times: list[float] = []

    def limited(_: int) -> Answer:
        times.append(time.monotonic())
        return refusing("2") if len(times) == 1 else page("โครงสร้าง", PROSE)

    long = {"/o1": refusing("3600"), "/o2": page("ผู้บริหาร", PROSE)}
    with (
        LoopbackSite("127.0.0.1", {"/o1": limited}) as patient,
        LoopbackSite("127.0.0.2", long) as stern,
    ):
        targets = (
            ItemTarget(STRUCTURE, (f"{stern.url}/o1",)),
            ItemTarget(EXECUTIVES, (f"{stern.url}/o2",)),
            ItemTarget(POWERS, (f"{patient.url}/o1",)),
        )
        [harvest] = crawl([UnitPlan(UnitProfile("u", "u"), targets, 2566)], OPEN)
        assert stern.hits["/o1"] == 1
        assert stern.hits["/o2"] == 0
    assert harvest.documents["O3"][0].fetch.problem is None
    assert 1.9 <= times[1] - times[0] < 20
    refused = [harvest.documents[item_id][0].fetch for item_id in ("O1", "O2")]
    assert [fetch.problem for fetch in refused] == ["rate_limited", "rate_limited"]
    assert "วินาที" in refused[1].problem_detail


def test_a_unit_stopped_at_its_hard_limit_keeps_what_it_has_read() -> None:
    late = Answer(PROSE.encode(), delay_s=90, slow_times=9)
    pages = {
        "/": page("หน่วยงาน", PROSE),
        "/o1": page("โครงสร้าง", PROSE),
        "/o2": page("ข้อมูลผู้บริหาร", PROSE + '<a href="/late/o2.pdf">ข้อมูลผู้บริหาร</a>'),
        "/f.pdf": Answer(minimal_pdf("file"), kind="application/pdf"),
        "/late/o3": late,
        "/late/o2.pdf": late,
    }
    with LoopbackSite("127.0.0.1", pages) as site, LoopbackSite("127.0.0.2", pages) as slow:
        targets = (
            ItemTarget(STRUCTURE, (f"{site.url}/o1",)),
            ItemTarget(EXECUTIVES, (f"{site.url}/o2",)),
            ItemTarget(POWERS, (f"{slow.url}/late/o3",)),
            ItemTarget(LAWS),
        )
        settings = OPEN.model_copy(
            update={"max_seconds_per_unit": 2.4, "second_pass_timeout_s": 0.1, "timeout_s": 90}
        )
        plan = UnitPlan(UnitProfile("u", "u", main_site=site.url), targets, 2566)
        begun = time.monotonic()
        [harvest] = crawl([plan], settings)
        assert time.monotonic() - begun < 40
    problems = {
        item_id: [document.fetch.problem for document in found]
        for item_id, found in harvest.documents.items()
    }
    assert problems == {
        "O1": [None, "not_checked"],
        "O2": [None, "not_checked"],
        "O3": ["not_checked"],
        "O6": ["not_checked"],
    }
    assert harvest.documents["O1"][0].trail.on_main_site is True
    assert "เกินกำหนด" in harvest.documents["O6"][0].fetch.problem_detail
    assert harvest.coverage.fetched >= 2


def test_an_item_without_url_of_a_unit_that_was_not_crawled_is_not_missing() -> None:
    unit = UnitProfile("u", "u", main_site="https://www.a.go.th/")
    plan = UnitPlan(unit, (ItemTarget(STRUCTURE),), 2566)
    [document] = unchecked(plan, "หยุดก่อน").documents["O1"]
    assert (document.fetch.problem, document.fetch.url) == ("not_checked", unit.main_site)


@pytest.mark.parametrize("recovers", [True, False], ids=["answers later", "stays silent"])
def test_a_search_that_ends_at_a_silent_index_is_no_proof_that_nothing_is_there(
    recovers: bool,
) -> None:
    asked: list[int] = []

    def index(_: int) -> Answer:
        asked.append(1)
        if recovers and len(asked) > 1:
            return page("OIT 2566", "<p><a href='/o1'>O1 โครงสร้าง</a></p>")
        return Answer(status=503)

    pages: dict[str, Answer | Callable[[int], Answer]] = {
        "/": page("หน้าแรก", "<p><a href='/oit'>การเปิดเผยข้อมูลสาธารณะ (OIT) 2566</a></p>"),
        "/oit": index,
        "/o1": page("โครงสร้าง", PROSE),
    }
    with LoopbackSite("127.0.0.1", pages) as site:
        unit = UnitProfile("u", "u", main_site=site.url)
        settings = OPEN.model_copy(update={"second_pass_timeout_s": 5.0})
        [harvest] = crawl([UnitPlan(unit, (ItemTarget(STRUCTURE),), 2566)], settings)
    found = harvest.documents["O1"]
    if recovers:
        assert any(d.readable and d.fetch.url.endswith("/o1") for d in found)
    else:
        assert [(d.fetch.url, d.fetch.problem) for d in found] == [
            (f"{site.url}/oit", "server_error")
        ]
