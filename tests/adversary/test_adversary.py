"""The judge against documents written to fool it: `cases.jsonl`, one labelled case a line.

`known.yaml` names the cases in which the judge still passes what a person would not, each with
its reason. Any other false pass fails here, and so does an entry that has come right: it then
has to leave the list.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from checklist.loader import load_year
from tests.answers import Answer, answers_to

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
CASES = HERE / "cases.jsonl"
LEAST_ACCURACY = 0.89
LEAST_RECALL = 0.92
FEWEST_CASES = 630
YEAR = 2566


@pytest.fixture(scope="module")
def answers() -> tuple[Answer, ...]:
    """Every case judged once by `oit eval`, in the order of the file."""
    return answers_to(CASES).each


@pytest.fixture(scope="module")
def known() -> Mapping[str, str]:
    """The admitted false passes: case to reason."""
    entries: dict[str, str] = YAML(typ="safe").load(HERE / "known.yaml") or {}
    return entries


def test_nothing_passes_that_should_not(
    answers: tuple[Answer, ...], known: Mapping[str, str]
) -> None:
    fooled = [answer.case for answer in answers if answer.false_pass and answer.case not in known]
    assert not fooled, "false passes:\n" + "\n".join(fooled)


def test_a_known_false_pass_that_came_right_leaves_the_list(
    answers: tuple[Answer, ...], known: Mapping[str, str]
) -> None:
    wrong = {answer.case for answer in answers if answer.false_pass}
    assert not set(known) - wrong, "take these out of known.yaml"


def test_every_known_false_pass_says_why(known: Mapping[str, str]) -> None:
    assert all(isinstance(reason, str) and len(reason) > 20 for reason in known.values())


def test_the_judge_is_no_worse_than_it_was_measured(answers: tuple[Answer, ...]) -> None:
    right = sum(answer.expect == answer.got for answer in answers)
    assert right / len(answers) >= LEAST_ACCURACY


def test_good_documents_are_not_turned_away(answers: tuple[Answer, ...]) -> None:
    good = [answer for answer in answers if answer.expect == "pass"]
    assert sum(answer.got == "pass" for answer in good) / len(good) >= LEAST_RECALL


def test_the_set_stays_large_and_tries_every_item_both_ways() -> None:
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    of_year = [line for line in lines if line["checklist"] == str(YEAR)]
    tried = {(line["item"], line["expect"] == "pass") for line in of_year}
    items = [item.id for item in load_year(YEAR).items]
    assert len(lines) >= FEWEST_CASES
    assert [item for item in items for good in (True, False) if (item, good) not in tried] == []


def test_each_case_stands_once_and_each_file_is_used() -> None:
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    twice = [key for key, n in Counter((x["source"], x["item"]) for x in lines).items() if n > 1]
    named = {HERE / line["source"] for line in lines}
    lying = {path for path in (HERE / "cases").rglob("*") if path.is_file()}
    assert not twice
    assert named == lying
