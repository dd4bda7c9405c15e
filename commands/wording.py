"""What the commands call the checklist's own words, in Thai and in English."""

from __future__ import annotations

from checklist.profile import UnitType
from checklist.schema import Confidence, Role, YearRule
from checklist.verdict import ElementState, Verdict
from commands.language import words
from results.wording import VERDICTS as REPORTED

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.PASS: ("ผ่าน", "pass"),
    Verdict.FAIL: ("ไม่ผ่าน", "fail"),
    Verdict.REVIEW: (REPORTED[Verdict.REVIEW], "review"),
    Verdict.ERROR: ("ตรวจไม่ได้", "could not check"),
    Verdict.NOT_APPLICABLE: ("ไม่เกี่ยวข้อง", "not applicable"),
    Verdict.WAIVED: ("ยกเว้น", "waived"),
    Verdict.VOUCHED: (REPORTED[Verdict.VOUCHED], "passed by a person"),
}
STATES: dict[ElementState, tuple[str, str]] = {
    ElementState.PRESENT: ("พบ", "present"),
    ElementState.ABSENT: ("ขาด", "absent"),
    ElementState.OUTDATED: ("ไม่เป็นปัจจุบัน", "outdated"),
    ElementState.UNSURE: ("ไม่แน่ใจ", "unsure"),
}
ROLES: dict[Role, tuple[str, str]] = {
    Role.CONTENT: ("เนื้อหา", "content"),
    Role.FORM: ("รูปแบบ", "form"),
    Role.YEAR: ("ปี", "year"),
    Role.COUNT: ("จำนวน", "count"),
    Role.LINK: ("ลิงก์", "link"),
    Role.CHANNEL: ("ช่องทาง", "channel"),
    Role.VARIANT: ("แบบที่ใช้แทนกันได้", "variant"),
    Role.EXCEPTION: ("ข้อยกเว้น", "exception"),
    Role.EXCLUSION: ("สิ่งที่ใช้ไม่ได้", "exclusion"),
    Role.UNCERTAIN: ("ยังไม่แน่ชัด", "uncertain"),
    Role.OPTIONAL: ("มีหรือไม่ก็ได้", "optional"),
}
CONFIDENCES: dict[Confidence, tuple[str, str]] = {
    Confidence.TWO_SOURCES: ("พบสองแหล่ง", "two sources"),
    Confidence.ONE_SOURCE: ("พบแหล่งเดียว", "one source"),
    Confidence.FROM_MEMORY: ("ยังไม่พบแหล่ง (จำ)", "from memory, no source yet"),
}
YEAR_RULES: dict[YearRule, tuple[str, str]] = {
    YearRule.NONE: ("ไม่กำหนดปี", "no year"),
    YearRule.FY: ("ของปีงบประมาณที่ประเมิน", "of the fiscal year"),
    YearRule.FY_PREV: ("ของปีงบประมาณก่อน", "of the fiscal year before"),
    YearRule.H1_FY: ("รอบ 6 เดือนแรกของปีงบประมาณ", "first half of the fiscal year"),
    YearRule.COVERS_FY: ("ครอบคลุมปีงบประมาณ", "covers the fiscal year"),
    YearRule.IN_FORCE_FY: ("ใช้บังคับในปีงบประมาณ", "in force in the fiscal year"),
    YearRule.FY_OR_H1: ("ของปีงบประมาณหรือรอบ 6 เดือนแรก", "of the fiscal year or its first half"),
}
UNIT_TYPES: dict[UnitType, tuple[str, str]] = {
    UnitType.CENTRAL: ("ส่วนกลาง", "central"),
    UnitType.PROVINCE: ("จังหวัด", "province"),
    UnitType.LOCAL: ("อปท.", "local"),
    UnitType.OTHER: ("อื่น ๆ", "other"),
}


def verdict_name(verdict: Verdict) -> str:
    """The verdict in the language in use."""
    return words(*VERDICTS[verdict])


def state_name(state: ElementState) -> str:
    """What was found of an element, in the language in use."""
    return words(*STATES[state])


def confidence_name(confidence: Confidence) -> str:
    """How well a fact is proven, in the language in use."""
    return words(*CONFIDENCES[confidence])
