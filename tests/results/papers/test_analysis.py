"""The analysis: the ministry's strengths, ranked weaknesses, and the measures that follow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.loader import available_years, load_year
from results.gap import build_report
from results.papers.analysis import LIMIT, Analysis, analyse
from results.papers.ita_scores import INDICATORS, ItaYear
from results.papers.measures import SHIPPED, read_measures
from results.papers.numerals import change_text, numerals, score_text
from results.papers.open_items import sweep_facts
from tests.results.papers.score_samples import published
from tests.results.samples import in_review, missing, passing, result_of, small_checklist
from units.problems import UnitsError

CHECKLISTS = {year: load_year(year) for year in available_years()}


def analysed(years: tuple[ItaYear, ...] = (), limit: Decimal = LIMIT) -> Analysis:
    return analyse(years or published(questions=True), read_measures(), CHECKLISTS, limit)


def test_the_ministrys_weaknesses_lowest_first() -> None:
    found = [
        (w.rank, w.line.number, str(w.line.score), w.line.lowest) for w in analysed().weaknesses
    ]
    assert found == [
        (1, 8, "93.14", True),
        (2, 7, "94.26", False),
        (3, 6, "94.37", False),
        (4, 4, "94.73", False),
        (5, 2, "94.76", False),
    ]


def test_the_ministrys_strengths_are_the_indicators_with_full_score() -> None:
    assert [line.number for line in analysed().strengths] == [9, 10]


@pytest.mark.parametrize(
    ("number", "before_64", "before_65"),
    [
        (1, "+1.24", "+7.73"), (2, "-0.46", "+14.04"), (3, "+2.00", "+11.50"), (4, "-0.42", "+13.29"),
        (5, "+0.54", "+13.79"), (6, "-3.21", "+7.31"), (7, "-4.27", "+8.62"), (8, "-7.81", "+11.85"),
        (9, "+29.36", "0.00"), (10, "+56.25", "0.00"),
    ],
)  # fmt: skip
def test_the_ministrys_differences(number: int, before_64: str, before_65: str) -> None:
    line = analysed().lines[number - 1]
    assert [change_text(one) for one in line.changes] == [numerals(before_64), numerals(before_65)]


def test_the_total_rose_by_6_39() -> None:
    found = analysed()
    assert [str(one) for one in found.changes] == ["15.77", "6.39"]
    assert [one.name for one in found.grades] == ["C", "A", "AA"]
    assert [line.number for line in found.risen][:3] == [2, 5, 4]
    assert found.fallen == ()


def test_at_most_three_years_are_shown_and_one_is_enough() -> None:
    years = published()
    older = replace(years[0], year=2562)
    assert [one.year for one in analysed((older, *years)).years] == [2563, 2564, 2565]
    alone = analysed(years[-1:])
    assert alone.changes == ()
    assert alone.lines[0].change is None
    with pytest.raises(ValueError, match="no year"):
        analyse((), read_measures(), CHECKLISTS)


@pytest.mark.parametrize(
    ("limit", "weak"),
    [("95", [8, 7, 6, 4, 2]), ("94.26", [8]), ("93.14", []), ("100", [8, 7, 6, 4, 2, 5, 3, 1])],
)
def test_only_scores_below_the_limit_are_weak(limit: str, weak: list[int]) -> None:
    assert [w.line.number for w in analysed(limit=Decimal(limit)).weaknesses] == weak


def test_equal_scores_share_a_rank_and_the_mark_of_the_lowest() -> None:
    year = ItaYear(2565, {**dict.fromkeys(INDICATORS, Decimal(90)), 3: Decimal(92)})
    found = analysed((year,)).weaknesses
    assert [one.rank for one in found] == [*[1] * 9, 10]
    assert [one.line.lowest for one in found] == [*[True] * 9, False]


def test_full_score_everywhere_has_no_lowest_and_no_weakness() -> None:
    found = analysed((ItaYear(2565, dict.fromkeys(INDICATORS, Decimal(100))),))
    assert not found.weaknesses
    assert not any(line.lowest or group.urgent for line in found.lines for group in found.plan)


def test_weak_questions_bring_their_own_measures() -> None:
    found = analysed()
    groups = {group.line.number: group for group in found.plan}
    assert [one.question.code for one in groups[2].rows[0].questions] == ["i7"]
    assert groups[2].rows[0].questions[0].previous == Decimal("63.44")
    assert "แผนการใช้จ่ายงบประมาณ" in groups[2].rows[0].steps[0]
    assert [one.lowest for one in found.weak_questions] == [False, False, True]
    assert groups[6].rows[0].questions == ()
    assert groups[6].urgent
    assert not groups[9].urgent
    assert [group.urgent for group in found.plan] == [
        False, True, False, True, False, True, True, True, False, False,
    ]  # fmt: skip


def test_every_measure_has_steps_an_owner_a_follow_up_and_a_report_on_the_tenth() -> None:
    measures = read_measures()
    assert {str(number) for number in INDICATORS} <= measures.by_code.keys()
    for code, measure in measures.by_code.items():
        assert measure.urgent, code
        assert measure.owner, code
        assert measure.follow_up, code
        assert "วันที่ 10 ของทุกเดือน" in measure.reporting, code
    assert all(measures.of_indicator(number).keep for number in INDICATORS)


def test_an_offices_file_goes_before_the_shipped_one_key_by_key(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(
        "reporting: รายงานทุกไตรมาส\nmeasures:\n  - for: ๘\n    owner: สำนักปลัด\n", "utf-8"
    )
    found, shipped = read_measures(path), read_measures()
    assert found.of_indicator(8).owner == "สำนักปลัด"
    assert found.of_indicator(8).urgent == shipped.of_indicator(8).urgent
    assert found.of_indicator(1).reporting == "รายงานทุกไตรมาส"
    assert found.of_indicator(1).owner == shipped.of_indicator(1).owner


def test_the_shipped_file_given_as_ones_own_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    assert read_measures(path) == read_measures()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("measures:\n  - for: 11\n", "บรรทัด 2 คีย์ measures.for: ไม่รู้จักตัวชี้วัด “11” ใช้ 1 ถึง 10"),
        ("measures:\n  - for: i31\n", "บรรทัด 2 คีย์ measures.for: ไม่รู้จักตัวชี้วัด “i31”"),
        ("measures:\n  - for: 1\n    urgant: [x]\n", "บรรทัด 3 คีย์ measures.urgant: ไม่รู้จักคีย์นี้ หมายถึง “urgent”"),
        ("mesures: []\n", "บรรทัด 1 คีย์ mesures: ไม่รู้จักคีย์นี้ หมายถึง “measures”"),
        ("measures:\n  - urgent: [a]\n", "บรรทัด 2 คีย์ measures.for: ขาดคีย์นี้"),
        ("measures:\n  - for: 1\n    urgent: abc\n", "บรรทัด 3 คีย์ measures.urgent: ต้องเป็นรายการข้อความ"),
        ("measures:\n  - for: 1\n    owner: [a]\n", "บรรทัด 3 คีย์ measures.owner: ต้องเป็นข้อความ"),
        ("measures:\n  - for: 1\n  - for: 1\n", "บรรทัด 3 คีย์ measures: มีมาตรการของ “1” แล้ว"),
        ("measures: [\n", "อ่านเป็น YAML ไม่ได้"),
        ("- 1\n", "ต้องเป็นคู่คีย์และค่า"),
        ("", "ให้เริ่มจากแบบฟอร์มที่ได้จากคำสั่ง oit paper measures-template"),
    ],
)  # fmt: skip
def test_a_wrong_measures_file_is_told_with_line_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnitsError) as error:
        read_measures(path)
    assert says in str(error.value)
    assert str(error.value).startswith("m.yaml: ")


def test_open_items_stand_by_owner_over_the_units_the_costliest_owner_first() -> None:
    checklist = small_checklist()
    one = result_of([passing("O1"), missing("O2"), missing("O4"), in_review("O6")])
    other = replace(
        result_of([missing("O1"), missing("O2")]), unit=replace(one.unit, id="b", name="อำเภอบ้านบึง")
    )
    facts = sweep_facts([build_report(checklist, one), build_report(checklist, other)])
    told = [(item.owner, item.item, item.failing, item.review) for item in facts.items]
    assert told == [
        ("ศูนย์ปฏิบัติการต่อต้านการทุจริต", "O6", (), ("จังหวัดภูสวน",)),
        ("กองการเจ้าหน้าที่", "O1", ("อำเภอบ้านบึง",), ()),
        ("กองการเจ้าหน้าที่", "O2", ("จังหวัดภูสวน", "อำเภอบ้านบึง"), ()),
        ("กองแผนงาน", "O4", ("จังหวัดภูสวน",), ()),
    ]
    assert facts.totals.items == 12
    assert sum(len(item.failing) for item in facts.items) == facts.totals.missing
    with pytest.raises(ValueError, match="no report"):
        sweep_facts([])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("คะแนน 94.76 ปี 2565", "คะแนน ๙๔.๗๖ ปี ๒๕๖๕"),
        ("ข้อ O42 และ i1.2 ใน ITA 2023", "ข้อ O42 และ i1.2 ใน ITA ๒๐๒๓"),
        ("https://a.go.th/o12", "https://a.go.th/o12"),
    ],
)
def test_thai_digits_leave_names_alone(text: str, shown: str) -> None:
    assert numerals(text) == shown


def test_whole_scores_stand_without_decimals() -> None:
    assert [score_text(Decimal(x)) for x in ("100.00", "94.7", "40")] == ["๑๐๐", "๙๔.๗๐", "๔๐"]


@given(
    st.lists(st.decimals(0, 100, places=2), min_size=10, max_size=10), st.decimals(1, 100, places=1)
)
def test_every_indicator_is_a_strength_weak_or_to_be_improved(
    scores: list[Decimal], limit: Decimal
) -> None:
    year = ItaYear(2565, dict(zip(INDICATORS, scores, strict=True)))
    found = analysed((year,), limit)
    weak = [one.line for one in found.weaknesses]
    apart = [*found.strengths, *weak, *found.to_improve]
    assert sorted(line.number for line in apart) == list(INDICATORS)
    assert [one.line.score for one in found.weaknesses] == sorted(line.score for line in weak)
    assert len(found.plan) == 10
