"""The overview's charts, drawn with matplotlib: readable in grey, every value written out.

Each function gives `None` where there is nothing to draw, so that no page shows empty axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from results.first_steps import short
from results.formats.overview.chart_files import Chart, drawing, settled
from results.speech import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from results.overview import Overview
    from results.overview_lines import ItemLine, OwnerLine

_INK, _MUTED, _LINE = "#1f2933", "#4b5865", "#cbd5df"
_SOLID, _DARK, _PALE = "#1f3f66", "#9b1c1c", "#a9c1da"
_HATCH = "////"
_WIDTH = 7.4
_ROW = 0.42
_WIDE = 11.2
_LABEL_CHARS = 66
_MOST_BARS = 10


def overview_charts(overview: Overview) -> dict[str, Chart]:
    """Every chart that the overview has figures for, by name."""
    makers: Sequence[Callable[[Overview], Chart | None]] = (
        bands_chart, steps_chart, items_chart, owners_chart,
    )  # fmt: skip
    from results.formats.overview.trend_chart import trend_chart

    drawn = [make(overview) for make in (*makers, trend_chart)]
    return {chart.name: chart for chart in drawn if chart is not None}


def bands_chart(overview: Overview) -> Chart | None:
    """The units in each band of the year, best band on top."""
    spread = overview.distribution
    if not spread.judged or not spread.bands:
        return None
    names = [f"{band.name} ({_range(band.at_least, band.below)})" for band in spread.bands]
    counts = [band.units for band in spread.bands]
    with drawing("bands"):
        figure, axes = canvas(len(names) * _ROW + 0.5)
        _rows(axes, names)
        axes.barh(range(len(names)), counts, height=0.62, color=_SOLID)
        for row, count in enumerate(counts):
            _beside(axes, f"{count:,}", count, row)
        _no_scale(axes, max(counts))
    told = ", ".join(f"{name} {count:,}" for name, count in zip(names, counts, strict=True))
    alt = _("จำนวนหน่วยงานในแต่ละระดับ: {told}", told=told)
    return Chart("bands", _("จำนวนหน่วยงานในแต่ละระดับ"), alt, settled(figure))


def steps_chart(overview: Overview) -> Chart | None:
    """The units by steps of 10 % of the highest score."""
    spread = overview.distribution
    if not spread.judged:
        return None
    counts = [step.units for step in spread.steps]
    names = [
        f"{step.at_least}–{step.below if step.below == 100 else step.below - 1}"
        for step in spread.steps
    ]
    with drawing("steps"):
        figure, axes = canvas(2.9)
        axes.bar(range(len(counts)), counts, width=0.8, color=_SOLID)
        for place, count in enumerate(counts):
            if count:
                axes.annotate(
                    f"{count:,}", (place, count), (0, 3), textcoords="offset points", ha="center",
                    color=_INK, weight="bold",
                )  # fmt: skip
        axes.set_xticks(range(len(names)), names)
        axes.set_xlabel(_("ร้อยละของคะแนนเต็มที่ได้แน่แล้ว"), color=_MUTED)
        axes.set_yticks([])
        axes.set_ylim(0, max(counts) * 1.18)
        bare(axes, "bottom")
    filled = zip(names, counts, strict=True)
    told = ", ".join(f"{name} % {count:,}" for name, count in filled if count)
    alt = _("จำนวนหน่วยงานตามช่วงร้อยละของคะแนนเต็ม: {told}", told=told)
    return Chart("steps", _("การกระจายของคะแนน (จำนวนหน่วยงานในแต่ละช่วงร้อยละ)"), alt, settled(figure))


def items_chart(overview: Overview) -> Chart | None:
    """The items that cost most: points lost, and points still open beside them."""
    worst = overview.worst_items()[:_MOST_BARS]
    if not worst:
        return None
    with drawing("items"):
        figure, axes = canvas(len(worst) * _ROW + 0.7, _WIDE)
        _rows(axes, [short(f"{one.item} {one.title}", _LABEL_CHARS) for one in worst])
        _stack(axes, [one.lost for one in worst], [0.0] * len(worst), _("กำลังเสีย"), _DARK)
        _stack(
            axes, [one.open for one in worst], [one.lost for one in worst], _("ยังไม่แน่"),
            "white", hatch=_HATCH,
        )  # fmt: skip
        for row, one in enumerate(worst):
            _beside(axes, _points_label(one), one.lost + one.open, row)
        _no_scale(axes, max(one.lost + one.open for one in worst), room=1.36)
        _legend(figure)
    told = ", ".join(f"{one.item} {one.lost:.2f}" for one in worst)
    alt = _("ข้อที่เสียคะแนนมากที่สุด รวมทุกหน่วยงาน (คะแนน): {told}", told=told)
    return Chart("items", _("ข้อที่เสียคะแนนมากที่สุด (คะแนนรวมทุกหน่วยงาน)"), alt, settled(figure))


def owners_chart(overview: Overview) -> Chart | None:
    """How far each late office is: items that pass, that must be mended, that are open."""
    late = overview.late_owners()[:_MOST_BARS]
    if not late:
        return None
    passed = [one.passed for one in late]
    gaps = [one.gaps for one in late]
    rest = [one.counted - one.passed - one.gaps for one in late]
    with drawing("owners"):
        figure, axes = canvas(len(late) * _ROW + 0.7, _WIDE)
        _rows(axes, [short(one.owner, _LABEL_CHARS) for one in late])
        _stack(axes, passed, [0] * len(late), _("ครบถ้วน"), _PALE)
        _stack(axes, gaps, passed, _("ต้องแก้ไข"), _DARK)
        done = [p + g for p, g in zip(passed, gaps, strict=True)]
        _stack(axes, rest, done, _("ยังไม่แน่"), "white", hatch=_HATCH)
        for row, one in enumerate(late):
            _beside(axes, _share_label(one), one.counted, row)
        _no_scale(axes, max(one.counted for one in late), room=1.36)
        _legend(figure)
    told = ", ".join(f"{one.owner} {one.gaps:,}/{one.counted:,}" for one in late)
    alt = _("ข้อที่ต้องแก้ไขต่อข้อทั้งหมดของแต่ละผู้รับผิดชอบ: {told}", told=told)
    return Chart("owners", _("ความคืบหน้าของผู้รับผิดชอบที่ค้างมากที่สุด (จำนวนข้อ)"), alt, settled(figure))


def _beside(axes: Axes, text: str, value: float, row: int) -> None:
    """Write `text` behind the end of a lying bar."""
    axes.annotate(
        text,
        (value, row),
        (5, 0),
        textcoords="offset points",
        va="center",
        color=_INK,
        weight="bold",
    )


def canvas(height: float, width: float = _WIDTH) -> tuple[Figure, Axes]:
    """An empty figure of so many inches with one pair of axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def bare(axes: Axes, *kept: str) -> None:
    """Leave only the named spines, and no ticks."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in kept)
        spine.set_color(_MUTED)
    axes.tick_params(length=0, colors=_INK)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _stack(
    axes: Axes,
    values: Sequence[float],
    start: Sequence[float],
    label: str,
    color: str,
    hatch: str = "",
) -> None:
    axes.barh(
        range(len(values)), values, left=start, height=0.62, label=label, color=color,
        hatch=hatch, edgecolor=_INK if hatch else color, linewidth=0.8,
    )  # fmt: skip


def _no_scale(axes: Axes, most: float, room: float = 1.12) -> None:
    """From zero, without a scale: every bar says its value itself."""
    axes.set_xticks([])
    axes.set_xlim(0, max(most, 1e-9) * room)
    bare(axes, "left")


def _legend(figure: Figure) -> None:
    figure.legend(
        loc="outside upper right", ncols=3, frameon=False, handlelength=1.2, columnspacing=1.2
    )


def _points_label(one: ItemLine) -> str:
    if not one.open:
        return f"{one.lost:.2f}"
    return f"{one.lost:.2f} + {one.open:.2f}"


def _share_label(one: OwnerLine) -> str:
    return _("แก้ {gaps:,} จาก {counted:,}", gaps=one.gaps, counted=one.counted)


def _range(low: float, top: float | None) -> str:
    if top is None:
        return _("{low:g} ขึ้นไป", low=low)
    return _("{low:g} ถึงต่ำกว่า {top:g}", low=low, top=top)
