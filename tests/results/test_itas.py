"""What the admin types into the ITAS form: มี/ไม่มี, the URLs, where on the main site they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.verdict import ElementState, ItemVerdict, Verdict
from checklist.whereabouts import Placement, Reach, Step
from results.gap import build_report
from results.itas import Answer, ItasLine
from tests.results.samples import (
    SITE,
    element,
    in_review,
    missing,
    mixed,
    outdated,
    passing,
    quote,
    result_of,
    small_checklist,
    unreachable,
)

PLAN = f"{SITE}/plan.pdf"
CLICKS = (
    Step(SITE, "หน้าแรก", "ข้อมูล OIT 2566", "", ()),
    Step(f"{SITE}/oit", "OIT", "O1 โครงสร้าง", "", ()),
)
LINKED = Placement(PLAN, True, Reach.LINKED, CLICKS, True, "O1 โครงสร้าง", True, 12)


def line_of(verdict: ItemVerdict) -> ItasLine:
    """The form's line of the only item that was judged."""
    report = build_report(small_checklist(), result_of([verdict]))
    return next(line for line in report.itas if line.item == verdict.item)


@pytest.mark.parametrize(
    ("verdict", "answer", "urls", "explanation"),
    [
        (passing("O1"), "มี", (PLAN,), "เปิดจาก URL โดยตรง หน้า 3"),
        (
            replace(passing("O1"), placements=(LINKED,)),
            "มี", (PLAN,),
            "เว็บไซต์หลัก › “ข้อมูล OIT 2566” › “O1 โครงสร้าง” หน้า 3",
        ),
        (
            replace(passing("O1"), placements=(replace(LINKED, path=()),)),
            "มี", (PLAN,), "อยู่บนหน้าแรกของเว็บไซต์หลัก หน้า 3",
        ),
        (missing("O1"), "ไม่มี", (), "ยังใช้ตอบไม่ได้: ขาด: ไม่พบตัวชี้วัดของแผน"),
        (
            outdated("O1"), "ไม่มี", (),
            "ยังใช้ตอบไม่ได้: เป็นเอกสารประเภทที่ถูกต้อง แต่เป็นของปีก่อนหรือไม่ใช่ปีที่ประเมิน",
        ),
        (
            in_review("O1"), "ตรวจดูก่อนตอบ", (f"{SITE}/scan.pdf",),
            "ต้องตรวจดูก่อนตอบ: เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่\nเปิดจาก URL โดยตรง",
        ),
    ],
    ids=["passes", "with its way", "on the front page", "lacks a part", "last year's", "review"],
)  # fmt: skip
def test_a_line_of_the_form(
    verdict: ItemVerdict, answer: str, urls: tuple[str, ...], explanation: str
) -> None:
    line = line_of(verdict)
    assert (line.answer_th, line.urls, line.explanation) == (answer, urls, explanation)


def test_several_pages_are_numbered_and_told_apart() -> None:
    web = replace(quote("ผู้บริหาร", f"{SITE}/people", None), heading_path=("ผู้บริหาร", "รองผู้ว่าฯ"))
    shown = element("O1.1", ElementState.PRESENT, quotes=[quote("แผนผัง"), web])
    line = line_of(replace(passing("O1"), elements=(shown,)))
    assert line.urls == (PLAN, f"{SITE}/people")
    assert line.explanation == ("1. เปิดจาก URL โดยตรง หน้า 3\n2. เปิดจาก URL โดยตรง หัวข้อ “รองผู้ว่าฯ”")


def test_what_nobody_could_look_at_is_never_answered_for_the_unit() -> None:
    assert line_of(unreachable("O1")).answer is Answer.LOOK
    unchecked = build_report(small_checklist(), result_of([])).itas
    assert {line.answer for line in unchecked} == {Answer.LOOK}


def test_the_lines_stand_in_the_order_of_the_form() -> None:
    report = build_report(small_checklist(), result_of(mixed()))
    assert [line.item for line in report.itas] == ["O1", "O2", "O3", "O4", "O5", "O6"]
    assert [line.answer is Answer.YES for line in report.itas] == [
        finding.verdict is Verdict.PASS for finding in report.findings()
    ]
