"""The charts on the workbook's first sheet; they follow the figures of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from results.excel.looks import ACCENT, FONT, FONT_SIZE, INK
from results.speech import _

if TYPE_CHECKING:
    from results.excel.book import Book, Sheet

_DARK = "#9B1C1C"
_CHARTED_ITEMS = 10
_LABELS = {"name": FONT["font_name"], "size": FONT_SIZE}
_WHITE = {**_LABELS, "color": "#FFFFFF", "bold": True}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sheet, ready for its charts: the rows of its bands and steps; none, no chart."""

    book: Book
    sheet: Sheet
    name: str
    score_title: str
    bands: tuple[int, int]
    steps: tuple[int, int]

    def draw(self, items: tuple[str, int], trend: tuple[str, int], weight: float) -> None:
        """Draw the charts; `items` and `trend` are the names and row counts of their sheets.

        `weight` is the highest score there is.
        """
        place = iter(((3, 4), (20, 4), (3, 14), (20, 14)))
        if self.bands[0] < self.bands[1]:
            self._insert(next(place), self._columns(self.bands, _("จำนวนหน่วยงานในแต่ละระดับ")))
        if self.steps[0] < self.steps[1]:
            self._insert(next(place), self._columns(self.steps, _("จำนวนหน่วยงานตามช่วงร้อยละ")))
        if items[1]:
            self._insert(next(place), self._bars(items[0], min(items[1], _CHARTED_ITEMS)))
        if trend[1] > 1:
            self._insert(next(place), self._line(*trend, weight))

    def _insert(self, place: tuple[int, int], chart: Any) -> None:
        chart.set_size({"width": 620, "height": 420})
        self.sheet.sheet.insert_chart(*place, chart, {"object_position": 2})

    def _columns(self, rows: tuple[int, int], title: str) -> Any:
        chart = self.book.chart({"type": "column"})
        chart.add_series(
            {
                "name": title,
                "categories": [self.name, rows[0], 0, rows[1] - 1, 0],
                "values": [self.name, rows[0], 1, rows[1] - 1, 1],
                "fill": {"color": ACCENT},
                "gap": 40,
                "data_labels": {"value": True, "font": _LABELS},
            }
        )
        return _dressed(chart, title, legend=False)

    def _bars(self, sheet: str, count: int) -> Any:
        chart = self.book.chart({"type": "bar", "subtype": "stacked"})
        looks = (
            {"fill": {"color": _DARK}},
            {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK}},
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
        chart = self.book.chart({"type": "line"})
        looks = (("solid", "circle"), ("dash", "diamond"))
        for column, (dash, marker) in enumerate(looks, start=2):
            chart.add_series(
                {
                    "name": [sheet, 0, column],
                    "categories": [sheet, 1, 0, count, 0],
                    "values": [sheet, 1, column, count, column],
                    "line": {"color": ACCENT, "width": 2, "dash_type": dash},
                    "marker": {"type": marker, "size": 7, "fill": {"color": ACCENT}},
                    "data_labels": (
                        {"value": True, "position": "below", "num_format": "0.00", "font": _LABELS}
                        if column == 2
                        else {}
                    ),
                }
            )
        return _dressed(chart, _("แนวโน้ม{score}", score=self.score_title), legend=True, top=weight)


def _dressed(chart: Any, title: str, legend: bool, top: float | None = None) -> Any:
    chart.set_title(
        {"name": title, "name_font": {**_LABELS, "size": FONT_SIZE + 2}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": _LABELS} if legend else {"none": True})
    chart.set_x_axis({"num_font": _LABELS})
    values = {"min": 0, "num_font": _LABELS, "major_gridlines": {"visible": False}}
    chart.set_y_axis(values if top is None else {**values, "max": top})
    return chart
