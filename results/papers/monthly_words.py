"""The monthly progress report in words: what a director reads first, then who is late with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.formats.page import signed
from results.papers.blocks import Block, Bullets, Grid, Heading, Paper, Words
from results.papers.scan_pair import ran_at
from results.record import ScanStatus
from results.speech import _, day_text, moment_text
from results.wording import tidy

if TYPE_CHECKING:
    from results.papers.monthly import (
        ItemProgress,
        MonthlyReport,
        OwnerProgress,
        Steps,
        UnitProgress,
    )
    from results.papers.scan_pair import ScanPair
    from results.record import ScanInfo
    from results.report import Totals

_STATUS = {
    ScanStatus.FINISHED: "เสร็จสมบูรณ์",
    ScanStatus.INTERRUPTED: "ไม่ครบ เพราะถูกหยุดก่อนเสร็จ",
    ScanStatus.FAILED: "ไม่ครบ เพราะขัดข้องก่อนเสร็จ",
    ScanStatus.RUNNING: "ไม่ครบ เพราะยังไม่เสร็จ",
}
_LATE_SHOWN = 12
_NAMES_SHOWN = 20


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
            *_by_owner(report),
            *_by_item(report),
            *_by_unit(report),
            *_unchecked(report),
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
        "เกิดใหม่ {opened} ข้อ และค้างโดยไม่มีความก้าวหน้า {late} ข้อ",
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
        lines.append(_("มีผลเฉพาะเดือนนี้ ไม่นับความก้าวหน้า: {names}", names=_names(report.only_now)))
    if report.only_before:
        lines.append(_("มีผลเฉพาะเดือนก่อน ไม่นับในรายงาน: {names}", names=_names(report.only_before)))
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


def _names(names: Sequence[str]) -> str:
    said = ", ".join(names[:_NAMES_SHOWN])
    rest = len(names) - _NAMES_SHOWN
    return said + (" " + _("และอีก {count} หน่วยงาน", count=rest) if rest > 0 else "")


def _by_owner(report: MonthlyReport) -> list[Block]:
    told = [owner for owner in report.owners if owner.open or owner.totals.error or _any(owner)]
    clear = len(report.owners) - len(told)
    with_steps = bool(report.compared)
    head = [_("ส่วนงาน"), _("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้")]
    head += [_("แก้เสร็จ"), _("เกิดใหม่"), _("ค้าง")] if with_steps else []
    head.append(_("คะแนน\nที่เสีย"))
    rows = [tuple(_owner_row(owner, with_steps)) for owner in told]
    numbers = len(head) - 1
    caption = _("จำนวนข้อรวมทุกหน่วยงาน คะแนนที่เสียรวมทุกหน่วยงาน (จากหน่วยงานละ 100 คะแนน)")
    blocks: list[Block] = [
        Heading(_("ความก้าวหน้าตามส่วนงาน")),
        Grid(caption, tuple(head), tuple(rows), _widths(5.8, numbers), _numbers(numbers)),
    ]
    if with_steps:
        blocks.append(
            Words(
                _(
                    "“ค้าง” คือข้อที่ต้องแก้ไขหรือรอเปิดดูทั้งสองเดือนโดยไม่มีความก้าวหน้า "
                    "ข้อที่ตรวจไม่ได้ในเดือนใดเดือนหนึ่งไม่นับว่าเสร็จ เกิดใหม่ หรือค้าง"
                )
            )
        )
    if clear:
        blocks.append(Words(_("ส่วนงานอื่นอีก {count} ส่วนงานไม่มีข้อค้าง", count=clear)))
    return blocks


def _any(owner: OwnerProgress) -> bool:
    return bool(owner.steps.closed or owner.steps.opened or owner.steps.late)


def _owner_row(owner: OwnerProgress, with_steps: bool) -> list[str]:
    told, steps = owner.totals, owner.steps
    name = tidy(owner.owner)
    if owner.late_items:
        shown = ", ".join(f"{item} ({count})" for item, count in owner.late_items[:_LATE_SHOWN])
        rest = len(owner.late_items) - _LATE_SHOWN
        shown += " " + _("และอีก {count} ข้อ", count=rest) if rest > 0 else ""
        name += "\n" + _("ค้าง: {items}", items=shown)
    row = [name, str(told.missing + told.outdated), str(told.review), str(told.error)]
    row += [str(steps.closed), str(steps.opened), str(steps.late)] if with_steps else []
    return [*row, f"{owner.lost:.2f}"]


def _by_item(report: MonthlyReport) -> list[Block]:
    with_steps = bool(report.compared)
    head = [_("ข้อ"), _("เรื่อง")]
    head += [_("ผ่าน\nเดือนก่อน"), _("ผ่าน\nเดือนนี้")] if with_steps else [_("ผ่าน")]
    head += [_("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้")]
    head += [_("ค้าง")] if with_steps else []
    numbers = len(head) - 2
    rows = tuple(tuple(_item_row(item, with_steps)) for item in report.items)
    first, *others = _widths(5.4, numbers, left=1.2)
    caption = (
        _(
            "จำนวนหน่วยงาน ช่อง “ผ่าน” นับเฉพาะ {count} หน่วยงานที่มีผลทั้งสองเดือน ช่องอื่นนับทุกหน่วยงาน",
            count=report.compared,
        )
        if with_steps
        else _("จำนวนหน่วยงาน")
    )
    centred = frozenset({0, *range(2, len(head))})
    return [
        Heading(_("ความก้าวหน้ารายข้อ")),
        Grid(caption, tuple(head), rows, (1.2, first, *others), centred),
    ]


def _item_row(item: ItemProgress, with_steps: bool) -> list[str]:
    told = item.totals
    row = [item.item, tidy(item.title)]
    row += [str(item.passed_before), str(item.passed_now)] if with_steps else [str(told.passed)]
    row += [str(told.missing + told.outdated), str(told.review), str(told.error)]
    return [*row, str(item.steps.late)] if with_steps else row


def _by_unit(report: MonthlyReport) -> list[Block]:
    heading = Heading(_("หน่วยงานที่ต้องเร่งดำเนินการ"))
    if not report.behind:
        return [heading, Words(_("ไม่มีหน่วยงานที่ต้องแก้ไขหรือรอเปิดดู"))]
    head = [_("หน่วยงาน"), _("คะแนน\nคาดการณ์"), _("เทียบ\nเดือนก่อน")]
    head += [_("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้"), _("ค้าง")]
    rows = tuple(tuple(_unit_row(unit)) for unit in report.behind)
    caption = _("คะแนนคาดการณ์น้อยที่สุดก่อน ไม่เกิน {count} หน่วยงาน", count=len(report.behind))
    return [heading, Grid(caption, tuple(head), rows, _widths(5.1, 6), _numbers(6))]


def _unit_row(unit: UnitProgress) -> list[str]:
    told = unit.totals
    score = f"{unit.certain:.2f}"
    if round(unit.possible - unit.certain, 2):
        score = _("{low} ถึง {high}", low=score, high=f"{unit.possible:.2f}")
    change = "–" if unit.change is None else signed(unit.change)
    counts = [told.missing + told.outdated, told.review, told.error, unit.late]
    return [tidy(unit.name), score, change, *map(str, counts)]


def _unchecked(report: MonthlyReport) -> list[Block]:
    if not report.troubles:
        return []
    rows = tuple((tidy(t.unit), str(t.count), tidy(t.cause)) for t in report.troubles)
    blocks: list[Block] = [
        Heading(_("ข้อที่ตรวจไม่ได้ (ไม่นับว่าขาด)")),
        Grid(
            _("ต้องให้ผู้ดูแลเว็บไซต์หรือผู้ให้บริการแก้ไข แล้วตรวจใหม่"),
            (_("หน่วยงาน"), _("จำนวนข้อ"), _("สาเหตุ")),
            rows,
            (6.0, 1.8, 8.7),
            frozenset({1}),
        ),
    ]
    if report.unjudged:
        names = _names(report.unjudged)
        blocks.insert(1, Words(_("ตรวจไม่ได้ทั้งหน่วยงาน ไม่รวมในคะแนนเฉลี่ย: {names}", names=names)))
    return blocks


_PAGE_CM = 16.5


def _widths(first: float, numbers: int, left: float = 0.0) -> tuple[float, ...]:
    """A first column of `first` cm, the rest of the page (less `left`) shared by the numbers."""
    return (first, *[round((_PAGE_CM - left - first) / numbers, 2)] * numbers)


def _numbers(count: int) -> frozenset[int]:
    return frozenset(range(1, count + 1))
