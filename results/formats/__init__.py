"""The faces of a report: HTML for people, JSON for programs, and the overview of a sweep."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from results.formats.files import report_stem, write_picture, write_whole
from results.formats.html import unit_html
from results.formats.json import overview_json, unit_json
from results.formats.overview import overview_html
from results.overview import build_overview

if TYPE_CHECKING:
    from results.report import GapReport

__all__ = ["KINDS", "write_overview", "write_unit_report"]

KINDS = (".html", ".json")
"""The endings of the files that can be written."""


def write_unit_report(
    report: GapReport, folder: Path, kinds: Collection[str] = KINDS
) -> list[Path]:
    """Write the unit's `gap-<unit id>.html` and `.json` into `folder` and return their paths.

    `kinds` narrows the endings. Pictures of pages to look at go below `evidence/` beside them.
    Raises `OSError` when the folder cannot be written.
    """
    for picture in report.pictures():
        write_picture(folder, picture)
    makers = {".html": unit_html, ".json": unit_json}
    stem = report_stem(report.unit.id)
    return [
        write_whole(folder / f"{stem}{kind}", make(report))
        for kind, make in makers.items()
        if kind in kinds
    ]


def write_overview(
    reports: Sequence[GapReport], folder: Path, kinds: Collection[str] = KINDS
) -> list[Path]:
    """Write the sweep's `index.html` and `overview.json` into `folder`, where its reports lie.

    No reports, no files. Raises `ValueError` for reports of different checklists and `OSError`
    when the folder cannot be written.
    """
    if not reports:
        return []
    overview = build_overview(reports)
    makers = {"index.html": overview_html, "overview.json": overview_json}
    return [
        write_whole(folder / name, make(overview))
        for name, make in makers.items()
        if Path(name).suffix in kinds
    ]
