"""Formulas and links in workbooks.

Tried: The same texts stand in every cell of the report's workbook, the overview's, a listing's, the
registry's and the file of proposed addresses.
Must: Every cell is a text: opened with openpyxl none is a formula, what begins like one keeps the
mark of a quoted text when it is edited, and links lead to http(s) or inside the workbook alone.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from registry.workbook import Stand, write_registry
from results.formats.overview import overview_xlsx
from results.formats.xlsx import unit_xlsx
from results.overview_draft import build_overview
from tests.hostile.readers.attacks import FORMULAS
from tests.results.sheets import report_saying
from units.registry import Unit
from units.suggesting import write_suggestions
from units.suggestions import Alternative, Suggestion, Suggestions


def assert_texts(book: Workbook) -> int:
    """Hold that no cell runs; how many cells are quoted texts."""
    quoted = 0
    for cell in (c for s in book.worksheets for row in s.iter_rows() for c in row):
        assert cell.data_type != "f", cell.coordinate
        target = (cell.hyperlink.target or "") if cell.hyperlink else ""
        assert target.startswith(("http://", "https://", "gap-")) or not target
        quoted += bool(cell.quotePrefix)
    return quoted


@pytest.mark.parametrize("text", [*FORMULAS[:2], FORMULAS[6], FORMULAS[9]])
def test_reports_and_overviews(text: str) -> None:
    report = report_saying(text)
    assert assert_texts(load_workbook(io.BytesIO(unit_xlsx(report)))) > 5
    assert assert_texts(load_workbook(io.BytesIO(overview_xlsx(build_overview([report]))))) >= 1


@pytest.mark.parametrize("text", FORMULAS)
def test_the_registry_and_the_proposals(tmp_path: Path, text: str) -> None:
    unit = Unit.model_validate({"id": "a", "name": text, "type": "other", "note": text})
    write_registry([Stand(unit, None, None)], tmp_path / "units.xlsx", str)
    assert assert_texts(load_workbook(tmp_path / "units.xlsx")) >= 2
    proposed = Suggestion(
        "O1", text, ("https://x.go.th/",), 80, text, text, "https://x.go.th/",
        (Alternative("https://x.go.th/b", text, 10),),
    )  # fmt: skip
    write_suggestions(Suggestions(unit, 2566, (proposed,)), tmp_path / "urls.xlsx")
    assert assert_texts(load_workbook(tmp_path / "urls.xlsx")) >= 2
