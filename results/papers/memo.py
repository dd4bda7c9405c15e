"""What a memo (บันทึกข้อความ) tells a unit, as the fields that its template may use. Pure.

Every value is text in Thai digits, ready to stand in the paper. What nobody has given (a number,
a signer) is a dotted line to be filled in by hand; nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.profile import UnitType
from checklist.standing import Measure
from results.first_steps import first_step, short
from results.formats.words import item_ranges
from results.papers.numerals import thai_digits
from results.speech import BANGKOK, _, day_text
from results.wording import tidy

if TYPE_CHECKING:
    from datetime import date

    from results.papers.office import Office
    from results.report import GapReport, ItemFinding

DOTS = "." * 24
_MOST_LETTERS = 160
"""So long a text stands in a row of the list; the gap report has the whole of it."""
_PROVINCE = "จังหวัด"

FIELDS = {
    "ส่วนราชการ": "ส่วนราชการเจ้าของหนังสือ",
    "โทรศัพท์": "หมายเลขโทรศัพท์ของส่วนราชการ",
    "เลขที่หนังสือ": "ที่ของหนังสือ เช่น มท ๐๒๒๖.๒/ว ๑๒๓",
    "วันที่": "วันที่ของหนังสือ",
    "เรียน": "ผู้รับหนังสือ",
    "หน่วยงาน": "ชื่อหน่วยงานที่ตรวจ",
    "เว็บไซต์": "เว็บไซต์หลักของหน่วยงาน",
    "ปีงบประมาณ": "ปีงบประมาณที่ประเมิน",
    "วันที่ตรวจ": "วันที่โปรแกรมเปิดเว็บไซต์ตรวจ",
    "จำนวนข้อทั้งหมด": "จำนวนข้อของรายการตรวจ",
    "จำนวนข้อครบถ้วน": "จำนวนข้อที่ครบถ้วน",
    "จำนวนข้อต้องแก้ไข": "จำนวนข้อที่ขาดข้อมูลหรือไม่เป็นปัจจุบัน",
    "จำนวนข้อขาดข้อมูล": "จำนวนข้อที่ขาดข้อมูล",
    "จำนวนข้อไม่เป็นปัจจุบัน": "จำนวนข้อที่ไม่เป็นปัจจุบัน",
    "จำแนกข้อต้องแก้ไข": "ข้อที่ต้องแก้ไขแยกตามเหตุ เช่น ขาดข้อมูล ๗ ข้อ",
    "จำนวนข้อให้เปิดดู": "จำนวนข้อที่เจ้าหน้าที่ต้องเปิดดู",
    "จำนวนข้อตรวจไม่ได้": "จำนวนข้อที่ตรวจไม่ได้ (ไม่นับว่าขาด)",
    "จำนวนข้อไม่ได้ตรวจ": "จำนวนข้อที่ไม่ได้สั่งตรวจ",
    "จำนวนข้อไม่นับ": "จำนวนข้อที่ไม่เกี่ยวข้องหรือได้รับยกเว้น",
    "เรื่องที่ตรวจ": "ชื่อเรื่องของรายการตรวจ เช่น การเปิดเผยข้อมูลสาธารณะ (OIT)",
    "สิ่งที่ให้ดำเนินการ": "สิ่งที่รายการตรวจให้หน่วยงานทำ ใช้ต่อจากคำว่า โดยให้หน่วยงาน",
    "คะแนนแน่นอน": "คะแนนที่คาดการณ์ (ร้อยละสำหรับแนวทางขับเคลื่อน) นับเฉพาะข้อที่ครบถ้วน",
    "คะแนนเป็นไปได้": "คะแนนที่คาดการณ์ หากข้อที่ยังไม่แน่ชัดผ่านทั้งหมด",
    "คะแนนเต็ม": "คะแนนเต็มของรายการตรวจ",
    "ผลคะแนน": "ประโยคบอกคะแนนที่คาดการณ์",
    "หมายเหตุการตรวจ": "จำนวนข้อที่ไม่ได้ตรวจหรือไม่นับ ถ้ามี",
    "กำหนดแก้ไข": "วันที่ให้แก้ไขแล้วเสร็จ (--due)",
    "กำหนดนับวัน": "วันที่ใช้นับช่อง “เหลือ (วัน)” และหมายเหตุ",
    "ผู้ลงนาม": "ชื่อผู้ลงนาม",
    "ตำแหน่ง": "ตำแหน่งผู้ลงนาม",
}
"""The fields of one text, and what each holds."""

_ROW = {
    "ลำดับ": "ลำดับในตาราง",
    "รหัส": "รหัสข้อ เช่น O12",
    "ชื่อ": "ชื่อข้อ",
    "สถานะ": "ผลของข้อ",
    "สิ่งที่ขาด": "สิ่งที่ขาดหรือเหตุ",
    "สิ่งที่ต้องทำ": "สิ่งที่ต้องทำ",
    "ผู้รับผิดชอบ": "ส่วนงานที่รับผิดชอบ",
    "คะแนน": "คะแนนที่ขึ้นกับข้อนี้ (จาก ๑๐๐)",
    "เหลือวัน": "จำนวนวันที่เหลือ",
}
LISTS = {
    "ข้อที่ต้องแก้ไข": "ข้อที่ขาดข้อมูลหรือไม่เป็นปัจจุบัน คะแนนมากก่อน",
    "ข้อที่ต้องเปิดดู": "ข้อที่เจ้าหน้าที่ต้องเปิดดู",
    "ข้อที่ตรวจไม่ได้": "ข้อที่ตรวจไม่ได้ (ไม่นับว่าขาด) สาเหตุละหนึ่งบรรทัด",
}
"""The fields that are lists, for `for` and `if`."""
ROW_FIELDS = dict(_ROW)
"""The fields of one line of such a list."""

Row = dict[str, str]
Values = dict[str, "str | list[Row]"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What the sender says of one memo; `due` is when the gaps must be closed."""

    to: str = ""
    number: str = ""
    day: date | None = None
    due: date | None = None


def has_gaps(report: GapReport) -> bool:
    """True when there is anything left to mend, to look at, or to make checkable."""
    return bool(report.fails or report.reviews or report.errors)


def memo_values(report: GapReport, office: Office, letter: Letter) -> Values:
    """The value of every field of `FIELDS` and `LISTS` for the unit of `report`."""
    left = ((letter.due or report.deadline.day) - (letter.day or report.as_of)).days
    totals, score = report.totals, report.score
    texts = {
        "ส่วนราชการ": office.office,
        "โทรศัพท์": office.phone,
        "เลขที่หนังสือ": letter.number,
        "วันที่": day_text(letter.day) if letter.day else "",
        "เรียน": letter.to or _head_of(report),
        "หน่วยงาน": report.unit.name,
        "เว็บไซต์": report.unit.main_site,
        "ปีงบประมาณ": str(report.year),
        "วันที่ตรวจ": day_text(report.checked_at.astimezone(BANGKOK).date()),
        "จำนวนข้อทั้งหมด": str(totals.items),
        "จำนวนข้อครบถ้วน": str(totals.passed),
        "จำนวนข้อต้องแก้ไข": str(totals.missing + totals.outdated),
        "จำนวนข้อขาดข้อมูล": str(totals.missing),
        "จำนวนข้อไม่เป็นปัจจุบัน": str(totals.outdated),
        "จำแนกข้อต้องแก้ไข": " ".join(_sorts_of_gaps(report)),
        "จำนวนข้อให้เปิดดู": str(totals.review),
        "จำนวนข้อตรวจไม่ได้": str(totals.error),
        "จำนวนข้อไม่ได้ตรวจ": str(totals.unchecked),
        "จำนวนข้อไม่นับ": str(totals.not_applicable + totals.waived),
        "เรื่องที่ตรวจ": report.subject,
        "สิ่งที่ให้ดำเนินการ": _asked_of_units(report),
        "คะแนนแน่นอน": f"{score.certain:.2f}",
        "คะแนนเป็นไปได้": f"{score.possible:.2f}",
        "คะแนนเต็ม": f"{score.weight:g}",
        "ผลคะแนน": _score_said(report),
        "กำหนดแก้ไข": day_text(letter.due) if letter.due else "",
        "กำหนดนับวัน": _counted_to(report, letter),
        "ผู้ลงนาม": office.signer_name,
        "ตำแหน่ง": office.signer_position,
    }
    values: Values = {name: thai_digits(tidy(said)) or DOTS for name, said in texts.items()}
    note = thai_digits(_left_out(report))
    values["หมายเหตุการตรวจ"] = f"{note} " if note else ""
    values["ข้อที่ต้องแก้ไข"] = _rows(report.fails, left)
    values["ข้อที่ต้องเปิดดู"] = _rows(report.reviews, left)
    values["ข้อที่ตรวจไม่ได้"] = _cause_rows(report, left)
    return values


def _head_of(report: GapReport) -> str:
    name = report.unit.name
    if report.unit.type is UnitType.PROVINCE and name.startswith(_PROVINCE):
        return f"ผู้ว่าราชการ{name}"
    return ""


def _share_said(report: GapReport) -> str:
    score = report.score
    if report.nothing_judged:
        return _("จึงยังบอกร้อยละของมาตรการที่เผยแพร่แล้วไม่ได้")
    low, high = f"{score.certain:.2f}", f"{score.possible:.2f}"
    if low == high:
        return _("เผยแพร่แล้วร้อยละ {low} ของมาตรการทั้งหมด", low=low)
    return _("เผยแพร่แล้วร้อยละ {low} ถึง {high} ของมาตรการทั้งหมด", low=low, high=high)


def _sorts_of_gaps(report: GapReport) -> Iterator[str]:
    if report.totals.missing:
        yield _("ขาดข้อมูล {count} ข้อ", count=report.totals.missing)
    if report.totals.outdated:
        yield _("ไม่เป็นปัจจุบัน {count} ข้อ", count=report.totals.outdated)


def _asked_of_units(report: GapReport) -> str:
    if report.score.measure is Measure.SHARE:
        return _("เผยแพร่มาตรการตามแนวทางการขับเคลื่อนบนเว็บไซต์หลักให้ครบถ้วนและเป็นปัจจุบัน")
    return _("เปิดเผยข้อมูลสาธารณะ (OIT) บนเว็บไซต์หลักให้ครบถ้วนและเป็นปัจจุบันก่อนนำเข้าระบบ ITAS")


def _score_said(report: GapReport) -> str:
    score = report.score
    if score.measure is Measure.SHARE:
        return _share_said(report)
    if report.nothing_judged:
        return _("จึงยังคาดการณ์คะแนน OIT ไม่ได้")
    low, high, weight = f"{score.certain:.2f}", f"{score.possible:.2f}", f"{score.weight:g}"
    if low == high:
        return _("คะแนน OIT ที่คาดการณ์เท่ากับ {low} จากคะแนนเต็ม {weight} คะแนน", low=low, weight=weight)
    return _(
        "คะแนน OIT ที่คาดการณ์อยู่ระหว่าง {low} ถึง {high} จากคะแนนเต็ม {weight} คะแนน",
        low=low,
        high=high,
        weight=weight,
    )


def _left_out(report: GapReport) -> str:
    totals = report.totals
    excused = totals.not_applicable + totals.waived
    said = [_("ผ่านโดยการพิจารณาของเจ้าหน้าที่ {count} ข้อ", count=totals.vouched)] * bool(totals.vouched)
    said += [_("ไม่เกี่ยวข้องหรือได้รับยกเว้น {count} ข้อ", count=excused)] if excused else []
    said += [_("ไม่ได้สั่งตรวจ {count} ข้อ", count=totals.unchecked)] if totals.unchecked else []
    return " ".join(said)


def _counted_to(report: GapReport, letter: Letter) -> str:
    first = day_text(letter.day or report.as_of)
    if letter.due:
        return _("นับจาก {first} ถึง {last}", first=first, last=day_text(letter.due))
    last = day_text(report.deadline.day)
    said = _("นับจาก {first} ถึงวันปิดกรอกข้อมูลในระบบ ITAS ({last})", first=first, last=last)
    if not report.deadline.confirmed:
        said += " " + _("ซึ่งยังไม่มีประกาศยืนยัน โปรดตรวจกับปฏิทินของ ป.ป.ช.")
    return said


def _rows(findings: Iterable[ItemFinding], left: int) -> list[Row]:
    rows = []
    for place, finding in enumerate(findings, start=1):
        row = {
            "ลำดับ": str(place),
            "รหัส": finding.item,
            "ชื่อ": finding.title,
            "สถานะ": finding.verdict_th,
            "สิ่งที่ขาด": short(finding.summary, _MOST_LETTERS) or finding.verdict_th,
            "สิ่งที่ต้องทำ": first_step(finding, _MOST_LETTERS),
            "ผู้รับผิดชอบ": finding.owner,
            "คะแนน": f"{finding.points:.2f}",
            "เหลือวัน": _days(left),
        }
        rows.append(_in_thai(row))
    return rows


def _cause_rows(report: GapReport, left: int) -> list[Row]:
    """A row for each cause: who mends one mends all of its items."""
    rows = []
    errors = {finding.item: finding for finding in report.errors}
    for place, cause in enumerate(report.causes, start=1):
        findings = [errors[item] for item in cause.items]
        row = {
            "ลำดับ": str(place),
            "รหัส": item_ranges(finding.item for finding in findings),
            "ชื่อ": _("{count} ข้อ", count=len(findings)),
            "สถานะ": findings[0].verdict_th,
            "สิ่งที่ขาด": cause.reason.th if cause.reason else findings[0].verdict_th,
            "สิ่งที่ต้องทำ": cause.reason.remedy if cause.reason else "",
            "ผู้รับผิดชอบ": ", ".join(dict.fromkeys(f.owner for f in findings)),
            "คะแนน": f"{cause.points:.2f}",
            "เหลือวัน": _days(left),
        }
        rows.append(_in_thai(row))
    return rows


def _days(left: int) -> str:
    return str(left) if left >= 0 else _("พ้นแล้ว {days}", days=-left)


def _in_thai(row: Row) -> Row:
    return {name: thai_digits(tidy(said)) for name, said in row.items()}
