"""The monthly progress report in words: what a director reads first, then who is late with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.papers.blocks import Block, Bullets, Heading, Paper, Words
from results.papers.monthly_tables import by_item, by_owner, by_unit, names_text, unchecked
from results.papers.scan_pair import ran_at
from results.record import ScanStatus
from results.speech import _, day_text, moment_text
from results.wording import tidy

if TYPE_CHECKING:
    from results.papers.monthly import MonthlyReport, Steps
    from results.papers.scan_pair import ScanPair
    from results.record import ScanInfo
    from results.report import Totals

_STATUS = {
    ScanStatus.FINISHED: "เสร็จสมบูรณ์",
    ScanStatus.INTERRUPTED: "ไม่ครบ เพราะถูกหยุดก่อนเสร็จ",
    ScanStatus.FAILED: "ไม่ครบ เพราะขัดข้องก่อนเสร็จ",
    ScanStatus.RUNNING: "ไม่ครบ เพราะยังไม่เสร็จ",
}


def monthly_paper(report: MonthlyReport, scans: ScanPair) -> Paper:
    """The whole paper; `scans` are the two that were compared."""
    month = day_text(report.due).partition(" ")[2]
    return Paper(
        title=_("รายงานความก้าวหน้าการเปิดเผยข้อมูลสาธารณะ (OIT)\nประจำเดือน{month}", month=month),
        subtitles=(
            tidy(report.checklist_title),
            _("รายงานภายในวันที่ {day}", day=day_text(report.due)),
        ),
        blocks=(
            *_summary(report),
            *_basis(report, scans),
            *by_owner(report),
            *by_item(report),
            *by_unit(report),
            *unchecked(report),
        ),
    )


def _summary(report: MonthlyReport) -> list[Block]:
    lines = [_steps_line(report.steps)] if report.compared else []
    lines += [] if report.certain is None else [_risk_line(report)]
    lines += [_standing_line(report.totals), _deadline_line(report)]
    return [
        Heading(_("สรุปสำหรับผู้บริหาร")),
        Words(_score_line(report), strong=True),
        Bullets(tuple(lines)),
    ]


def _score_line(report: MonthlyReport) -> str:
    if report.certain is None or report.possible is None:
        return _("ยังคาดการณ์คะแนนไม่ได้ เพราะตรวจเว็บไซต์ของทุกหน่วยงานไม่ได้")
    said = _(
        "คะแนน OIT ที่คาดการณ์เฉลี่ย {low:.2f} ถึง {high:.2f} จากคะแนนเต็ม {weight:g} ({units} หน่วยงาน)",
        low=report.certain,
        high=report.possible,
        weight=report.weight,
        units=report.units - len(report.unjudged),
    )
    if report.change is None:
        return f"{said} {_('ยังเทียบกับเดือนก่อนไม่ได้')}"
    if not round(report.change, 2):
        compared = _("เท่ากับเดือนก่อน ({units} หน่วยงานที่เทียบได้)", units=report.scored_twice)
    elif report.change > 0:
        compared = _(
            "ดีขึ้นจากเดือนก่อน {points:.2f} คะแนน ({units} หน่วยงานที่เทียบได้)",
            points=report.change,
            units=report.scored_twice,
        )
    else:
        compared = _(
            "ลดลงจากเดือนก่อน {points:.2f} คะแนน ({units} หน่วยงานที่เทียบได้)",
            points=-report.change,
            units=report.scored_twice,
        )
    return f"{said} {compared}"


def _steps_line(steps: Steps) -> str:
    return _(
        "ตั้งแต่เดือนก่อน แก้ไขเสร็จ {closed} ข้อ มีความก้าวหน้าแต่ยังไม่เสร็จ {moved} ข้อ "
        "เกิดใหม่ {opened} ข้อ และค้างโดยไม่มีความก้าวหน้า {late} ข้อ (รวมที่รอเปิดดู)",
        closed=steps.closed,
        moved=steps.moved,
        opened=steps.opened,
        late=steps.late,
    )


def _risk_line(report: MonthlyReport) -> str:
    return _(
        "คะแนนที่เสี่ยงเฉลี่ยหน่วยงานละ {risk:.2f} คะแนน (เสียแล้ว {lost:.2f} ยังไม่แน่ชัด {open:.2f})",
        risk=report.lost + report.open,
        lost=report.lost,
        open=report.open,
    )


def _standing_line(told: Totals) -> str:
    said = _(
        "จากทั้งหมด {items:,} ข้อ (ทุกหน่วยงานรวมกัน) ครบถ้วน {passed:,} ข้อ ขาดข้อมูล {missing:,} ข้อ "
        "ไม่เป็นปัจจุบัน {outdated:,} ข้อ ต้องให้เจ้าหน้าที่เปิดดู {review:,} ข้อ "
        "และตรวจไม่ได้ {error:,} ข้อ (ไม่นับว่าขาด)",
        **told.model_dump(),
    )
    excused = told.not_applicable + told.waived
    if excused:
        said += " " + _("ไม่เกี่ยวข้องหรือได้รับยกเว้น {count:,} ข้อ", count=excused)
    if told.unchecked:
        said += " " + _("ไม่ได้สั่งตรวจ {count:,} ข้อ", count=told.unchecked)
    return said


def _deadline_line(report: MonthlyReport) -> str:
    last = day_text(report.deadline.day)
    if report.days_left > 0:
        said = _(
            "เหลือเวลา {left} วันก่อนปิดกรอกข้อมูลในระบบ ITAS ({last})", left=report.days_left, last=last
        )
    elif report.days_left == 0:
        said = _("วันครบกำหนดรายงานเป็นวันสุดท้ายของการกรอกข้อมูลในระบบ ITAS ({last})", last=last)
    else:
        said = _("ระบบ ITAS ปิดกรอกข้อมูลแล้วเมื่อ {last}", last=last)
    if not report.deadline.confirmed:
        said += " " + _("กำหนดการนี้ยังไม่มีประกาศยืนยัน โปรดตรวจกับปฏิทินของ ป.ป.ช.")
    return said


def _basis(report: MonthlyReport, scans: ScanPair) -> list[Block]:
    lines = [_("ผลเดือนนี้: {scan}", scan=_scan(scans.now))]
    if scans.before:
        lines.append(_("ผลเดือนก่อน: {scan}", scan=_scan(scans.before)))
        lines.append(_("หน่วยงานที่มีผลทั้งสองครั้ง {count} หน่วยงาน", count=report.compared or 0))
    elif scans.stale:
        lines.append(_("ไม่มีการตรวจใหม่ตั้งแต่กำหนดรายงานครั้งก่อน จึงรายงานเฉพาะสถานะของการตรวจนี้"))
    else:
        lines.append(_("ไม่มีการตรวจของเดือนก่อนให้เทียบ จึงรายงานเฉพาะสถานะปัจจุบัน"))
    if report.only_now:
        lines.append(_("มีผลเฉพาะเดือนนี้ ไม่นับความก้าวหน้า: {names}", names=names_text(report.only_now)))
    if report.only_before:
        lines.append(
            _("มีผลเฉพาะเดือนก่อน ไม่นับในรายงาน: {names}", names=names_text(report.only_before))
        )
    lines += [_("ไม่ได้ใช้: {scan}", scan=_scan(scan)) for scan in scans.unused]
    return [Heading(_("ผลการตรวจที่นำมารายงาน")), Bullets(tuple(lines))]


def _scan(scan: ScanInfo) -> str:
    return _(
        "การตรวจครั้งที่ {number} เมื่อ {moment} ({units} หน่วยงาน {status})",
        number=scan.id,
        moment=moment_text(ran_at(scan)),
        units=scan.units,
        status=_(_STATUS[scan.status]),
    )
