"""The overview's sheets of units, items, offices and scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results import wording
from results.formats.files import report_stem
from results.formats.page import SYMBOLS
from results.formats.sheet_book import Book, Column, Link
from results.speech import _

if TYPE_CHECKING:
    from results.overview import Overview
    from results.overview_lines import UnitLine

_NAME = 42


def report_link(unit_id: str, text: str, item: str = "") -> Link:
    """A link to the unit's HTML report beside the workbook, or to one of its items."""
    place = f"#{item}" if item else ""
    return Link(f"external:{report_stem(unit_id)}.html{place}", text)


def add_grid(book: Book, overview: Overview) -> None:
    """Units by items, a symbol a cell; what the symbols mean stands on the first sheet."""
    sheet = book.sheet(_("ตาราง"))
    heads = [_("อันดับ"), _("หน่วยงาน"), _("คะแนนได้แน่"), _("เป็นไปได้")]
    columns = [
        Column(heads[0], 7, "count"), Column(heads[1], _NAME, "line"),
        Column(heads[2], 10, "points"), Column(heads[3], 10, "points"),
        *(Column(item.item, 4.6) for item in overview.items),
    ]  # fmt: skip
    book.table(sheet, columns, [])
    for number, unit in enumerate(overview.units, start=1):
        book.put(sheet, number, 0, unit.rank, "count")
        name = report_link(unit.id, unit.name)
        book.link(sheet, number, 1, name.target, name.text)
        for place, points in enumerate(_reach(unit), start=2):
            book.put(sheet, number, place, points, "points")
        for place, cell in enumerate(unit.cells, start=4):
            book.put(sheet, number, place, SYMBOLS[cell.group.value], cell.group.value)
    book.filterable(sheet, len(columns), len(overview.units), frozen=2)


def add_ranking(book: Book, overview: Overview) -> None:
    """The units, best first, with their counts."""
    sheet = book.sheet(_("อันดับ"))
    words = wording.GROUPS
    columns = [
        Column(_("อันดับ"), 8, "count"),
        Column(_("หน่วยงาน"), _NAME, "line"),
        Column(_("คะแนนได้แน่"), 10, "points"),
        Column(_("เป็นไปได้"), 10, "points"),
        Column(_("ร้อยละที่ได้แน่"), 10, "points"),
        Column(_("ระดับ (เทียบเฉพาะ OIT)"), 22, "line"),
        Column(_("เปลี่ยนแปลง"), 11, "signed"),
        Column(_("กำลังเสีย"), 10, "points"),
        *(Column(_(words[group]), 11, "count") for group in words),
        Column(_("สาเหตุที่ตรวจไม่ได้"), 60),
    ]
    rows = [
        (
            unit.rank,
            report_link(unit.id, unit.name),
            *_reach(unit),
            None if unit.rank is None else unit.percent,
            "" if unit.rank is None else unit.band or _("ต่ำกว่าทุกระดับ"),
            unit.change,
            None if unit.rank is None else unit.lost,
            unit.totals.passed, unit.totals.missing, unit.totals.outdated, unit.totals.review,
            unit.totals.error, unit.totals.not_applicable, unit.totals.waived,
            unit.totals.unchecked,
            "; ".join(unit.problems),
        )
        for unit in overview.units
    ]  # fmt: skip
    book.table(sheet, columns, rows)
    book.filterable(sheet, len(columns), len(rows), frozen=2)


def _reach(unit: UnitLine) -> tuple[float | None, float | None]:
    return (None, None) if unit.rank is None else (unit.certain, unit.possible)


def add_items(book: Book, overview: Overview) -> tuple[str, int]:
    """The items that cost something, worst first; the sheet's name and how many rows it has."""
    name = _("ข้อที่ตกมาก")
    sheet = book.sheet(name)
    columns = [
        Column(_("ข้อ"), 8, "line"),
        Column(_("ชื่อข้อ"), 60),
        Column(_("คะแนนที่เสียรวม"), 11, "points"),
        Column(_("คะแนนที่ยังไม่แน่"), 11, "points"),
        Column(_("ตัวชี้วัดย่อย"), 10, "line"),
        Column(_("หน่วยงานที่ต้องแก้ไข"), 11, "count"),
        *(
            Column(_(wording.GROUPS[group]), 11, "count")
            for group in ("missing", "outdated", "review", "error", "pass")
        ),
        Column(_("ผู้รับผิดชอบ"), 60),
    ]
    rows = [
        (
            item.item, item.title, item.lost, item.open, item.sub_indicator, item.gaps,
            item.totals.missing, item.totals.outdated, item.totals.review, item.totals.error,
            item.totals.passed, " / ".join(item.owners),
        )
        for item in overview.worst_items()
    ]  # fmt: skip
    book.table(sheet, columns, rows)
    book.filterable(sheet, len(columns), len(rows), frozen=2)
    return name, len(rows)


def add_owners(book: Book, overview: Overview) -> None:
    """The offices with anything left to do, most items to mend first, and the days left."""
    sheet = book.sheet(_("หน่วยงานรับผิดชอบ"))
    columns = [
        Column(_("ผู้รับผิดชอบ"), 60),
        Column(_("ข้อที่ต้องแก้ไข"), 11, "count"),
        *(
            Column(_(wording.GROUPS[group]), 11, "count")
            for group in ("missing", "outdated", "review", "error", "pass")
        ),
        Column(_("ข้อทั้งหมด"), 11, "count"),
        Column(_("คะแนนที่เสียรวม"), 11, "points"),
        Column(_("คะแนนที่ยังไม่แน่"), 11, "points"),
        Column(_("หน่วยงานที่เกี่ยวข้อง"), 11, "count"),
        Column(_("เหลือเวลา (วัน)"), 11, "count"),
        Column(_("ค้างมากที่สุดที่"), 70),
    ]
    owners = overview.late_owners() + tuple(one for one in overview.owners if not one.gaps)
    rows = [
        (
            one.owner, one.gaps, one.missing, one.outdated, one.review, one.error, one.passed,
            one.counted, one.lost, one.open, one.units, overview.deadline.days_left,
            ", ".join(f"{unit.name} ({unit.gaps})" for unit in one.behind),
        )
        for one in owners
    ]  # fmt: skip
    book.table(sheet, columns, rows)
    book.filterable(sheet, len(columns), len(rows))


def add_trend(book: Book, overview: Overview) -> tuple[str, int]:
    """The scans, oldest first; the sheet's name and how many rows it has."""
    name = _("แนวโน้ม")
    sheet = book.sheet(name)
    columns = [
        Column(_("ครั้งที่ตรวจ"), 16, "line"), Column(_("วันที่ตรวจ"), 24, "line"),
        Column(_("คะแนนเฉลี่ยได้แน่"), 13, "points"), Column(_("คะแนนเฉลี่ยเป็นไปได้"), 13, "points"),
        Column(_("หน่วยงานเดียวกันในครั้งนี้ ได้แน่"), 16, "points"),
        Column(_("เปลี่ยนแปลงถึงครั้งนี้"), 13, "signed"),
        Column(_("หน่วยงานในครั้งนั้น"), 12, "count"),
        Column(_("อยู่ในครั้งนี้ด้วย"), 12, "count"),
        Column(_("เทียบคะแนนได้"), 12, "count"),
        *(
            Column(_(wording.VERDICTS[verdict]), 11, "count")
            for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR)
        ),
        Column(_("ไม่เกี่ยวข้อง/ยกเว้น"), 12, "count"),
        Column(_("ไม่ได้สั่งตรวจ"), 11, "count"),
        Column(_("หมายเหตุ"), 30),
    ]  # fmt: skip
    rows = [
        (
            _("ครั้งที่ {scan}", scan=point.scan_id), point.day_th, point.certain, point.possible,
            point.now_certain, None if point.current else point.gain, point.units, point.shared,
            point.compared, point.passed, point.failed, point.review, point.error, point.excluded,
            point.unchecked,
            " ".join(
                note
                for note, told in (
                    (_("(ครั้งนี้)"), point.current),
                    (_("ตรวจไม่ครบ"), not point.finished),
                    (_("ใช้รายการตรวจฉบับอื่น"), not point.same_criteria),
                )
                if told
            ),
        )
        for point in overview.trend
    ]  # fmt: skip
    book.table(sheet, columns, rows)
    book.filterable(sheet, len(columns), len(rows), frozen=2)
    return name, len(rows)
