"""A unit's gap report as a Word file that the office can edit, print and pass on.

The order is the order of action: what ended by itself, what to do first, what changed, what
fails, what a person must look at, what could not be checked, what stands, what to type in ITAS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from results import wording
from results.formats.docx.findings import add_fails, add_reviews
from results.formats.docx.head import add_changes, add_ended_decisions, add_first_steps, add_head
from results.formats.docx.lists import (
    add_decisions,
    add_errors,
    add_itas,
    add_passes,
    add_scores,
    add_unchecked,
)
from results.formats.page import plain
from results.formats.words import document_name, document_title, purpose
from results.speech import _
from results.word.fields import number_pages
from results.word.paper import Margins, docx_bytes, latin, new_paper
from results.word.styles import SMALL, Look, add_boxes
from results.word.text import add, write
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.report import GapReport

__all__ = ["unit_docx"]

_LOOK = Look(
    headings={"Title": 24, "Heading 1": 20, "Heading 2": 17, "Heading 3": 16},
    heading_before=12,
    heading_after=4,
    body_after=4,
    table=14,
    table_after=2,
    spacing=1.0,
)
_MARGINS = Margins(top=22, right=20, bottom=20, left=25, edge=10)
_NAME_CHARS = 80


def unit_docx(report: GapReport) -> bytes:
    """The report as the content of a DOCX file, in the language of `speech.speaking`.

    Pictures are embedded where the report holds their content.
    """
    document = new_paper(
        document_title(report),
        report.checked_at,
        _LOOK,
        _MARGINS,
        subject=document_name(report),
        author=_("ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)"),
    )
    add_boxes(document, latin())
    _add_margins(document, report)
    add_head(document, report)
    add_ended_decisions(document, report)
    add_first_steps(document, report)
    add_changes(document, report)
    add_fails(document, report)
    add_reviews(document, report)
    add_errors(document, report)
    add_passes(document, report)
    add_decisions(document, report)
    add_unchecked(document, report)
    add_itas(document, report)
    add_scores(document, report)
    _add_notes(document, report)
    return docx_bytes(document)


def _add_margins(document: Document, report: GapReport) -> None:
    section = document.sections[0]
    unit = tidy(report.unit.name, _NAME_CHARS)
    dated = _("{unit} · ประเมิน ณ วันที่ {day}", unit=unit, day=report.as_of_th)
    write(section.header.paragraphs[0], dated)
    pages = _("หน้า {page} จาก {pages}", page="{page}", pages="{pages}")
    number_pages(section.footer.paragraphs[0], pages)


def _add_notes(document: Document, report: GapReport) -> None:
    add(document, _("หมายเหตุ"), "Heading 1")
    add(document, purpose(report.score.notice), SMALL)
    add(
        document,
        _(
            "“ขาดข้อมูล” หมายถึงเปิดดูแล้วไม่พบ “ไม่เป็นปัจจุบัน” หมายถึงพบแต่ไม่ใช่ของปีหรือช่วงเวลาที่ประเมิน "
            "“ตรวจไม่ได้” หมายถึงเปิดดูไม่ได้ จึงไม่นับเป็นการขาดข้อมูล"
        ),
        SMALL,
    )
    if not report.score.notice:
        add(
            document,
            _(
                "คะแนนที่แสดงคือส่วน OIT ซึ่งมีน้ำหนัก {weight} จากคะแนนประเมินเต็ม 100",
                weight=plain(report.score.weight),
            ),
            SMALL,
        )
    if wording.kept_in_thai():
        add(document, wording.kept_in_thai(), SMALL)
