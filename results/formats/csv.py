"""A unit's gap report as CSV for Excel: a row an element, UTF-8 with BOM, lines ended by CRLF."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from results.formats.element_rows import HEADINGS, element_rows
from results.formats.words import only_note
from results.speech import _
from results.wording import tidy
from units.formulas import defused

if TYPE_CHECKING:
    from results.report import GapReport

UNIT_HEADINGS = ("รหัสหน่วยงาน", "หน่วยงาน", "ปีงบประมาณ", "ประเมิน ณ วันที่")
"""Columns before those of `HEADINGS`: files of several units can be put under each other."""
SCOPE_HEADING = "ขอบเขตของรายงาน"
"""The last column: that every item is there, or which ones the report was narrowed to."""


def unit_csv(report: GapReport) -> bytes:
    """The report's elements as CSV; `as of` is an ISO date, C.E., as programs read it.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    unit = (report.unit.id, report.unit.name, report.year, report.as_of.isoformat())
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    headings = (*UNIT_HEADINGS, *HEADINGS.values(), SCOPE_HEADING)
    scope = only_note(report.only) or _("ทุกข้อ")
    writer.writerow(_(heading) for heading in headings)
    for row in element_rows(report):
        writer.writerow(_cell(value) for value in (*unit, *row.cells(), scope))
    return lines.getvalue().encode("utf-8-sig")


def _cell(value: str | int | float) -> str | int | float:
    return defused(tidy(value)) if isinstance(value, str) else value
