"""A scan's statistics: sums over its units, its runs added up, said in lines and on a sheet."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from crawler.tally import Counted
from results.formats.overview import overview_html, overview_xlsx
from results.gap import build_report
from results.overview_draft import build_overview
from results.record import ScanStatus
from results.speech import Language, speaking
from results.statistic_rows import brief_statistics_of, newest_scans, start_run, statistics_of
from results.statistics import COUNTS, ScanStatistics, figures
from results.store import Store, StoreError
from tests.results.samples import AS_OF, mixed, result_of, small_checklist
from tests.web.standing import TALLY, WHERE, filled


@pytest.fixture
def found(tmp_path: Path) -> ScanStatistics:
    filled(tmp_path)
    with Store.open(WHERE.format(tmp_path)) as store:
        return statistics_of(store, 1)


def test_the_figures_are_sums_over_the_units(found: ScanStatistics) -> None:
    assert (found.units, found.wanted, found.status) == (2, 2, ScanStatus.FINISHED)
    assert (found.pages_found, found.pages_fetched, found.pages_rendered) == (24, 18, 2)
    assert (found.document_bytes, found.unit_seconds) == (10_000, 5.0)
    assert found.tally == {name: 2 * count for name, count in TALLY.items()}
    assert found.skipped == {"depth": 4}
    assert sum(found.verdicts.values()) == 12
    assert found.verdicts["error"] == sum(found.unchecked.values()) >= 6


def test_the_runs_of_a_resumed_scan_add_up_and_the_largest_memory_stands(
    found: ScanStatistics,
) -> None:
    assert found.runs.count == 2
    assert (found.seconds, found.cpu_seconds) == (80, 10)
    assert (found.runs.peak_bytes, found.runs.children_peak_bytes) == (200, 300)
    assert found.units_per_minute == pytest.approx(1.5)
    assert found.share("not_modified", "requests") == pytest.approx(0.4)
    assert found.share("documents_known", "documents_read") is None


def test_a_scan_of_a_version_that_did_not_count_is_told_of_all_the_same(tmp_path: Path) -> None:
    with Store.open(WHERE.format(tmp_path)) as store:
        scan_id = store.start_scan(small_checklist(), AS_OF)
        old = statistics_of(store, scan_id)
        with pytest.raises(StoreError, match="no scan 99"):
            statistics_of(store, 99)
    assert (old.wanted, old.units_per_minute, old.tally) == (None, None, {})
    assert [one.text for one in figures(old)]


def test_frequent_callers_leave_out_the_reasons_of_what_was_skipped(tmp_path: Path) -> None:
    filled(tmp_path)
    with Store.open(WHERE.format(tmp_path)) as store:
        brief, whole = brief_statistics_of(store, 1), statistics_of(store, 1)
        assert brief == whole.model_copy(update={"skipped": {}})
        assert newest_scans(store) == {"oit-2566": (1, 2)}


def test_deleting_a_scan_deletes_its_runs(tmp_path: Path) -> None:
    filled(tmp_path)
    with Store.open(WHERE.format(tmp_path)) as store, store.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM scans WHERE id = 1")
        left = session.connection().exec_driver_sql("SELECT scan_id FROM scan_runs").all()
    assert [row[0] for row in left] == [2]


def test_a_run_of_no_scan_is_refused(tmp_path: Path) -> None:
    from sqlalchemy.exc import IntegrityError

    with Store.open(WHERE.format(tmp_path)) as store, pytest.raises(IntegrityError):
        start_run(store, 7)


def test_every_count_of_a_crawl_has_words() -> None:
    assert set(COUNTS) == {counted.value for counted in Counted}


def test_the_lines_say_what_was_unchanged_and_why_items_could_not_be_checked(
    found: ScanStatistics,
) -> None:
    said = {one.name: one.text for one in figures(found)}
    assert said["หน่วยงานที่ตรวจแล้ว"] == "2 / 2"
    assert said["เว็บไซต์ตอบว่าไม่เปลี่ยนแปลง (304)"] == "8 (40%)"
    assert said["ข้อมูลที่ดาวน์โหลด"] == "8.0 KB"
    assert said["เวลาที่ใช้"] == "1 นาที 20 วินาที"
    assert said["ลึกเกินระดับที่ตรวจ"] == "4"
    assert [one for one in figures(found) if one.section == "สาเหตุที่ตรวจไม่ได้ (ข้อ)"]
    with speaking(Language.EN):
        assert "Requests sent to websites" in {one.name for one in figures(found)}


def test_the_overview_ends_with_what_the_scan_cost_on_the_page_and_on_a_sheet(
    found: ScanStatistics,
) -> None:
    report = build_report(small_checklist(), result_of(mixed()))
    overview = build_overview([report], cost=found)
    section = BeautifulSoup(overview_html(overview), "lxml").find(id="cost")
    assert section is not None
    assert "การตรวจครั้งที่ 1" in section.get_text()
    book = openpyxl.load_workbook(io.BytesIO(overview_xlsx(overview)))
    rows = list(book["การตรวจครั้งนี้"].iter_rows(min_row=2, values_only=True))
    for (_section, name, text, number), line in zip(rows, overview.cost_figures(), strict=True):
        assert (name, text, number) == (line.name, line.text, line.number)
        assert line.text in section.get_text()
    assert not [row for row in rows if "ครบถ้วน" in str(row[1])]


def test_an_overview_without_statistics_has_no_such_section() -> None:
    overview = build_overview([build_report(small_checklist(), result_of(mixed()))])
    assert BeautifulSoup(overview_html(overview), "lxml").find(id="cost") is None
    book = openpyxl.load_workbook(io.BytesIO(overview_xlsx(overview)))
    assert "การตรวจครั้งนี้" not in book.sheetnames
