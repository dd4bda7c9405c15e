"""The monthly report's figures: closed, opened, late, and what can be compared at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.group import Group
from results.papers.monthly import MonthlyReport, Step, build_monthly, step_of
from results.report import totals
from tests.results.papers.papers_samples import report_of, unit
from tests.results.samples import (
    element,
    excused,
    in_review,
    missing,
    outdated,
    passing,
    unreachable,
)

if TYPE_CHECKING:
    from results.report import GapReport, ItemFinding

DUE = date(2023, 4, 10)
SUAN, NAM, KHAO = unit("จังหวัดสวน"), unit("จังหวัดน้ำ"), unit("จังหวัดเขา")


def found(verdict: ItemVerdict | None) -> ItemFinding:
    """The finding of O1 under this verdict; `None`: it was not asked for."""
    others = [passing(f"O{number}") for number in range(2, 7)]
    report = report_of([verdict, *others] if verdict else others)
    return next(finding for finding in report.findings() if finding.item == "O1")


def half_missing(present: int) -> ItemVerdict:
    """O1 lacking an element, with so many others present."""
    shown = [element(f"O1.{n}", ElementState.PRESENT) for n in range(2, 2 + present)]
    gone = element("O1.1", ElementState.ABSENT, "", "element_missing")
    return ItemVerdict("O1", Verdict.FAIL, Kind.MATCH, ("element_missing",), (gone, *shown))


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [
        (missing("O1"), passing("O1"), Step.CLOSED),
        (outdated("O1"), passing("O1"), Step.CLOSED),
        (in_review("O1"), passing("O1"), Step.CLOSED),
        (passing("O1"), missing("O1"), Step.OPENED),
        (passing("O1"), in_review("O1"), Step.OPENED),
        (excused("O1"), missing("O1"), Step.OPENED),
        (missing("O1"), missing("O1"), Step.LATE),
        (in_review("O1"), in_review("O1"), Step.LATE),
        (in_review("O1"), missing("O1"), Step.LATE),
        (missing("O1"), in_review("O1"), Step.MOVED),
        (half_missing(1), half_missing(2), Step.MOVED),
        (half_missing(2), half_missing(1), Step.LATE),
        (missing("O1"), excused("O1"), None),
        (passing("O1"), passing("O1"), None),
        (unreachable("O1"), missing("O1"), None),
        (missing("O1"), unreachable("O1"), None),
        (unreachable("O1"), passing("O1"), None),
        (passing("O1"), unreachable("O1"), None),
        (None, missing("O1"), None),
        (missing("O1"), None, None),
    ],
)
def test_what_became_of_an_item(
    before: ItemVerdict | None, now: ItemVerdict | None, step: Step | None
) -> None:
    assert step_of(found(before), found(now)) is step


def march() -> list[GapReport]:
    return [
        report_of([missing("O1"), missing("O2"), passing("O3"), passing("O4"), missing("O5"), in_review("O6")], SUAN),
        report_of([missing("O1"), passing("O2"), passing("O3"), passing("O4"), unreachable("O5"), passing("O6")], NAM),
        report_of([missing(f"O{n}") for n in range(1, 7)], KHAO),
    ]  # fmt: skip


def april() -> list[GapReport]:
    return [
        report_of([missing("O1"), passing("O2"), passing("O3"), outdated("O4"), in_review("O5"), in_review("O6")], SUAN),
        report_of([missing("O1"), passing("O2"), unreachable("O3"), passing("O4"), missing("O5"), passing("O6")], NAM),
        report_of([unreachable(f"O{n}") for n in range(1, 7)], unit("จังหวัดทราย")),
    ]  # fmt: skip


@pytest.fixture
def monthly() -> MonthlyReport:
    return build_monthly(april(), march(), DUE)


def test_steps_are_counted_for_units_that_both_scans_hold(monthly: MonthlyReport) -> None:
    assert monthly.steps.model_dump() == {"closed": 1, "opened": 1, "moved": 1, "late": 3}
    assert monthly.compared == 2
    assert monthly.only_now == ("จังหวัดทราย",)
    assert monthly.only_before == ("จังหวัดเขา",)


def test_standings_agree_with_the_one_counting_there_is(monthly: MonthlyReport) -> None:
    everything = [finding for report in april() for finding in report.findings()]
    assert monthly.totals == totals(everything)
    for lines in (monthly.owners, monthly.items):
        for name in type(monthly.totals).model_fields:
            assert sum(getattr(line.totals, name) for line in lines) == getattr(
                monthly.totals, name
            )
        for name in type(monthly.steps).model_fields:
            assert sum(getattr(line.steps, name) for line in lines) == getattr(monthly.steps, name)
    lost = sum(f.points for f in everything if f.group in (Group.MISSING, Group.OUTDATED))
    assert sum(owner.lost for owner in monthly.owners) == pytest.approx(lost)


def test_the_office_with_most_late_items_stands_first(monthly: MonthlyReport) -> None:
    first = monthly.owners[0]
    assert (first.owner, first.late_items) == ("กองการเจ้าหน้าที่", (("O1", 2),))
    assert (first.open, first.steps.closed, first.steps.late) == (2, 1, 2)


def test_an_item_tells_how_many_units_passed_then_and_now(monthly: MonthlyReport) -> None:
    second = monthly.items[1]
    assert (second.item, second.compared) == ("O2", 2)
    assert (second.passed_before, second.passed_now) == (1, 2)
    third = monthly.items[2]
    assert (third.passed_before, third.passed_now, third.totals.error) == (2, 1, 2)


def test_what_could_not_be_checked_is_kept_apart(monthly: MonthlyReport) -> None:
    assert monthly.unjudged == ("จังหวัดทราย",)
    assert [(line.unit, line.count) for line in monthly.troubles] == [
        ("จังหวัดทราย", 6),
        ("จังหวัดน้ำ", 1),
    ]
    assert "จังหวัดทราย" not in [line.name for line in monthly.behind]
    assert monthly.totals.missing == 3


def test_the_mean_leaves_out_units_of_which_nothing_was_seen(monthly: MonthlyReport) -> None:
    judged = april()[:2]
    assert monthly.certain == pytest.approx(sum(r.score.certain for r in judged) / 2)
    assert monthly.certain is not None
    assert monthly.certain + monthly.open + monthly.lost == pytest.approx(monthly.weight)
    differences = [
        now.score.certain - before.score.certain
        for now, before in zip(judged, march()[:2], strict=True)
    ]
    assert monthly.change == pytest.approx(sum(differences) / 2)
    assert monthly.scored_twice == 2
    assert monthly.days_left == 20


def test_the_units_most_behind_stand_first(monthly: MonthlyReport) -> None:
    assert [line.certain for line in monthly.behind] == sorted(
        line.certain for line in monthly.behind
    )
    suan = next(line for line in monthly.behind if line.name == "จังหวัดสวน")
    assert (suan.late, suan.totals.missing, suan.totals.outdated, suan.totals.review) == (
        2,
        1,
        1,
        2,
    )


def test_a_scan_that_saw_too_little_is_not_compared_by_score() -> None:
    dark = [
        report_of(
            [*(unreachable(f"O{n}") for n in range(1, 5)), missing("O5"), missing("O6")], SUAN
        )
    ]
    seen = [report_of([missing(f"O{n}") for n in range(1, 7)], SUAN)]
    monthly = build_monthly(seen, dark, DUE)
    assert (monthly.change, monthly.scored_twice) == (None, 0)
    assert monthly.steps.late == 2


def test_without_an_earlier_scan_only_the_standing_is_told() -> None:
    monthly = build_monthly(april(), None, DUE)
    assert (monthly.compared, monthly.change, monthly.only_now) == (None, None, ())
    assert monthly.steps.model_dump() == {"closed": 0, "opened": 0, "moved": 0, "late": 0}
    assert monthly.totals == totals(f for report in april() for f in report.findings())


def test_no_unit_in_common_compares_nothing() -> None:
    monthly = build_monthly(april()[:1], march()[1:], DUE)
    assert (monthly.compared, monthly.change) == (0, None)
    assert monthly.only_before == ("จังหวัดน้ำ", "จังหวัดเขา")


def test_no_reports_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        build_monthly([], None, DUE)


def test_a_unit_renamed_is_still_the_same_unit() -> None:
    renamed = [report_of([missing("O1")], replace(SUAN, name="จังหวัดสวนใหม่"))]
    assert build_monthly(renamed, march()[:1], DUE).compared == 1
