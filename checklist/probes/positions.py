"""Positions of executives in text: who holds one, who is a deputy, who acts in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.lines import Line

_LOWER_RANK = (
    "รอง", "ผู้ช่วย", "อดีต", "เลขานุการ", "ที่ปรึกษา", "แทน", "ปฎิบัติหน้าที่", "รักษาการ",
    "รักษาการตำแหน่ง", "รักษาการในตำแหน่ง",
)  # fmt: skip
_ACTING = ("แทน", "รักษาการ", "รักษาการตำแหน่ง", "รักษาการในตำแหน่ง", "แทนตำแหน่ง")
# What follows a head's title when it is the head of a part of the unit only.
_PART = re.compile(r"กอง(?!ทุน)|ฝ่าย|กลุ่ม|ส่วน(?!ราชการ)|งาน|ปลัด|จังหวัด")
OFFICE = re.compile(
    r"ปลัด|นายก|ผู้ว่า|ผู้อำนวยการ|ผอ\.|อธิ(?:บดี|การ)|เลขาธิการ|เลขานุการ|คณบดี|หัวหน้า|ผู้จัดการ|ผู้บัญชาการ"
    r"|ผู้กำกับการ|นายอำเภอ|ที่ปรึกษา|ประธาน|ผู้ช่วย|รอง"
)
_SHORT = 90


def names_office(text: str) -> bool:
    """True for a short text that names an office."""
    return len(text) <= _SHORT and bool(OFFICE.search(text))


def holds(group: Sequence[str], lines: Iterable[Line]) -> bool:
    """True when one of the lines names one of the positions itself."""
    # Line by line: a name that ends in รอง must not turn the position below into a deputy's.
    return any(has_position(row, term) for line in lines for row in line.rows for term in group)


def has_position(form: str, position: str) -> bool:
    """True when `form` (in match form) names the position itself, not a deputy or an acting one."""
    term = _form(position)
    start = form.find(term)
    while start >= 0:
        of_part = not term.startswith("รอง") and _PART.match(form, start + len(term))
        if not form[:start].endswith(_LOWER_RANK) and not of_part:
            return True
        start = form.find(term, start + 1)
    return False


def is_acting(form: str, position: str) -> bool:
    """True when `form` says that someone acts in the position."""
    term = _form(position)
    start = form.find(term)
    while start >= 0:
        if form[:start].endswith(_ACTING):
            return True
        start = form.find(term, start + 1)
    return False


@cache
def _form(position: str) -> str:
    return match_form(position)
