"""The shared lists of wordings: what a name stands for, and what is said of a wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checklist.loader import SHIPPED, ChecklistError, load_item, shared_wording
from checklist.wording import WordingError, spelt_out, wording_lists

LISTS = {"progress": ("ความก้าวหน้า", "ความคืบหน้า"), "budget": ("งบประมาณ",)}


def wording_folder(folder: Path, **files: str) -> Path:
    """A folder of wording files, `name=text`."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_name_stands_for_its_terms() -> None:
    probe = {"all": [["<progress>", "ผล"], ["<budget>"]]}
    assert spelt_out(probe, LISTS) == {
        "all": [["ความก้าวหน้า", "ความคืบหน้า", "ผล"], ["งบประมาณ"]],
    }


def test_a_weak_name_makes_every_term_weak() -> None:
    assert spelt_out(["~<progress>"], LISTS) == ["~ความก้าวหน้า", "~ความคืบหน้า"]


def test_a_term_written_before_the_name_is_not_repeated() -> None:
    assert spelt_out(["ความคืบหน้า", "<progress>"], LISTS) == ["ความคืบหน้า", "ความก้าวหน้า"]


def test_a_strong_term_stays_beside_the_weak_one() -> None:
    found = spelt_out(["ความคืบหน้า", "~<progress>"], LISTS)
    assert found == ["ความคืบหน้า", "~ความก้าวหน้า", "~ความคืบหน้า"]


def test_text_outside_a_list_is_left_alone() -> None:
    assert spelt_out({"text": "<progress>"}, LISTS) == {"text": "<progress>"}


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(WordingError, match="did you mean <progress>") as caught:
        spelt_out({"all": [["ผล", "<progres>"]]}, LISTS)
    assert caught.value.location == ("all", 0, 1)


def test_a_name_like_no_other_gets_all_known_ones() -> None:
    with pytest.raises(WordingError, match="known: budget, progress"):
        spelt_out(["<xyz>"], LISTS)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"progress": "ความก้าวหน้า"}, "must be a list of terms"),
        ({"progress": []}, "must be a list of terms"),
        ({"progress": ["ผล", 12]}, "must be a list of terms"),
        ({"progress": ["<result>"]}, "names another list"),
        (["ผล"], "expected names and lists"),
        (None, "expected names and lists"),
    ],
)
def test_what_is_no_list_is_refused(data: object, message: str) -> None:
    with pytest.raises(WordingError, match=message):
        wording_lists(data)


def test_all_files_of_a_folder_are_read(tmp_path: Path) -> None:
    folder = wording_folder(tmp_path, work="progress: [ผล, ผล]\n", money="budget: [งบ]\n")
    assert shared_wording(folder) == {"progress": ("ผล",), "budget": ("งบ",)}


def test_a_name_in_two_files_names_both(tmp_path: Path) -> None:
    folder = wording_folder(tmp_path, a="# why\nbudget: [งบ]\n", b="x: [ก]\n\nbudget: [เงิน]\n")
    said = re.escape(f"{folder / 'b.yaml'}: line 3: «budget» stands in {folder / 'a.yaml'}, line 2")
    with pytest.raises(ChecklistError, match=said):
        shared_wording(folder)


def test_a_name_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    folder = wording_folder(tmp_path, a="budget: [งบ]\nbudget: [เงิน]\n")
    with pytest.raises(ChecklistError, match=r"a\.yaml: line 2"):
        shared_wording(folder)


def test_a_wrong_list_names_file_and_line(tmp_path: Path) -> None:
    folder = wording_folder(tmp_path, a="x: [ก]\nbudget: งบ\n")
    with pytest.raises(ChecklistError, match=r"a\.yaml: line 2: «budget» must be a list"):
        shared_wording(folder)


def test_an_item_with_a_wrong_name_names_file_and_line(tmp_path: Path) -> None:
    text = (SHIPPED / "oit-2566" / "O1.yaml").read_text(encoding="utf-8")
    changed = text.replace("aliases: [", "aliases: [<progres>, ", 1)
    assert changed != text
    path = tmp_path / "O1.yaml"
    path.write_text(changed, encoding="utf-8")
    line = changed[: changed.index("<progres>")].count("\n") + 1
    with pytest.raises(ChecklistError, match=rf"O1\.yaml: line {line}: .*did you mean <progress>"):
        load_item(path)


def test_no_shipped_file_is_long() -> None:
    paths = sorted((SHIPPED / "wording").glob("*.yaml"))
    assert paths
    assert [p.name for p in paths if len(p.read_text(encoding="utf-8").splitlines()) >= 300] == []


@pytest.mark.parametrize("name", sorted(shared_wording()))
def test_shipped_terms_are_strong(name: str) -> None:
    assert [term for term in shared_wording()[name] if term.startswith("~")] == []
