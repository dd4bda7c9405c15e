"""Cells of a table: which column a head names, and what a cell that nobody filled in looks like."""

from __future__ import annotations

import re
from enum import Enum, auto

from checklist.thai import contains, match_form, normalise, to_arabic_digits

WHOLE_CELL = "="
"""Marks a term that must be all that stands in a head."""
WEAK_MARK = "~"
"""Marks a term that alone makes no one sure."""

_UNIT = re.compile(r"\(.*\)$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_RULED = re.compile(r"[\s\u00a0.…·•‧∙*_‐-―−\-:;,()\[\]<>]+")
_LEADER = re.compile(r"\.{3}|…|_{3}|(?:\. ){3}|·{3}")
_DASH = re.compile(r"[\s\u00a0(]*[-‐-―−]+[\s\u00a0)]*")
# What a form prints beside the space that is to be filled in: "จำนวน ........ คน", "1. ........".
_PRINTED = re.compile(
    r"(?:จำนวน|ร้อยละ|บาท|คน|ราย|ครั้ง|แห่ง|เรื่อง|วันที่|เดือน|พ\.?ศ\.?|ปี|เมื่อ|และ|ผล|ระบุ|โปรด|อื่นๆ|ลงชื่อ|เลขที่|%|/|25\d\d|(?<!\d)\d(?!\d))+"
)
_NUMBERING = re.compile(r"(?:\(?\d{1,2}[.)][\s\u00a0.…_]*)+")
_UNTICKED = re.compile(r"[☐□⬜◻○❏▢]|[(\[]\s*[)\]]")
_TICKED = re.compile(r"[☑☒✓✔√■●⬛◼✗✘]|[(\[]\s*[/xX]\s*[)\]]")
_ASKING = re.compile(
    r"(?:โปรด|กรุณา|ให้)?(?:ระบุ|กรอก|ใส่|เติม|บันทึก)(?:ผล|ข้อมูล|ข้อความ|รายละเอียด|ความก้าวหน้า|ที่นี่).*|n/?a|x{2,}"
)
_AWAITED = re.compile(
    r"รอ(?:ผล|ข้อมูล|รายงาน|การรายงาน|รวบรวม|สรุป|ประมวล|แจ้ง).*|อยู่ระหว่าง(?:การ)?(?:รวบรวม|รอ|สรุป|จัดทำรายงาน|จัดทำข้อมูล).*"
    r"|(?:ยัง)?ไม่(?:ได้)?(?:มี)?(?:ระบุ|รายงาน|ข้อมูล|ผล)(?:การรายงาน|รายงาน|ข้อมูล|ผล)?|จะรายงาน.*|ว่าง"
)
_UNDONE = re.compile(
    r"(?:ยัง)?ไม่(?:ได้|มีการ)?(?:เริ่ม)?(?:ดำเนินการ|ดำเนินงาน|เริ่ม|ปฏิบัติ|เบิกจ่าย|ถึงกำหนด|ถึงเวลา).*|รอดำเนินการ.*"
    r"|จะ(?:เริ่ม)?ดำเนินการ.*|(?:มี)?กำหนด(?:การ)?(?:จัด|ดำเนินการ|เริ่ม).*|อยู่ในแผน.*"
)
_SHORT_PROMISE = 60


class Cell(Enum):
    """What stands in a cell: nothing, a dash, that nothing was done yet, or something."""

    BLANK = auto()
    DASH = auto()
    UNDONE = auto()
    FILLED = auto()


def heads_column(head: str, term: str) -> bool:
    """True when a head in match form bears `term`, or is no more than it when marked so."""
    if term.startswith(WHOLE_CELL):
        return _UNIT.sub("", head) == match_form(term.removeprefix(WHOLE_CELL))
    return contains(head, term)


def cell_kind(text: str) -> Cell:
    """What stands in a cell.

    Blank are also dots and lines to write on, boxes that nobody ticked, bare numbering, and words
    that only hold the place ("รอผล", "โปรดระบุผล").
    """
    text = to_arabic_digits(_INVISIBLE.sub("", text)).strip()
    if text and _DASH.fullmatch(text):
        return Cell.DASH
    left = _RULED.sub("", text)
    if not left or _NUMBERING.fullmatch(text) or _is_unticked(text):
        return Cell.BLANK
    if _LEADER.search(text) and _PRINTED.fullmatch(left):
        return Cell.BLANK
    said = re.sub(r"\s", "", normalise(text)).strip("().-–").lower()
    if len(said) <= _SHORT_PROMISE and (_ASKING.fullmatch(said) or _AWAITED.fullmatch(said)):
        return Cell.BLANK
    return Cell.UNDONE if _UNDONE.fullmatch(said) else Cell.FILLED


def _is_unticked(text: str) -> bool:
    return bool(_UNTICKED.search(text)) and not _TICKED.search(text)
