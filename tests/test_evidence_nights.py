"""Which night's evidence `oit evidence` shows, and what the sheet says of the nights between."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner

from cli import app
from evidence.archive import Archive
from results.papers.numerals import thai_digits
from results.store import Store
from tests.databases import database_at
from tests.evidence.archive_samples import ABOUT, MISSING, PAGE, a_capture, bodies
from tests.results.samples import missing, passing
from tests.results.scans import Night, scan

UNIT = "suan"
URL = "https://suan.example.go.th/o36"


@pytest.fixture
def nights(tmp_path: Path) -> str:
    """Four nights: the page, gone, the page again, then a sweep of another item alone.

    The first two are of the entry window.
    """
    url = database_at(f"{tmp_path}/oit.db")
    with Store.open(url) as store, Archive.open(tmp_path / "oit-evidence", url) as archive:
        bodies_by_night = [(PAGE, 200, True), (MISSING, 404, True), (PAGE, 200, False)]
        for number, (body, status, inside) in enumerate(bodies_by_night):
            verdict = missing("O36") if status == 404 else passing("O36")
            made = scan(store, Night(date(2023, 4, 1 + number), {UNIT: [verdict, passing("O1")]}))
            seen = a_capture(body, 24 * number, status=status, entry_window=inside, url=URL)
            archive.keep(made, UNIT, [seen], bodies(), ABOUT)
            archive.seal(made)
        last = scan(store, Night(date(2023, 5, 9), {UNIT: [passing("O1")]}))
        archive.seal(last)
    return url


def oit(url: str, *words: str) -> Any:
    return CliRunner().invoke(app, ["evidence", *words, "--unit", UNIT, "--database", url])


def sheet(url: str, tmp_path: Path, *words: str) -> str:
    result = oit(url, "export", "--item", "O36", "--out", str(tmp_path / "pack.zip"), *words)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        paper = docx.Document(io.BytesIO(pack.read("clarification-O36.docx")))
    return "\n".join(c.text for t in paper.tables for row in t.rows for c in row.cells)


def test_without_a_number_it_is_the_newest_scan_that_judged_the_item(nights: str) -> None:
    shown = oit(nights, "list", "--item", "O36")
    assert "การตรวจครั้งที่ 3: สำเนา 1 รายการ" in shown.stderr
    assert "ครั้งที่มีสำเนาในช่วงกรอก ITAS: 1, 2" in shown.stderr
    assert "การตรวจครั้งที่ 4" in oit(nights, "list").stderr


def test_a_pack_of_another_time_names_the_scans_of_the_entry_window(
    nights: str, tmp_path: Path
) -> None:
    result = oit(nights, "export", "--item", "O36", "--out", str(tmp_path / "pack.zip"))
    assert "เก็บนอกช่วงกรอก ITAS ครั้งที่มีสำเนาในช่วงกรอก ITAS: 1, 2" in result.stderr
    inside = tmp_path / "inside.zip"
    result = oit(nights, "export", "--item", "O36", "--scan", "1", "--out", str(inside))
    assert "นอกช่วงกรอก" not in result.stderr


def test_a_refusal_names_the_scans_that_hold_copies(nights: str) -> None:
    result = oit(nights, "export", "--item", "O36", "--scan", "4")
    assert result.exit_code == 2
    assert "ครั้งที่มีสำเนาในช่วงกรอก ITAS: 1, 2" in result.stderr
    assert "ครั้งอื่นก็ไม่มีสำเนา" in oit(nights, "export", "--item", "O1").stderr


def test_the_sheet_does_not_hide_that_the_page_was_gone_between(
    nights: str, tmp_path: Path
) -> None:
    text = sheet(nights, tmp_path)
    assert "พบเนื้อหาเดียวกันทุกไบต์ ๒ ครั้ง" in text
    assert "ระหว่างนั้นพบเนื้อหาอื่นที่ URL นี้ ๑ ครั้ง" in text


def test_a_page_seen_once_has_nothing_between(nights: str, tmp_path: Path) -> None:
    assert "ระหว่างนั้น" not in sheet(nights, tmp_path, "--scan", "2")


def test_a_choice_of_http_codes_keeps_one_kind_of_digits() -> None:
    assert thai_digits("ไม่พบหน้า (HTTP 404 หรือ 410) 3 ครั้ง") == "ไม่พบหน้า (HTTP 404 หรือ 410) ๓ ครั้ง"
