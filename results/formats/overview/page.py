"""The overview of a sweep as HTML and PDF: one page for the executive, then the whole picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from results.formats.files import report_stem
from results.formats.overview.chart_files import svg
from results.formats.overview.charts import overview_charts
from results.formats.page import templates
from results.formats.words import only_note
from results.speech import _, spoken

if TYPE_CHECKING:
    from results.formats.printing import Printer
    from results.overview import Overview, UnitLine

UNITS_SHOWN = 300
"""The page shows at most so many units; the workbook holds all of them."""
LINES_SHOWN = 100
"""So many lines at most in the lists of troubles and of decisions."""
OWNERS_SHOWN = 60


def overview_html(overview: Overview, *, paper: bool = False) -> str:
    """The overview as one self-contained page; it links to the units' reports beside it.

    Of more than 300 units, the 300 judged ones that stand lowest are shown. For `paper` the
    sheets carry no number: whoever prints them numbers them.
    """
    spans = [
        (sub_indicator, len(list(items)))
        for sub_indicator, items in groupby(overview.items, key=lambda item: item.sub_indicator)
    ]
    shown = shown_units(overview.units)
    owners = overview.late_owners() + tuple(one for one in overview.owners if not one.gaps)
    charts = overview_charts(overview)
    template = templates().get_template("overview/overview.html.j2")
    return template.render(
        overview=overview,
        paper=paper,
        language=spoken().value,
        only=only_note(overview.only),
        title=overview_title(overview),
        charts={name: svg(chart) for name, chart in charts.items()},
        captions={name: chart.caption for name, chart in charts.items()},
        spans=spans,
        titles={item.item: item.title for item in overview.items},
        units=shown,
        units_left_out=len(overview.units) - len(shown),
        owners=owners[:OWNERS_SHOWN],
        owners_left_out=max(0, len(owners) - OWNERS_SHOWN),
        lines_shown=LINES_SHOWN,
        report_name=lambda unit_id: f"{report_stem(unit_id)}.html",
    )


def overview_title(overview: Overview) -> str:
    """The document's title: `ภาพรวม OIT 2566`."""
    return _("ภาพรวม {short} {year}", short=overview.short, year=overview.year)


def overview_pdf(overview: Overview, printer: Printer) -> bytes:
    """The page of `overview_html` on A4 landscape. Raises `printing.PrintError`."""
    return printer.pdf(overview_html(overview, paper=True), overview_title(overview))


def shown_units(units: Sequence[UnitLine], most: int = UNITS_SHOWN) -> tuple[UnitLine, ...]:
    """The units that the page shows, best first: all, or the `most` judged ones at the bottom."""
    if len(units) <= most:
        return tuple(units)
    judged = [unit for unit in units if unit.rank is not None]
    return tuple(judged[-most:])
