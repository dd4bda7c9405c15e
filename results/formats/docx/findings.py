"""The Word report's findings: what fails and what a person must look at, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checklist.verdict import ElementState, Kind
from results import wording
from results.formats.page import nothing_seen, points
from results.group import Group
from results.links import shown_url
from results.speech import _, moment_text
from results.word.pictures import CANNOT_BE_SHOWN, add_picture, fitted
from results.word.styles import AFTER_TABLE, BOX, CAPTION, SMALL
from results.word.tables import Cell, add_table
from results.word.text import Bold, Line, Link, add, add_list
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.report import ElementText, GapReport, ItemFinding, PictureText, QuoteText

_QUOTE_CHARS = 420
_DETAIL_CHARS = 600
_QUOTES_SHOWN = 2
_URLS_SHOWN = 5
_PLACES_SHOWN = 2
_WIDEST_MM = 165
"""The width between the margins."""
_TALLEST_MM = 200


def add_fails(document: Document, report: GapReport) -> None:
    """Add what is missing or outdated, most points first."""
    add(document, _("ข้อที่ต้องแก้ไข ({count} ข้อ)", count=len(report.fails)), "Heading 1")
    if not report.fails:
        nothing = report.nothing_judged
        unknown = _("ยังบอกไม่ได้ เพราะเปิดหน้าของหน่วยงานนี้ไม่ได้เลย")
        add(document, unknown if nothing else _("ไม่พบข้อที่ขาดข้อมูลหรือไม่เป็นปัจจุบัน"))
        return
    add(
        document,
        _(
            "กำลังเสีย {lost} คะแนน เรียงจากข้อที่เสียคะแนนมากที่สุด แต่ละข้อได้คะแนนเมื่อมีครบทุกองค์ประกอบเท่านั้น",
            lost=points(sum(finding.points for finding in report.fails)),
        ),
    )
    for finding in report.fails:
        _add_finding_head(document, report, finding)
        _add_seen(document, finding)
        add(document, Bold(_("สิ่งที่ต้องทำ"))).paragraph_format.keep_with_next = True
        add_list(document, [finding.remedy, *_advice(finding)])
        _add_looked(document, finding)


def add_reviews(document: Document, report: GapReport) -> None:
    """Add what a person must look at, each with the question to answer."""
    add(document, _("ข้อที่ต้องให้เจ้าหน้าที่ตรวจ ({count} ข้อ)", count=len(report.reviews)), "Heading 1")
    if not report.reviews:
        add(document, _("ไม่มี"))
        return
    add(document, _("ระบบยังตัดสินไม่ได้ โปรดเปิดหน้าที่ระบุแล้วตอบคำถาม หากคำตอบคือไม่ใช่ ข้อนี้จะไม่ได้คะแนน"))
    for finding in report.reviews:
        _add_finding_head(document, report, finding)
        usual = _("ข้อมูลในหน้านี้ครบทุกองค์ประกอบของข้อ {item} และเป็นของปีที่ประเมินหรือไม่", item=finding.item)
        add(document, (Bold(_("คำถามที่ต้องตอบ:")), " ", finding.question or usual), BOX)
        add(document, "", AFTER_TABLE)
        _add_seen(document, finding)
        if advice := list(_advice(finding)):
            add(document, Bold(_("เพื่อให้ชัดเจนในครั้งหน้า"))).paragraph_format.keep_with_next = True
            add_list(document, advice)
        _add_looked(document, finding)


def further_lines(finding: ItemFinding, *, only_reached: bool = False) -> list[Line]:
    """Where a finding's evidence stands, that it was fetched twice, who decided about it.

    With `only_reached` a place is told only when the way to it is known.
    """
    places = [one for one in finding.placements if one.clicks is not None or not only_reached]
    lines: list[Line] = [
        (_("ตำแหน่งบนเว็บไซต์:"), " ", place.line) for place in places[:_PLACES_SHOWN]
    ]
    if finding.recheck:
        lines.append(finding.recheck.line)
    if finding.waiver:
        lines.append(finding.waiver.line)
    return lines


def _add_finding_head(document: Document, report: GapReport, finding: ItemFinding) -> None:
    add(document, f"{finding.item} {finding.title}", "Heading 2")
    told: Line = (
        Bold(finding.verdict_th),
        " · " + _("คะแนนที่ขึ้นกับข้อนี้ {points}", points=points(finding.points)) + " · ",
        _("ผู้รับผิดชอบ:") + " ",
        Bold(finding.owner),
        " · " + report.deadline.brief,
    )
    add(document, told).paragraph_format.keep_with_next = True
    why = [reason.th for reason in finding.reasons]
    if finding.group is Group.OUTDATED and finding.kind is Kind.MATCH:
        why.append(_("{kind} แต่ไม่ใช่ของปีที่ประเมิน", kind=finding.kind_th))
    for line in why:
        add(document, line).paragraph_format.keep_with_next = True


def _add_seen(document: Document, finding: ItemFinding) -> None:
    if finding.elements and nothing_seen(finding):
        add(document, _("ข้อนี้ต้องมีครบทุกองค์ประกอบ ดังนี้")).paragraph_format.keep_with_next = True
        add_list(document, [element.text for element in finding.elements if element.required])
    elif finding.elements:
        heads = [_("องค์ประกอบที่ต้องมี"), _("ผล"), _("สิ่งที่มีอยู่ขณะนี้")]
        rows: list[list[Cell]] = [
            [_name(element), element.state_th, _found(element)]
            for element in finding.elements
            if element.required or (element.state and element.state is not ElementState.ABSENT)
        ]
        add_table(document, heads, rows, [52, 25, 88])
    for picture in finding.pictures:
        _add_picture(document, picture)


def _name(element: ElementText) -> str:
    return element.text if element.required else f"{element.text} {_('(ไม่บังคับ)')}"


def _found(element: ElementText) -> Cell:
    lines: list[Line] = []
    if element.detail:
        lines.append(tidy(element.detail, _DETAIL_CHARS))
    elif element.reason:
        lines.append(element.reason.th)
    shown = element.quotes[: 1 if element.state is ElementState.PRESENT else _QUOTES_SHOWN]
    for quote in shown:
        lines += _quoted(quote)
    lines += [Link(url, shown_url(url)) for url in dict.fromkeys(map(_address, shown))]
    left = len(element.quotes) - len(shown)
    if left > 0:
        lines.append(_("และอีก {count} แห่ง", count=left))
    return lines or "–"


def _quoted(quote: QuoteText) -> Iterator[Line]:
    yield f"“{tidy(quote.text, _QUOTE_CHARS)}”"
    told = [quote.where, _(wording.TIERS[quote.tier])]
    if quote.fetched_at:
        told.append(_("อ่านเมื่อ {when}", when=moment_text(quote.fetched_at)))
    yield " · ".join(told)


def _address(quote: QuoteText) -> str:
    return quote.final_url or quote.url


def _advice(finding: ItemFinding) -> Iterator[str]:
    yield from dict.fromkeys(reason.remedy for reason in finding.reasons if reason.remedy)


def _add_looked(document: Document, finding: ItemFinding) -> None:
    if finding.urls:
        add(document, Bold(_("หน้าที่ตรวจ")), SMALL).paragraph_format.keep_with_next = True
        add_list(document, [Link(url, shown_url(url)) for url in finding.urls[:_URLS_SHOWN]])
        left = len(finding.urls) - _URLS_SHOWN
        if left > 0:
            add(document, _("และอีก {count} หน้า", count=left), SMALL)
    else:
        add(document, _("ไม่มีหน้าที่ใช้ตอบข้อนี้"), SMALL)
    for line in further_lines(finding):
        add(document, line, SMALL)


def _add_picture(document: Document, picture: PictureText) -> None:
    if not picture.content:
        return
    caption = (picture.caption, " ", Link(picture.url, shown_url(picture.url)))
    try:
        content, width = fitted(picture.content, _WIDEST_MM, _TALLEST_MM)
    except CANNOT_BE_SHOWN:
        add(document, (*caption, " ", _("(แสดงภาพไม่ได้)")), CAPTION)
        return
    shown = add_picture(document, content, picture.caption, width)
    shown.paragraph_format.keep_with_next = True
    add(document, caption, CAPTION)
