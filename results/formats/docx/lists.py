"""The Word report's lists: could not be checked, passes, decisions, the ITAS form, scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.formats.docx.findings import further_lines
from results.formats.page import evidence_urls, points
from results.links import shown_url
from results.speech import _
from results.word.styles import AFTER_TABLE, BOX
from results.word.tables import Cell, add_table
from results.word.text import Bold, Line, Link, add
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.causes import CauseText
    from results.report import GapReport, ItemFinding

_QUOTE_CHARS = 120
_WHERE_CHARS = 80
_URLS_SHOWN = 3


def add_errors(document: Document, report: GapReport) -> None:
    """Add what could not be checked, by cause, with the text ready for the provider."""
    add(document, _("ข้อที่ตรวจไม่ได้ ({count} ข้อ)", count=len(report.errors)), "Heading 1")
    if not report.errors:
        add(document, _("ไม่มี"))
        return
    add(document, _("ข้อเหล่านี้ไม่ได้แปลว่าขาดข้อมูล แต่ระบบเปิดหน้าไม่ได้ จึงยังไม่ตัดสิน"))
    findings = {finding.item: finding for finding in report.errors}
    for cause in report.causes:
        _add_cause(document, cause, [findings[item] for item in cause.items])


def _add_cause(document: Document, cause: CauseText, findings: Sequence[ItemFinding]) -> None:
    add(document, cause.reason.th if cause.reason else _("ไม่ทราบสาเหตุ"), "Heading 2")
    told = _(
        "{count} ข้อ มีผลต่อคะแนนรวม {points} คะแนน",
        count=len(cause.items),
        points=points(cause.points),
    )
    add(document, told).paragraph_format.keep_with_next = True
    if cause.reason and cause.reason.remedy:
        add(document, (Bold(_("สิ่งที่ต้องทำ")), " ", cause.reason.remedy))
    if cause.letter:
        heading = Bold(_("ข้อความพร้อมส่งถึงผู้ให้บริการเว็บไซต์"))
        add(document, heading).paragraph_format.keep_with_next = True
        for line in cause.letter.splitlines():
            add(document, line, BOX)
        add(document, "", AFTER_TABLE)
    heads = [_("ข้อ"), _("หน้าที่เปิดไม่ได้"), _("ผู้รับผิดชอบ"), _("คะแนน")]
    rows: list[list[Cell]] = [
        [f"{one.item} {one.title}", _addresses(one), one.owner, points(one.points)]
        for one in findings
    ]
    add_table(document, heads, rows, [48, 65, 34, 18])


def _addresses(finding: ItemFinding) -> Cell:
    lines: list[Line] = [Link(url, shown_url(url)) for url in finding.urls[:_URLS_SHOWN]]
    return [*lines, *further_lines(finding, only_reached=True)] or "–"


def add_passes(document: Document, report: GapReport) -> None:
    """Add what stands, with the evidence found."""
    add(document, _("ข้อที่ครบถ้วน ({count} ข้อ)", count=len(report.passes)), "Heading 1")
    if not report.passes:
        add(document, _("ยังไม่มีข้อที่ครบถ้วน"))
        return
    add(document, _("ข้อความที่ยกมาคือหลักฐานที่พบในวันที่ตรวจ โปรดรักษา URL เดิมไว้จนจบการประเมิน"))
    rows: list[list[Cell]] = [
        [[Bold(f"{one.item} {one.title}"), one.owner], _evidence(one)] for one in report.passes
    ]
    add_table(document, [_("ข้อและผู้รับผิดชอบ"), _("หลักฐาน")], rows, [48, 117])


def _evidence(finding: ItemFinding) -> Cell:
    lines: list[Line] = [
        (
            Bold(f"{element.text}:"),
            f" “{tidy(element.quotes[0].text, _QUOTE_CHARS)}”",
            f" ({tidy(element.quotes[0].where, _WHERE_CHARS)})",
        )
        for element in finding.elements
        if element.quotes
    ]
    lines += [Link(url, shown_url(url)) for url in evidence_urls(finding)]
    if finding.recheck:
        lines.append(finding.recheck.line)
    return lines or "–"


def add_decisions(document: Document, report: GapReport) -> None:
    """Add the items that do not count, and every decision of a person that did not end loudly."""
    kept = [waiver for waiver in report.waivers if not waiver.loud]
    told = {waiver.item for waiver in kept if waiver.holds}
    others = [finding for finding in report.settled if finding.item not in told]
    if not kept and not others:
        return
    heading = _("ข้อที่ไม่เกี่ยวข้องหรือเจ้าหน้าที่พิจารณาแล้ว ({count} ข้อ)", count=len(report.settled))
    add(document, heading, "Heading 1")
    rows: list[list[Cell]] = [
        [f"{waiver.item} {waiver.title}", waiver.standing_th, waiver.line] for waiver in kept
    ]
    for finding in others:
        why = finding.question or finding.summary or "–"
        rows.append([f"{finding.item} {finding.title}", finding.verdict_th, why])
    add_table(document, [_("ข้อ"), _("สถานะ"), _("เหตุผล")], rows, [48, 34, 83])


def add_unchecked(document: Document, report: GapReport) -> None:
    """Add the items that nobody asked to be checked, if there are any."""
    if not report.unchecked:
        return
    add(document, _("ข้อที่ไม่ได้สั่งตรวจ ({count} ข้อ)", count=len(report.unchecked)), "Heading 1")
    by_number = sorted(report.unchecked, key=lambda finding: finding.number)
    add(document, ", ".join(finding.item for finding in by_number))
    add(document, _("ข้อเหล่านี้นับเป็นคะแนนที่ยังไม่แน่"))


def add_itas(document: Document, report: GapReport) -> None:
    """Add what to type in the ITAS form, in its order; nothing for a list that ITAS has not."""
    if not report.itas:
        return
    add(document, _("สำหรับกรอกในระบบ ITAS"), "Heading 1")
    add(document, _("เรียงตามลำดับของแบบฟอร์ม ข้อที่ให้ตรวจดูก่อนตอบ ต้องมีเจ้าหน้าที่เปิดดูก่อน"))
    heads = [_("ข้อ"), _("คำตอบ"), _("URL และคำอธิบาย")]
    rows: list[list[Cell]] = []
    for line in report.itas:
        explained: list[Line] = [Link(url, shown_url(url)) for url in line.urls]
        explained += [text for text in line.explanation.splitlines() if text]
        rows.append([f"{line.item} {line.title}", line.answer_th, explained or "–"])
    add_table(document, heads, rows, [48, 25, 92])


def add_scores(document: Document, report: GapReport) -> None:
    """Add the predicted score of each indicator, unless nothing could be judged."""
    if report.nothing_judged:
        return
    add(document, _("คะแนนรายตัวชี้วัด"), "Heading 1")
    heads = [_("ตัวชี้วัด"), _("ครบ / ประเมิน"), _("ได้แน่ (เต็ม 100)"), _("หากข้อที่ยังไม่แน่ผ่านทั้งหมด")]
    rows: list[list[Cell]] = []
    for indicator in report.score.indicators:
        name = Bold(_("ตัวชี้วัดที่ {id} {title}", id=indicator.id, title=indicator.title))
        rows.append([name, "", _score(indicator.certain), _score(indicator.possible)])
        for sub in indicator.sub_indicators:
            counted = f"{sub.passed} / {sub.assessed}"
            name_of_sub = f"{sub.id} {sub.title}"
            rows.append([name_of_sub, counted, _score(sub.certain), _score(sub.possible)])
    add_table(document, heads, rows, [77, 26, 28, 34])


def _score(value: float | None) -> str:
    return "–" if value is None else points(value)
