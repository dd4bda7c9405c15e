"""The overview of a sweep as HTML: the grid of units and items, and who must act."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from results.formats.files import report_stem
from results.formats.page import templates

if TYPE_CHECKING:
    from results.overview import Overview


def overview_html(overview: Overview) -> str:
    """The overview as one self-contained page; it links to the units' reports beside it."""
    spans = [
        (sub_indicator, len(list(items)))
        for sub_indicator, items in groupby(overview.items, key=lambda item: item.sub_indicator)
    ]
    titles = {item.item: item.title for item in overview.items}
    template = templates().get_template("overview.html.j2")
    return template.render(
        overview=overview,
        spans=spans,
        titles=titles,
        report_name=lambda unit_id: f"{report_stem(unit_id)}.html",
    )
