"""A unit's gap report as PDF, from the same page as its HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.formats.html import unit_page
from results.speech import _, speaking

if TYPE_CHECKING:
    from results.formats.printing import Printer
    from results.report import GapReport

PICTURE_BYTES = 2 * 1024 * 1024
"""Larger pictures are named on paper and stay files beside the report."""


def unit_pdf(report: GapReport, printer: Printer) -> bytes:
    """The report on A4 sheets, its pictures in it; raises `printing.PrintError`."""
    page = unit_page(report, paper=True, inline_bytes=PICTURE_BYTES)
    with speaking(report.language):
        return printer.pdf(page, running_head(report))


def running_head(report: GapReport) -> str:
    """The line at the head of every sheet: whose report, of which day and scan."""
    return _(
        "รายงานช่องว่าง {short} {year} · {unit} · ประเมิน ณ วันที่ {day} · การตรวจครั้งที่ {scan}",
        short=report.short,
        year=report.year,
        unit=report.unit.name,
        day=report.as_of_th,
        scan=report.scan_id,
    )
