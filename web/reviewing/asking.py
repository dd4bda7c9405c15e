"""What the queue is asked with: filters, kinds, reasons to choose from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.profile import UnitType
from checklist.reasons import REASONS
from checklist.verdict import Verdict
from results.cases import QUEUES, Wanted
from results.decisions import KINDS
from results.waivers import ANSWERS, WaiverKind
from web.faults import BadInput

if TYPE_CHECKING:
    from checklist.schema import Checklist

READY = (
    "เปิดดูเอกสารต้นฉบับแล้ว มีครบทุกองค์ประกอบของข้อนี้",
    "เอกสารเป็นภาพสแกน เปิดอ่านแล้วเป็นของปีงบประมาณที่ประเมินและครบถ้วน",
    "ถ้อยคำต่างจากเกณฑ์ แต่เนื้อหาเป็นเรื่องเดียวกันและครบถ้วน",
)
"""Reasons to let an item pass, for a person to choose from; none is chosen beforehand."""
TYPES = {
    UnitType.CENTRAL: "ส่วนกลาง",
    UnitType.PROVINCE: "จังหวัด",
    UnitType.LOCAL: "องค์กรปกครองส่วนท้องถิ่น",
    UnitType.OTHER: "อื่น ๆ",
}
LISTS = {Verdict.REVIEW: "ต้องให้เจ้าหน้าที่ตรวจ", Verdict.ERROR: "ตรวจไม่ได้"}
WAIVING = {kind: words for kind, words in KINDS.items() if kind not in ANSWERS}
"""The ways to set an item aside."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: ids or codes with their words."""

    items: Mapping[str, str]
    owners: tuple[str, ...]
    types: Mapping[UnitType, str]
    reasons: Mapping[str, str]


def wanted_of(
    checklist: Checklist, listed: str, about: str, owner: str, unit_type: str, reason: str
) -> Wanted:
    """The filters as they were typed into an address; raises `BadInput` for what there is not."""
    offered = choices(checklist, Verdict.REVIEW)
    if listed not in {verdict.value for verdict in QUEUES}:
        raise BadInput("ไม่มีรายการชนิดนี้ เลือก review (ต้องให้เจ้าหน้าที่ตรวจ) หรือ error (ตรวจไม่ได้)")
    if about and about not in offered.items:
        raise BadInput(f"รายการตรวจนี้ไม่มีข้อ «{about[:10]}»")
    if unit_type and unit_type not in set(UnitType):
        raise BadInput(f"ไม่มีหน่วยงานประเภท «{unit_type[:20]}»")
    if reason and reason not in REASONS:
        raise BadInput(f"ไม่มีเหตุรหัส «{reason[:50]}»")
    return Wanted(Verdict(listed), about, owner, unit_type, reason)


def choices(checklist: Checklist, verdict: Verdict) -> Choices:
    """What the list of `verdict` can be filtered by."""
    owners = {
        checklist.owner_of(item, kind) for item in checklist.items for kind in (None, *UnitType)
    }
    return Choices(
        items={item.id: item.title for item in checklist.items},
        owners=tuple(sorted(owners)),
        types=TYPES,
        reasons={code: one.th for code, one in REASONS.items() if one.verdict is verdict},
    )


def kind_of(text: str) -> WaiverKind:
    """The decision of that name; raises `BadInput`."""
    try:
        return WaiverKind(text)
    except ValueError:
        raise BadInput("เลือกว่าจะให้ผ่าน ไม่ให้ผ่าน หรือยกเว้น") from None


def reason_of(chosen: str, typed: str) -> str:
    """The reason: a ready-made sentence, what was typed, or both."""
    parts = [one.strip() for one in (chosen if chosen in READY else "", typed)]
    return " ".join(one for one in parts if one)
