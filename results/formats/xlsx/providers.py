"""The sheet of why items could not be checked, with a letter ready for the site's provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.excel.book import Book, Number, Text
from results.excel.table import Column, Row, Table, write_table
from results.speech import _

if TYPE_CHECKING:
    from results.causes import CauseText
    from results.report import GapReport

_LISTED = 10


def write_providers(book: Book, report: GapReport) -> None:
    """Write the sheet into `book`; nothing where every item could be checked."""
    if not report.causes:
        return
    table = Table(
        name="providers",
        title=_("ติดต่อผู้ให้บริการ"),
        about=_("สาเหตุที่ตรวจไม่ได้ พร้อมข้อความที่ส่งให้ผู้ให้บริการเว็บไซต์ได้ทันที"),
        columns=[
            Column(_("สาเหตุ"), 26),
            Column(_("ข้อที่ตรวจไม่ได้"), 18),
            Column(_("คะแนน"), 9),
            Column(_("หน้าที่เปิดไม่ได้"), 34),
            Column(_("สิ่งที่ต้องทำ"), 34),
            Column(_("ข้อความพร้อมส่งให้ผู้ให้บริการ"), 84),
        ],
        frozen=1,
    )
    write_table(book, table, [_row(cause) for cause in report.causes])


def _row(cause: CauseText) -> Row:
    urls = list(cause.urls[:_LISTED])
    if len(cause.urls) > _LISTED:
        urls.append(_("และอีก {count} หน้า", count=len(cause.urls) - _LISTED))
    return Row(
        (
            Text(cause.reason.th if cause.reason else _("ไม่ทราบสาเหตุ"), "error", bold=True),
            Text(", ".join(cause.items)),
            Number(cause.points),
            Text("\n".join(urls), url=cause.urls[0] if len(cause.urls) == 1 else ""),
            Text(cause.reason.remedy if cause.reason else ""),
            Text(cause.letter or _("ผู้ดูแลเว็บไซต์ของหน่วยงานแก้ไขได้เอง")),
        )
    )
