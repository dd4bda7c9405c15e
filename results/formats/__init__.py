"""The faces of a report: HTML for people, JSON for programs, and the overview of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from results.formats.files import report_stem, write_whole
from results.formats.html import unit_html
from results.formats.json import overview_json, unit_json
from results.formats.overview import overview_html
from results.overview import build_overview

if TYPE_CHECKING:
    from results.report import GapReport

__all__ = ["write_overview", "write_unit_report"]


def write_unit_report(report: GapReport, folder: Path) -> list[Path]:
    """Write the unit's `gap-<unit id>.html` and `.json` into `folder` and return their paths."""
    stem = report_stem(report.unit.id)
    return [
        write_whole(folder / f"{stem}.html", unit_html(report)),
        write_whole(folder / f"{stem}.json", unit_json(report)),
    ]


def write_overview(reports: Sequence[GapReport], folder: Path) -> list[Path]:
    """Write the sweep's `index.html` and `overview.json` into `folder`, where its reports lie.

    Raises `ValueError` for no reports at all or for reports of different checklists.
    """
    overview = build_overview(reports)
    return [
        write_whole(folder / "index.html", overview_html(overview)),
        write_whole(folder / "overview.json", overview_json(overview)),
    ]
