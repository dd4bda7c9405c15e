"""Units kept packed are the same units."""

from __future__ import annotations

from checklist.profile import UnitType
from units.packed import PackedUnits
from units.registry import Unit

UNITS = [
    Unit(
        id=f"unit-{n}",
        name=f"องค์การบริหารส่วนตำบลที่ {n}",
        type=UnitType.LOCAL,
        main_site=f"http://u{n}.example.go.th/",
        urls={f"O{item}": (f"http://u{n}.example.go.th/o{item}",) for item in range(1, 44)},
        note="หมายเหตุ",
    )
    for n in range(4)
]


def test_they_come_back_as_they_were_in_their_order() -> None:
    packed = PackedUnits(UNITS)
    assert list(packed) == UNITS
    assert (len(packed), packed[2], list(packed[1:3])) == (4, UNITS[2], UNITS[1:3])
    assert len(PackedUnits(())) == 0


def test_a_unit_of_43_addresses_takes_less_than_a_kilobyte() -> None:
    packed = PackedUnits(UNITS)
    assert max(map(len, packed._packed)) < 1024
