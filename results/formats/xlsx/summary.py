"""The first sheet: where the unit stands, what people decided, what to do first, how to read on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from checklist.verdict import ElementState
from results import wording
from results.excel.book import Book, Cell, Number, Sheet, Text, sheet_name
from results.excel.looks import ACCENT, GRID, HEADING, MUTED, SOFT
from results.first_steps import dearest, first_step
from results.formats.page import plain, points, signed
from results.formats.words import document_name, only_note, purpose
from results.formats.xlsx.marks import marked, marked_state, state_tone
from results.group import Group
from results.speech import _

if TYPE_CHECKING:
    from results.decisions import WaiverText
    from results.report import GapReport

WIDTHS = (40, 70, 24, 14, 14)
COUNTED = {
    Group.MISSING: ("missing", "เปิดดูแล้วไม่พบ หรือสิ่งที่พบใช้เป็นหลักฐานไม่ได้"),
    Group.OUTDATED: ("outdated", "พบแล้ว แต่ไม่ใช่ของปีหรือช่วงเวลาที่ประเมิน"),
    Group.REVIEW: ("review", "ระบบยังตัดสินไม่ได้ ให้เจ้าหน้าที่เปิดดูแล้วตอบคำถาม"),
    Group.ERROR: ("error", "เปิดหน้าไม่ได้ จึงยังไม่ตัดสิน ไม่นับเป็นการขาดข้อมูล"),
    Group.PASS: ("passed", "พบครบทุกองค์ประกอบ มีข้อความอ้างอิงให้เปิดดูเองได้"),
    Group.VOUCHED: ("vouched", "เจ้าหน้าที่เปิดดูแล้วเห็นว่าครบถ้วน นับในคะแนน ระบบไม่ได้ตัดสินเอง"),
    Group.NOT_APPLICABLE: ("not_applicable", "ไม่ต้องประเมินสำหรับหน่วยงานนี้ ไม่นับในคะแนน"),
    Group.WAIVED: ("waived", "เจ้าหน้าที่ตัดสินใจไว้แล้ว ไม่นับในคะแนน"),
    Group.UNCHECKED: ("unchecked", "ไม่ได้สั่งตรวจในครั้งนี้ นับเป็นคะแนนที่ยังไม่แน่"),
}
_RARE = frozenset({Group.VOUCHED, Group.NOT_APPLICABLE, Group.WAIVED, Group.UNCHECKED})
"""Groups without a row where there is nothing to count."""
SEEN = {
    ElementState.PRESENT: "พบข้อความหรือไฟล์ที่แสดงองค์ประกอบนี้",
    ElementState.ABSENT: "อ่านหน้าแล้วไม่พบองค์ประกอบนี้",
    ElementState.OUTDATED: "พบ แต่เป็นของปีหรือช่วงเวลาอื่น",
    ElementState.UNSURE: "พบสิ่งที่ใกล้เคียง ต้องให้เจ้าหน้าที่ยืนยัน",
    None: "ไม่มีหน้าให้อ่าน หรือเปิดหน้าไม่ได้",
}


class _Page:
    """The sheet under way; blocks follow one another downwards."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row = 0

    def title(self, text: str, size: int, colour: str = ACCENT) -> None:
        look = {"font_size": size, "bold": True, "font_color": colour, "text_wrap": False}
        self.sheet.put(self.row, 0, Text(text), **look)
        self.sheet.heighten(self.row, size * 1.7)
        self.row += 1

    def pair(self, label: str, value: Text, **look: object) -> None:
        if value.text:
            self.sheet.put(self.row, 0, Text(label, bold=True), **GRID, bg_color=SOFT)
            self.sheet.put(self.row, 1, value, **GRID, **look)
            self.row += 1

    def table(self, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        self.row += 1
        self.title(title, 12)
        for column, heading in enumerate(headings):
            self.sheet.put(self.row, column, Text(heading), **HEADING)
        for cells in rows:
            self.row += 1
            for column, cell in enumerate(cells):
                self.sheet.put(self.row, column, cell, **GRID)
        self.row += 1


def write_summary(book: Book, report: GapReport, others: Sequence[tuple[str, str]]) -> None:
    """Write the sheet into `book`; `others` are the other sheets and what they hold."""
    sheet = book.sheet(_("สรุป"), WIDTHS)
    sheet.sheet.hide_gridlines(2)
    page = _Page(sheet)
    _head(page, report)
    _decisions(page, report.waivers)
    _first(page, report)
    _counts(page, report)
    _scores(page, report)
    _how_to_read(page, others)
    for line in (purpose(report.score.notice), wording.kept_in_thai()):
        sheet.put_across(page.row, 1, Text(line), font_color=MUTED)
        page.row += 1
    sheet.sheet.repeat_rows(0, 1)
    sheet.sheet.print_area(0, 0, page.row, len(WIDTHS) - 1)


def _head(page: _Page, report: GapReport) -> None:
    score, coverage = report.score, report.coverage
    page.title(document_name(report), 11, MUTED)
    page.title(report.unit.name, 18)
    page.pair(_("ข้อที่แสดง"), Text(only_note(report.only), bold=True))
    page.pair(_("เว็บไซต์หลัก"), Text(report.unit.main_site, url=report.unit.main_site))
    page.pair(_("แบบตรวจ"), Text(report.checklist_title))
    page.pair(_("ประเมิน ณ วันที่"), Text(report.as_of_th))
    page.pair(
        _("ตรวจเมื่อ"),
        Text(_("{when} (การตรวจครั้งที่ {n})", when=report.checked_at_th, n=report.scan_id)),
    )
    page.pair(_("ขอบเขตที่ตรวจ"), Text(coverage.brief or coverage.line))
    if report.availability is not None:
        known = report.availability
        said = "\n".join(line for line in (known.line, known.why, known.about) if line)
        page.pair(_("ความพร้อมใช้งานของเว็บไซต์"), Text(said))
    page.pair(score.title, Text(_predicted(report), bold=True), font_size=12)
    if not report.nothing_judged:
        page.pair(
            _("คะแนนที่กำลังเสียและที่ยังไม่แน่"),
            Text(
                _(
                    "กำลังเสีย {lost} คะแนน · ยังไม่แน่ {open} คะแนน",
                    lost=points(score.lost),
                    open=points(score.open),
                )
            ),
        )
        page.pair(_("ผ่านโดยการพิจารณา"), Text(score.vouched_note))
        page.pair(_("เทียบระดับ") if score.bands else _("วิธีนับ"), Text(score.band_note))
    page.pair(_("เทียบกับครั้งก่อน"), Text(_since(report)))
    page.pair(_("กำหนดส่ง"), Text(report.deadline.th, bold=True))


def _predicted(report: GapReport) -> str:
    if report.nothing_judged:
        return _(
            "ยังประเมินไม่ได้ เพราะเปิดหน้าของหน่วยงานนี้ไม่ได้เลย ดูสาเหตุและข้อความที่ส่งต่อได้ในแผ่นงาน “{sheet}”",
            sheet=_("ติดต่อผู้ให้บริการ"),
        )
    score = report.score
    said = {"certain": points(score.certain), "weight": plain(score.weight)}
    if score.open <= 0.004:
        return _("{certain} จากเต็ม {weight} คะแนน", **said)
    return _(
        "{certain} ถึง {possible} จากเต็ม {weight} คะแนน", possible=points(score.possible), **said
    )


def _since(report: GapReport) -> str:
    if not report.compared_with_th:
        return _("ยังไม่มีการตรวจครั้งก่อน")
    moved = [change.direction for change in report.changes]
    said = [_("ตรวจครั้งก่อน {when}", when=report.compared_with_th)]
    if report.score.previous is not None:
        more = signed(report.score.certain - report.score.previous)
        said.append(_("คะแนน {before} ({more})", before=points(report.score.previous), more=more))
    said.append(
        _(
            "แย่ลง {worse} ข้อ ดีขึ้น {better} ข้อ",
            worse=moved.count("worse"),
            better=moved.count("better"),
        )
    )
    return " · ".join(said)


def _decisions(page: _Page, waivers: Sequence[WaiverText]) -> None:
    if not waivers:
        return
    page.table(
        _("การตัดสินใจของเจ้าหน้าที่"),
        [_("ข้อ"), _("การตัดสินใจ"), _("สถานะ"), _("มีผลถึง")],
        (
            (
                Text(f"{one.item} {one.title}", "loud" if one.loud else "", bold=one.loud),
                Text("\n".join((one.line, *(_changed(url) for url in one.changed)))),
                Text(
                    f"‼ {one.standing_th}" if one.loud else one.standing_th,
                    "loud" if one.loud else "",
                    bold=one.loud,
                ),
                Text(one.until_th),
            )
            for one in waivers
        ),
    )


def _changed(url: str) -> str:
    return _("หน้าที่เปลี่ยนไป: {url}", url=url)


def _first(page: _Page, report: GapReport) -> None:
    findings = dearest(report.fails or report.reviews)
    if not findings:
        return
    page.table(
        _("สิ่งที่ต้องทำก่อน"),
        [_("ข้อ"), _("สิ่งที่ต้องทำ"), _("ผู้รับผิดชอบ"), _("คะแนน")],
        (
            (
                Text(marked(one.group, f"{one.item} {one.title}"), bold=True),
                Text(first_step(one)),
                Text(one.owner),
                Number(one.points, bold=True),
            )
            for one in findings
        ),
    )


def _counts(page: _Page, report: GapReport) -> None:
    counts = report.totals.model_dump()
    rows: list[Sequence[Cell]] = [
        (
            Text(marked(group, _(wording.GROUPS[group.value])), group.value, bold=True),
            Text(_(meaning)),
            Number(counts[field], "0", bold=True, centre=True),
        )
        for group, (field, meaning) in COUNTED.items()
        if counts[field] or group not in _RARE
    ]
    rows.append(
        (Text(_("รวม"), bold=True), Text(""), Number(counts["items"], "0", bold=True, centre=True))
    )
    page.table(
        _("จำนวนข้อตามผล และความหมายของสีและสัญลักษณ์"),
        [_("ผลของข้อ"), _("ความหมาย"), _("จำนวนข้อ")],
        rows,
    )


def _scores(page: _Page, report: GapReport) -> None:
    if report.nothing_judged:
        return
    rows: list[Sequence[Cell]] = []
    for indicator in report.score.indicators:
        rows.append(
            (
                Text(_("ตัวชี้วัดที่ {id}", id=indicator.id), bold=True),
                Text(indicator.title, bold=True),
                Text(""),
                _of_hundred(indicator.certain, bold=True),
                _of_hundred(indicator.possible, bold=True),
            )
        )
        for sub in indicator.sub_indicators:
            passed = f"{sub.passed} / {sub.assessed}"
            name = _("ตัวชี้วัดย่อย {id}", id=sub.id)
            rows.append(
                (
                    Text(name),
                    Text(sub.title),
                    Text(passed, centre=True),
                    _of_hundred(sub.certain),
                    _of_hundred(sub.possible),
                )
            )
    page.table(
        _("คะแนนรายตัวชี้วัด (เต็ม 100)"),
        [_("ตัวชี้วัด"), _("ชื่อ"), _("ครบ / ประเมิน (ข้อ)"), _("ได้แน่"), _("หากข้อที่ยังไม่แน่ผ่าน")],
        rows,
    )


def _of_hundred(value: float | None, *, bold: bool = False) -> Cell:
    return Text("–", centre=True) if value is None else Number(value, bold=bold)


def _how_to_read(page: _Page, others: Sequence[tuple[str, str]]) -> None:
    page.table(
        _("ผลขององค์ประกอบ"),
        [_("ผล"), _("ความหมาย")],
        (
            (
                Text(
                    marked_state(
                        state,
                        _(wording.STATES[state] if state else wording.UNSEEN),
                        required=True,
                    ),
                    state_tone(state, required=True),
                ),
                Text(_(meaning)),
            )
            for state, meaning in SEEN.items()
        ),
    )
    page.table(_("แผ่นงานในแฟ้มนี้"), [_("แผ่นงาน"), _("ใช้ทำ")], ())
    for name, use in others:
        page.sheet.lead_to(page.row, 0, sheet_name(name), **GRID)
        page.sheet.put(page.row, 1, Text(use), **GRID)
        page.row += 1
    page.row += 1
