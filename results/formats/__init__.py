"""The faces of a report: pages, workbooks, papers and data, each laid out from the same model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from results.formats.failures import FAIL_ON
from results.formats.files import (
    report_stem,
    write_bytes_whole,
    write_picture,
    write_pieces_whole,
    write_whole,
)

if TYPE_CHECKING:
    from checklist.verdict import Verdict
    from results.formats.printing import Printer
    from results.overview import Overview
    from results.report import GapReport
    from results.statistics import ScanStatistics
    from results.trend import TrendPoint

__all__ = [
    "FAIL_ON",
    "USUAL",
    "Format",
    "unit_files",
    "write_gate_files",
    "write_made_overview",
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
_PAGES = (Format.HTML, Format.XLSX, Format.DOCX, Format.JSON, Format.CSV)
_OVERVIEW = (Format.HTML, Format.XLSX, Format.JSON)


def unit_files(report: GapReport, folder: Path, formats: Collection[Format]) -> list[Path]:
    """Where `write_unit_report` puts the files of these formats, but for pictures."""
    kinds = (kind for kind in (*_PAGES, Format.PDF) if kind in formats)
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
        _write(folder / f"{stem}.{kind}", _unit_writer(kind)(report))
        for kind in _PAGES
        if kind in formats
    ]
    if Format.PDF in formats and printer is not None:
        from results.formats.pdf import unit_pdf

        written.append(_write(folder / f"{stem}.pdf", unit_pdf(report, printer)))
    return written


def write_overview(
    reports: Sequence[GapReport],
    folder: Path,
    formats: Collection[Format] = USUAL,
    printer: Printer | None = None,
    trend: Sequence[TrendPoint] = (),
    cost: ScanStatistics | None = None,
) -> list[Path]:
    """Write the sweep's `index.html`, `overview.xlsx` and so on where its reports lie.

    `trend` are the points of earlier scans, `cost` this scan's statistics. No reports, no files.
    Raises `ValueError` for reports of different checklists, `OSError` when the folder cannot be
    written and `printing.PrintError` for the PDF.
    """
    if not reports:
        return []
    # Imported here: whoever only names a format needs no overview.
    from results.overview_draft import build_overview

    return write_made_overview(build_overview(reports, trend, cost), folder, formats, printer)


def write_made_overview(
    overview: Overview,
    folder: Path,
    formats: Collection[Format] = USUAL,
    printer: Printer | None = None,
) -> list[Path]:
    """Write an overview that is made already, as `write_overview` does."""
    names = {Format.HTML: "index.html"}
    written = [
        _write(folder / names.get(kind, f"overview.{kind}"), _overview_writer(kind)(overview))
        for kind in _OVERVIEW
        if kind in formats
    ]
    if Format.PDF in formats and printer is not None:
        from results.formats.overview import overview_pdf

        written.append(_write(folder / "overview.pdf", overview_pdf(overview, printer)))
    return written


def write_gate_files(
    reports: Iterable[GapReport],
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
        from results.formats.junit import junit

        written.append(_write(folder / "oit.junit.xml", junit(reports, fail_on)))
    if Format.SARIF in formats:
        from results.formats.sarif import sarif

        written.append(_write(folder / "oit.sarif", sarif(reports, version)))
    return written


# Each format brings a library of its own, which no command should wait for in vain.
def _unit_writer(kind: Format) -> Callable[[GapReport], _Content]:
    match kind:
        case Format.HTML:
            from results.formats.html import unit_html

            return unit_html
        case Format.XLSX:
            from results.formats.xlsx import unit_xlsx

            return unit_xlsx
        case Format.DOCX:
            from results.formats.docx import unit_docx

            return unit_docx
        case Format.JSON:
            from results.formats.json import unit_json

            return unit_json
        case _:
            from results.formats.csv import unit_csv

            return unit_csv


def _overview_writer(kind: Format) -> Callable[[Overview], _Content | Iterator[str]]:
    match kind:
        case Format.HTML:
            from results.formats.overview import overview_html

            return overview_html
        case Format.XLSX:
            from results.formats.overview import overview_xlsx

            return overview_xlsx
        case _:
            from results.formats.json import overview_pieces

            return overview_pieces


def _write(path: Path, content: _Content | Iterator[str]) -> Path:
    if isinstance(content, str):
        return write_whole(path, content)
    if isinstance(content, bytes):
        return write_bytes_whole(path, content)
    return write_pieces_whole(path, content)
