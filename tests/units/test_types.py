"""The types of agencies as clerks write them."""

from __future__ import annotations

import pytest

from checklist.profile import UnitType
from units.checking import parse_type
from units.registry import TYPE_ALIASES, TYPE_NAMES


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("เทศบาล", UnitType.LOCAL),
        ("เทศบาลตำบล", UnitType.LOCAL),
        ("เทศบาลเมือง", UnitType.LOCAL),
        ("เทศบาลนคร", UnitType.LOCAL),
        (" เทศบาล  ตำบล ", UnitType.LOCAL),
        ("ทต.", UnitType.LOCAL),
        ("อบต.", UnitType.LOCAL),
        ("อบต", UnitType.LOCAL),
        ("อ.บ.ต.", UnitType.LOCAL),
        ("อบจ.", UnitType.LOCAL),
        ("อปท.", UnitType.LOCAL),
        ("องค์การบริหารส่วนตำบล", UnitType.LOCAL),
        ("องค์การบริหารส่วนจังหวัด", UnitType.LOCAL),
        ("องค์กรปกครองส่วนท้องถิ่น", UnitType.LOCAL),
        ("ท้องถิ่น", UnitType.LOCAL),
        ("Local", UnitType.LOCAL),
        ("กรม", UnitType.CENTRAL),
        ("กระทรวง", UnitType.CENTRAL),
        ("ส่วนราชการ", UnitType.CENTRAL),
        ("สำนักงาน", UnitType.CENTRAL),
        ("ส\u0e4d\u0e32นักงาน", UnitType.CENTRAL),
        ("ส่วนกลาง", UnitType.CENTRAL),
        ("จังหวัด", UnitType.PROVINCE),
        ("ส่วนภูมิภาค", UnitType.PROVINCE),
        ("อำเภอ", UnitType.PROVINCE),
        ("PROVINCE", UnitType.PROVINCE),
        ("โรงเรียน", UnitType.OTHER),
        ("โรงพยาบาล", UnitType.OTHER),
        ("รพ.สต.", UnitType.OTHER),
        ("อื่น ๆ", UnitType.OTHER),
        ("อื่นๆ", UnitType.OTHER),
    ],
)
def test_the_words_of_clerks_name_a_type(written: str, means: UnitType) -> None:
    assert parse_type(written) is means


@pytest.mark.parametrize("written", ["", "เทศบาลตำบลบ้านสวน", "จังหวัดด", "ห้างหุ้นส่วน", "ชื่อ", "."])
def test_other_words_name_none(written: str) -> None:
    with pytest.raises(KeyError):
        parse_type(written)


def test_no_word_names_two_types() -> None:
    words = [word for names in TYPE_ALIASES.values() for word in names]
    assert len(words) == len(set(words))
    assert [parse_type(name) for name in TYPE_NAMES.values()] == list(TYPE_NAMES)
    assert all(parse_type(word) is kind for kind, words in TYPE_ALIASES.items() for word in words)
