"""The chart of the ten indicators over the years, as a PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from matplotlib import rc_context
from matplotlib.figure import Figure

from results.papers.numerals import numerals, score_text
from results.speech import _

if TYPE_CHECKING:
    from results.papers.analysis import Analysis

_FONTS = ["Laksaman", "DejaVu Sans"]
# Dark for the newest year; the three also differ when printed in grey.
_COLOURS = ("#1F4E78", "#7FA7CC", "#D3DCE6")
_BAR = 0.26
_LABEL = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}


def scores_chart(analysis: Analysis) -> bytes:
    """Horizontal bars, a group an indicator, the newest year on top; a line marks the limit."""
    lines = analysis.lines
    with rc_context({"font.family": _FONTS, "font.size": 15, "svg.hashsalt": "oit"}):
        figure = Figure(figsize=(12, 7.2), dpi=150, layout="constrained")
        axes = figure.subplots()
        for age, year in enumerate(reversed(analysis.years)):
            places = [place + age * _BAR for place in range(len(lines))]
            scores = [float(line.scores[-1 - age]) for line in lines]
            name = numerals(_("ปี {year}", year=year.year))
            bars = axes.barh(
                places, scores, _BAR, color=_COLOURS[age], edgecolor="#44546A", linewidth=0.5
            )
            bars.set_label(name)
            if age == 0:
                labels = [score_text(line.score) for line in lines]
                axes.bar_label(bars, labels, padding=4, fontsize=13, bbox=_LABEL)
        limit = float(analysis.limit)
        axes.axvline(limit, color="#C00000", linestyle="--", linewidth=1.2)
        note = numerals(_("เกณฑ์ {limit} คะแนน", limit=analysis.limit))
        axes.text(limit, -0.75, note, color="#C00000", ha="right", va="center", fontsize=13)
        middle = _BAR * (len(analysis.years) - 1) / 2
        names = [numerals(f"{line.number}. ") + _(line.title) for line in lines]
        axes.set_yticks([place + middle for place in range(len(lines))], names)
        axes.set_ylim(len(lines) - 0.1, -1.05)
        axes.set_xlim(0, 108)
        marks = range(0, 101, 20)
        axes.set_xticks(list(marks), [numerals(str(mark)) for mark in marks])
        axes.set_xlabel(numerals(_("คะแนน (เต็ม 100)")))
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper center", ncols=len(analysis.years), frameon=False)
        target = io.BytesIO()
        figure.savefig(target, format="png", metadata={"Software": None})
    return target.getvalue()
