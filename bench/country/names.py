"""Names for 8,300 units, no two alike and none the beginning of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from demo.plan import HERE, read_yaml

if TYPE_CHECKING:
    import random

Kind = Literal["central", "province", "local"]
_LAST_WORDS = """
วิไล สามัคคี พัฒนา รุ่งเรือง เจริญผล มั่นคง ร่มเย็น ไพศาล สำราญ สมบูรณ์ ประเสริฐ บุรี
ธานี นคร วารี คีรี พนาลี สุขใจ สวัสดี อุดม มงคล ภักดี เกษม ศิริ ชัย วัฒนา โสภา อำไพ
ลำดวน ราษฎร์ ประชา รังสรรค์ บำรุง สถาพร ไพบูลย์ จำเริญ สำเริง พิมาน วิมาน อรุณ จันทรา
ดารา ทิพย์ มณี แก้วฟ้า ทองคำ เงินยวง ไพลิน
"""
_LAST = tuple(_LAST_WORDS.split())
_PROVINCES, _CENTRAL, _MUNICIPAL = 76 / 8300, 300 / 8300, 0.3


@dataclass(frozen=True, slots=True)
class Named:
    """Who a unit is; `short` is its place without what kind of body it is."""

    name: str
    short: str
    type: Kind
    address: str


def named(number: int, chance: random.Random) -> Named:
    """Unit `number`: of 8,300 some 76 are provinces, 300 central offices, the rest local."""
    place = place_name(number)
    turn = chance.random()
    if turn < _PROVINCES:
        address = f"ศาลากลางจังหวัด{place} ถนนริมหนองน้ำ ตำบลในเมือง จังหวัด{place} 48990"
        return Named(f"จังหวัด{place}", place, "province", address)
    if turn < _PROVINCES + _CENTRAL:
        name = f"สำนักงานส่งเสริมงาน{place}"
        return Named(name, name, "central", f"เลขที่ {number + 1} ถนนนาหลวง กรุงเทพมหานคร 10992")
    body = "เทศบาลตำบล" if chance.random() < _MUNICIPAL else "องค์การบริหารส่วนตำบล"
    address = f"เลขที่ {number + 1} หมู่ที่ 5 ตำบล{place} อำเภอป่าสักใหม่ จังหวัดศรีพนา 48993"
    return Named(f"{body}{place}", place, "local", address)


def place_name(number: int) -> str:
    """The place of unit `number`; there are 9,216."""
    heads, tails = _parts()
    rest, head = divmod(number, len(heads))
    last, tail = divmod(rest, len(tails))
    return heads[head] + tails[tail] + _LAST[last % len(_LAST)]


@cache
def _parts() -> tuple[list[str], list[str]]:
    data = read_yaml(HERE / "copies.yaml")
    return data["place_heads"], data["place_tails"]
