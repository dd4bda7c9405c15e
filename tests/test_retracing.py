"""A unit whose hosts answer as they did is not crawled; any difference crawls it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from scrapy.http import HtmlResponse

import sweep
from checklist.evidence import Coverage, Document, Fetch, Skipped, TextSource
from checklist.profile import UnitType
from checklist.verdict import Verdict
from crawler.asking import Answer as Came
from crawler.asking import Ask
from crawler.harvest import unread
from crawler.memory.traces import Journal, Question, Step, Traces, came, refused
from crawler.ocr import OcrSettings
from crawler.problems import Problem
from crawler.retracing import Retrace, lasts
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from evidence.archive import Archive
from evidence.verifying import verify
from results.store import Store
from sweep.basis import Grounds, from_json, to_json
from sweep.judging import plan_of
from sweep.request import SweepRequest
from sweep.second_look import judge_with_ocr
from sweep.standing import Planning
from tests.crawler.loopback_site import Answer
from tests.databases import database_at
from tests.nights import CHECKLIST, Nights, Site, good
from tests.results.samples import AS_OF
from units.registry import Unit

FRONT = "http://www.suan.go.th/"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def nights(tmp_path: Path, site: Site) -> Nights:
    return Nights(tmp_path, site)


def test_a_unit_stands_until_any_answer_differs_and_is_asked_nothing_twice(
    nights: Nights, site: Site
) -> None:
    archive: dict[str, Any] = {"evidence_folder": nights.folder / "evidence"}
    first = nights.sweep(**archive)
    crawled = nights.result
    assert not nights.stood

    assert nights.sweep(**archive) == first
    assert nights.stood
    stood = nights.result
    assert [d.url for d in stood.documents] == [d.url for d in crawled.documents]
    assert replace(stood.coverage, seconds=0) == replace(crawled.coverage, seconds=0)
    assert stood.grounds == crawled.grounds
    assert all(
        new.fetched_at is not None
        and old.fetched_at is not None
        and new.fetched_at > old.fetched_at
        for new, old in zip(stood.documents, crawled.documents, strict=True)
    )
    with Archive.open(archive["evidence_folder"], nights.database) as kept:
        before, now = kept.of_unit(1, "suan"), kept.of_unit(2, "suan")
        assert [x.capture.copy_key for x in now] == [x.capture.copy_key for x in before]
        assert {x.capture.fetched_at for x in now} <= {d.fetched_at for d in stood.documents}
        assert not list(verify(kept).findings)

    # Another text on one page: what was asked before it was found is not asked again.
    site.now["/3"] = good("O3", "<p>เพิ่มเติม: ปรับปรุงแผนแล้ว</p>")
    assert nights.sweep(**archive) == first
    assert not nights.stood
    assert set(site.hits.values()) == {1}
    assert (nights.cost[Counted.JUDGED], nights.cost[Counted.JUDGED_BEFORE]) == (1, 3)

    assert nights.sweep(**archive) == first
    assert nights.stood

    # Another owner of the page: the registry changed, no page did.
    nights.unit = nights.unit.model_copy(
        update={"urls": {**nights.unit.urls, "O4": (f"{site.url}/2",)}}
    )
    assert nights.sweep(**archive)["O4"] is not Verdict.PASS
    assert not nights.stood

    # The host forbids what it allowed.
    site.pages = {
        **site.pages,
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /1", kind="text/plain"),
    }
    assert nights.sweep(**archive)["O1"] is Verdict.ERROR
    assert not nights.stood


def test_a_scan_from_scratch_and_one_after_a_lost_result_crawl(nights: Nights) -> None:
    first = nights.sweep()
    assert nights.sweep(remember=False) == first
    assert not nights.stood
    # The trace is of the scan whose result is gone: an older one must not stand for it.
    nights.alter("DELETE FROM scan_units WHERE scan_id = 2")
    assert nights.sweep() == first
    assert not nights.stood
    assert nights.sweep() == first
    assert nights.stood


def planned(tmp_path: Path, **changes: Any) -> str:
    """The digest of a plan in which something is other than usual."""
    unit = Unit(
        id="suan", name="สวนมะลิ", type=UnitType.LOCAL, main_site=FRONT, urls={"O1": (f"{FRONT}1",)}
    )
    unit = unit.model_copy(update=changes.pop("unit", {}))
    settings = CrawlSettings.model_validate(changes.pop("settings", {}))
    request = SweepRequest(
        changes.pop("checklist", CHECKLIST), [unit], changes.pop("items", CHECKLIST.items),
        changes.pop("as_of", AS_OF), settings, tmp_path, **changes,
    )  # fmt: skip
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        return Planning(request, store, 1).planned(plan_of(unit, request)).digest


@pytest.mark.parametrize(
    "change",
    [
        {"unit": {"name": "สวนมะลิใหม่"}},
        {"unit": {"urls": {"O1": (f"{FRONT}2",)}}},
        {"unit": {"urls": {"O2": (f"{FRONT}1",)}}},
        {"unit": {"main_site": f"{FRONT}new"}},
        {"settings": {"max_documents_per_item": 3}},
        {"settings": {"obey_robots": False}},
        {"ocr": OcrSettings()},
        {"ocr_pages_per_unit": 5},
        {"items": CHECKLIST.items[:3]},
        {"checklist": CHECKLIST.model_copy(update={"year": 2567})},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_decides_a_crawl_makes_another_plan(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    assert planned(tmp_path, **change) != planned(tmp_path)


def test_another_day_is_the_same_plan(tmp_path: Path) -> None:
    assert planned(tmp_path, as_of=date(2023, 4, 1)) == planned(tmp_path)


def html(url: str, text: str = "ก", **headers: str) -> HtmlResponse:
    return HtmlResponse(
        url, body=text.encode(), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (html(FRONT), True),
        (html(FRONT, Date="Mon, 03 Apr 2023 01:00:00 GMT", ETag='"2"'), True),
        (html(FRONT, "ข"), False),
        (html(f"{FRONT}moved"), False),
        (html(FRONT).replace(status=404), False),
        (html(FRONT, Content_Type="text/plain"), False),
        (html(FRONT, Content_Disposition="attachment; filename=a.html"), False),
    ],
)
def test_an_answer_is_the_same_by_its_place_status_kind_and_body(
    other: HtmlResponse, same: bool
) -> None:
    assert (came(other) == came(html(FRONT))) is same


class Network:
    """Answers questions from a table, as a crawl's fetcher and line do; counts them."""

    def __init__(self, answers: dict[str, HtmlResponse | str]) -> None:
        self.answers, self.asked = answers, list[str]()

    async def ask(self, question: Any, then: Any) -> Came:
        if callable(then):
            return cast("Came", await then())
        self.asked.append(question.url)
        found = self.answers[question.url]
        if isinstance(found, str):
            return Came(then, problem=Problem(found, ""))
        return Came(then, found)


def steps_of(answers: dict[str, HtmlResponse | str]) -> list[Step]:
    return [
        Step(url, False, "", url, refused(found) if isinstance(found, str) else came(found))
        for url, found in answers.items()
    ]


@pytest.mark.parametrize(
    ("now", "same"),
    [
        ({}, True),
        ({f"{FRONT}2": html(f"{FRONT}2", "ใหม่")}, False),
        ({f"{FRONT}2": "timeout"}, False),
        ({f"{FRONT}x": html(f"{FRONT}x")}, False),
        ({f"{FRONT}x": "bad_address"}, False),
    ],
)
def test_going_along_a_trace(now: dict[str, HtmlResponse | str], same: bool) -> None:
    before: dict[str, HtmlResponse | str] = {
        f"{FRONT}{n}": html(f"{FRONT}{n}", n) for n in "123"
    } | {f"{FRONT}x": "blocked_by_robots"}
    network = Network(before | now)
    retrace = Retrace(steps_of(before), cast("Any", network), cast("Any", network), Ask("", "u", 5))
    assert asyncio.run(retrace.run()) is same
    assert len(network.asked) == (4 if same or f"{FRONT}x" in now else 2)
    journal = Journal()
    journal.know(retrace.answers)
    assert journal.take(Question(f"{FRONT}1")) is not None
    assert journal.take(Question(f"{FRONT}1")) is None


@pytest.mark.parametrize(
    ("problem", "skipped", "rendered", "kept"),
    [
        (None, "trap", 0, True),
        ("not_found", "", 0, True),
        ("blocked_by_robots", "blocked_by_robots", 0, True),
        ("timeout", "", 0, False),
        ("rate_limited", "", 0, False),
        (None, "budget_pages", 0, False),
        (None, "not_rendered", 0, False),
        (None, "", 1, False),
    ],
)
def test_only_a_crawl_that_the_same_answers_bring_about_leaves_a_trace(
    problem: str | None, skipped: str, rendered: int, kept: bool
) -> None:
    found = unread(FRONT, problem or "", "")
    document = replace(found, fetch=replace(found.fetch, problem=problem))
    notes = (Skipped(FRONT, skipped, ""),) if skipped else ()
    assert lasts([document], Coverage(rendered=rendered, skipped=notes)) is kept


@pytest.mark.parametrize(
    ("problem", "metadata"),
    [
        ("extract_failed", {}),
        ("too_large", {}),
        (None, {"members": "a.pdf, b.pdf"}),
        (None, {"attachments": "a.pdf"}),
        (None, {"stopped": "pdftotext"}),
    ],
)
def test_a_crawl_whose_readings_may_be_bettered_leaves_none(
    problem: str | None, metadata: dict[str, str]
) -> None:
    found = unread(FRONT, "", "")
    document = replace(found, fetch=replace(found.fetch, problem=problem), metadata=metadata)
    assert not lasts([document], Coverage())


def test_a_verdict_on_a_scan_that_was_not_read_to_its_end_is_no_ground_to_stand_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = CHECKLIST.items[0]
    blank = Fetch(f"{FRONT}1", f"{FRONT}1", 200, "application/pdf", "ab" * 32)
    documents = {item.id: (Document(blank, TextSource.PDF, blank_pages=(1, 2), page_count=2),)}
    context = sweep.context_for(CHECKLIST, AS_OF, None)
    notes = iter(["อ่านข้อความจากภาพสแกนได้ 1 หน้า จากทั้งหมด 2 หน้า (หมดเวลา)", "(ภาพชำรุด)", ""])
    monkeypatch.setattr(
        "sweep.second_look.read_pages",
        lambda _, document, *__, **___: replace(document, metadata={"ocr": next(notes)}),
    )

    def judged(body: bytes | None) -> Grounds:
        found = judge_with_ocr([item], documents, context, lambda _: body, OcrSettings())
        return found.grounds[item.id]

    stopped, damaged, read, lost = (judged(b"1"), judged(b"1"), judged(b"1"), judged(None))
    assert [one.unread for one in (stopped, damaged, read, lost)] == [True, False, False, True]
    assert from_json(to_json(stopped)) == stopped


def test_a_trace_is_found_by_its_unit_plan_and_scan_alone(tmp_path: Path) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    Store.open(url).close()
    steps = (Step(f"{FRONT}แผน\udfff", True, FRONT, FRONT, "ab"),)
    traces = Traces(url)
    traces.keep("suan", "plan", 3, steps)
    assert traces.find("suan", "plan", 3)[0].question.social
    assert not traces.find("suan", "other", 3)
    assert not traces.find("suan", "plan", 2)
    traces.still("suan", "plan", 4)
    assert traces.find("suan", "plan", 4)
    assert not traces.find("suan", "plan", 3)
    traces.keep("suan", "plan", 5, ())
    assert not traces.find("suan", "plan", 4)
    traces.close()
