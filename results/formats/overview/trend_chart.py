"""The chart of a sweep's score over the scans before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date

from results.formats.overview.chart_files import Chart, drawing, settled
from results.formats.overview.charts import bare, canvas
from results.speech import _, spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from results.overview import Overview
    from results.trend import TrendPoint

_SOLID, _PALE, _INK, _MUTED = "#1f3f66", "#dbe6f2", "#1f2933", "#4b5865"
_MOST_LABELS = 7
_TOO_LOW = 0.4
"""Below this share of the axis a value is written above the mark: there is no room under it."""
_ERA = 543


def trend_chart(overview: Overview) -> Chart | None:
    """The mean score scan by scan as a band from certain to possible; `None` for one scan only.

    Scans with nothing to compare are left out; those that did not finish are hollow.
    """
    points = [point for point in overview.trend if point.certain is not None]
    if len(points) < 2:
        return None
    crowded = len(points) > _MOST_LABELS
    with drawing("trend"):
        figure, axes = canvas(2.5)
        _line(axes, points, overview.weight)
        axes.set_ylim(0, overview.weight * 1.04)
        axes.set_xlim(-0.35, len(points) - 0.65)
        axes.set_xticks(range(len(points)), [_under(point, crowded) for point in points])
        axes.tick_params(axis="x", labelsize=10 if crowded else 12)
        axes.yaxis.grid(visible=True, color="#e3e8ee")
        axes.set_axisbelow(True)
        bare(axes, "bottom")
    told = ", ".join(f"{point.day_th} {_reach(point)}" for point in points)
    alt = _("{score} ของแต่ละครั้งที่ตรวจ: {told}", score=overview.score_title, told=told)
    caption = _("แนวโน้ม{score} ได้แน่ ถึง เป็นไปได้", score=overview.score_title)
    return Chart("trend", caption, alt, settled(figure))


def _line(axes: Axes, points: list[TrendPoint], weight: float) -> None:
    places = list(range(len(points)))
    certain = [point.certain or 0.0 for point in points]
    possible = [point.possible or 0.0 for point in points]
    axes.fill_between(
        places, certain, possible, facecolor=_PALE, edgecolor=_MUTED, hatch="///", linewidth=0.6
    )
    axes.plot(places, certain, color=_SOLID, linewidth=2.2)
    for place, point in zip(places, points, strict=True):
        axes.plot(
            place, certain[place], marker="o", markersize=8, color=_SOLID, clip_on=False,
            markerfacecolor=_SOLID if point.finished else "white",
        )  # fmt: skip
        low = certain[place] < weight * _TOO_LOW
        axes.annotate(
            f"{certain[place]:.2f}", (place, possible[place] if low else certain[place]),
            (0, 7 if low else -9), textcoords="offset points", ha="center",
            va="bottom" if low else "top", color=_INK, weight="bold",
        )  # fmt: skip


def _under(point: TrendPoint, crowded: bool) -> str:
    day, _space, year = short_day(point.day).rpartition(" ")
    lines = [
        f"#{point.scan_id}" if crowded else _("ครั้งที่ {scan}", scan=point.scan_id),
        f"{day}\n{year}" if crowded else f"{day} {year}",
        _("{count:,} แห่ง", count=point.compared),
    ]
    return "\n".join(lines if point.finished else [*lines, _("(ไม่ครบ)")])


def _reach(point: TrendPoint) -> str:
    return f"{point.certain:.2f}–{point.possible:.2f}"


def short_day(day: date) -> str:
    """`5 เม.ย. 66`: a day that fits under a mark."""
    month = format_date(day, "MMM", locale=spoken().value)
    return f"{day.day} {month} {(day.year + _ERA) % 100:02d}"
