"""The overview's sheets of units, items and offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results import wording
from results.excel.book import Text
from results.excel.looks import COUNT, POINTS, SIGNED
from results.excel.table import Column, Table, Value, row_of, write_table
from results.formats.files import report_stem
from results.formats.page import SYMBOLS
from results.speech import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from results.excel.book import Book
    from results.overview import Overview
    from results.overview_lines import UnitLine

NAME_WIDTH = 42
_OPEN_GROUPS = ("missing", "outdated", "review", "error", "pass")


def report_link(unit_id: str, text: str, item: str = "") -> Text:
    """A link to the unit's HTML report beside the workbook, or to one of its items."""
    place = f"#{item}" if item else ""
    return Text(text, beside=f"{report_stem(unit_id)}.html{place}")


def counted(heading: str, width: float = 11) -> Column:
    """A column of whole numbers."""
    return Column(heading, width, shape=COUNT)


def scored(heading: str, width: float = 11) -> Column:
    """A column of points."""
    return Column(heading, width, shape=POINTS)


def lined(heading: str, width: float) -> Column:
    """A column whose texts stay on one line."""
    return Column(heading, width, wrapped=False)


def groups(names: Sequence[str]) -> Iterator[Column]:
    """A column of counts for each group of findings."""
    return (counted(_(wording.GROUPS[name])) for name in names)


def add_grid(book: Book, overview: Overview) -> None:
    """Units by items, a symbol a cell; what the symbols mean stands on the first sheet."""
    columns = [
        counted(_("อันดับ"), 7),
        lined(_("หน่วยงาน"), NAME_WIDTH),
        scored(_("คะแนนได้แน่"), 10),
        scored(_("เป็นไปได้"), 10),
        *(Column(item.item, 5.2) for item in overview.items),
    ]
    signs = {
        group: Text(symbol, f"sign-{group}", bold=True, centre=True)
        for group, symbol in SYMBOLS.items()
    }
    table = Table(
        name="grid",
        title=_("ตาราง"),
        about=_("ผลของทุกข้อของทุกหน่วยงาน เรียงตามคะแนนที่คาดว่าจะได้"),
        columns=columns,
        frozen=2,
    )
    rows = (
        row_of(
            columns,
            [
                unit.rank,
                report_link(unit.id, unit.name),
                *_reach(unit),
                *(signs[cell.group.value] for cell in unit.cells),
            ],
        )
        for unit in overview.units
    )
    write_table(book, table, rows)


def add_ranking(book: Book, overview: Overview) -> None:
    """The units, best first, with their counts; the band only where the year has bands."""
    banded = bool(overview.distribution.bands)
    columns = [
        counted(_("อันดับ"), 8),
        lined(_("หน่วยงาน"), NAME_WIDTH),
        scored(_("คะแนนได้แน่"), 10),
        scored(_("เป็นไปได้"), 10),
        scored(_("ร้อยละที่ได้แน่"), 10),
        *([lined(_("ระดับ (เทียบเฉพาะ OIT)"), 22)] if banded else []),
        Column(_("เปลี่ยนแปลง"), 11, shape=SIGNED),
        scored(_("กำลังเสีย"), 10),
        *groups(list(wording.GROUPS)),
        Column(_("สาเหตุที่ตรวจไม่ได้"), 60),
    ]
    table = Table(
        name="ranking",
        title=_("อันดับ"),
        about=_("หน่วยงานเรียงตามคะแนนที่ได้แน่แล้ว พร้อมจำนวนข้อตามผล"),
        columns=columns,
        frozen=2,
    )
    rows = (row_of(columns, _ranked(unit, banded=banded)) for unit in overview.units)
    write_table(book, table, rows)


def _ranked(unit: UnitLine, *, banded: bool) -> list[Value]:
    judged = unit.rank is not None
    band = (unit.band or _("ต่ำกว่าทุกระดับ")) if judged else ""
    counts = unit.totals
    return [
        unit.rank,
        report_link(unit.id, unit.name),
        *_reach(unit),
        unit.percent if judged else None,
        *([band] if banded else []),
        unit.change,
        unit.lost if judged else None,
        counts.passed, counts.missing, counts.outdated, counts.review, counts.error,
        counts.not_applicable, counts.waived, counts.vouched, counts.unchecked,
        "; ".join(unit.problems),
    ]  # fmt: skip


def _reach(unit: UnitLine) -> tuple[float | None, float | None]:
    return (None, None) if unit.rank is None else (unit.certain, unit.possible)


def add_items(book: Book, overview: Overview) -> tuple[str, int]:
    """The items that cost something, worst first; the sheet's name and how many rows it has."""
    worst = overview.worst_items()
    columns = [
        lined(_("ข้อ"), 8),
        Column(_("ชื่อข้อ"), 60),
        scored(_("คะแนนที่เสียรวม")),
        scored(_("คะแนนที่ยังไม่แน่")),
        lined(_("ตัวชี้วัดย่อย"), 10),
        counted(_("หน่วยงานที่ต้องแก้ไข")),
        *groups(_OPEN_GROUPS),
        Column(_("ผู้รับผิดชอบ"), 60),
    ]
    table = Table(
        name="items",
        title=_("ข้อที่ตกมาก"),
        about=_("ข้อที่ยังเสียคะแนนหรือยังไม่แน่ รวมทุกหน่วยงาน เริ่มจากข้อที่เสียมากที่สุด"),
        columns=columns,
        frozen=2,
    )
    rows = (
        row_of(
            columns,
            [
                item.item, item.title, item.lost, item.open, item.sub_indicator, item.gaps,
                item.totals.missing, item.totals.outdated, item.totals.review, item.totals.error,
                item.totals.passed, " / ".join(item.owners),
            ],
        )
        for item in worst
    )  # fmt: skip
    write_table(book, table, rows)
    return table.title, len(worst)


def add_owners(book: Book, overview: Overview) -> None:
    """The offices with anything left to do, most items to mend first, and the days left."""
    columns = [
        Column(_("ผู้รับผิดชอบ"), 60),
        counted(_("ข้อที่ต้องแก้ไข")),
        *groups(_OPEN_GROUPS),
        counted(_("ข้อทั้งหมด")),
        scored(_("คะแนนที่เสียรวม")),
        scored(_("คะแนนที่ยังไม่แน่")),
        counted(_("หน่วยงานที่เกี่ยวข้อง")),
        counted(_("เหลือเวลา (วัน)")),
        Column(_("ค้างมากที่สุดที่"), 70),
    ]
    table = Table(
        name="owners",
        title=_("หน่วยงานรับผิดชอบ"),
        about=_("ผู้รับผิดชอบและข้อที่ยังค้าง เริ่มจากผู้ที่มีข้อต้องแก้ไขมากที่สุด"),
        columns=columns,
        frozen=1,
    )
    owners = overview.late_owners() + tuple(one for one in overview.owners if not one.gaps)
    rows = (
        row_of(
            columns,
            [
                one.owner, one.gaps, one.missing, one.outdated, one.review, one.error, one.passed,
                one.counted, one.lost, one.open, one.units, overview.deadline.days_left,
                ", ".join(f"{unit.name} ({unit.gaps})" for unit in one.behind),
            ],
        )
        for one in owners
    )  # fmt: skip
    write_table(book, table, rows)
