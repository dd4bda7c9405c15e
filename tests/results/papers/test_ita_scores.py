"""Points, totals and grades: the ministry's published figures, and what must always hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.loader import available_years, load_year
from results.papers.ita_scores import (
    FULL,
    INDICATORS,
    INSTRUMENTS,
    TOTAL,
    ItaYear,
    all_questions,
    grade,
    indicator_of,
)
from tests.results.papers.score_samples import ANNOUNCED, published

CHECKLISTS = {year: load_year(year) for year in available_years()}
SCORES = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("year", "iit", "eit", "oit", "total", "level"),
    [
        (2563, "24.94", "26.93", "22.88", "74.75", "C"),
        (2564, "25.12", "25.40", "40", "90.52", "A"),
        (2565, "28.74", "28.17", "40", "96.91", "AA"),
    ],
)
def test_the_ministrys_published_table(
    year: int, iit: str, eit: str, oit: str, total: str, level: str
) -> None:
    found = next(one for one in published() if one.year == year)
    assert [found.points(one) for one in INSTRUMENTS] == [Decimal(x) for x in (iit, eit, oit)]
    assert found.total() == Decimal(total)
    assert grade(found.total(), year, CHECKLISTS).name == level


def test_half_up_gives_every_published_figure_but_two_that_no_rounding_gives() -> None:
    computed = {
        (one.year, code): one.computed(code)
        for one in published(announced=False)
        for code in ANNOUNCED[one.year]
    }
    differing = {
        place: (told, Decimal(ANNOUNCED[place[0]][place[1]]))
        for place, told in computed.items()
        if told != Decimal(ANNOUNCED[place[0]][place[1]])
    }
    assert differing == {
        (2565, "EIT"): (Decimal("28.18"), Decimal("28.17")),
        (2565, TOTAL): (Decimal("96.92"), Decimal("96.91")),
    }


def test_the_weights_are_those_of_the_shipped_checklists() -> None:
    for checklist in CHECKLISTS.values():
        scoring = checklist.scoring
        weights = (scoring.iit_weight, scoring.eit_weight, scoring.oit_weight)
        assert weights == tuple(float(one.weight) for one in INSTRUMENTS)
    assert sum(one.weight for one in INSTRUMENTS) == FULL
    assert [n for one in INSTRUMENTS for n in one.indicators] == list(INDICATORS)


@pytest.mark.parametrize(
    ("year", "total", "name", "bands_year"),
    [
        (2563, "74.75", "C", 2565),
        (2565, "94.99", "A", 2565),
        (2565, "95", "AA", 2565),
        (2566, "95", "ผ่านดีเยี่ยม", 2566),
        (2566, "84.99", "ต้องปรับปรุง", 2566),
        (2570, "99", "ผ่านดีเยี่ยม", 2566),
    ],
)
def test_grades_are_letters_to_2565_and_words_from_2566(
    year: int, total: str, name: str, bands_year: int
) -> None:
    found = grade(Decimal(total), year, CHECKLISTS)
    assert (found.name, found.bands_year) == (name, bands_year)


@pytest.mark.parametrize(
    ("code", "indicator"),
    [
        ("i1", 1), ("i6", 1), ("i7", 2), ("i13", 3), ("i24", 4), ("i30", 5), ("i7.2", 2),
        ("e1", 6), ("e6", 7), ("e15", 8), ("i31", None), ("e16", None), ("i0", None), ("x1", None),
    ],
)  # fmt: skip
def test_each_question_measures_one_indicator(code: str, indicator: int | None) -> None:
    assert indicator_of(code) == indicator


def test_there_are_45_questions() -> None:
    assert len(all_questions()) == 45
    assert {indicator_of(code) for code in all_questions()} == set(range(1, 9))


@given(st.lists(SCORES, min_size=10, max_size=10))
def test_the_total_lies_within_0_and_100_and_is_the_sum_of_what_is_shown(
    scores: list[Decimal],
) -> None:
    year = ItaYear(2566, dict(zip(INDICATORS, scores, strict=True)))
    assert 0 <= year.total() <= FULL
    assert year.total() == sum(year.points(one) for one in INSTRUMENTS)
    same = ItaYear(2566, dict.fromkeys(INDICATORS, scores[0]))
    assert abs(same.total() - scores[0]) <= Decimal("0.015")
