"""A checklist beside the OIT is data: its own items, its own measure, its own day to answer by."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from checklist.loader import ChecklistError, load, load_folder, shipped_item_ids
from checklist.standing import Calendar, Measure, MonthlyReport, Scoring

PLAN = load("moi-2566")
WINDOW = {"name": "กรอก", "start": "2023-03-01", "end": "2023-04-30", "confidence": "one_source"}
MONTHLY = {**WINDOW, "day": 10}
POINTS = {"oit_weight": 40, "iit_weight": 30, "eit_weight": 30, "pass_line": 85, "source": "ก"}
SHARE = {"measure": "share", "title": "ร้อยละ", "notice": "ไม่ใช่คะแนน ITA", "source": "ก"}
QUESTIONS = {
    *("i1", "i7", "i11", "i12", "i13", "i15", "i20", "i23", "i24", "i27", "i28", "i30"),
    *("e1", "e2", "e3", "e5", "e6", "e7", "e9", "e10", "e11", "e12", "e14", "e15"),
}


def test_every_question_of_the_plan_is_served_or_told_to_be_left_out() -> None:
    served = {question for item in PLAN.items for question in item.serves}
    assert served | set(PLAN.left_out) == QUESTIONS
    assert served >= QUESTIONS - {"i28"}


def test_every_measure_names_the_questions_of_its_own_indicator() -> None:
    for item in PLAN.items:
        assert set(item.indicator.split(",")) <= set(item.serves), item.id


def test_the_plan_stands_under_the_indicators_of_both_surveys() -> None:
    assert [indicator.id for indicator in PLAN.indicators] == list("12345678")
    assert PLAN.scoring.measure is Measure.SHARE
    assert PLAN.bands == ()


@pytest.mark.parametrize("unit_type", ["local", "province"])
def test_the_offices_of_other_units_are_named(unit_type: str) -> None:
    owners = {item.owner for item in PLAN.items} - {"ทุกหน่วยงาน"}
    named = {kind.value: set(offices) for kind, offices in PLAN.owners_elsewhere.items()}
    assert named[unit_type] <= owners
    assert owners - named[unit_type] <= {"กองคลัง"}


def test_a_measure_has_no_number_of_the_oit() -> None:
    assert [item.oit_number for item in PLAN.items] == [None] * 20
    assert load("oit-2566").item("O12").oit_number == 12
    assert PLAN.item("M12").number == 12


def test_the_ids_of_every_list_are_known_the_oit_first() -> None:
    ids = shipped_item_ids()
    assert (ids[0], ids[42], ids[43], ids[-1]) == ("O1", "O43", "M1", "M20")


def test_an_unknown_list_is_told_with_those_there_are() -> None:
    with pytest.raises(ChecklistError, match="moi-2599; available: oit-2565, oit-2566, moi-2566"):
        load("moi-2599")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({**POINTS, "oit_weight": 0}, "points need oit_weight"),
        ({**SHARE, "oit_weight": 40}, "a share has neither weights nor a pass_line"),
        ({**SHARE, "title": " "}, "a share needs a title and a notice"),
    ],
)
def test_a_scoring_has_the_keys_of_its_measure(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Scoring.model_validate(data)


@pytest.mark.parametrize("data", [{}, {"oit_entry": WINDOW, "monthly": MONTHLY}])
def test_a_calendar_has_one_way_to_answer(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="give oit_entry or monthly, one of them"):
        Calendar.model_validate({**data, "source": "ก"})


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2022-10-01", "2022-12-31", ["2022-10-10", "2022-11-10", "2022-12-10"]),
        ("2022-12-11", "2023-02-10", ["2023-01-10", "2023-02-10"]),
    ],
)
def test_a_monthly_report_is_due_on_its_day_of_every_month(
    start: str, end: str, days: list[str]
) -> None:
    report = MonthlyReport.model_validate({**MONTHLY, "start": start, "end": end})
    assert list(report.due_days()) == [date.fromisoformat(day) for day in days]


def test_a_monthly_report_that_is_never_due_is_refused() -> None:
    with pytest.raises(ValidationError, match="no day 10 lies between"):
        MonthlyReport.model_validate({**MONTHLY, "start": "2023-01-11", "end": "2023-02-09"})


HEAD = """\
year: 2570
title: รายการทดลอง
scoring: {measure: share, title: ร้อยละ, notice: ไม่ใช่คะแนน, source: ทดลอง}
calendar:
  monthly: {name: รายงาน, day: 5, start: 2027-01-01, end: 2027-12-31, confidence: from_memory}
  source: ทดลอง
indicators:
  - {id: "1", title: หนึ่ง, sub_indicators: [{id: i1, title: หนึ่ง, items: [ITEMS]}]}
source: ทดลอง
"""
ITEM = """\
id: {id}
title: ข้อมูลทดลอง {id}
indicator: {indicator}
heading: ทดลอง
owner: กองกลาง
find: [ข้อมูลทดลอง]
year_rule: none
elements:
  - id: {id}.1
    text: มีข้อมูล
    probe: {{kind: document}}
    confidence: one_source
remedy: ลงข้อมูล
confidence: one_source
source: ทดลอง
"""


def folder_of(path: Path, head: str, *items: str, indicator: str = "i1") -> Path:
    """A checklist's folder with these items."""
    folder = path / "try-2570"
    folder.mkdir()
    text = head.replace("ITEMS", ", ".join(items))
    (folder / "checklist.yaml").write_text(text, encoding="utf-8")
    for item in items:
        body = ITEM.format(id=item, indicator=indicator)
        (folder / f"{item}.yaml").write_text(body, encoding="utf-8")
    return folder


def test_a_new_list_needs_no_code(tmp_path: Path) -> None:
    found = load_folder(folder_of(tmp_path, HEAD, "T1", "T2"))
    assert (found.key, found.year) == ("try-2570", 2570)
    assert [item.id for item in found.items] == ["T1", "T2"]
    assert found.calendar.closes == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("head", "items", "indicator", "complaint"),
    [
        (HEAD, ("T1", "S2"), "i1", "all items of a checklist begin with the same letter"),
        (HEAD, ("T1",), "x1", "T1.yaml: line 3: indicator"),
        (HEAD + "bands: [{name: A, at_least: 0, confidence: one_source}]\n", ("T1",), "i1",
         "points need bands, and a share has none"),
    ],
)  # fmt: skip
def test_a_list_that_does_not_hold_together_is_refused(
    tmp_path: Path, head: str, items: tuple[str, ...], indicator: str, complaint: str
) -> None:
    with pytest.raises(ChecklistError, match=complaint):
        load_folder(folder_of(tmp_path, head, *items, indicator=indicator))
