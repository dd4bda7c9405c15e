"""The shipped checklists are complete: 43 items a year, each with all that a report needs."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from checklist.fiscal import FiscalYear
from checklist.loader import SHIPPED, available_years, load_year
from checklist.schema import Element, Item, Role, YearRule
from checklist.thai import match_form

CASES = Path(__file__).parent
YEARS = (2565, 2566)
ALL_IDS = [f"O{number}" for number in range(1, 44)]
THAI_LETTER = re.compile("[ก-๙]")


def items() -> list[object]:
    """One parameter for every item file of every year, also while a year is being written."""
    return [pytest.param(y, i, id=f"{y}-{i}") for y in YEARS for i in ALL_IDS]


def item_of(year: int, item_id: str) -> Item:
    return load_year(year).item(item_id)


def year_elements(item: Item) -> list[Element]:
    return [element for element in item.elements if element.role is Role.YEAR]


def test_both_years_are_shipped() -> None:
    assert set(YEARS) <= set(available_years())


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_43_items(year: int) -> None:
    checklist = load_year(year)
    assert [item.id for item in checklist.items] == ALL_IDS
    assert checklist.fiscal_year == FiscalYear(year)


@pytest.mark.parametrize("year", YEARS)
def test_file_names_are_the_ids(year: int) -> None:
    stems = {path.stem for path in (SHIPPED / f"oit-{year}").glob("O*.yaml")}
    assert stems == set(ALL_IDS)


@pytest.mark.parametrize("year", YEARS)
def test_titles_are_unique(year: int) -> None:
    titles = [match_form(item.title) for item in load_year(year).items]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("year", YEARS)
def test_the_instruments_weigh_100(year: int) -> None:
    scoring = load_year(year).scoring
    assert scoring.iit_weight + scoring.eit_weight + scoring.oit_weight == 100
    assert scoring.pass_line == 85


@pytest.mark.parametrize("year", YEARS)
def test_bands_fall_to_zero(year: int) -> None:
    floors = [band.at_least for band in load_year(year).bands]
    assert floors == sorted(set(floors), reverse=True)
    assert floors[-1] == 0


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_lies_in_the_fiscal_year_in_order(year: int) -> None:
    calendar = load_year(year).calendar
    assert calendar.oit_entry is not None
    windows = sorted((calendar.oit_entry, *calendar.windows), key=lambda window: window.start)
    for window in windows:
        assert window.start <= window.end
        assert window.start.year + 543 == year
    for earlier, later in pairwise(windows):
        assert earlier.end < later.start
    if calendar.results:
        assert calendar.results > windows[-1].end


@pytest.mark.parametrize(
    ("year", "counts"),
    [
        (2565, {"9.1": 9, "9.2": 8, "9.3": 7, "9.4": 4, "9.5": 5, "10.1": 8, "10.2": 2}),
        (2566, {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4, "10.1": 8, "10.2": 5}),
    ],
)
def test_items_per_sub_indicator(year: int, counts: dict[str, int]) -> None:
    indicators = load_year(year).indicators
    found = {s.id: len(s.items) for indicator in indicators for s in indicator.sub_indicators}
    assert found == counts


@pytest.mark.parametrize(("year", "item_id"), items())
def test_an_item_says_who_acts_and_what_to_do(year: int, item_id: str) -> None:
    item = item_of(year, item_id)
    assert THAI_LETTER.search(item.owner)
    assert len(item.remedy) >= 60, "a remedy tells the unit in sentences what to do"
    assert item.elements
    assert item.find
    assert str(year) in item.source


@pytest.mark.parametrize(("year", "item_id"), items())
def test_menu_names_are_unique_and_longest_first(year: int, item_id: str) -> None:
    find = item_of(year, item_id).find
    forms = [match_form(name) for name in find]
    assert len(set(forms)) == len(forms)
    assert all(forms)
    lengths = [len(name) for name in find]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(("year", "item_id"), items())
def test_a_year_rule_has_its_probe(year: int, item_id: str) -> None:
    item = item_of(year, item_id)
    covers = {getattr(element.probe, "covers", None) for element in year_elements(item)}
    if item.year_rule is YearRule.NONE:
        assert not covers
    else:
        assert item.year_rule.value in covers


@pytest.mark.parametrize(("year", "item_id"), items())
def test_elements_are_numbered_without_gaps(year: int, item_id: str) -> None:
    ids = [element.id for element in item_of(year, item_id).elements]
    assert ids == [f"{item_id}.{number}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize(("year", "item_id"), items())
def test_an_item_has_a_pass_and_a_fail_case(year: int, item_id: str) -> None:
    path = CASES / f"oit-{year}" / item_id / "expected.yaml"
    cases = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    verdicts = {expected["verdict"] for expected in cases.values()}
    assert {"pass", "fail"} <= verdicts
