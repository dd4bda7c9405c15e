"""Reports, texts of papers and broken templates that the tests of papers share."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml.ns import qn

from checklist.profile import UnitProfile, UnitType
from results.gap import build_report
from results.word.paper import docx_bytes
from tests.results.samples import UNIT, mixed, result_of, small_checklist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklist.verdict import ItemVerdict
    from results.report import GapReport

CHECKLIST = small_checklist()


def report_of(
    verdicts: Sequence[ItemVerdict] = (), unit: UnitProfile = UNIT, **more: Any
) -> GapReport:
    """The gap report of `verdicts` over the six items of the small checklist."""
    return build_report(CHECKLIST, result_of(verdicts or mixed(), unit, **more))


def unit(name: str, kind: UnitType = UnitType.PROVINCE) -> UnitProfile:
    """A unit whose id is its name."""
    return UnitProfile(name, name, kind, (), f"https://{name}.example.go.th")


def text_of(content: bytes) -> str:
    """Every text of a DOCX in the order of its pages, a line for each paragraph."""
    body = Document(BytesIO(content)).element.body
    paragraphs = body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def rows_of(content: bytes, head: str) -> list[list[str]]:
    """The rows of the first table whose head holds a column `head`; the head left out."""
    for table in Document(BytesIO(content)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if head in rows[0]:
            return rows[1:]
    raise AssertionError(f"no table with a column {head!r}")


def template_of(*paragraphs: str, cells: Sequence[Sequence[str]] = ()) -> bytes:
    """A template with these paragraphs, then a table of these cells."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(rows=len(cells), cols=len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return docx_bytes(document)
