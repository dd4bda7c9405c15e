"""The overview's sheet of what the scan cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.excel.looks import COUNT
from results.excel.table import Column, Table, row_of, write_table
from results.formats.overview.sheets import lined
from results.speech import _, moment_text

if TYPE_CHECKING:
    from results.excel.book import Book
    from results.overview import Overview


def add_cost(book: Book, overview: Overview) -> None:
    """Write the sheet; none where the scan's statistics are not known."""
    if overview.cost is None:
        return
    columns = [
        lined(_("หมวด"), 34),
        Column(_("รายการ"), 60),
        lined(_("ค่า"), 24),
        Column(_("ตัวเลข (ไบต์ วินาที หรือจำนวน)"), 20, shape=COUNT),
    ]
    table = Table(
        name="cost",
        title=_("การตรวจครั้งนี้"),
        about=_(
            "ตัวเลขของการตรวจครั้งที่ {scan} ทั้งครั้ง เริ่ม {moment}",
            scan=overview.cost.scan_id,
            moment=moment_text(overview.cost.started),
        ),
        columns=columns,
        frozen=1,
    )
    rows = ([line.section, line.name, line.text, line.number] for line in overview.cost_figures())
    write_table(book, table, (row_of(columns, row) for row in rows))
