"""The workbook's first sheet: the figures, the bands, what the symbols mean, and the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from results import wording
from results.formats.page import SYMBOLS, signed
from results.formats.sheet_book import FONT, Book
from results.speech import _

if TYPE_CHECKING:
    from results.overview import Overview

_SOLID, _DARK = "#1F3F66", "#9B1C1C"
_CHARTED_ITEMS = 10
_LABELS = {"name": FONT, "size": 12}
_WHITE = {**_LABELS, "color": "#FFFFFF", "bold": True}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sheet, ready for its charts: where the tables of bands and steps stand on it."""

    book: Book
    sheet: Any
    name: str
    bands: tuple[int, int]
    steps: tuple[int, int]

    def draw(self, items: tuple[str, int], trend: tuple[str, int], weight: float) -> None:
        """Draw the charts; `items` and `trend` are the names and row counts of their sheets.

        `weight` is the highest score there is.
        """
        place = iter(((3, 4), (20, 4), (3, 14), (20, 14)))
        if self.bands[0] < self.bands[1]:
            self._insert(next(place), self._columns(self.bands, _("จำนวนหน่วยงานในแต่ละระดับ")))
            self._insert(next(place), self._columns(self.steps, _("จำนวนหน่วยงานตามช่วงร้อยละ")))
        if items[1]:
            self._insert(next(place), self._bars(items[0], min(items[1], _CHARTED_ITEMS)))
        if trend[1] > 1:
            self._insert(next(place), self._line(*trend, weight))

    def _insert(self, place: tuple[int, int], chart: Any) -> None:
        chart.set_size({"width": 620, "height": 420})
        self.sheet.insert_chart(*place, chart, {"object_position": 2})

    def _columns(self, rows: tuple[int, int], title: str) -> Any:
        chart = self.book.workbook.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": title,
                "categories": [self.name, rows[0], 0, rows[1] - 1, 0],
                "values": [self.name, rows[0], 1, rows[1] - 1, 1],
                "fill": {"color": _SOLID},
                "gap": 40,
                "data_labels": {"value": True, "font": _LABELS},
            }
        )
        return _dressed(chart, title, legend=False)

    def _bars(self, sheet: str, count: int) -> Any:
        chart = self.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
        looks = (
            {"fill": {"color": _DARK}},
            {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#1F2933"}},
        )
        for column, look in enumerate(looks, start=2):
            chart.add_series(
                {
                    "name": [sheet, 0, column],
                    "categories": [sheet, 1, 0, count, 0],
                    "values": [sheet, 1, column, count, column],
                    "gap": 40,
                    "data_labels": {"value": True, "font": _WHITE} if column == 2 else {},
                    **look,
                }
            )
        dressed = _dressed(chart, _("ข้อที่เสียคะแนนมากที่สุด (คะแนนรวมทุกหน่วยงาน)"), legend=True)
        dressed.set_y_axis({"reverse": True, "num_font": _LABELS, "interval_unit": 1})
        dressed.set_x_axis({"min": 0, "num_font": _LABELS, "major_gridlines": {"visible": False}})
        return dressed

    def _line(self, sheet: str, count: int, weight: float) -> Any:
        chart = self.book.workbook.add_chart({"type": "line"})
        looks = (("solid", "circle"), ("dash", "diamond"))
        for column, (dash, marker) in enumerate(looks, start=2):
            chart.add_series(
                {
                    "name": [sheet, 0, column],
                    "categories": [sheet, 1, 0, count, 0],
                    "values": [sheet, 1, column, count, column],
                    "line": {"color": _SOLID, "width": 2, "dash_type": dash},
                    "marker": {"type": marker, "size": 7, "fill": {"color": _SOLID}},
                    "data_labels": (
                        {"value": True, "position": "below", "num_format": "0.00", "font": _LABELS}
                        if column == 2
                        else {}
                    ),
                }
            )
        return _dressed(chart, _("แนวโน้มคะแนน OIT เฉลี่ย"), legend=True, top=weight)


def _dressed(chart: Any, title: str, legend: bool, top: float | None = None) -> Any:
    chart.set_title({"name": title, "name_font": {**_LABELS, "size": 14}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _LABELS} if legend else {"none": True})
    chart.set_x_axis({"num_font": _LABELS})
    values = {"min": 0, "num_font": _LABELS, "major_gridlines": {"visible": False}}
    chart.set_y_axis(values if top is None else {**values, "max": top})
    return chart


def add_summary(book: Book, overview: Overview) -> Drawn:
    """Write the sheet and tell where its charts find their figures."""
    name = _("ภาพรวม")
    sheet = book.sheet(name)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 2, 22)
    sheet.set_row(0, 32)
    book.put(sheet, 0, 0, overview.checklist_title, "title")
    book.put(sheet, 1, 0, overview.coverage_brief, "plain")
    row = _table(book, sheet, 3, _("สรุปสำหรับผู้บริหาร"), _figures(overview))
    row = _table(book, sheet, row, _("จำนวนข้อรวมทุกหน่วยงาน"), _counts(overview))
    spread = overview.distribution
    bands = [
        (band.name + ("" if band.confirmed else " *"), band.units, band.possible)
        for band in spread.bands
    ]
    steps = [(f"{step.at_least}–{step.below} %", step.units) for step in spread.steps]
    first_band = row + 1
    heads = (_("หน่วยงานตามระดับ"), _("ได้แน่แล้ว"), _("ถ้าที่ยังไม่แน่ผ่าน"))
    row = _table(book, sheet, row, heads[0], bands, heads[1:])
    sheet.merge_range(row - 1, 0, row - 1, 2, "", book.formats["note"])
    book.put(sheet, row - 1, 0, spread.note, "note")
    sheet.set_row(row - 1, 84)
    first_step = row + 2
    row = _table(book, sheet, row + 1, _("หน่วยงานตามร้อยละของคะแนน"), steps)
    _legend(book, sheet, row)
    return Drawn(
        book,
        sheet,
        name,
        (first_band, first_band + (len(bands) if spread.judged else 0)),
        (first_step, first_step + len(steps)),
    )


def _table(
    book: Book,
    sheet: Any,
    top: int,
    heading: str,
    rows: Sequence[Sequence[object]],
    heads: Sequence[str] = ("",),
) -> int:
    """Write a small table and return the row after the one left empty below it."""
    for place, head in enumerate((heading, *heads)):
        book.put(sheet, top, place, head, "head")
    for number, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row):
            whole = isinstance(value, int)
            style = "line" if isinstance(value, str) else "count" if whole else "points"
            book.put(sheet, number, place, value, style)
    return top + len(rows) + 2


def _figures(overview: Overview) -> list[tuple[object, ...]]:
    unknown = _("ยังประเมินไม่ได้")
    move = overview.movement
    late = overview.late_owners()
    return [
        (_("ประเมิน ณ วันที่"), overview.as_of_th),
        (_("จำนวนหน่วยงาน"), len(overview.units)),
        (_("หน่วยงานที่ตรวจไม่ได้ทั้งหมด"), overview.unjudged),
        (_("คะแนนเต็มของ OIT"), overview.weight),
        (_("คะแนน OIT เฉลี่ยที่ได้แน่"), _or(overview.mean_certain, unknown)),
        (_("คะแนน OIT เฉลี่ยที่เป็นไปได้"), _or(overview.mean_possible, unknown)),
        (_("คะแนนที่กำลังเสีย เฉลี่ยต่อหน่วยงาน"), _or(overview.mean_lost, unknown)),
        (_("ข้อที่ต้องแก้ไขรวมทุกหน่วยงาน"), overview.gaps),
        (_("วันสุดท้ายของการกรอกในระบบ ITAS เหลือ (วัน)"), overview.deadline.days_left),
        (
            _("เทียบกับครั้งก่อน เฉลี่ย"),
            _("ยังไม่มีครั้งก่อนให้เทียบ") if move.mean is None else signed(move.mean),
        ),
        (
            _("ดีขึ้น / แย่ลง / เท่าเดิม / เทียบไม่ได้"),
            f"{move.better:,} / {move.worse:,} / {move.same:,} / {move.unknown:,}",
        ),
        (_("ผู้รับผิดชอบที่ค้างมากที่สุด"), late[0].owner if late else _("ไม่มีข้อค้าง")),
    ]


def _or(points: float | None, unknown: str) -> object:
    return unknown if points is None else points


def _counts(overview: Overview) -> list[tuple[object, ...]]:
    counts = overview.totals
    by_group = {"pass": counts.passed}
    lines: list[tuple[object, ...]] = [
        (f"{SYMBOLS[group]} {_(word)}", by_group.get(group, getattr(counts, group, 0)))
        for group, word in wording.GROUPS.items()
    ]
    return [*lines, (_("รวม"), counts.items)]


def _legend(book: Book, sheet: Any, top: int) -> None:
    book.put(sheet, top, 0, _("สัญลักษณ์ในแผ่น “ตาราง”"), "head")
    for row, (group, word) in enumerate(wording.GROUPS.items(), start=top + 1):
        book.put(sheet, row, 0, _(word), "line")
        book.put(sheet, row, 1, SYMBOLS[group], group)
    if wording.kept_in_thai():
        book.put(sheet, top + len(wording.GROUPS) + 2, 0, wording.kept_in_thai(), "plain")
