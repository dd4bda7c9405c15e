"""The gap report: where an item is counted, in which order it is told, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.evidence import Coverage, Skipped
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Verdict
from results.findings import group_of
from results.gap import build_report, coverage_text
from results.group import Group
from results.overview_draft import build_overview
from results.record import LookedAt
from results.report import GapReport, totals
from tests.results.samples import (
    COVERAGE,
    SMALL_SHAPE,
    UNIT,
    checklist_of,
    document,
    element,
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

CHECKLIST = small_checklist()
MAKERS = (passing, missing, outdated, in_review, unreachable, excused)


def report_of(*verdicts: ItemVerdict) -> GapReport:
    return build_report(CHECKLIST, result_of(verdicts))


@pytest.mark.parametrize(
    ("verdict", "group"),
    [
        (passing("O1"), Group.PASS),
        (missing("O1"), Group.MISSING),
        (outdated("O1"), Group.OUTDATED),
        (in_review("O1"), Group.REVIEW),
        (unreachable("O1"), Group.ERROR),
        (excused("O1"), Group.WAIVED),
        (excused("O1", Verdict.NOT_APPLICABLE), Group.NOT_APPLICABLE),
        (None, Group.UNCHECKED),
        (ItemVerdict("O1", Verdict.FAIL, reasons=("no_url",)), Group.MISSING),
        (ItemVerdict("O1", Verdict.FAIL, reasons=("period_incomplete",)), Group.OUTDATED),
        (ItemVerdict("O1", Verdict.FAIL, reasons=("index_only", "outdated")), Group.MISSING),
        (
            ItemVerdict(
                "O1",
                Verdict.FAIL,
                reasons=("element_missing",),
                elements=(
                    element("O1.1", ElementState.OUTDATED),
                    element("O1.2", ElementState.ABSENT),
                ),
            ),
            Group.MISSING,
        ),
        (
            ItemVerdict(
                "O1",
                Verdict.FAIL,
                elements=(
                    element("O1.1", ElementState.OUTDATED),
                    replace(element("O1.2", ElementState.ABSENT), required=False),
                ),
            ),
            Group.OUTDATED,
        ),
    ],
)
def test_missing_outdated_and_could_not_check_are_three_things(
    verdict: ItemVerdict | None, group: Group
) -> None:
    assert group_of(verdict) is group


def test_every_section_holds_its_own_items() -> None:
    report = report_of(*mixed()[:5])
    assert [f.item for f in report.fails] == ["O2", "O4"]
    assert [f.item for f in report.reviews] == []
    assert [f.item for f in report.errors] == ["O5"]
    assert [f.item for f in report.passes] == ["O1"]
    assert [f.item for f in report.excluded] == ["O3"]
    assert [f.item for f in report.unchecked] == ["O6"]
    assert [f.item for f in report.findings()] == [f"O{n}" for n in range(1, 7)]
    counts = report.totals
    assert (counts.items, counts.passed, counts.missing, counts.outdated) == (6, 1, 1, 1)
    assert (counts.review, counts.error, counts.waived, counts.unchecked) == (0, 1, 1, 1)


def test_fails_begin_with_what_costs_most() -> None:
    report = report_of(*(missing(f"O{n}") for n in range(1, 7)))
    assert [f.item for f in report.fails] == ["O6", "O4", "O5", "O1", "O2", "O3"]
    assert [round(f.points, 2) for f in report.fails] == [20, 5, 5, 3.33, 3.33, 3.33]
    assert report.score.lost == pytest.approx(40)


def test_a_finding_says_who_must_do_what_and_where_we_looked() -> None:
    finding = report_of(*mixed()).fails[0]
    assert finding.title == "ข้อมูลผู้บริหาร"
    assert finding.owner == "กองการเจ้าหน้าที่"
    assert finding.summary == "ขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"
    assert finding.remedy == "เผยแพร่ข้อมูลผู้บริหารฉบับปัจจุบัน"
    assert finding.urls == ("https://www.phusuan.go.th/plan.pdf",)
    assert finding.reasons[0].code == "element_missing"
    assert finding.elements[0].state_th == "ขาด"


def test_a_quote_says_where_it_stands() -> None:
    old = next(f for f in report_of(*mixed()).fails if f.item == "O4").elements[0].quotes[0]
    assert old.where == "หน้า 3 · หัวข้อ “แผนงาน › ปีงบประมาณ พ.ศ. 2566” · ตาราง · ไฟล์ PDF"
    assert old.text == "แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2565"
    assert (old.status, old.sha256) == (200, "ab" * 32)


def test_a_reason_without_words_is_shown_as_it_is() -> None:
    report = report_of(ItemVerdict("O1", Verdict.FAIL, reasons=("from_the_future",)))
    assert report.fails[0].summary == "เหตุที่ไม่มีคำอธิบาย (from_the_future)"


def test_the_coverage_line_counts_by_reason() -> None:
    in_part = (*COVERAGE.skipped, Skipped("https://x/js", "not_rendered"))
    report = build_report(
        CHECKLIST, result_of(mixed(), coverage=replace(COVERAGE, skipped=in_part))
    )
    assert report.coverage.line == (
        "พบ 40 หน้า อ่านแล้ว 30 หน้า (ใช้เบราว์เซอร์แสดงผล 2 หน้า) ข้าม 3 หน้า "
        "(ครบโควตาจำนวนหน้า 2, ไฟล์ robots.txt ของเว็บไซต์ไม่อนุญาตให้ระบบตรวจอ่านหน้านี้ 1) "
        "เปิดไม่ได้หรือใช้ไม่ได้ 1 หน้า (เปิด URL แล้วไม่พบหน้าหรือไฟล์ (HTTP 404 หรือ 410) 1) "
        "และอ่านได้บางส่วนเพราะไม่ได้ใช้เบราว์เซอร์ 1 หน้า"
    )
    again = LookedAt.of(document("https://www.phusuan.go.th/private", "blocked_by_robots"))
    assert coverage_text(COVERAGE, [again]).unusable == ()
    assert coverage_text(Coverage()).line == "พบ 0 หน้า อ่านแล้ว 0 หน้า ข้าม 0 หน้า"


@pytest.mark.parametrize(
    ("as_of", "left", "said"),
    [
        (
            date(2023, 2, 20),
            69,
            "ระบบ ITAS เปิดให้กรอกข้อมูล 1 มีนาคม 2566 ถึง 30 เมษายน 2566 (เหลือ 69 วัน)",
        ),
        (date(2023, 4, 5), 25, "เหลือเวลาอีก 25 วัน ก่อนปิดกรอกข้อมูลในระบบ ITAS (30 เมษายน 2566)"),
        (date(2023, 4, 30), 0, "วันที่ประเมินเป็นวันสุดท้ายของการกรอกข้อมูลในระบบ ITAS (30 เมษายน 2566)"),
        (date(2023, 5, 1), -1, "ระบบ ITAS ปิดกรอกข้อมูลแล้วเมื่อ 30 เมษายน 2566"),
    ],
)
def test_the_deadline(as_of: date, left: int, said: str) -> None:
    report = build_report(CHECKLIST, result_of(mixed(), as_of=as_of))
    assert (report.deadline.days_left, report.deadline.th) == (left, said)


def test_a_calendar_from_memory_is_said_to_be_unconfirmed() -> None:
    checklist = checklist_of(SMALL_SHAPE, confidence="from_memory")
    deadline = build_report(checklist, result_of(mixed())).deadline
    assert not deadline.confirmed
    assert deadline.th.endswith("กำหนดการนี้ยังไม่มีประกาศยืนยัน โปรดตรวจกับปฏิทินของ ป.ป.ช.")


def test_changes_tell_worse_first_and_never_call_an_error_worse() -> None:
    before = (missing("O1"), passing("O2"), passing("O4"), passing("O5"), passing("O6"))
    report = build_report(CHECKLIST, result_of(mixed()), result_of(before))
    told = [(change.item, change.direction) for change in report.changes]
    assert told == [
        ("O2", "worse"),
        ("O4", "worse"),
        ("O6", "worse"),
        ("O1", "better"),
        ("O5", "other"),
    ]
    assert report.score.previous == pytest.approx(100 / 3)
    assert report.compared_with_th == "5 เมษายน 2566 เวลา 14.05 น."


@pytest.mark.parametrize("dark", [4, 6])
def test_a_scan_that_hardly_saw_anything_gives_no_score_to_compare_with(dark: int) -> None:
    before = [unreachable(f"O{n}", "dns") if n <= dark else missing(f"O{n}") for n in range(1, 7)]
    now = [passing(f"O{n}") for n in range(1, 7)]
    assert build_report(CHECKLIST, result_of(now), result_of(before)).score.previous is None
    assert build_report(CHECKLIST, result_of(before), result_of(now)).score.previous is None
    assert build_report(CHECKLIST, result_of(now), result_of(now[:2])).score.previous is None


def test_a_scan_that_saw_most_items_is_compared_with() -> None:
    before = [unreachable("O1"), unreachable("O2"), *(passing(f"O{n}") for n in range(3, 7))]
    report = build_report(
        CHECKLIST, result_of([passing(f"O{n}") for n in range(1, 7)]), result_of(before)
    )
    assert report.score.previous == pytest.approx(100 / 3)


BARE = (element("O1.1", ElementState.ABSENT), element("O1.2", ElementState.ABSENT))
PART = (element("O1.1", ElementState.PRESENT), element("O1.2", ElementState.ABSENT, "ไม่พบแผนที่"))


@pytest.mark.parametrize(
    ("verdict", "reason", "elements", "said"),
    [
        (Verdict.FAIL, "no_url", BARE, ["ยังไม่ได้ดู", "ยังไม่ได้ดู"]),
        (Verdict.FAIL, "login_required", BARE, ["ยังไม่ได้ดู", "ยังไม่ได้ดู"]),
        (Verdict.REVIEW, "unreadable", BARE, ["ยังไม่ได้ดู", "ยังไม่ได้ดู"]),
        (Verdict.ERROR, "dns", BARE, ["ยังไม่ได้ดู", "ยังไม่ได้ดู"]),
        (Verdict.ERROR, "not_checked", PART, ["พบแล้ว", "ยังไม่ได้ดู"]),
        (Verdict.FAIL, "no_url", PART, ["พบแล้ว", "ขาด"]),
        (Verdict.FAIL, "wrong_unit", BARE, ["ขาด", "ขาด"]),
        (Verdict.FAIL, "element_missing", PART, ["พบแล้ว", "ขาด"]),
    ],
)
def test_nothing_is_called_absent_that_nobody_looked_at(
    verdict: Verdict, reason: str, elements: tuple[ElementVerdict, ...], said: list[str]
) -> None:
    report = report_of(ItemVerdict("O1", verdict, reasons=(reason,), elements=elements))
    assert [shown.state_th for shown in report.findings()[0].elements] == said


def test_the_short_coverage_line_names_the_three_most_frequent_reasons() -> None:
    many = {"depth": 9, "off_site": 7, "trap": 4, "duplicate": 2, "interrupted": 1}
    skipped = tuple(Skipped(f"https://x/{r}{n}", r) for r, c in many.items() for n in range(c))
    text = coverage_text(replace(COVERAGE, skipped=skipped))
    assert "ซ้ำกับหน้าที่อ่านแล้ว 2" in text.line
    assert text.brief.endswith(
        "ข้าม 23 หน้า (ลึกเกินระดับที่ตรวจ 9, อยู่นอกเว็บไซต์ของหน่วยงาน 7, "
        "เป็นหน้าที่สร้างต่อเนื่องไม่สิ้นสุด เช่น ปฏิทิน 4, เหตุอื่นรวม 3)"
    )


def test_the_first_scan_has_no_changes() -> None:
    report = report_of(*mixed())
    assert (report.changes, report.compared_with_th, report.score.previous) == ((), "", None)


def test_the_band_is_called_an_orientation() -> None:
    note = report_of(*mixed()).score.band_note
    assert "“F” ถึง “B”" in note
    assert "ใช้ดูแนวโน้มเท่านั้น" in note
    assert "IIT EIT และ OIT" in note
    everything = report_of(*(passing(f"O{n}") for n in range(1, 7)))
    assert "ช่วงระดับ “AA” ใช้" in everything.score.band_note


@given(st.lists(st.sampled_from(MAKERS), max_size=6))
def test_numbers_of_a_report_agree(makers: list[object]) -> None:
    verdicts = [make(f"O{n}") for n, make in enumerate(makers, 1)]  # type: ignore[operator]
    report = report_of(*verdicts)
    score, counts = report.score, report.totals
    assert counts == totals(report.findings())
    assert counts.items == sum(counts.model_dump(exclude={"items"}).values()) == 6
    assert score.lost == pytest.approx(sum(f.points for f in report.fails))
    still_open = (*report.reviews, *report.errors, *report.unchecked)
    assert score.open == pytest.approx(sum(f.points for f in still_open))
    assert score.certain == pytest.approx(sum(f.points for f in report.passes))
    if counts.waived < 6:
        assert score.certain + score.open + score.lost == pytest.approx(score.weight)


def test_the_overview_ranks_units_and_names_who_must_act() -> None:
    best = build_report(CHECKLIST, result_of([passing(f"O{n}") for n in range(1, 7)]))
    bang = replace(UNIT, id="bangtoei", name="เทศบาลตำบลบางเตย")
    worst = build_report(CHECKLIST, result_of(mixed(), bang))
    third = build_report(CHECKLIST, result_of(mixed(), replace(UNIT, id="khao", name="อบต.เขาดิน")))
    overview = build_overview([worst, best, third])
    assert [(unit.rank, unit.name) for unit in overview.units] == [
        (1, "จังหวัดภูสวน"),
        (2, "อบต.เขาดิน"),
        (2, "เทศบาลตำบลบางเตย"),
    ]
    assert overview.totals.items == 18
    assert [item.item for item in overview.worst_items()][:2] == ["O2", "O4"]
    assert overview.worst_items()[0].lost == pytest.approx(10)
    office = next(o for o in overview.owners if o.owner == "กองการเจ้าหน้าที่")
    assert (office.units, office.missing) == (2, 2)
    assert office.lost == pytest.approx(10)
    assert [unit.id for unit in overview.troubled()] == ["khao", "bangtoei"]
    assert overview.troubled()[0].problems == (
        "ระบบป้องกันของเว็บไซต์ (WAF/ไฟร์วอลล์) ปิดกั้นการตรวจ (1 ข้อ)",
    )
    assert overview.coverage_line.startswith("ตรวจ 3 หน่วยงาน พบ 120 หน้า อ่านแล้ว 90 หน้า ข้าม 9 หน้า")


def test_an_overview_mixes_no_checklists() -> None:
    other = build_report(checklist_of(SMALL_SHAPE, 2565), result_of(mixed()))
    with pytest.raises(ValueError, match="mix the checklists oit-2565, oit-2566"):
        build_overview([report_of(*mixed()), other])
    with pytest.raises(ValueError, match="at least one"):
        build_overview([])


def test_units_that_could_not_be_opened_are_not_ranked_nor_averaged() -> None:
    dark = [unreachable(f"O{n}", "dns") for n in range(1, 7)]
    lost = build_report(CHECKLIST, result_of(dark, replace(UNIT, id="khao", name="ก")))
    worst = build_report(CHECKLIST, result_of([missing(f"O{n}") for n in range(1, 7)]))
    overview = build_overview([lost, worst])
    assert [(unit.rank, unit.id) for unit in overview.units] == [(1, "phusuan"), (None, "khao")]
    assert (overview.mean_certain, overview.mean_possible, overview.unjudged) == (0, 0, 1)
    assert lost.totals.nothing_judged
    assert not worst.totals.nothing_judged
    nobody = build_overview([lost])
    assert (nobody.mean_certain, nobody.unjudged) == (None, 1)
