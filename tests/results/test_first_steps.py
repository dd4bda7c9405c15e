"""Where a director is told to begin: which gaps, and what the one line about each says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.first_steps import dearest, first_step, nothing_there, short
from results.gap import build_report
from tests.results.samples import SITE, element, in_review, missing, result_of, small_checklist

if TYPE_CHECKING:
    from results.report import ItemFinding

CHECKLIST = small_checklist()


def finding_of(verdict: ItemVerdict) -> ItemFinding:
    report = build_report(CHECKLIST, result_of([verdict]))
    return next(f for f in report.findings() if f.item == verdict.item)


def failed(reason: str, detail: str = "", *urls: str) -> ItemVerdict:
    state = ElementState.OUTDATED if reason == "outdated" else ElementState.ABSENT
    part = element("O4.1", state, detail, "element_missing" if detail else None)
    return ItemVerdict("O4", Verdict.FAIL, Kind.NONE, (reason,), (part,), urls)


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (failed("no_url"), "เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน"),
        (failed("wrong_kind", "ไม่พบงบประมาณ"), "เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน"),
        (
            failed("not_found", "", f"{SITE}/plan66"),
            f"นำหน้าที่เปิดไม่พบกลับมา หรือแก้ URL ให้ถูก: {SITE}/plan66",
        ),
        (failed("element_missing", "ไม่พบระยะเวลาของแผน"), "เพิ่มส่วนที่ขาด: ไม่พบระยะเวลาของแผน"),
        (failed("month_missing", "ขาดเดือนมีนาคม 2566"), "เพิ่มส่วนที่ขาด: ขาดเดือนมีนาคม 2566"),
        (
            failed("outdated", "เอกสารระบุปี 2565"),
            "เผยแพร่ฉบับของปีที่กำหนดแทน (เอกสารระบุปี 2565)",
        ),
        (failed("not_on_main_site", "x"), "เพิ่มเมนูหรือลิงก์จากเว็บไซต์หลักไปยังหน้านี้"),
        (in_review("O4"), "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่"),
    ],
)
def test_the_line_names_what_this_item_lacks(verdict: ItemVerdict, line: str) -> None:
    assert first_step(finding_of(verdict)) == line


def test_the_line_stays_short() -> None:
    long = finding_of(missing("O1", "ไม่พบรายชื่อผู้บริหารทุกคนพร้อมตำแหน่ง " * 20))
    assert len(first_step(long)) <= 122
    assert first_step(long).endswith("…")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("ลงรายงานผล ให้ครบทุกเดือน", "ลงรายงานผล ให้ครบทุกเดือน"),
        ("ลงรายงานผลการประเมินของปี ให้ครบทุกเดือน", "ลงรายงานผลการประเมินของปี …"),
        ("ลงรายงานผลการประเมินของปีให้ครบทุกเดือน", "ลงรายงานผลการประเมินของปีให้ค …"),
    ],
)
def test_a_long_line_ends_at_a_space(text: str, cut: str) -> None:
    assert short(text, 29) == cut


@pytest.mark.parametrize(
    ("costs", "shown"),
    [
        ([], 0),
        ([2, 1, 1], 3),
        ([2, 2, 1, 1, 1, 0.5], 5),
        ([2, 2, 1, 1, 1, 1, 1, 0.5], 7),
        ([1] * 12, 8),
    ],
)
def test_gaps_that_cost_the_same_are_told_together(costs: list[float], shown: int) -> None:
    one = finding_of(missing("O1"))
    found = [one.model_copy(update={"points": float(cost)}) for cost in costs]
    assert len(dearest(found)) == shown


@pytest.mark.parametrize(
    ("verdict", "bare"),
    [
        (failed("no_url"), True),
        (failed("not_found", "", f"{SITE}/gone"), True),
        (failed("no_url", "ไม่พบช่องทางถาม-ตอบ"), False),
        (failed("login_required"), False),
        (replace(failed("no_url"), reasons=("no_url", "outdated")), False),
        (missing("O4"), False),
    ],
)
def test_items_without_any_page_are_told_apart(verdict: ItemVerdict, bare: bool) -> None:
    assert nothing_there(finding_of(verdict)) is bare
