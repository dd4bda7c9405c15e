"""The overview's sheet of scans, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results import wording
from results.excel.looks import SIGNED
from results.excel.table import Column, Table, Value, row_of, write_table
from results.formats.overview.sheets import counted, lined, scored
from results.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results.excel.book import Book
    from results.overview import Overview
    from results.trend import TrendPoint

_VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR)


def add_trend(book: Book, overview: Overview) -> tuple[str, int]:
    """Write the sheet; its name and how many rows it has."""
    columns = [
        lined(_("ครั้งที่ตรวจ"), 16),
        lined(_("วันที่ตรวจ"), 24),
        scored(_("คะแนนเฉลี่ยได้แน่"), 13),
        scored(_("คะแนนเฉลี่ยเป็นไปได้"), 13),
        scored(_("หน่วยงานเดียวกันในครั้งนี้ ได้แน่"), 16),
        Column(_("เปลี่ยนแปลงถึงครั้งนี้"), 13, shape=SIGNED),
        counted(_("หน่วยงานในครั้งนั้น"), 12),
        counted(_("อยู่ในครั้งนี้ด้วย"), 12),
        counted(_("เทียบคะแนนได้"), 12),
        *(counted(_(wording.VERDICTS[verdict])) for verdict in _VERDICTS),
        counted(_("ไม่เกี่ยวข้อง/ยกเว้น"), 12),
        counted(_("ไม่ได้สั่งตรวจ")),
        counted(_(wording.VERDICTS[Verdict.VOUCHED]), 12),
        Column(_("หมายเหตุ"), 30),
    ]
    table = Table(
        name="trend",
        title=_("แนวโน้ม"),
        about=_("การตรวจแต่ละครั้ง เทียบกับครั้งนี้เฉพาะหน่วยงานที่ตัดสินได้ทั้งสองครั้ง"),
        columns=columns,
        frozen=2,
    )
    write_table(book, table, (row_of(columns, _values(point)) for point in overview.trend))
    return table.title, len(overview.trend)


def _values(point: TrendPoint) -> list[Value]:
    return [
        _("ครั้งที่ {scan}", scan=point.scan_id), point.day_th, point.certain, point.possible,
        point.now_certain, None if point.current else point.gain, point.units, point.shared,
        point.compared, point.passed, point.failed, point.review, point.error, point.excluded,
        point.unchecked, point.vouched, " ".join(_notes(point)),
    ]  # fmt: skip


def _notes(point: TrendPoint) -> Iterator[str]:
    if point.current:
        yield _("(ครั้งนี้)")
    if not point.finished:
        yield _("ตรวจไม่ครบ")
    if not point.same_criteria:
        yield _("ใช้รายการตรวจฉบับอื่น")
