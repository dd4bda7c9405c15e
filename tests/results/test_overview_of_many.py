"""An overview of very many units: made one report after the other, and written without holding it all."""

from __future__ import annotations

import gc
import io
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from results.cell_shelf import CellShelf
from results.formats import Format, write_made_overview
from results.formats.json import overview_json, overview_pieces
from results.formats.overview import overview_html, overview_xlsx, workbook
from results.gap import build_report
from results.overview_draft import OverviewDraft, build_overview
from tests.results.samples import UNIT, missing, mixed, passing, result_of, small_checklist
from tests.results.sheets import decided_report

if TYPE_CHECKING:
    from pathlib import Path

    from results.overview import Overview
    from results.report import GapReport

CHECKLIST = small_checklist()


def report_of(number: int) -> GapReport:
    unit = replace(UNIT, id=f"unit-{number}", name=f"หน่วยงาน {number:02d}")
    verdicts = [passing("O1") if number % 2 else missing("O1"), *mixed()[1:]]
    return build_report(CHECKLIST, result_of(verdicts, unit))


REPORTS = [report_of(number) for number in range(7)] + [decided_report()]


def shelved() -> Overview:
    draft = OverviewDraft(CellShelf().put)
    for report in REPORTS:
        draft.add(report)
    return draft.finished()


def test_cells_on_the_disk_make_the_same_overview() -> None:
    plain, put_down = build_overview(REPORTS), shelved()
    assert overview_json(put_down) == overview_json(plain)
    assert overview_html(put_down) == overview_html(plain)
    assert [list(unit.cells) for unit in put_down.units] == [list(u.cells) for u in plain.units]
    assert put_down.units[0].cells[0] == plain.units[0].cells[0]
    assert put_down.units[0].cells[1:3] == plain.units[0].cells[1:3]


def test_the_order_in_which_reports_come_changes_nothing_but_equals() -> None:
    assert build_overview(REPORTS[::-1]).units == build_overview(REPORTS).units


def test_a_draft_keeps_no_report_but_the_first() -> None:
    """The first tells of the checklist; 8,300 of them would be ten gigabytes."""
    draft = OverviewDraft(CellShelf().put)
    held = []
    for number in range(5):
        report = report_of(number)
        held.append(weakref.ref(report))
        draft.add(report)
    del report
    gc.collect()
    assert [ref() is not None for ref in held] == [True, False, False, False, False]


@pytest.mark.parametrize("reports", [REPORTS, REPORTS[:1]])
def test_the_json_is_written_in_pieces_that_are_the_whole(reports: list[GapReport]) -> None:
    overview = build_overview(reports)
    pieces = list(overview_pieces(overview))
    assert "".join(pieces) == overview.model_dump_json(indent=2) + "\n"
    assert len(pieces) > len(reports)


def test_the_file_is_the_same_json(tmp_path: Path) -> None:
    [path] = write_made_overview(shelved(), tmp_path, [Format.JSON])
    assert path.read_text("utf-8") == overview_json(build_overview(REPORTS))


def cells(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [row for row in sheet.values if any(row)] for sheet in book.worksheets}


def test_the_workbook_of_very_many_says_the_same_on_every_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Row by row to the disk no row may be written after a later one: it would be lost silently."""
    held = cells(overview_xlsx(shelved()))
    monkeypatch.setattr(workbook, "MOST_AT_ONCE", 3)
    assert cells(overview_xlsx(shelved())) == held
    assert len(held) >= 6
