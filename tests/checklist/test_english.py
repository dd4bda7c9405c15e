"""A checklist's English: complete, free of Thai, and nothing that the judge reads is changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checklist.english import SHIPPED, translated
from checklist.loader import ChecklistError, available, load, load_year
from checklist.profile import UnitType
from checklist.standing import Measure

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

CHECKLISTS = available()
THAI = re.compile("[\u0e00-\u0e7f]")
SHARE = (SHIPPED / "moi-2566.yaml").read_text(encoding="utf-8").partition("scoring:")[2]
SHARE = "scoring:" + SHARE.partition("bands:")[0]
FOR_PEOPLE = {"title", "remedy", "owner", "elements"}


def texts_for_people(checklist: Checklist) -> list[str]:
    texts = [checklist.title, checklist.subject, checklist.short]
    texts += [band.name for band in checklist.bands]
    if checklist.scoring.measure is Measure.SHARE:
        texts += [checklist.scoring.title, checklist.scoring.notice]
    calendar = checklist.calendar
    dated = (calendar.oit_entry, calendar.monthly, *calendar.windows)
    texts += [one.name for one in dated if one]
    for indicator in checklist.indicators:
        texts += [indicator.title, *(sub.title for sub in indicator.sub_indicators)]
    for item in checklist.items:
        owners = [checklist.owner_of(item, kind) for kind in (None, *UnitType)]
        texts += [item.title, item.remedy, *owners, *(element.text for element in item.elements)]
    return texts


def item_references(text: str) -> set[str]:
    return set(re.findall(r"\b[OM]\d+\b|\b25\d\d\b", text))


def pairs(key: str) -> list[tuple[Item, Item]]:
    checklist = load(key)
    return list(zip(checklist.items, translated(checklist).items, strict=True))


@pytest.mark.parametrize("key", CHECKLISTS)
def test_every_text_for_people_is_english(key: str) -> None:
    thai, english = load(key), translated(load(key))
    assert [text for text in texts_for_people(english) if THAI.search(text) or not text] == []
    assert len(texts_for_people(english)) == len(texts_for_people(thai))


@pytest.mark.parametrize("key", CHECKLISTS)
def test_years_and_item_numbers_are_those_of_the_thai(key: str) -> None:
    for thai, english in pairs(key):
        for said, meant in [
            (english.remedy, thai.remedy),
            *((e.text, t.text) for e, t in zip(english.elements, thai.elements, strict=True)),
        ]:
            thai_references = set(re.findall(r"[OM]\d+|25\d\d", meant))
            assert item_references(said) == thai_references, (thai.id, said)


@pytest.mark.parametrize("key", CHECKLISTS)
def test_what_the_judge_reads_stays_as_it_is(key: str) -> None:
    for thai, english in pairs(key):
        assert english.model_dump(exclude=FOR_PEOPLE) == thai.model_dump(exclude=FOR_PEOPLE)
        for one, other in zip(thai.elements, english.elements, strict=True):
            assert one.model_dump(exclude={"text"}) == other.model_dump(exclude={"text"})
    thai_list, english_list = load(key), translated(load(key))
    named = {"title", "notice"}
    assert english_list.scoring.model_dump(exclude=named) == thai_list.scoring.model_dump(
        exclude=named
    )
    assert [b.at_least for b in english_list.bands] == [b.at_least for b in thai_list.bands]
    assert english_list.calendar.closes == thai_list.calendar.closes


@pytest.mark.parametrize(
    ("unit_type", "office"),
    [
        (None, "Finance Division"),
        (UnitType.LOCAL, "Finance Division"),
        (
            UnitType.PROVINCE,
            "General Administration Group (finance and supplies), Provincial Office",
        ),
    ],
)
def test_an_office_is_named_as_the_unit_calls_it(unit_type: UnitType | None, office: str) -> None:
    checklist = translated(load_year(2566))
    assert checklist.owner_of(checklist.item("O21"), unit_type) == office


def mended(folder: Path, file: str, before: str, after: str) -> Path:
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("oit-2566.yaml", "  O43:\n", "  O99:\n", "oit-2566.yaml: items.O99: the checklist has no such"),
        ("oit-2566.yaml", "O1.3:", "O1.9:", "items.O1.elements.O1.9: the checklist has no such"),
        ("oit-2566.yaml", "      O3.1: Explains the agency's duties and powers point by point\n", "",
         "items.O3.elements.O3.1: the English is missing"),
        ("oit-2566.yaml", "    title: Executives\n", "", "items.O2.title: the English is missing"),
        ("oit-2566.yaml", "title: Executives", "title: ผู้บริหาร", "items.O2.title: this is not English"),
        ("oit-2566.yaml", "title: Executives", "titel: Executives", "items.O2.tit"),
        ("oit-2566.yaml", "  '9.3': Procurement\n", "", "sub_indicators.9.3: the English is missing"),
        ("oit-2566.yaml", "  ผ่านดีเยี่ยม: Excellent pass\n", "", "bands.ผ่านดีเยี่ยม: the English is missing"),
        ("oit-2566.yaml", "title:", "title: [", "oit-2566.yaml: not readable as YAML"),
        ("oit-2566.yaml", "short: OIT\n", "", "oit-2566.yaml: short: the English is missing"),
        ("oit-2566.yaml", "short: OIT\n", "short: OIT\nscoring: {title: T, notice: N}\n",
         "oit-2566.yaml: scoring: the checklist has no such"),
        ("owners.yaml", "กองคลัง: Finance Division\n", "", "owners.yaml: กองคลัง: the English is missing"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_file_and_key(
    tmp_path: Path, file: str, before: str, after: str, said: str
) -> None:
    folder = mended(tmp_path, file, before, after)
    with pytest.raises(ChecklistError, match=re.escape(said)) as caught:
        translated(load_year(2566), folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "  title: Percentage of measures published\n",
            "",
            "scoring.title: the English is missing",
        ),
        (SHARE, "", "scoring: the English is missing"),
    ],
)
def test_a_share_must_be_named_in_english(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    folder = mended(tmp_path, "moi-2566.yaml", before, after)
    with pytest.raises(ChecklistError, match=re.escape(f"moi-2566.yaml: {said}")):
        translated(load("moi-2566"), folder)


def test_a_checklist_without_english_says_so(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"oit-2566\.yaml: file not found"):
        translated(load_year(2566), tmp_path)
