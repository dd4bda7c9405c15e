"""Every format of a list that is no OIT, of a narrowed report, of a unit that nobody could open."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

from checklist.loader import load
from results.formats.csv import unit_csv
from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.junit import junit
from results.formats.overview import overview_html, overview_xlsx
from results.formats.overview.charts import overview_charts
from results.formats.sarif import sarif
from results.formats.words import item_ranges, only_note
from results.formats.xlsx import unit_xlsx
from results.gap import build_report
from results.overview_draft import build_overview
from results.trend import TrendPoint
from tests.results.samples import (
    UNIT,
    in_review,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from results.overview import Overview
    from results.report import GapReport

PLAN = load("moi-2566")
SMALL = small_checklist()
SHARE = "ร้อยละของมาตรการที่เผยแพร่แล้ว"
OF_THE_OIT = ("OIT", "ITAS", "ระดับ (เทียบ", "เทียบระดับ", "หน่วยงานตามระดับ", "ช่วงระดับ", "ในแต่ละระดับ")


def plan_report(unit: str = "phusuan") -> GapReport:
    """M1 to M20: five pass, five are missing, five ask for a person, five were not asked for."""
    verdicts = [
        sort(f"M{n}")
        for n, sort in enumerate((passing, missing, in_review) * 5, 1)
    ]  # fmt: skip
    return build_report(
        PLAN, result_of(verdicts, replace(UNIT, id=unit)), result_of([missing("M1")])
    )


def point(scan_id: int, *, current: bool = False) -> TrendPoint:
    return TrendPoint(
        scan_id=scan_id, day=date(2023, scan_id, 5), day_th=f"5 เดือน {scan_id}", as_of=date(2023, 4, 30),
        finished=True, current=current, same_criteria=True, units=2, shared=2, compared=2,
        certain=20, possible=40, now_certain=25, now_possible=50,
        passed=1, failed=2, review=3, error=0, excluded=0, unchecked=0,
    )  # fmt: skip


@cache
def plan_overview() -> Overview:
    return build_overview(
        [plan_report(), plan_report("another")], [point(3), point(4, current=True)]
    )


def words_of_page(page: str) -> str:
    soup = BeautifulSoup(page, "lxml")
    for tag in soup(["style"]):
        tag.decompose()
    for compound in soup.select(".nb"):
        compound.unwrap()
    soup.smooth()
    return " ".join(soup.get_text(" ").split())


def words_of_book(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    told = [*book.sheetnames, str(book.properties.title), str(book.properties.subject)]
    for sheet in book.worksheets:
        told += [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        drawn = [file.read(name).decode() for name in file.namelist() if "charts/chart" in name]
    return "\n".join([*told, *drawn])


def words_of_paper(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    told = [paper.core_properties.title, paper.core_properties.subject]
    lines = paper.element.body.iter(qn("w:p"))
    return "\n".join([*told, *("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in lines)])


UNIT_FORMATS: dict[str, Callable[[GapReport], str]] = {
    "html": lambda report: words_of_page(unit_html(report)),
    "xlsx": lambda report: words_of_book(unit_xlsx(report)),
    "docx": lambda report: words_of_paper(unit_docx(report)),
    "csv": lambda report: unit_csv(report).decode("utf-8-sig"),
    "junit": lambda report: junit([report]),
    "sarif": lambda report: sarif([report]),
}
SWEEP_FORMATS: dict[str, Callable[[Overview], str]] = {
    "html": lambda overview: words_of_page(overview_html(overview)),
    "xlsx": lambda overview: words_of_book(overview_xlsx(overview)),
    "charts": lambda overview: " ".join(
        f"{chart.caption} {chart.alt}" for chart in overview_charts(overview).values()
    ),
}
READ = ("html", "xlsx", "docx")


@pytest.mark.parametrize("kind", ["html", "xlsx", "docx", "csv"])
def test_a_unit_is_told_of_the_plan_and_never_of_the_oit(kind: str) -> None:
    said = UNIT_FORMATS[kind](plan_report())
    assert [word for word in OF_THE_OIT if word in said] == []


@pytest.mark.parametrize("kind", SWEEP_FORMATS)
def test_the_centre_is_told_of_the_plan_and_never_of_the_oit(kind: str) -> None:
    said = SWEEP_FORMATS[kind](plan_overview())
    assert [word for word in OF_THE_OIT if word in said] == []
    assert f"{SHARE} เฉลี่ยทุกหน่วยงาน (เต็ม 100)" in said


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize(
    "phrase",
    [
        "รายงานช่องว่างการเผยแพร่ตามแนวทางขับเคลื่อน ITA",
        f"{SHARE} (เต็ม 100)",
        "ครั้งต่อไปวันที่ 10 เมษายน 2566 (เหลือ 5 วัน)",
        "นับ 20 ข้อเท่ากันทุกข้อ ข้อละ 5.00 จากเต็ม 100",
        "ไม่ใช่คะแนนการประเมิน ITA ของสำนักงาน ป.ป.ช.",
    ],
)
def test_a_unit_reads_what_is_counted_until_when_and_what_it_is_not(kind: str, phrase: str) -> None:
    said = re.sub(r"\s", "", UNIT_FORMATS[kind](plan_report()))
    assert re.sub(r"\s", "", phrase) in said


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_days_are_left_until_the_monthly_report(kind: str) -> None:
    said = re.sub(r"\s", "", UNIT_FORMATS[kind](plan_report()))
    assert "เหลือ5วันก่อนครบกำหนดรายงาน" in said


def test_the_plan_has_no_form_and_no_bands() -> None:
    assert (
        "URL สำหรับ ITAS"
        not in openpyxl.load_workbook(io.BytesIO(unit_xlsx(plan_report()))).sheetnames
    )
    overview = plan_overview()
    assert overview.distribution.note == ""
    assert sorted(overview_charts(overview)) == ["items", "owners", "steps", "trend"]
    ranking = openpyxl.load_workbook(io.BytesIO(overview_xlsx(overview)))["อันดับ"]
    heads = [str(cell.value) for cell in ranking[1]]
    first = dict(zip(heads, (cell.value for cell in ranking[2]), strict=True))
    assert (first["คะแนนได้แน่"], first["กำลังเสีย"], first["ครบถ้วน"]) == (25, 25, 5)


@pytest.mark.parametrize("kind", READ)
def test_the_oit_keeps_its_own_words(kind: str) -> None:
    said = re.sub(r"\s", "", UNIT_FORMATS[kind](build_report(SMALL, result_of(mixed()))))
    for phrase in (
        "รายงานช่องว่างการเปิดเผยข้อมูลสาธารณะ(OIT)",
        "คะแนนOITที่คาดว่าจะได้(เต็ม40คะแนน)",
        "ไม่ใช่ผลการประเมินของสำนักงานป.ป.ช.",
        "ตรวจดูก่อนตอบ",
        "ช่วงระดับ",
    ):
        assert phrase in said


@pytest.mark.parametrize("kind", UNIT_FORMATS)
def test_a_narrowed_report_says_so_and_a_whole_one_does_not(kind: str) -> None:
    note = "แสดงเฉพาะข้อ O1-O2, O4 จำนวนข้อนับเฉพาะข้อเหล่านี้ ส่วนคะแนนเป็นของรายการตรวจทั้งฉบับ"
    narrowed = build_report(SMALL, result_of(mixed()), only=["O4", "O1", "O2"])
    assert only_note(narrowed.only) == note
    said = UNIT_FORMATS[kind](narrowed)
    assert note in said
    assert "แสดงเฉพาะข้อ" not in UNIT_FORMATS[kind](build_report(SMALL, result_of(mixed())))
    assert said.index(note) < (said.index("O4") if kind in READ else len(said)) + len(note)


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_narrowed_overview_says_so(kind: str) -> None:
    narrowed = build_overview([build_report(SMALL, result_of(mixed()), only=["O2"])])
    assert "แสดงเฉพาะข้อ O2 จำนวนข้อ" in SWEEP_FORMATS[kind](narrowed)
    assert "แสดงเฉพาะข้อ" not in SWEEP_FORMATS[kind](plan_overview())


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_what_a_narrowed_list_loses_is_what_it_lists(kind: str) -> None:
    narrowed = build_report(SMALL, result_of(mixed()), only=["O4"])
    assert narrowed.score.lost > narrowed.fails[0].points == 5
    assert "กำลังเสีย 5.00 คะแนน" in UNIT_FORMATS[kind](narrowed)


def test_a_unit_is_not_unseen_because_its_only_item_is() -> None:
    narrowed = build_report(SMALL, result_of(mixed()), only=["O5"])
    assert narrowed.totals.nothing_judged
    assert not narrowed.nothing_judged
    dark = build_report(SMALL, result_of([unreachable("O5")]), only=["O5"])
    assert dark.nothing_judged


@pytest.mark.parametrize("kind", READ)
def test_no_score_is_tabled_where_nothing_could_be_judged(kind: str) -> None:
    dark = build_report(SMALL, result_of([unreachable(f"O{n}") for n in range(1, 7)]))
    said = UNIT_FORMATS[kind](dark)
    assert "คะแนนรายตัวชี้วัด" not in said
    assert "หากข้อที่ยังไม่แน่ผ่าน" not in said
    assert "ยังประเมินไม่ได้" in said
    assert "คะแนนรายตัวชี้วัด" in UNIT_FORMATS[kind](plan_report())


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["O1"], "O1"),
        (["O3", "O1", "O2"], "O1-O3"),
        (["O1", "O2", "O9", "O11", "O10"], "O1-O2, O9-O11"),
        (["M20", "M1"], "M1, M20"),
        ([], ""),
    ],
)
def test_items_are_named_in_ranges(items: list[str], said: str) -> None:
    assert item_ranges(items) == said
