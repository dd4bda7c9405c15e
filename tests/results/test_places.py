"""Where evidence stands, as the database keeps it and the report tells it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checklist.whereabouts import Placement, Reach, Step
from results.formats.html import unit_html
from results.formats.json import unit_json
from results.gap import build_report
from results.places import placement_text
from results.store import Store
from tests.databases import database_at
from tests.results.pages import read
from tests.results.samples import (
    AS_OF,
    COVERAGE,
    SITE,
    UNIT,
    document,
    downgrade,
    missing,
    passing,
    result_of,
    small_checklist,
)

WAY = (
    Step(SITE, "หน้าแรก", "ข้อมูล OIT <2566>", "", ("เมนู",)),
    Step(f"{SITE}/oit", "OIT", "", "O1 โครงสร้าง", ("ข้อมูลพื้นฐาน",)),
)
LINKED = Placement(
    f"{SITE}/plan.pdf", True, Reach.LINKED, WAY, True, "O1 โครงสร้าง", own_site=True, pages_read=9
)
LOST = Placement(f"{SITE}/x", False, Reach.NOT_ON_MAIN_SITE, own_site=False, pages_read=1200)


def test_placements_come_back_as_they_were_saved(tmp_path: Path) -> None:
    placed = replace(passing("O1"), placements=(LINKED, LOST))
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        scan_id = store.start_scan(small_checklist(), AS_OF)
        store.save_unit(scan_id, UNIT, [placed, passing("O2")], COVERAGE, [document()])
        kept = store.unit_result(scan_id, UNIT.id).verdicts
    assert kept == (placed, passing("O2"))


def test_scans_of_before_these_columns_are_read(tmp_path: Path) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    with Store.open(url) as store:
        scan_id = store.start_scan(small_checklist(), AS_OF)
        store.save_unit(scan_id, UNIT, [passing("O1")], COVERAGE, [])
    downgrade(url, "0001")
    with Store.open(url) as store:
        assert store.unit_result(scan_id, UNIT.id).verdicts == (passing("O1"),)


@pytest.mark.parametrize(
    ("placement", "says"),
    [
        (LINKED, "เปิดจาก URL โดยตรงได้ · จากหน้าแรกถึงใน 2 คลิก: หน้าแรก › “ข้อมูล OIT <2566>” › "
         "“(ลิงก์รูปภาพหรือไม่มีข้อความ)” · ชื่อลิงก์หรือหัวข้อสื่อถึงเรื่องนี้ (“O1 โครงสร้าง”) · อยู่บนเว็บไซต์ของหน่วยงาน"),
        (LOST, "เปิดจาก URL โดยตรงไม่ได้ · ไม่มีลิงก์จากเว็บไซต์หลักมาถึง (อ่าน 1,200 หน้า) · อยู่บนเว็บไซต์อื่น"),
        (replace(LINKED, wording=WAY[0].text), "” · ชื่อลิงก์สื่อถึงเรื่องนี้ · "),
        (replace(LINKED, named=False, wording="OIT"), "ไม่บอกว่าเป็นเรื่องนี้ (“OIT”)"),
        (replace(LINKED, named=False, wording=""), "ไม่มีชื่อที่บอกว่าเป็นเรื่องใด"),
        (replace(LINKED, path=(), named=None), "อยู่บนหน้าแรกของเว็บไซต์หลัก ไม่ต้องคลิก"),
        (Placement(SITE, pages_read=3), "ยังอ่านไม่ทั่วเว็บไซต์ จึงสรุปไม่ได้"),
        (Placement(SITE), "อ่านหน้าแรกของเว็บไซต์หลักไม่ได้"),
    ],
)  # fmt: skip
def test_the_place_is_told_in_plain_thai(placement: Placement, says: str) -> None:
    assert says in placement_text(placement).line


def test_the_report_tells_the_place_of_passed_and_failed_items() -> None:
    verdicts = [
        replace(passing("O1"), placements=(LINKED,)),
        replace(missing("O2"), placements=(LOST,)),
    ]
    report = build_report(small_checklist(), result_of(verdicts))
    html = str(read(unit_html(report)))
    assert "จากหน้าแรกถึงใน 2 คลิก: หน้าแรก › “ข้อมูล OIT &lt;2566&gt;”" in html
    assert "ไม่มีลิงก์จากเว็บไซต์หลักมาถึง (อ่าน 1,200 หน้า)" in html
    [told] = json.loads(unit_json(report))["passes"][0]["placements"]
    assert (told["reach"], told["clicks"], told["named"]) == ("linked", 2, True)
    assert told["path"][1]["heading"] == "ข้อมูลพื้นฐาน"
