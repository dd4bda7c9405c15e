"""The bench of the dashboard's pages, over a small history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.web.asking import Asked, ask, slow
from bench.web.filling import fill_anew
from bench.web.generator import CHECKLIST, History, Size, unit_id, write_history
from bench.web.pages import PAGES
from bench.web.report import Run, section
from checklist.loader import load
from results.board.shelf import shelf_of
from results.store import Store
from tests.results.boards import reports_of

SIZE = Size(units=6, scans=3, sample=2, decided=2)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("web")
    told: list[str] = []
    made = write_history(folder / "oit.db", SIZE, told.append)
    assert told
    return made


def test_the_history_has_the_rows_that_it_says(history: History) -> None:
    rows = history.rows
    assert (rows["scans"], rows["scan_units"], rows["board_lines"]) == (3, 18, 18)
    assert rows["item_verdicts"] == 18 * 43
    assert rows["waivers"] == 2
    with Store.open(f"sqlite:///{history.path}") as store:
        whole = store.unit_result(3, unit_id(5))
        assert all(one.elements for one in whole.verdicts)
        assert store.unit_result(1, unit_id(1)).documents
        assert not store.unit_result(1, unit_id(5)).documents
        assert len(store.waivers(CHECKLIST)) == 2


def test_its_lines_are_those_of_its_verdicts(history: History) -> None:
    seconds, unlike = fill_anew(history.path, 3)
    assert seconds > 0
    assert unlike == 0
    checklist = load(CHECKLIST)
    with Store.open(f"sqlite:///{history.path}") as store:
        scan = store.scan(3)
        now = shelf_of(store).board(scan, checklist, scan.as_of)
        told = {
            report.unit.id: report.score.certain
            for report in reports_of(store, checklist, 3, scan.as_of)
        }
    assert dict(zip(now.board.ids, now.reach.certain, strict=True)) == pytest.approx(told)


def test_pages_are_asked_for_and_told_beside_their_bare_queries(
    history: History, tmp_path: Path
) -> None:
    told: list[str] = []
    asked = ask(history, tmp_path, told.append, times=2)
    assert [one.page for one in asked] == list(PAGES)
    assert len(told) == len(PAGES)
    overview = asked[0]
    assert not overview.problem
    assert overview.median_ms > 0
    assert overview.rows == 6
    assert overview.ratio == pytest.approx(overview.median_ms / overview.bare_ms)
    gone = Asked(PAGES[-1], problem="ยังไม่มีหน้านี้ในรุ่นนี้")
    late = replace(overview, median_ms=250.0)
    run = Run(history, [late, gone], 5_000_000, 1.0, 0.5, 0, 2, "3.11", "3.40", 2, 1.5)
    text = section(run)
    assert "**ไม่ถึง**" in text
    assert "ยังไม่มีหน้านี้" in text
    assert "6 หน่วยงาน × 43 ข้อ × 3 การตรวจ" in text
    assert slow([overview, late, gone], 200.0) == [late]
