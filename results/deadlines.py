"""Until when a checklist must be answered, in words: ITAS entry or monthly report. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from checklist.strict import Confidence
from results.head_parts import Deadline
from results.speech import _, day_text

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.standing import MonthlyReport, Window


def deadline(checklist: Checklist, as_of: date) -> Deadline:
    """The next day by which the unit must have answered, seen from `as_of`."""
    calendar = checklist.calendar
    if calendar.monthly is not None:
        return _monthly(calendar.monthly, as_of)
    assert calendar.oit_entry is not None, "held by the calendar's own validator"
    return _entry(calendar.oit_entry, as_of)


def _entry(window: Window, as_of: date) -> Deadline:
    left = (window.end - as_of).days
    first, last = day_text(window.start), day_text(window.end)
    if as_of < window.start:
        th = _(
            "ระบบ ITAS เปิดให้กรอกข้อมูล {first} ถึง {last} (เหลือ {left} วัน)",
            first=first,
            last=last,
            left=left,
        )
    elif left > 0:
        th = _("เหลือเวลาอีก {left} วัน ก่อนปิดกรอกข้อมูลในระบบ ITAS ({last})", left=left, last=last)
    elif left == 0:
        th = _("วันที่ประเมินเป็นวันสุดท้ายของการกรอกข้อมูลในระบบ ITAS ({last})", last=last)
    else:
        th = _("ระบบ ITAS ปิดกรอกข้อมูลแล้วเมื่อ {last}", last=last)
    confirmed = window.confidence is not Confidence.FROM_MEMORY
    if not confirmed:
        th += " " + _("กำหนดการนี้ยังไม่มีประกาศยืนยัน โปรดตรวจกับปฏิทินของ ป.ป.ช.")
    return Deadline(
        opens=window.start,
        day=window.end,
        days_left=left,
        confirmed=confirmed,
        th=th,
        brief=_entry_brief(left),
    )


def _entry_brief(left: int) -> str:
    if left > 0:
        return _("เหลือ {days} วันก่อนปิดกรอก ITAS", days=left)
    if left == 0:
        return _("วันสุดท้ายของการกรอก ITAS")
    return _("ปิดกรอก ITAS ไปแล้ว {days} วัน", days=-left)


def _report_brief(left: int) -> str:
    if left > 0:
        return _("เหลือ {days} วันก่อนครบกำหนดรายงาน", days=left)
    if left == 0:
        return _("ครบกำหนดรายงานวันนี้")
    return _("พ้นกำหนดรายงานแล้ว {days} วัน", days=-left)


def _monthly(report: MonthlyReport, as_of: date) -> Deadline:
    days = list(report.due_days())
    due = next((day for day in days if day >= as_of), days[-1])
    left = (due - as_of).days
    name, day = _(report.name), day_text(due)
    if left > 0:
        th = _("{name} ครั้งต่อไปวันที่ {day} (เหลือ {left} วัน)", name=name, day=day, left=left)
    elif left == 0:
        th = _("วันที่ประเมินเป็นวันครบกำหนดของ{name} ({day})", name=name, day=day)
    else:
        th = _("{name} ครั้งสุดท้ายครบกำหนดแล้วเมื่อวันที่ {day}", name=name, day=day)
    confirmed = report.confidence is not Confidence.FROM_MEMORY
    if not confirmed:
        th += " " + _("กำหนดการนี้ยังไม่มีเอกสารยืนยัน โปรดตรวจกับหน่วยงานเจ้าของแผน")
    return Deadline(
        opens=report.start,
        day=due,
        days_left=left,
        confirmed=confirmed,
        th=th,
        brief=_report_brief(left),
    )
