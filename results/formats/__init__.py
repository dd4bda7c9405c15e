"""The faces of a report: pages, workbooks, papers and data, each laid out from the same model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from results.formats.csv import unit_csv
from results.formats.docx import unit_docx
from results.formats.files import report_stem, write_bytes_whole, write_picture, write_whole
from results.formats.html import unit_html
from results.formats.json import overview_json, unit_json
from results.formats.junit import FAIL_ON, junit
from results.formats.overview import overview_html, overview_pdf, overview_xlsx
from results.formats.pdf import unit_pdf
from results.formats.sarif import sarif
from results.formats.xlsx import unit_xlsx
from results.overview import build_overview

if TYPE_CHECKING:
    from checklist.verdict import Verdict
    from results.formats.printing import Printer
    from results.overview import Overview
    from results.report import GapReport
    from results.trend import TrendPoint

__all__ = [
    "USUAL",
    "Format",
    "unit_files",
    "write_gate_files",
    "write_overview",
    "write_unit_report",
]


class Format(StrEnum):
    """Kinds of files; each is also the file's ending, but for the two that gates read."""

    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"
    JUNIT = "junit"
    SARIF = "sarif"


USUAL = (Format.HTML, Format.XLSX, Format.JSON)
"""What a sweep writes unless it is told otherwise."""

_Content = str | bytes
_UNIT: Mapping[Format, Callable[[GapReport], _Content]] = {
    Format.HTML: unit_html,
    Format.XLSX: unit_xlsx,
    Format.DOCX: unit_docx,
    Format.JSON: unit_json,
    Format.CSV: unit_csv,
}
_OVERVIEW: Mapping[Format, Callable[[Overview], _Content]] = {
    Format.HTML: overview_html,
    Format.XLSX: overview_xlsx,
    Format.JSON: overview_json,
}


def unit_files(report: GapReport, folder: Path, formats: Collection[Format]) -> list[Path]:
    """Where `write_unit_report` puts the files of these formats, but for pictures."""
    kinds = (kind for kind in (*_UNIT, Format.PDF) if kind in formats)
    return [folder / f"{report_stem(report.unit.id)}.{kind}" for kind in kinds]


def write_unit_report(
    report: GapReport,
    folder: Path,
    formats: Collection[Format] = USUAL,
    printer: Printer | None = None,
) -> list[Path]:
    """Write the unit's `gap-<unit id>.html` and so on into `folder` and return their paths.

    A PDF needs a `printer`. Pictures of pages to look at go below `evidence/` beside the files.
    Raises `OSError` when the folder cannot be written, `printing.PrintError` for the PDF.
    """
    for picture in report.pictures():
        write_picture(folder, picture)
    stem = report_stem(report.unit.id)
    written = [
        _write(folder / f"{stem}.{kind}", make(report))
        for kind, make in _UNIT.items()
        if kind in formats
    ]
    if Format.PDF in formats and printer is not None:
        written.append(_write(folder / f"{stem}.pdf", unit_pdf(report, printer)))
    return written


def write_overview(
    reports: Sequence[GapReport],
    folder: Path,
    formats: Collection[Format] = USUAL,
    printer: Printer | None = None,
    trend: Sequence[TrendPoint] = (),
) -> list[Path]:
    """Write the sweep's `index.html`, `overview.xlsx` and so on where its reports lie.

    `trend` are the points of earlier scans. No reports, no files. Raises `ValueError` for
    reports of different checklists, `OSError` when the folder cannot be written and
    `printing.PrintError` for the PDF.
    """
    if not reports:
        return []
    overview = build_overview(reports, trend)
    names = {Format.HTML: "index.html"}
    written = [
        _write(folder / names.get(kind, f"overview.{kind}"), make(overview))
        for kind, make in _OVERVIEW.items()
        if kind in formats
    ]
    if Format.PDF in formats and printer is not None:
        written.append(_write(folder / "overview.pdf", overview_pdf(overview, printer)))
    return written


def write_gate_files(
    reports: Sequence[GapReport],
    folder: Path,
    formats: Collection[Format],
    fail_on: Collection[Verdict] = FAIL_ON,
    version: str = "",
) -> list[Path]:
    """Write `oit.junit.xml` and `oit.sarif`, one file each for all units, where asked for.

    `fail_on` are the verdicts that JUnit calls failures, `version` is the checker's. Raises
    `OSError` when the folder cannot be written.
    """
    written = []
    if Format.JUNIT in formats:
        written.append(_write(folder / "oit.junit.xml", junit(reports, fail_on)))
    if Format.SARIF in formats:
        written.append(_write(folder / "oit.sarif", sarif(reports, version)))
    return written


def _write(path: Path, content: _Content) -> Path:
    if isinstance(content, str):
        return write_whole(path, content)
    return write_bytes_whole(path, content)
