"""The trend: scans are compared over the units that both could judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import ItemVerdict, Verdict
from results.gap import build_report
from results.overview_draft import build_overview
from results.record import ScanInfo, ScanStatus
from results.store import Store
from results.trend import EarlierScan, TrendPoint, trend, trend_of
from results.waivers import Waiver, WaiverKind
from tests.databases import database_at
from tests.results.samples import (
    AS_OF,
    COVERAGE,
    UNIT,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from results.report import GapReport

CHECKLIST = small_checklist()
P, F, R, E = Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR


def standing(passed: str) -> list[ItemVerdict]:
    return [passing(f"O{n}") if one == "1" else missing(f"O{n}") for n, one in enumerate(passed, 1)]


def answers(text: str) -> dict[str, Verdict]:
    """`PFREP`: O1 passes, O2 fails, O3 is in review …"""
    known = {"P": P, "F": F, "R": R, "E": E}
    return {f"O{n}": known[one] for n, one in enumerate(text, 1)}


def report_of(unit_id: str, verdicts: list[ItemVerdict], *waivers: Waiver) -> GapReport:
    unit = replace(UNIT, id=unit_id, name=unit_id)
    return build_report(CHECKLIST, result_of(verdicts, unit), waivers=waivers)


def scan(scan_id: int, status: ScanStatus = ScanStatus.FINISHED, criteria: str = "ab") -> ScanInfo:
    begun = datetime(2023, scan_id, 28, 18, tzinfo=UTC)
    return ScanInfo(scan_id, 2566, "oit-2566", criteria, date(2023, 4, 30), begun, None, status)


def points(
    reports: list[GapReport], *earlier: tuple[ScanInfo, dict[str, dict[str, Verdict]]]
) -> list[TrendPoint]:
    return list(trend(CHECKLIST, reports, scan(7), [EarlierScan(*one) for one in earlier]))


def test_the_last_point_is_this_sweep_and_agrees_with_its_head() -> None:
    reports = [
        report_of("ก", standing("111100")),
        report_of("ข", list(mixed())),
        report_of("มืด", [unreachable(f"O{n}") for n in range(1, 7)]),
    ]
    (point,) = points(reports)
    overview = build_overview(reports, [point])
    assert (point.certain, point.possible) == (overview.mean_certain, overview.mean_possible)
    assert (point.units, point.compared, point.current) == (3, 2, True)
    assert point.passed == overview.totals.passed
    assert point.failed == overview.gaps
    assert (point.review, point.error) == (overview.totals.review, overview.totals.error)
    assert overview.earlier is None


def test_units_that_come_and_go_do_not_move_the_line() -> None:
    reports = [report_of("อยู่", standing("111110")), report_of("มาใหม่", standing("000000"))]
    then = {"อยู่": answers("PPPPPF"), "ออกไป": answers("FFFFFF")}
    old, now = points(reports, (scan(3), then))
    assert (old.units, old.shared, old.compared) == (2, 1, 1)
    assert (old.certain, old.now_certain, old.gain) == (20, 20, 0)
    assert (old.passed, old.failed) == (5, 1)
    assert now.certain == 10


def test_scans_that_share_no_unit_give_no_figure() -> None:
    old, _now = points([report_of("ก", standing("111111"))], (scan(3), {"ข": answers("PPPPPP")}))
    assert (old.shared, old.compared, old.certain, old.gain) == (0, 0, None, None)


def test_a_unit_that_was_hardly_seen_is_shared_but_not_compared() -> None:
    reports = [report_of("ก", standing("111111")), report_of("ข", standing("110000"))]
    then = {"ก": answers("PEEEEE"), "ข": answers("PPRFFF")}
    old, _now = points(reports, (scan(3), then))
    assert (old.shared, old.compared) == (2, 1)
    assert old.certain == pytest.approx(40 * (2 / 3 / 2) / 2)
    assert old.possible == pytest.approx(10)
    assert (old.passed, old.review, old.error) == (3, 1, 5)


def test_days_are_those_of_thailand_and_unfinished_scans_are_marked() -> None:
    reports = [report_of("ก", standing("111111"))]
    then = {"ก": answers("FFFFFF")}
    cut, old, _now = points(
        reports, (scan(3, ScanStatus.INTERRUPTED), then), (scan(4, criteria="cd"), then)
    )
    assert (cut.day, cut.day_th) == (date(2023, 3, 29), "29 มีนาคม 2566")
    assert (cut.finished, old.finished) == (False, True)
    assert (cut.same_criteria, old.same_criteria) == (True, False)
    overview = build_overview(reports, [cut, old, _now])
    assert overview.earlier == old
    assert overview.earlier is not None
    assert overview.earlier.gain == 40


def test_items_that_the_checklist_no_longer_has_are_left_out() -> None:
    then = {"ก": {**answers("PPPPPP"), "O43": F}}
    old, _now = points([report_of("ก", standing("111111"))], (scan(3), then))
    assert (old.certain, old.failed, old.unchecked) == (40, 0, 0)


def test_a_decision_that_holds_today_is_taken_to_hold_in_every_scan() -> None:
    made = Waiver(
        "ก", "oit-2566", "O6", WaiverKind.NOT_APPLICABLE, "ก", "ข", datetime(2023, 1, 1, tzinfo=UTC)
    )
    report = report_of("ก", standing("111110"), made)
    old, now = points([report], (scan(3), {"ก": answers("PPPPPF")}))
    assert (old.certain, now.certain, old.gain) == (40, 40, 0)
    assert (old.excluded, old.failed) == (1, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as opened:
        yield opened


def swept(store: Store, found: dict[str, list[ItemVerdict]], status: str = "finished") -> int:
    scan_id = store.start_scan(CHECKLIST, AS_OF)
    for unit_id, verdicts in found.items():
        store.save_unit(scan_id, replace(UNIT, id=unit_id, name=unit_id), verdicts, COVERAGE, [])
    store.finish_scan(scan_id, ScanStatus(status))
    return scan_id


def test_answers_are_the_bare_verdicts_of_a_scan(store: Store) -> None:
    scan_id = swept(store, {"ก": list(mixed()), "ข": []})
    swept(store, {"ค": standing("1")})
    assert store.answers(scan_id) == {"ก": {v.item: v.verdict for v in mixed()}, "ข": {}}
    assert store.answers(99) == {}


def test_at_most_twelve_scans_are_told_newest_last(store: Store) -> None:
    for number in range(14):
        swept(store, {"ก": standing("111111" if number % 2 else "111110")})
    store.start_scan(CHECKLIST, AS_OF)
    last = swept(store, {"ก": standing("111111")})
    swept(store, {"ก": standing("000000")})
    reports = [build_report(CHECKLIST, result) for result in store.unit_results(last)]
    told = trend_of(store, CHECKLIST, reports)
    assert [point.scan_id for point in told] == [*range(4, 15), last]
    assert [point.current for point in told] == [False] * 11 + [True]
    assert told[-2].certain == 40
    assert trend_of(store, CHECKLIST, []) == ()


def test_scans_of_another_checklist_are_no_part_of_the_trend(store: Store) -> None:
    other = CHECKLIST.model_copy(update={"year": 2565, "key": "oit-2565"})
    store.save_unit(store.start_scan(other, AS_OF), UNIT, standing("1"), COVERAGE, [])
    last = swept(store, {UNIT.id: standing("111111")})
    assert store.earlier_scans(last, 12) == ()
