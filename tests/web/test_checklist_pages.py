"""The checklists as pages and operations: all items, years in numbers, what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from checklist.loader import available, load

if TYPE_CHECKING:
    from tests.web.conftest import Client

People = Callable[..., "Client"]


def test_every_item_of_every_checklist_has_a_page(client: People) -> None:
    reader = client("webmaster")
    for key in available():
        whole = reader.get(f"/checklist/{key}").text
        for item in load(key).items:
            assert f'href="/checklist/{key}/{item.id}"' in whole
        assert reader.get(f"/checklist/{key}/{load(key).items[-1].id}").status_code == 200
    assert client("guest").get("/checklist").status_code == 403


def test_what_is_not_there_is_not_found(client: People) -> None:
    reader = client("reviewer")
    for path in ("/checklist/oit-1999", "/checklist/oit-2566/O99", "/checklist/oit-2566/x"):
        assert reader.get(path).status_code == 404, path
        assert reader.get(f"/api/v1{path.replace('checklist', 'checklists', 1)}").status_code == 404


def test_a_year_rule_is_told_in_numbers(client: People) -> None:
    shown = client("reviewer").get("/checklist/oit-2566/O12").text
    assert "1 ตุลาคม 2565 ถึง 31 มีนาคม 2566" in shown
    assert "ปีงบประมาณ พ.ศ. 2565" in client("reviewer").get("/checklist/oit-2566/O13").text


def test_two_years_stand_side_by_side(client: People) -> None:
    reader = client("executive")
    shown = reader.get("/checklist/-/differences?old=oit-2565&new=oit-2566").text
    assert "ข้อใหม่" in shown
    assert "นโยบายคุ้มครองข้อมูลส่วนบุคคล" in shown
    assert reader.get("/checklist/-/differences?old=moi-2566&new=oit-2566").status_code == 422
    told = reader.get("/api/v1/checklists/oit-2566/items/O12").json()
    assert told["change"]["before"] == ["O11", "O19"]
    assert told["change"]["move"] == "changed"


def test_the_operations_tell_all_items(client: People) -> None:
    reader = client("reviewer")
    keys = [one["key"] for one in reader.get("/api/v1/checklists").json()["checklists"]]
    assert keys == list(available())
    whole = reader.get("/api/v1/checklists/oit-2566").json()
    assert len(whole["lines"]) == whole["items"] == 43
    assert abs(sum(line["points"] for line in whole["lines"]) - whole["weight"]) < 1e-6
