"""The overview's model: who stands where, how the units are spread, what people decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from checklist.profile import UnitType
from checklist.schema import Confidence
from results.distribution import band_counts, steps
from results.gap import build_report
from results.head_parts import BandText
from results.overview_draft import build_overview
from results.report import totals
from results.waivers import Standing, Waiver, WaiverKind
from tests.results.samples import (
    UNIT,
    checklist_of,
    excused,
    in_review,
    missing,
    mixed,
    outdated,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from checklist.verdict import ItemVerdict
    from results.report import GapReport

CHECKLIST = small_checklist()
ALL = range(1, 7)
BANDS = (
    BandText(name="ดีมาก", at_least=95, confirmed=True),
    BandText(name="ผ่าน", at_least=85, confirmed=False),
    BandText(name="ปรับปรุง", at_least=50, confirmed=True),
)


def report_of(
    name: str, verdicts: list[ItemVerdict], before: list[ItemVerdict] | None = None
) -> GapReport:
    unit = replace(UNIT, id=name, name=name)
    earlier = result_of(before, unit, scan_id=6) if before else None
    return build_report(CHECKLIST, result_of(verdicts, unit), earlier)


def standing(passed: str) -> list[ItemVerdict]:
    """`110000`: O1 and O2 pass, the others fail."""
    return [passing(f"O{n}") if one == "1" else missing(f"O{n}") for n, one in enumerate(passed, 1)]


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (100, "ดีมาก"),
        (95, "ดีมาก"),
        (94.996, "ดีมาก"),
        (94.994, "ผ่าน"),
        (85, "ผ่าน"),
        (84.99, "ปรับปรุง"),
        (50, "ปรับปรุง"),
        (49.99, "ต่ำกว่าทุกระดับ"),
        (0, "ต่ำกว่าทุกระดับ"),
    ],
)
def test_a_percent_lies_in_one_band_as_it_is_shown(percent: float, band: str) -> None:
    counts = band_counts(BANDS, [percent], [])
    assert [(one.name, one.units) for one in counts if one.units] == [(band, 1)]


def test_bands_stand_best_first_with_their_limits() -> None:
    counts = band_counts(BANDS[::-1], [96, 20, 30], [99, 90, 30])
    assert [(one.name, one.at_least, one.below, one.units, one.possible) for one in counts] == [
        ("ดีมาก", 95, None, 1, 1),
        ("ผ่าน", 85, 95, 0, 1),
        ("ปรับปรุง", 50, 85, 0, 0),
        ("ต่ำกว่าทุกระดับ", 0, 50, 2, 1),
    ]


def test_a_year_whose_lowest_band_begins_at_nought_has_nothing_below() -> None:
    low = BandText(name="ปรับปรุง", at_least=0, confirmed=True)
    assert [one.name for one in band_counts([low], [0], [0])] == ["ปรับปรุง"]


@pytest.mark.parametrize(
    ("percent", "step"),
    [(0, 0), (9.994, 0), (9.996, 10), (10, 10), (89.99, 80), (90, 90), (99.99, 90), (100, 90)],
)
def test_the_steps_hold_their_lower_edge_and_the_last_holds_100(percent: float, step: int) -> None:
    counts = steps([percent])
    assert len(counts) == 10
    assert [one.at_least for one in counts if one.units] == [step]


def test_the_bands_are_those_of_the_year_and_say_they_are_an_orientation() -> None:
    dark = report_of("มืด", [unreachable(f"O{n}") for n in ALL])
    reports = [report_of("ก", standing("111111")), report_of("ข", standing("000000")), dark]
    spread = build_overview(reports).distribution
    assert spread.judged == 2
    assert [(one.name, one.units) for one in spread.bands] == [
        ("AA", 1),
        ("A", 0),
        ("B", 0),
        ("F", 1),
    ]
    assert sum(one.units for one in spread.steps) == 2
    assert "IIT EIT และ OIT" in spread.note
    assert "ยืนยัน" not in spread.note
    assert reports[0].score.band == "AA"


def test_doubtful_bands_are_named_in_the_note() -> None:
    bands = CHECKLIST.bands
    doubtful = bands[1].model_copy(update={"confidence": Confidence.FROM_MEMORY})
    checklist = CHECKLIST.model_copy(update={"bands": (bands[0], doubtful, *bands[2:])})
    note = build_overview([build_report(checklist, result_of(mixed()))]).distribution.note
    assert note.endswith("เกณฑ์ของระดับ “A” ยังไม่มีเอกสารยืนยัน")


def test_units_that_read_alike_share_a_rank_and_the_next_rank_is_skipped() -> None:
    found = {"ก": "111110", "ข": "111111", "ค": "111110", "ง": "000000"}
    overview = build_overview([report_of(name, standing(one)) for name, one in found.items()])
    assert [(unit.rank, unit.name) for unit in overview.units] == [
        (1, "ข"),
        (2, "ก"),
        (2, "ค"),
        (4, "ง"),
    ]
    assert [unit.name for unit in overview.late_units()] == ["ง", "ก", "ค"]


def test_movement_counts_each_unit_against_its_own_scan_before() -> None:
    reports = [
        report_of("ดีขึ้น", standing("111111"), standing("111110")),
        report_of("แย่ลง", standing("000000"), standing("111000")),
        report_of("เท่าเดิม", standing("110000"), standing("110000")),
        report_of("ใหม่", standing("110000")),
        report_of("เดิมเปิดไม่ได้", standing("110000"), [unreachable(f"O{n}") for n in ALL]),
    ]
    move = build_overview(reports).movement
    assert (move.better, move.worse, move.same, move.unknown) == (1, 1, 1, 2)
    assert move.mean == pytest.approx((20 - 10 + 0) / 3)
    alone = build_overview(reports[3:4]).movement
    assert (alone.unknown, alone.mean) == (1, None)


def test_offices_tell_what_they_have_and_where_they_are_most_behind() -> None:
    reports = [
        report_of("ก", [missing("O1"), outdated("O2"), passing("O3")]),
        report_of("ข", [missing("O1"), in_review("O2"), excused("O3")]),
        report_of("ค", [passing("O1"), passing("O2"), passing("O3")]),
    ]
    overview = build_overview(reports)
    office = next(one for one in overview.late_owners() if one.owner == "กองการเจ้าหน้าที่")
    assert (office.gaps, office.missing, office.outdated, office.review) == (3, 2, 1, 1)
    assert (office.passed, office.counted, office.units) == (2, 6, 2)
    assert [(unit.name, unit.gaps) for unit in office.behind] == [("ก", 2), ("ข", 1)]
    assert [one.owner for one in overview.late_owners()] == ["กองการเจ้าหน้าที่"]
    law = next(one for one in overview.owners if one.owner == "กองแผนงาน")
    assert law.counted == 3


def test_gaps_name_who_must_act_and_what_to_do() -> None:
    overview = build_overview([report_of("ก", list(mixed()))])
    cells = {cell.item: cell for cell in overview.units[0].cells}
    assert cells["O2"].owner == "กองการเจ้าหน้าที่"
    assert cells["O2"].step == "เพิ่มส่วนที่ขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"
    assert cells["O2"].url == "https://www.phusuan.go.th/plan.pdf"
    assert [item for item, cell in cells.items() if cell.is_gap] == ["O2", "O4", "O5", "O6"]
    assert (cells["O1"].owner, cells["O1"].step, cells["O3"].url) == ("", "", "")


def test_the_mean_loss_is_what_is_neither_certain_nor_open() -> None:
    overview = build_overview([report_of("ก", list(mixed())), report_of("ข", standing("111111"))])
    assert overview.mean_lost is not None
    assert overview.mean_possible is not None
    assert overview.mean_lost == pytest.approx(overview.weight - overview.mean_possible)
    dark = build_overview([report_of("มืด", [unreachable(f"O{n}") for n in ALL])])
    assert dark.mean_lost is None
    assert dark.late_units() == ()


def test_every_total_comes_from_one_count() -> None:
    reports = [report_of("ก", list(mixed())), report_of("ข", standing("110100"))]
    overview = build_overview(reports)
    everything = totals(finding for report in reports for finding in report.findings())
    assert overview.totals == everything
    for name in ("passed", "missing", "outdated", "review", "error", "waived", "items"):
        counted = getattr(everything, name)
        assert sum(getattr(unit.totals, name) for unit in overview.units) == counted
        assert sum(getattr(item.totals, name) for item in overview.items) == counted
    assert overview.gaps == everything.missing + everything.outdated


def waiver(item: str, **changed: Any) -> Waiver:
    made = Waiver(
        UNIT.id, "oit-2566", item, WaiverKind.ACCEPTED, "นางสาวสมศรี ใจซื่อ", "หัวหน้าสำนักงานเห็นชอบ",
        datetime(2023, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    return replace(made, **changed)


def test_decisions_are_counted_and_those_that_ended_by_themselves_are_named() -> None:
    waivers = [
        waiver("O2", id=1),
        waiver("O4", id=2, until=date(2023, 4, 1)),
        waiver("O1", id=3),
        waiver("O5", id=4, ended_at=datetime(2023, 3, 9, tzinfo=UTC), ended_by="ก", ended_why="ข"),
        waiver("O6", id=5, changed_scan=7),
    ]
    report = build_report(CHECKLIST, result_of(mixed()), waivers=waivers)
    made = build_overview([report, report_of("ข", standing("111111"))]).decisions
    assert (made.active, made.not_needed, made.expired, made.evidence_changed, made.ended) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert {(one.unit, one.item, one.standing) for one in made.loud} == {
        (UNIT.name, "O4", Standing.EXPIRED),
        (UNIT.name, "O6", Standing.EVIDENCE_CHANGED),
    }
    assert [(one.item, one.made_by) for one in made.holding] == [("O2", "นางสาวสมศรี ใจซื่อ")]
    assert made.any
    assert not build_overview([report_of("ข", standing("111111"))]).decisions.any


def test_an_item_names_every_office_that_acts_on_it_somewhere() -> None:
    checklist = CHECKLIST.model_validate(
        {**CHECKLIST.model_dump(), "owners_elsewhere": {"local": {"กองแผนงาน": "สำนักปลัด"}}}
    )
    local = replace(UNIT, id="t", name="ท", type=UnitType.LOCAL)
    reports = [
        build_report(checklist, result_of([missing("O4")], unit)) for unit in (UNIT, UNIT, local)
    ]
    plan = next(item for item in build_overview(reports).items if item.item == "O4")
    assert (plan.owner, plan.owners) == ("กองแผนงาน", ("กองแผนงาน", "สำนักปลัด"))


def test_a_checklist_with_one_indicator_still_spreads() -> None:
    one = checklist_of({"9": {"9.1": 3}})
    spread = build_overview(
        [build_report(one, result_of([passing("O1"), passing("O2")]))]
    ).distribution
    assert [step.at_least for step in spread.steps if step.units] == [60]
