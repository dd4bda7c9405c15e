"""The shipped checklists are complete: every item has all that a report needs."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from checklist.fiscal import FiscalYear
from checklist.loader import SHIPPED, available, available_years, load, load_year
from checklist.schema import Element, Item, Role, YearRule
from checklist.thai import match_form

CASES = Path(__file__).parent
YEARS = (2565, 2566)
ALL_IDS = [f"O{number}" for number in range(1, 44)]
IDS = {
    "oit-2565": ALL_IDS,
    "oit-2566": ALL_IDS,
    "moi-2566": [f"M{number}" for number in range(1, 21)],
}
THAI_LETTER = re.compile("[ก-๙]")


def items() -> list[object]:
    """One parameter for every item file of every list, also while a list is being written."""
    return [pytest.param(key, i, id=f"{key}-{i}") for key, ids in IDS.items() for i in ids]


def item_of(key: str, item_id: str) -> Item:
    return load(key).item(item_id)


def year_elements(item: Item) -> list[Element]:
    return [element for element in item.elements if element.role is Role.YEAR]


def test_every_list_is_shipped() -> None:
    assert list(available()) == list(IDS)
    assert available_years() == YEARS


@pytest.mark.parametrize("key", IDS)
def test_a_list_has_its_items_and_its_folders_name(key: str) -> None:
    checklist = load(key)
    assert [item.id for item in checklist.items] == IDS[key]
    assert checklist.key == key
    assert checklist.fiscal_year == FiscalYear(int(key.rpartition("-")[2]))


@pytest.mark.parametrize("key", IDS)
def test_file_names_are_the_ids(key: str) -> None:
    stems = {path.stem for path in (SHIPPED / key).glob("*.yaml")}
    assert stems == {*IDS[key], "checklist"}


@pytest.mark.parametrize("key", IDS)
def test_titles_are_unique(key: str) -> None:
    titles = [match_form(item.title) for item in load(key).items]
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


@pytest.mark.parametrize(("key", "item_id"), items())
def test_an_item_says_who_acts_and_what_to_do(key: str, item_id: str) -> None:
    item = item_of(key, item_id)
    assert THAI_LETTER.search(item.owner)
    assert len(item.remedy) >= 60, "a remedy tells the unit in sentences what to do"
    assert item.elements
    assert item.find
    assert key.rpartition("-")[2] in item.source


@pytest.mark.parametrize(("key", "item_id"), items())
def test_menu_names_are_unique_and_longest_first(key: str, item_id: str) -> None:
    find = item_of(key, item_id).find
    forms = [match_form(name) for name in find]
    assert len(set(forms)) == len(forms)
    assert all(forms)
    lengths = [len(name) for name in find]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(("key", "item_id"), items())
def test_a_year_rule_has_its_probe(key: str, item_id: str) -> None:
    item = item_of(key, item_id)
    covers = {getattr(element.probe, "covers", None) for element in year_elements(item)}
    if item.year_rule is YearRule.NONE:
        assert not covers
    else:
        assert item.year_rule.value in covers


@pytest.mark.parametrize(("key", "item_id"), items())
def test_elements_are_numbered_without_gaps(key: str, item_id: str) -> None:
    ids = [element.id for element in item_of(key, item_id).elements]
    assert ids == [f"{item_id}.{number}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize(("key", "item_id"), items())
def test_an_item_has_a_pass_and_a_fail_case(key: str, item_id: str) -> None:
    path = CASES / key / item_id / "expected.yaml"
    cases = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    verdicts = {expected["verdict"] for expected in cases.values()}
    assert {"pass", "fail"} <= verdicts
