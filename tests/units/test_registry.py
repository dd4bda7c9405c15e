"""The registry: ids once, units by id, and what the judge gets to know."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import units
from checklist.profile import UnitProfile, UnitType
from units.items import ITEM_IDS
from units.registry import Registry, Unit, UnknownUnitError


def unit(unit_id: str, **more: object) -> Unit:
    return Unit.model_validate({"id": unit_id, "name": f"หน่วย {unit_id}", "type": "local", **more})


def test_units_come_in_order_and_by_id() -> None:
    registry = Registry([unit("b"), unit("a"), unit("c")])
    assert registry.ids == ("b", "a", "c")
    assert registry.get("a").name == "หน่วย a"
    assert registry.select(["c", "b"]).ids == ("b", "c")
    assert len(registry) == 3
    assert "a" in registry
    assert "z" not in registry


def test_an_unknown_id_names_the_nearest() -> None:
    registry = Registry([unit("chiangmai"), unit("chiangrai")])
    with pytest.raises(UnknownUnitError) as refused:
        registry.select(["chiangmaii"])
    assert str(refused.value) == ("ไม่มีหน่วยงานรหัส “chiangmaii” ในทะเบียน หมายถึง “chiangmai” หรือไม่")
    with pytest.raises(UnknownUnitError, match=r"ไม่มีหน่วยงานรหัส “กกก” ในทะเบียน$"):
        registry.get("กกก")


def test_an_id_stands_once_whatever_its_case() -> None:
    with pytest.raises(ValueError, match="รหัสหน่วยงานซ้ำ: tak"):
        Registry([unit("tak"), unit("TAK")])


def test_a_profile_carries_names_type_and_site() -> None:
    made = unit("tak", aliases=["ทต.ตาก"], main_site="https://www.tak.go.th")
    assert made.profile == UnitProfile(
        id="tak",
        name="หน่วย tak",
        type=UnitType.LOCAL,
        aliases=("ทต.ตาก",),
        main_site="https://www.tak.go.th",
    )


def test_urls_stand_in_the_order_of_the_items_and_empty_ones_go() -> None:
    made = unit("tak", urls={"O12": ["https://a.go.th/12"], "O2": ["https://a.go.th/2"], "O1": []})
    assert list(made.urls) == ["O2", "O12"]


@pytest.mark.parametrize(
    "more",
    [
        {"colour": "red"},
        {"urls": {"O44": ["https://a.go.th"]}},
        {"urls": {"O0": ["https://a.go.th"]}},
        {"urls": {"O1": ["www.a.go.th"]}},
        {"main_site": "a.go.th"},
        {"owner_email": "ita"},
        {"name": "  "},
        {"type": "city"},
    ],
)
def test_wrong_units_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        unit("tak", **more)


@pytest.mark.parametrize("unit_id", ["", "a b", "../etc", ".hidden", "a/b", "-x", "ก" * 65])
def test_an_id_can_name_a_file(unit_id: str) -> None:
    with pytest.raises(ValidationError):
        unit(unit_id)


@pytest.mark.parametrize("unit_id", ["moi-ops", "1001", "ศปท", "อบต_บ้านใหม่.01"])
def test_ids_may_be_thai(unit_id: str) -> None:
    assert unit(unit_id).id == unit_id


def test_items_are_those_of_every_checklist_the_oit_first() -> None:
    assert (ITEM_IDS[0], ITEM_IDS[42], ITEM_IDS[43], ITEM_IDS[-1]) == ("O1", "O43", "M1", "M20")
    assert len(ITEM_IDS) == 63


def test_addresses_stand_in_the_order_of_the_items() -> None:
    urls = {item: (f"https://a.test/{item}",) for item in ("M10", "O2", "M2", "O11")}
    found = Unit(id="a", name="หน่วย", type=UnitType.LOCAL, urls=urls)
    assert list(found.urls) == ["O2", "O11", "M2", "M10"]


class TestShipped:
    def test_76_provinces_without_bangkok(self) -> None:
        provinces = [unit for unit in units.shipped() if unit.type is UnitType.PROVINCE]
        assert len({unit.name for unit in provinces}) == len(provinces) == 76
        assert len({unit.main_site for unit in provinces}) == 76
        assert all(unit.name.startswith("จังหวัด") for unit in provinces)
        assert not [unit for unit in provinces if "กรุงเทพ" in unit.name or "bangkok" in unit.id]

    def test_province_addresses_follow_the_pattern_and_wait_for_a_person(self) -> None:
        for unit in units.shipped():
            if unit.type is UnitType.PROVINCE:
                assert unit.main_site == f"https://www.{unit.id}.go.th"
                assert unit.note == "ที่อยู่ตามแบบแผน ยังไม่ได้ตรวจสอบ"

    def test_nothing_is_called_verified(self) -> None:
        assert not [unit.id for unit in units.shipped() if unit.verified]
        assert all("ยังไม่ได้ตรวจสอบ" in unit.note for unit in units.shipped())

    def test_the_ministry_stands_first_with_its_anti_corruption_centre(self) -> None:
        registry = units.shipped()
        assert registry.ids[0] == "moi-ops"
        assert registry.get("moi-ops").name == "สำนักงานปลัดกระทรวงมหาดไทย"
        assert "ศปท.มท." in registry.get("moi-acoc").aliases

    def test_no_two_units_share_a_name_of_their_own(self) -> None:
        names = [unit.name for unit in units.shipped()]
        assert len(set(names)) == len(names)
