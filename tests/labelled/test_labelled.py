"""The judge against the labelled set: papers and pages as offices write them, each with a label.

The cases were written by people who had not seen the judge; `why` says what the label rests on.
Source of the rules behind the labels: the checklist facts of fiscal years 2565 and 2566.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from checklist.loader import load_year
from tests.answers import Answers, answers_to

HERE = Path(__file__).parent
CASES = HERE / "cases.jsonl"
# Raise it when the judge gets better: the gate is what was measured last, less a hundredth.
MEASURED_F1 = 0.985
MAY_FALL = 0.01
FEWEST_CASES = 850
YEAR = 2566
AT_LEAST = {"pass": 3, "fail": 3, "review": 1}


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Every case judged once by `oit eval`."""
    return answers_to(CASES)


def test_nothing_passes_that_should_not(answers: Answers) -> None:
    fooled = [answer.case for answer in answers.each if answer.false_pass]
    assert not fooled, "false passes:\n" + "\n".join(fooled)


def test_the_judge_is_as_good_as_it_was_measured(answers: Answers) -> None:
    assert answers.figures["f1"] >= MEASURED_F1 - MAY_FALL


def test_the_set_stays_large_and_tries_every_item_each_way() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    counts = Counter((c["item"], c["expect"]) for c in cases if c["checklist"] == str(YEAR))
    wanted = [(item.id, label) for item in load_year(YEAR).items for label in AT_LEAST]
    assert [one for one in wanted if counts[one] < AT_LEAST[one[1]]] == []
    assert len(cases) >= FEWEST_CASES


def test_each_case_stands_once_says_why_and_each_file_is_used() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    sources = Counter(case["source"] for case in cases)
    lying = {path for path in (HERE / "cases").rglob("*") if path.is_file()}
    assert [source for source, n in sources.items() if n > 1] == []
    assert {HERE / source for source in sources} == lying
    assert [case["source"] for case in cases if len(case["why"]) < 15] == []
