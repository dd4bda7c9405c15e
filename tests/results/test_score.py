"""The score: the ministry's published results, points at stake, and what must always hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.loader import load, load_year
from checklist.verdict import Verdict
from results.score import band, oit_points, points_at_stake, score
from tests.results.samples import SMALL_SHAPE, checklist_of, small_checklist

SHAPE_2563 = {"9": {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5}, "10": {"10.1": 8, "10.2": 2}}
SMALL = small_checklist()
ANSWERS = st.fixed_dictionaries({item.id: st.sampled_from(Verdict) for item in SMALL.items})


@pytest.mark.parametrize(
    ("year", "indicator_9", "indicator_10", "points"),
    [(2563, 70.64, 43.75, 22.88), (2564, 100, 100, 40), (2565, 100, 100, 40)],
)
def test_the_ministrys_published_scores(
    year: int, indicator_9: float, indicator_10: float, points: float
) -> None:
    assert oit_points([indicator_9, indicator_10]) == pytest.approx(points, abs=0.01), year


def test_the_items_of_2563_give_its_indicator_scores() -> None:
    passed = {"9.1": 9, "9.2": 7, "9.3": 6, "9.4": 0, "9.5": 4, "10.1": 7, "10.2": 0}
    checklist = checklist_of(SHAPE_2563, 2563)
    verdicts = {}
    for indicator in checklist.indicators:
        for sub in indicator.sub_indicators:
            for place, item_id in enumerate(sub.items):
                verdicts[item_id] = Verdict.PASS if place < passed[sub.id] else Verdict.FAIL
    result = score(checklist, verdicts)
    nine, ten = (indicator.score for indicator in result.indicators)
    assert nine is not None
    assert ten is not None
    assert nine.certain == pytest.approx(70.64, abs=0.01)
    assert ten.certain == pytest.approx(43.75, abs=0.01)
    assert result.certain == result.possible == pytest.approx(22.88, abs=0.01)


@pytest.mark.parametrize(
    ("year", "item", "points"),
    [
        (2565, "O1", 0.4444),
        (2565, "O10", 0.5),
        (2565, "O18", 0.5714),
        (2565, "O25", 1.0),
        (2565, "O29", 0.8),
        (2565, "O34", 1.25),
        (2565, "O42", 5.0),
        (2566, "O1", 0.4),
        (2566, "O19", 1.0),
        (2566, "O43", 2.0),
    ],
)
def test_points_at_stake_of_the_shipped_checklists(year: int, item: str, points: float) -> None:
    assert points_at_stake(load_year(year), item) == pytest.approx(points, abs=0.0001)


@pytest.mark.parametrize("year", [2565, 2566])
def test_all_items_together_are_worth_the_whole_weight(year: int) -> None:
    checklist = load_year(year)
    assert sum(points_at_stake(checklist, i.id) for i in checklist.items) == pytest.approx(40)


@pytest.mark.parametrize(
    ("answer", "certain", "possible"),
    [
        (Verdict.PASS, 40, 40),
        (Verdict.REVIEW, 20, 40),
        (Verdict.ERROR, 20, 40),
        (Verdict.FAIL, 20, 20),
        (Verdict.WAIVED, 40, 40),
        (Verdict.NOT_APPLICABLE, 40, 40),
        (None, 20, 40),
    ],
)
def test_what_each_verdict_of_the_only_item_of_an_indicator_does(
    answer: Verdict | None, certain: float, possible: float
) -> None:
    verdicts = dict.fromkeys(["O1", "O2", "O3", "O4", "O5"], Verdict.PASS)
    if answer is not None:
        verdicts["O6"] = answer
    result = score(SMALL, verdicts)
    assert (result.certain, result.possible) == pytest.approx((certain, possible))


def test_a_waived_item_makes_its_neighbours_worth_more() -> None:
    assert points_at_stake(SMALL, "O4") == pytest.approx(5)
    assert points_at_stake(SMALL, "O4", {"O5"}) == pytest.approx(10)
    assert points_at_stake(SMALL, "O4", {"O4", "O5"}) == 0
    assert points_at_stake(SMALL, "O1", {"O4", "O5"}) == pytest.approx(20 / 3)
    assert points_at_stake(SMALL, "O4", {"O6"}) == pytest.approx(10)


PLAN = load("moi-2566")
PLAN_IDS = [item.id for item in PLAN.items]


@pytest.mark.parametrize(
    ("passed", "review", "waived", "certain", "possible"),
    [
        (20, 0, 0, 100, 100),
        (5, 0, 0, 25, 25),
        (5, 5, 0, 25, 50),
        (5, 0, 10, 50, 50),
        (0, 0, 0, 0, 0),
    ],
)
def test_a_plan_is_measured_by_the_share_of_its_measures(
    passed: int, review: int, waived: int, certain: float, possible: float
) -> None:
    answers = [Verdict.PASS] * passed + [Verdict.REVIEW] * review + [Verdict.WAIVED] * waived
    answers += [Verdict.FAIL] * (len(PLAN_IDS) - len(answers))
    result = score(PLAN, dict(zip(PLAN_IDS, answers, strict=True)))
    assert (result.certain, result.possible) == pytest.approx((certain, possible))
    assert (result.weight, result.assessed) == (100, 20 - waived)


def test_every_measure_of_a_plan_weighs_the_same() -> None:
    assert [points_at_stake(PLAN, item) for item in PLAN_IDS] == pytest.approx([5] * 20)
    assert points_at_stake(PLAN, "M4", {"M1", "M2", "M3", "M20"}) == pytest.approx(6.25)
    assert points_at_stake(PLAN, "M4", {"M4"}) == 0
    assert band(PLAN, 100) is None


def test_an_indicator_of_a_plan_is_the_share_of_its_own_measures() -> None:
    verdicts = dict.fromkeys(PLAN_IDS, Verdict.FAIL) | {"M4": Verdict.PASS, "M2": Verdict.PASS}
    budget = next(one for one in score(PLAN, verdicts).indicators if one.id == "2")
    assert budget.score is not None
    assert budget.score.certain == pytest.approx(50)


def test_nothing_to_assess_scores_nothing() -> None:
    result = score(SMALL, dict.fromkeys([i.id for i in SMALL.items], Verdict.WAIVED))
    assert (result.certain, result.possible, result.assessed) == (0, 0, 0)
    assert all(indicator.score is None for indicator in result.indicators)


def test_an_item_of_another_checklist_is_refused() -> None:
    with pytest.raises(KeyError, match="O42"):
        score(SMALL, {"O42": Verdict.PASS})
    with pytest.raises(KeyError, match="O42"):
        points_at_stake(SMALL, "O42")
    with pytest.raises(ValueError, match="no indicator"):
        oit_points([])


@pytest.mark.parametrize(
    ("points", "name"),
    [(100, "AA"), (95, "AA"), (94.996, "AA"), (94.99, "A"), (85, "A"), (84.99, "B"), (0, "F")],
)
def test_bands_begin_at_their_line(points: float, name: str) -> None:
    found = band(SMALL, points)
    assert found is not None
    assert found.name == name


@given(ANSWERS)
def test_the_score_stays_within_its_bounds(answers: dict[str, Verdict]) -> None:
    result = score(SMALL, answers)
    assert 0 <= result.certain <= result.possible <= result.weight
    assert result.possible == pytest.approx(result.percent.possible * 0.4)


@given(ANSWERS, st.sampled_from([item.id for item in SMALL.items]))
def test_mending_an_item_never_costs_points(answers: dict[str, Verdict], item: str) -> None:
    counted = {**answers, item: Verdict.FAIL}
    before, after = score(SMALL, counted), score(SMALL, {**counted, item: Verdict.PASS})
    unsure = score(SMALL, {**counted, item: Verdict.REVIEW})
    assert before.certain == unsure.certain < after.certain
    assert before.possible < unsure.possible == after.possible


@given(ANSWERS, st.sampled_from([item.id for item in SMALL.items]))
def test_points_at_stake_are_what_the_score_loses(answers: dict[str, Verdict], item: str) -> None:
    passed = {**answers, item: Verdict.PASS}
    out = {i for i, a in passed.items() if a in (Verdict.WAIVED, Verdict.NOT_APPLICABLE)}
    lost = score(SMALL, passed).certain - score(SMALL, {**passed, item: Verdict.FAIL}).certain
    assert lost == pytest.approx(points_at_stake(SMALL, item, out))


def test_the_sample_shape_is_what_the_tests_say() -> None:
    shape: Any = {
        indicator.id: {sub.id: len(sub.items) for sub in indicator.sub_indicators}
        for indicator in SMALL.indicators
    }
    assert shape == SMALL_SHAPE
