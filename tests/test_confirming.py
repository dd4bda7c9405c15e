"""A verdict that got worse is fetched twice before it is stored and reported."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sweep
from checklist.profile import UnitType
from checklist.verdict import ElementState, ItemVerdict, Kind, Recheck, Verdict
from crawler.settings import CrawlSettings
from results.changes import better_of, is_worse
from results.rechecks import recheck_text
from results.record import ScanStatus
from results.store import Store
from sweep import confirming
from sweep.resuming import scan_to_fill
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from tests.databases import database_at
from tests.results.pages import read
from tests.results.samples import (
    AS_OF,
    CHECKED,
    element,
    in_review,
    missing,
    passing,
    small_checklist,
    unreachable,
)
from units.registry import Unit

CHECKLIST = small_checklist()
GONE = Answer("ไม่มีหน้านี้".encode(), status=404)


def good(item: str) -> Answer:
    title = CHECKLIST.item(item).title
    return page(title, f"<p>มี{title} ของหน่วยงานสวนมะลิ</p>{PROSE}")


def at_times(item: str, *bad: int) -> Any:
    """The item's page, gone at these requests (from 1)."""
    return lambda hit: GONE if hit in bad else good(item)


PAGES = {
    "/": page("หน่วยงานสวนมะลิ", PROSE),
    "/1": at_times("O1"),
    "/2": at_times("O2", 2),
    "/3": at_times("O3", 2, 3, 4, 5, 6),
    "/4": at_times("O4", 1, 2, 3),
}


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite("127.0.0.1", PAGES) as served:
        yield served


def request(folder: Path, site: LoopbackSite, **more: Any) -> sweep.SweepRequest:
    unit = Unit(
        id="suan", name="หน่วยงานสวนมะลิ", type=UnitType.LOCAL, main_site=f"{site.url}/",
        urls={f"O{n}": (f"{site.url}/{n}",) for n in range(1, 5)},
    )  # fmt: skip
    settings = CrawlSettings(
        allow_networks=("127.0.0.0/8",), delay_s=0, render=False, confirm_after_s=0,
        max_path_pages=0, max_index_pages=0, max_menu_pages=0,
    )  # fmt: skip
    items = CHECKLIST.select(["O1", "O2", "O3", "O4"])
    wanted = sweep.SweepRequest(CHECKLIST, [unit], items, AS_OF, settings, folder)
    return replace(wanted, **more)


def answers(store: Store, scan_id: int) -> dict[str, ItemVerdict]:
    return {verdict.item: verdict for verdict in store.unit_result(scan_id, "suan").verdicts}


def test_what_got_worse_is_fetched_twice_and_the_better_answer_kept(
    tmp_path: Path, site: LoopbackSite
) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        first = sweep.sweep(request(tmp_path, site), store)
        assert [v.verdict.value for v in answers(store, first.scan_id).values()] == [
            "pass", "pass", "pass", "fail",
        ]  # fmt: skip
        # Nothing to compare with: nothing is fetched twice.
        assert [site.hits[f"/{n}"] for n in range(1, 5)] == [1, 1, 1, 1]

        second = sweep.sweep(request(tmp_path, site), store)
        found = answers(store, second.scan_id)
        assert [site.hits[f"/{n}"] for n in range(1, 5)] == [2, 3, 3, 2]
        assert {item: v.verdict.value for item, v in found.items()} == {
            "O1": "pass", "O2": "pass", "O3": "fail", "O4": "fail",
        }  # fmt: skip
        assert found["O1"].recheck is None
        assert found["O4"].recheck is None
        flaky, broken = found["O2"].recheck, found["O3"].recheck
        assert flaky is not None
        assert broken is not None
        assert (flaky.first, flaky.second, flaky.confirmed) == (Verdict.FAIL, Verdict.PASS, False)
        assert (broken.first, broken.second, broken.confirmed) == (Verdict.FAIL, Verdict.FAIL, True)
        assert broken.first_at < broken.second_at
        assert found["O2"].elements[0].quotes[0].text

        report = json.loads((tmp_path / "gap-suan.json").read_text(encoding="utf-8"))
        [change] = report["changes"]
        assert (change["item"], change["direction"], change["confirmed"]) == ("O3", "worse", True)
        html = str(read((tmp_path / "gap-suan.html").read_text(encoding="utf-8")))
        assert "ยืนยันแล้วว่าแย่ลงจากครั้งก่อน (“ครบถ้วน”)" in html
        assert "เปิดสองครั้งได้ผลไม่เหมือนกัน จึงใช้ผลที่ดีกว่า" in html
        assert "(เปิดซ้ำแล้วยืนยัน)" in html

        # What stays as bad as it was confirmed to be is not fetched twice again.
        sweep.sweep(request(tmp_path, site), store)
        assert site.hits["/3"] == 4


def test_the_second_fetch_asks_for_a_fresh_answer(tmp_path: Path, site: LoopbackSite) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        sweep.sweep(request(tmp_path, site), store)
        assert "Cache-Control" not in site.headers["/3"]
        sweep.sweep(request(tmp_path, site), store)
    assert site.headers["/3"]["Cache-Control"] == "no-cache"
    assert "Cache-Control" not in site.headers["/1"]


def test_a_resumed_sweep_compares_with_the_scan_before_it(
    tmp_path: Path, site: LoopbackSite
) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        sweep.sweep(request(tmp_path, site), store)
        begun = scan_to_fill(request(tmp_path, site), store)
        store.finish_scan(begun, ScanStatus.INTERRUPTED)
        resumed = sweep.sweep(request(tmp_path, site, resume=True), store)
        assert resumed.scan_id == begun
        broken = answers(store, begun)["O3"].recheck
        assert broken is not None
        assert broken.confirmed


def test_a_night_without_answer_hides_nothing(tmp_path: Path, site: LoopbackSite) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        sweep.sweep(request(tmp_path, site), store)
        night = store.start_scan(CHECKLIST, AS_OF)
        unit = request(tmp_path, site).units[0].profile
        coverage = store.unit_result(night - 1, "suan").coverage
        store.save_unit(night, unit, [unreachable("O3", "timeout")], coverage, [])
        store.finish_scan(night)
        last = sweep.sweep(request(tmp_path, site), store)
        broken = answers(store, last.scan_id)["O3"].recheck
        assert broken is not None
        assert (broken.before, broken.confirmed) == (Verdict.PASS, True)


def test_a_night_of_a_few_items_hides_nothing_of_the_others(
    tmp_path: Path, site: LoopbackSite
) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        sweep.sweep(request(tmp_path, site), store)
        sweep.sweep(request(tmp_path, site, items=CHECKLIST.select(["O1"])), store)
        last = sweep.sweep(request(tmp_path, site), store)
        broken = answers(store, last.scan_id)["O3"].recheck
        assert broken is not None
        assert (broken.before, broken.confirmed) == (Verdict.PASS, True)


@pytest.mark.parametrize(("age", "waits"), [(10, 50), (100, 0)])
def test_the_wait_counts_from_the_last_first_fetch(
    monkeypatch: pytest.MonkeyPatch, age: int, waits: int
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    confirming._wait(time.monotonic() - age, 60)
    assert slept == [pytest.approx(waits, abs=2)]


LOST = replace(missing("O1"), elements=(element("O1.1", ElementState.ABSENT),))
HELD = replace(missing("O1"), elements=(element("O1.1", ElementState.PRESENT),))


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (passing("O1"), passing("O1"), False),
        (passing("O1"), in_review("O1"), True),
        (passing("O1"), missing("O1"), True),
        (passing("O1"), unreachable("O1"), True),
        (in_review("O1"), missing("O1"), True),
        (in_review("O1"), passing("O1"), False),
        (missing("O1"), missing("O1"), False),
        (missing("O1"), unreachable("O1"), False),
        (unreachable("O1"), missing("O1"), False),
        (HELD, LOST, True),
        (LOST, HELD, False),
        (passing("O1"), ItemVerdict("O1", Verdict.WAIVED), False),
        (ItemVerdict("O1", Verdict.NOT_APPLICABLE), missing("O1"), False),
    ],
)
def test_what_is_worse(before: ItemVerdict, now: ItemVerdict, worse: bool) -> None:
    assert is_worse(before, now) is worse


def test_the_better_of_two_is_kept_and_the_fresh_one_of_two_alike() -> None:
    assert better_of(passing("O1"), missing("O1")).verdict is Verdict.PASS
    assert better_of(missing("O1"), unreachable("O1")).verdict is Verdict.ERROR
    assert better_of(unreachable("O1"), missing("O1")).verdict is Verdict.ERROR
    fresh = replace(missing("O1"), kind=Kind.PARTIAL)
    assert better_of(missing("O1"), fresh) is fresh


@pytest.mark.parametrize(
    ("first", "second", "confirmed", "says"),
    [
        (Verdict.FAIL, Verdict.FAIL, True, "ยืนยันแล้วว่าแย่ลงจากครั้งก่อน (“ครบถ้วน”): เปิดเมื่อ 5 เมษายน 2566"),
        (Verdict.FAIL, Verdict.PASS, False, "จึงใช้ผลที่ดีกว่า"),
        (Verdict.FAIL, Verdict.ERROR, False, "ยังไม่ยืนยันว่าแย่ลง"),
        (Verdict.ERROR, Verdict.FAIL, False, "จึงยังไม่นับว่าขาด"),
        (Verdict.FAIL, Verdict.FAIL, False, "เปิดซ้ำแล้วพบส่วนที่เปิดครั้งแรกไม่พบ"),
    ],
)  # fmt: skip
def test_it_is_told_in_plain_thai(
    first: Verdict, second: Verdict, confirmed: bool, says: str
) -> None:
    recheck = Recheck(Verdict.PASS, first, second, CHECKED, CHECKED, confirmed)
    assert says in recheck_text(recheck).line
