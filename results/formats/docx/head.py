"""The Word report's head: facts, what ended by itself, what to do first, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from results import wording
from results.first_steps import dearest, first_step
from results.formats.page import plain, points, signed
from results.formats.words import document_name, only_note
from results.links import shown_url
from results.speech import _
from results.word.styles import SMALL, WARNING_BOX
from results.word.tables import Cell, add_facts, add_table
from results.word.text import Bold, Link, add
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.report import Change, GapReport, ItemFinding

_NAME_CHARS = 80


def add_head(document: Document, report: GapReport) -> None:
    """Add what the report is of: the unit, its facts and how many items stand where."""
    add(document, document_name(report), SMALL)
    add(document, report.unit.name, "Title")
    if report.only:
        add(document, Bold(only_note(report.only)))
    add_facts(document, list(_facts(report)), (45, 120))
    add_table(document, *_counts(report))


def _facts(report: GapReport) -> Iterator[tuple[str, Cell]]:
    yield _("รายการตรวจ"), report.checklist_title
    site = report.unit.main_site
    if site:
        yield _("เว็บไซต์หลัก"), Link(site, shown_url(site))
    yield _("ประเมิน ณ วันที่"), report.as_of_th
    yield (
        _("การตรวจ"),
        _("ครั้งที่ {scan} เมื่อ {when}", scan=report.scan_id, when=report.checked_at_th),
    )
    yield _("ขอบเขตที่ตรวจ"), report.coverage.brief or report.coverage.line
    known = report.availability
    if known is not None:
        yield (
            _("ความพร้อมใช้งาน"),
            [Bold(known.line), *([known.why] if known.why else []), known.about],
        )
    yield report.score.title, _score(report)
    if not report.nothing_judged:
        yield (
            _("คะแนนที่เสี่ยง"),
            _(
                "กำลังเสีย {lost} คะแนน ยังไม่แน่ {open} คะแนน",
                lost=points(report.score.lost),
                open=points(report.score.open),
            ),
        )
    yield _("เทียบกับครั้งก่อน"), _difference(report)
    yield _("กำหนดส่ง"), Bold(report.deadline.th)


def _score(report: GapReport) -> Cell:
    score = report.score
    if report.nothing_judged:
        return _("ยังประเมินไม่ได้ เพราะเปิดหน้าของหน่วยงานนี้ไม่ได้เลย")
    low, high, weight = points(score.certain), points(score.possible), plain(score.weight)
    if score.open > 0.004:
        said = _("{low} ถึง {high} จากเต็ม {weight} คะแนน", low=low, high=high, weight=weight)
    else:
        said = _("{low} จากเต็ม {weight} คะแนน", low=low, weight=weight)
    return [Bold(said), *([score.vouched_note] if score.vouched_note else []), score.band_note]


def _difference(report: GapReport) -> Cell:
    if not report.compared_with_th:
        return _("ไม่มีผลตรวจครั้งก่อนให้เทียบ")
    before = report.score.previous
    if before is None or report.nothing_judged:
        return _("ไม่ได้เทียบคะแนน เพราะการตรวจครั้งใดครั้งหนึ่งตัดสินได้ไม่เกินครึ่งหนึ่งของข้อทั้งหมด")
    return _(
        "คะแนนที่ได้แน่ {change} คะแนน (ครั้งก่อน {before} คะแนน ตรวจเมื่อ {when})",
        change=signed(report.score.certain - before),
        before=points(before),
        when=report.compared_with_th,
    )


def _counts(report: GapReport) -> tuple[list[str], list[list[Cell]], list[int]]:
    counted = report.totals.model_dump()
    items = counted.pop("items")
    names = {("pass" if key == "passed" else key): count for key, count in counted.items()}
    rows: list[list[Cell]] = [
        [_(wording.GROUPS[name]), str(count)] for name, count in names.items()
    ]
    return [_("ผล"), _("จำนวนข้อ")], [*rows, [_("ข้อทั้งหมด"), str(items)]], [60, 30]


def add_ended_decisions(document: Document, report: GapReport) -> None:
    """Add, so that nobody overlooks them, the decisions that ended by themselves."""
    ended = [waiver for waiver in report.waivers if waiver.loud]
    if not ended:
        return
    heading = _(
        "ผลการพิจารณาของเจ้าหน้าที่สิ้นสุดแล้ว {count} เรื่อง ข้อเหล่านี้กลับมานับคะแนนตามผลตรวจ", count=len(ended)
    )
    add(document, Bold(heading), WARNING_BOX)
    for waiver in ended:
        named = f"{waiver.item} {waiver.title}"
        add(document, (Bold(named), f" {waiver.standing_th}"), WARNING_BOX)
        add(document, waiver.line, WARNING_BOX)
        for url in waiver.changed:
            add(document, (_("หน้าที่เปลี่ยนไป:"), " ", Link(url, shown_url(url))), WARNING_BOX)


def add_first_steps(document: Document, report: GapReport) -> None:
    """Add the dearest items with what to do about each."""
    first = dearest(report.fails or report.reviews)
    if not first:
        return
    add(document, _("สิ่งที่ต้องทำก่อน"), "Heading 1")
    heads = [_("ข้อ"), _("สิ่งที่ต้องทำ"), _("ผู้รับผิดชอบ"), _("คะแนน")]
    rows: list[list[Cell]] = [
        [
            f"{one.item} {tidy(one.title, _NAME_CHARS)}",
            first_step(one),
            one.owner,
            points(one.points),
        ]
        for one in first
    ]
    add_table(document, heads, rows, [48, 65, 34, 18])
    add(document, _first_total(first), SMALL)


def _first_total(first: tuple[ItemFinding, ...]) -> str:
    total = points(sum(finding.points for finding in first))
    return _("รวม {count} ข้อนี้ {points} คะแนน", count=len(first), points=total)


def add_changes(document: Document, report: GapReport) -> None:
    """Add what changed since the scan before, where there is one."""
    if not report.compared_with_th:
        return
    add(document, _("สิ่งที่เปลี่ยนจากการตรวจครั้งก่อน"), "Heading 1")
    if not report.changes:
        add(document, _("ไม่มีข้อใดเปลี่ยนผล"))
        return
    add(document, _("เทียบกับผลตรวจเมื่อ {when}", when=report.compared_with_th))
    heads = [_("ข้อ"), _("เปลี่ยนไปอย่างไร"), _("ครั้งก่อน"), _("ครั้งนี้")]
    rows: list[list[Cell]] = [
        [f"{one.item} {one.title}", _direction(one), one.before_th, one.after_th]
        for one in report.changes
    ]
    add_table(document, heads, rows, [65, 38, 31, 31])


def _direction(change: Change) -> str:
    said = {"better": _("ดีขึ้น"), "worse": _("แย่ลง"), "other": _("เปลี่ยนสถานะ")}[change.direction]
    return f"{said} {_('(เปิดซ้ำแล้วยืนยัน)')}" if change.confirmed else said
