"""A unit's gap report as an Excel workbook: a summary, work to do, elements, the form."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from results.excel.book import Book
from results.formats.words import document_title
from results.formats.xlsx.changes import write_changes
from results.formats.xlsx.elements import write_elements
from results.formats.xlsx.form import write_form
from results.formats.xlsx.providers import write_providers
from results.formats.xlsx.summary import write_summary
from results.formats.xlsx.work import write_work
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from results.report import GapReport

__all__ = ["unit_xlsx"]


def unit_xlsx(report: GapReport) -> bytes:
    """The report as a workbook; the same report gives the same bytes."""
    title = document_title(report)
    book = Book(
        {
            "title": tidy(title, 200),
            "subject": tidy(report.checklist_title, 200),
            "author": _("ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)"),
            "comments": _("ประเมิน ณ วันที่ {day}", day=report.as_of_th),
            "created": report.checked_at.astimezone(UTC).replace(tzinfo=None),
        },
        language={"th": "th-TH", "en": "en-GB"}[report.language.value],
        foot=(title, _("ประเมิน ณ วันที่ {day}", day=report.as_of_th)),
    )
    write_summary(book, report, _sheets(report))
    write_work(book, report)
    write_elements(book, report)
    write_form(book, report)
    write_changes(book, report)
    write_providers(book, report)
    return book.content()


def _sheets(report: GapReport) -> list[tuple[str, str]]:
    named = [
        (_("ข้อที่ต้องทำ"), _("มอบหมายและติดตามงาน: หนึ่งแถวต่อข้อที่ยังไม่ครบ มีช่องให้กรอก")),
        (_("ข้อและองค์ประกอบ"), _("ดูรายละเอียด: ขาดอะไร พบอะไรที่ไหน ข้อความอ้างอิง")),
    ]
    if report.itas:
        use = _("กรอกระบบ ITAS: คำตอบ URL และคำอธิบาย เรียงตามข้อ")
        named.append((_("URL สำหรับ ITAS"), use))
    if report.changes:
        named.append((_("การเปลี่ยนแปลง"), _("ข้อที่ผลต่างจากการตรวจครั้งก่อน")))
    if report.causes:
        named.append((_("ติดต่อผู้ให้บริการ"), _("สาเหตุที่ตรวจไม่ได้ พร้อมข้อความที่ส่งต่อได้ทันที")))
    return named
