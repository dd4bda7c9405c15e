"""The simulated country: the same each time, within its bounds, its truth as it was drawn."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import statistics
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bench.country import drawing, plan, report
from bench.country import truth as truths
from bench.country.drawing import ANSWERING, STATES, Answering, Drawn, State, address_of, drawn
from bench.country.measured import Found
from bench.country.names import place_name
from bench.country.papers import HandPress, printed
from bench.country.standing import standing, write_registry
from bench.country.sweeping import Run
from bench.country.truth import accepted
from bench.country.watching import OfKind, Seen, Watch, kind_of, stat_of
from bench.country.writing import urls_of, website
from demo.plan import ALL_ITEMS
from demo.site import write_site
from demo.texts import Text
from units.importing import read_units

SOME = 1500
UNITS = [drawn(number) for number in range(SOME)]


def test_a_unit_is_the_same_each_time_and_in_a_country_of_any_size() -> None:
    assert [drawn(number) for number in range(20)] == UNITS[:20]
    assert drawn(3, seed=1) != UNITS[3]


def test_every_unit_of_8300_has_a_name_and_a_loopback_address_of_its_own() -> None:
    names = sorted(place_name(number) for number in range(drawing.MOST_UNITS))
    assert len(set(names)) == drawing.MOST_UNITS
    assert not [a for a, b in itertools.pairwise(names) if b.startswith(a)]
    addresses = {address_of(number) for number in range(drawing.MOST_UNITS)}
    assert len(addresses) == drawing.MOST_UNITS
    assert all(one.startswith("127.") and 0 < int(one.split(".")[3]) < 255 for one in addresses)


def test_sizes_and_slowness_are_those_that_are_stated() -> None:
    sizes = [drawing.pages_of(random.Random(n)) for n in range(4000)]
    assert (min(sizes), max(sizes)) == (drawing.FEWEST_PAGES, drawing.MOST_PAGES)
    assert statistics.median(sizes) == pytest.approx(drawing.MIDDLE_PAGES, abs=1)
    usual = [one.latency_s for one in UNITS if one.answering is not Answering.SLOW]
    assert statistics.median(usual) == pytest.approx(drawing.MIDDLE_LATENCY_S, rel=0.15)
    assert max(usual) <= drawing.MOST_LATENCY_S
    slow = [one.latency_s for one in UNITS if one.answering is Answering.SLOW]
    assert slow
    assert drawing.SLOW_S[0] <= min(slow) <= max(slow) <= drawing.SLOW_S[1]


@pytest.mark.parametrize(
    ("found", "stated"),
    [
        (Counter(one.answering for one in UNITS), ANSWERING),
        (Counter(one.plan.layout for one in UNITS), drawing.LAYOUTS),
        (Counter(not one.given for one in UNITS), {True: drawing.NO_URLS}),
        (
            Counter(s for one in UNITS for i, s in one.states.items() if i in drawing.AGED),
            STATES,
        ),
    ],
)
def test_shares_are_those_that_are_stated(found: Counter[Any], stated: dict[Any, float]) -> None:
    for kind, share in stated.items():
        assert found[kind] / found.total() == pytest.approx(share, abs=0.02)
    assert sum(ANSWERING.values()) == pytest.approx(1)
    assert sum(STATES.values()) == pytest.approx(1)


def a_unit(**wanted: Any) -> Drawn:
    """The first unit of which all `wanted` is true."""
    return next(u for u in UNITS if all(getattr(u, name) == is_ for name, is_ in wanted.items()))


def test_the_registry_leads_where_the_sites_writer_puts_things(tmp_path: Path) -> None:
    layouts = {unit.plan.layout: unit for unit in UNITS[:60] if unit.given}
    assert len(layouts) > 5
    for layout, unit in layouts.items():
        orders = [False] * len(ALL_ITEMS)
        written = write_site(unit.plan, tmp_path / layout, HandPress(orders)).urls
        assert {item: paths[0] for item, paths in written.items()} == urls_of(unit)
        paths = {path.partition("#")[0] for path in urls_of(unit).values()}
        site = website(unit)
        missing = [path for path in paths if site.answer(path).status == 404]
        gone = [item for item, state in unit.states.items() if state is State.MISSING]
        assert len(missing) <= len(gone)


def test_a_unit_without_urls_is_found_from_its_front_page_alone() -> None:
    unit = a_unit(given=False, answering=Answering.UP)
    assert urls_of(unit) == {}
    assert unit.plan.name.encode() in website(unit).answer("/").body


def test_a_large_unit_has_pages_that_no_item_asks_for() -> None:
    unit = next(one for one in UNITS if one.further)
    site = website(unit)
    assert b"/news/1.html" in site.answer("/").body
    assert site.answer(f"/news/{unit.further}.html").status == 200


def test_a_pdf_made_by_hand_says_what_it_shows_and_a_scan_says_nothing(tmp_path: Path) -> None:
    text = Text("แผน", "<h1>แผนปี 2566</h1><table><tr><td>ที่</td><td>โครงการ</td></tr></table>")
    press = HandPress([False, True])
    for name in ("plain", "scan"):
        press.order(tmp_path / name, text)
    words = []
    for name in ("plain", "scan"):
        document = pypdfium2.PdfDocument((tmp_path / name).read_bytes())
        words.append(document[0].get_textpage().get_text_range())
        document.close()
    assert "แผนปี 2566" in words[0]
    assert not words[1].strip()
    assert printed(text.body) == printed(text.body)


@pytest.mark.parametrize(
    ("state", "given", "true"),
    [
        (State.WHOLE, True, {"pass"}),
        (State.OLD, True, {"fail"}),
        (State.BROKEN, True, {"error"}),
        (State.LOGIN, False, {"fail", "review", "error"}),
        (None, True, {"fail"}),
    ],
)
def test_the_truth_of_an_item_follows_from_how_it_was_drawn(
    state: State | None, given: bool, true: set[str]
) -> None:
    states = {} if state is None else {"O11": state}
    unit = replace(UNITS[0], answering=Answering.UP, states=states, given=given)
    unit = replace(unit, scanned=frozenset())
    assert accepted(unit, "O11") == true
    assert accepted(replace(unit, answering=Answering.DEAD), "O11") == {"error"}
    slow = accepted(replace(unit, answering=Answering.SLOW), "O11")
    assert slow == true | {"error"}


def test_a_pass_that_is_not_true_is_told_apart_from_other_differences() -> None:
    unit = a_unit(answering=Answering.UP, given=True)
    absent = [item for item in ALL_ITEMS if item not in unit.states][:2]
    true = {item: next(iter(accepted(unit, item))) for item in ALL_ITEMS}
    said = {**true, absent[0]: "pass", absent[1]: "review"}
    found = truths.tested({unit.plan.id: said}, drawing.SEED, ())
    assert found.false_passes == [f"{unit.plan.id} {absent[0]}"]
    assert found.unlike == {"fail -> review": 1}
    assert (found.agreed, found.verdicts) == (len(ALL_ITEMS) - 2, len(ALL_ITEMS))


def test_sites_answer_on_loopback_and_count_how_they_are_asked(tmp_path: Path) -> None:
    with standing(3, drawing.SEED, 1, port=0) as served:
        write_registry(3, drawing.SEED, served.port, tmp_path / "units.csv")
        registry = list(read_units(tmp_path / "units.csv"))
        up = [unit for unit in UNITS[:3] if unit.answering is Answering.UP]
        heads = [asyncio.run(_asked(unit.address, served.port)) for unit in up for _ in range(2)]
        counts = served.counts()
    assert [unit.id for unit in registry] == ["unit-00000", "unit-00001", "unit-00002"]
    assert all(unit.main_site.startswith("http://127.16.0.") for unit in registry)
    assert set(heads) == {b"HTTP/1.1 200 -"}
    for unit in up:
        counted = counts[unit.plan.id]
        assert (counted.requests, counted.at_once, counted.drawn) == (2, 1, False)
        assert counted.least_gap_s >= unit.latency_s


async def _asked(address: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(address, port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    head = await reader.readline()
    writer.close()
    return head.strip()


@pytest.mark.parametrize(
    ("command", "parent", "kind"),
    [
        ("python -m cli sweep --units u", "bash", "conductor"),
        ("python -m cli worker -n 4", "bash", "worker"),
        ("python -m crawler.child", "python -m cli sweep", "crawl"),
        ("python -c from multiprocessing.spawn import spawn_main", "python -m crawler.child", "reader"),
        ("python -c from multiprocessing.spawn import spawn_main", "python -m cli sweep", "ocr"),
        ("postgres: oit oit 127.0.0.1(4) idle", "postgres -D data", "database"),
        ("chromium-headless-shell --type=renderer", "chromium", "browser"),
        ("python -m bench.nightly.reaping cost.json python -m cli sweep", "bash", ""),
        ("pdftotext -layout", "python", "other"),
    ],
)  # fmt: skip
def test_processes_are_told_apart_by_their_words(command: str, parent: str, kind: str) -> None:
    assert kind_of(command, parent) == kind


def test_a_watch_sees_what_is_below_it_and_tells_peak_from_steady() -> None:
    began, cpu_s, resident = stat_of(1) or (0, 0.0, 0)
    assert began >= 0
    assert cpu_s >= 0
    assert resident >= 0
    with Watch(set()) as watch:
        watch._look()
    assert isinstance(watch.seen, Seen)
    for size in (10, 50, 20, 20):
        watch.seen.looks.append(type(watch.seen.looks[0])(0.0, {"crawl": (1, size)}))
    found = Seen(looks=watch.seen.looks[-4:]).of_kinds()["crawl"]
    assert (found.peak, found.steady, found.most) == (50, 20, 1)


def a_run(units: int, workers: int, seconds: float, peak: int) -> Run:
    wanted = {
        "units": units, "workers": workers, "database": "postgresql", "items": "",
        "delay_s": 0.2, "hosts": 32,
    }  # fmt: skip
    found = Found(units, seconds, units * 18, units * 23, units * 160_000, units * 43, units * 43)
    kinds = {"conductor": OfKind(peak, peak, 1, units * 0.2)}
    return Run(wanted, 4, seconds + 5, units * 0.65, True, found, kinds, {"database": units * 200})


def test_the_tables_tell_efficiency_and_whether_memory_is_flat() -> None:
    runs = [a_run(500, 1, 500, 300), a_run(500, 2, 260, 300), a_run(8300, 2, 4000, 390)]
    text = report.section(runs, "make bench-country")
    assert text.startswith("<!-- country: start -->")
    assert "| 0.96 |" in text
    assert "| 2 worker | conductor | 500 → 8,300 | 1.30 | 1.30 | **ไม่ถึง** |" in text


def test_the_plan_works_out_every_line_from_the_run() -> None:
    told = plan.figures(a_run(8300, 4, 4000, 300), plan.Assumed(), plan.Known())
    assert told["hours"] == pytest.approx(8300 * (told["unit_cpu"] + told["ocr"]) / 3600)
    assert told["megabits"] == pytest.approx(told["gigabytes"] * 8000 / 36_000)
    assert told["rate"] == pytest.approx(23_663 / 72_000)
    text = plan.section(a_run(8300, 4, 4000, 300))
    assert "{" not in text
    assert "= อย่างน้อย 0.33 เว็บไซต์ต่อวินาที" in text


def test_a_run_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    one = a_run(500, 1, 500, 300)
    one.write(tmp_path / "run.json")
    assert Run.read(tmp_path / "run.json") == one
    assert json.loads((tmp_path / "run.json").read_text())["wanted"]["units"] == 500
