"""What a checklist's own words mean to its reader. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.profile import UnitType
from checklist.schema import EvidenceShape, Role, YearRule

if TYPE_CHECKING:
    from checklist.schema import Checklist, Element, Item

_YEAR_RULES = {
    YearRule.NONE: "ไม่กำหนดปี ใช้ข้อมูลที่เป็นปัจจุบัน",
    YearRule.FY: "ต้องเป็นข้อมูลของปีงบประมาณ พ.ศ. {year} (1 ตุลาคม {before} ถึง 30 กันยายน {year}) "
    "ข้อมูลของปีอื่นนับเป็นไม่ผ่าน",
    YearRule.FY_PREV: "ต้องเป็นข้อมูลของปีงบประมาณ พ.ศ. {before} ซึ่งเป็นปีก่อนปีที่ประเมิน "
    "(1 ตุลาคม {earlier} ถึง 30 กันยายน {before})",
    YearRule.H1_FY: "ต้องครอบคลุม 6 เดือนแรกของปีงบประมาณ พ.ศ. {year} "
    "(1 ตุลาคม {before} ถึง 31 มีนาคม {year}) จะรวมเล่มเดียวหรือแยกเป็นงวดก็ได้ แต่ต้องครบ 6 เดือน",
    YearRule.COVERS_FY: "ระยะเวลาของแผนต้องครอบคลุมปีงบประมาณ พ.ศ. {year} "
    "เช่น แผน พ.ศ. {before}-{later}",
    YearRule.IN_FORCE_FY: "ต้องยังใช้บังคับในปีงบประมาณ พ.ศ. {year} ออกในปีก่อนก็ได้ถ้ายังไม่ถูกยกเลิก",
    YearRule.FY_OR_H1: "ต้องเป็นข้อมูลของปีงบประมาณ พ.ศ. {year} ทั้งปี หรือของ 6 เดือนแรก "
    "(1 ตุลาคม {before} ถึง 31 มีนาคม {year})",
}
_YEAR_RULES_SHORT = {
    YearRule.NONE: "ไม่กำหนดปี",
    YearRule.FY: "ปีงบประมาณ {year}",
    YearRule.FY_PREV: "ปีงบประมาณ {before}",
    YearRule.H1_FY: "6 เดือนแรกของปี {year}",
    YearRule.COVERS_FY: "ครอบคลุมปี {year}",
    YearRule.IN_FORCE_FY: "ใช้บังคับในปี {year}",
    YearRule.FY_OR_H1: "ปี {year} หรือ 6 เดือนแรก",
}
_SHAPES = {
    EvidenceShape.DOCUMENT: "ต้องมีครบทุกองค์ประกอบในเอกสารหรือหน้าเดียว",
    EvidenceShape.SET: "องค์ประกอบอยู่ในเอกสารหลายฉบับรวมกันได้",
    EvidenceShape.PAGE: "เป็นส่วนของหน้าเว็บไซต์ เมนูและส่วนท้ายหน้านับด้วย",
}
_ROLES = {
    Role.EXCEPTION: "ใช้แทนองค์ประกอบอื่นได้เมื่อไม่มีข้อมูล",
    Role.OPTIONAL: "ไม่มีก็ได้",
    Role.EXCLUSION: "สิ่งที่ใช้แทนไม่ได้",
}
_TYPES = {
    UnitType.CENTRAL: "ส่วนกลาง",
    UnitType.PROVINCE: "จังหวัด",
    UnitType.LOCAL: "องค์กรปกครองส่วนท้องถิ่น",
    UnitType.OTHER: "หน่วยงานอื่น",
}


def year_rule(checklist: Checklist, item: Item) -> str:
    """Of which time the item's evidence must be, in a Thai sentence with the years in numbers."""
    return _YEAR_RULES[item.year_rule].format(**_years(checklist))


def year_rule_short(checklist: Checklist, item: Item) -> str:
    """The same in a few words."""
    return _YEAR_RULES_SHORT[item.year_rule].format(**_years(checklist))


def _years(checklist: Checklist) -> dict[str, int]:
    year = checklist.year
    return {"year": year, "before": year - 1, "earlier": year - 2, "later": year + 3}


def shape(item: Item) -> str:
    """Whether all parts must stand in one document."""
    return _SHAPES[item.evidence]


def part_notes(element: Element) -> tuple[str, ...]:
    """What is special about a part: whom it binds, whether it may be missing."""
    notes = [_ROLES[element.role]] if element.role in _ROLES else []
    if not element.required and element.role not in _ROLES:
        notes.append("คำแนะนำ ไม่มีก็ไม่ทำให้ไม่ผ่าน")
    if element.required and not element.proven:
        notes.append("หากไม่พบ ระบบให้เจ้าหน้าที่ตรวจ ไม่ตัดสินว่าไม่ผ่านเอง")
    if element.applies_to:
        notes.append("เฉพาะ" + " ".join(_TYPES[one] for one in element.applies_to))
    return tuple(notes)
