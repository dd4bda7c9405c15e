"""The overview as a page, a workbook and a PDF: the same totals, all readable, nothing harmful."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

from checklist.profile import UnitProfile
from results.excel.looks import SIGNS
from results.formats.json import overview_json
from results.formats.overview import overview_html, overview_pdf, overview_xlsx
from results.formats.overview.page import shown_units
from results.formats.printing import Printer
from results.gap import build_report
from results.overview import Overview
from results.overview_draft import build_overview
from results.report import GapReport, totals
from results.speech import Language, speaking
from results.trend import TrendPoint
from results.waivers import Waiver, WaiverKind
from results.wording import GROUPS
from tests.results.samples import (
    SITE,
    UNIT,
    checklist_of,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

CHECKLIST = small_checklist()
SHAPE = {"9": {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4}, "10": {"10.1": 8, "10.2": 5}}
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
HOSTILE = '=HYPERLINK("http://evil","x")"><script>alert(1)</script>'


def report_of(name: str, passed: str) -> GapReport:
    verdicts = [
        passing(f"O{n}") if one == "1" else missing(f"O{n}") for n, one in enumerate(passed, 1)
    ]
    return build_report(CHECKLIST, result_of(verdicts, replace(UNIT, id=f"u-{name}", name=name)))


MADE = Waiver(
    UNIT.id, "oit-2566", "O4", WaiverKind.ACCEPTED, "+นายสมชาย ใจดี", "=1+1", datetime(2023, 3, 1, tzinfo=UTC),
    until=date(2023, 4, 1),
)  # fmt: skip
REPORTS = [
    build_report(CHECKLIST, result_of(mixed()), result_of([missing("O1")]), waivers=[MADE]),
    report_of("เทศบาลตำบลบางเตย", "111100"),
    report_of("อบต.เขาดิน", "000000"),
    build_report(
        CHECKLIST,
        result_of(
            [unreachable(f"O{n}") for n in range(1, 7)], replace(UNIT, id="dark", name="อบต.มืด")
        ),
    ),
]


def point(scan_id: int, certain: float, current: bool = False) -> TrendPoint:
    return TrendPoint(
        scan_id=scan_id, day=date(2023, scan_id, 5), day_th=f"5 เดือน {scan_id}", as_of=date(2023, 4, 30),
        finished=scan_id != 2, current=current, same_criteria=True, units=4, shared=4, compared=3,
        certain=certain, possible=certain + 2, now_certain=20, now_possible=22,
        passed=1, failed=2, review=3, error=4, excluded=5, unchecked=6,
    )  # fmt: skip


WHOLE = build_overview(REPORTS, [point(1, 10), point(2, 12), point(3, 20, current=True)])
WHOLE_PAGE = overview_html(WHOLE)


@cache
def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def text_of(html: str, section: str) -> str:
    found = soup_of(html).find(id=section)
    assert found is not None, section
    return " ".join(found.get_text(" ").split())


def book_of(overview: Overview) -> Workbook:
    return openpyxl.load_workbook(BytesIO(overview_xlsx(overview)))


def target(cell: Any) -> tuple[str, str | None]:
    """Where a cell's link leads: the file or address, and the place in it."""
    return cell.hyperlink.target, cell.hyperlink.location


def charts_of(book: Workbook) -> int:
    sheet: Any = book["ภาพรวม"]
    return len(sheet._charts)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class NotingPrinter(Printer):
    """A printer that remembers under which titles it printed."""

    asked: list[str]

    def pdf(self, html: str, title: str) -> bytes:
        self.asked = [*getattr(self, "asked", []), title]
        return super().pdf(html, title)


def test_the_first_page_tells_the_executive_what_matters() -> None:
    text = text_of(WHOLE_PAGE, "summary")
    for phrase in (
        "คะแนน OIT เฉลี่ยที่คาดว่าจะได้ (เต็ม 40 คะแนน)",
        "จาก 3 หน่วยงาน ไม่รวม 1 หน่วยงานที่ตรวจไม่ได้ทั้งหมด",
        "คะแนนที่กำลังเสีย เฉลี่ยต่อหน่วยงาน",
        "ต้องแก้ไข 10 ข้อ รวมทุกหน่วยงาน",
        "กองการเจ้าหน้าที่ 3 ข้อ",
        "หน่วยงานที่เสียคะแนนมากที่สุด: อบต.เขาดิน (40.00)",
        "ผลพิจารณาของเจ้าหน้าที่สิ้นสุดเอง 1 รายการ",
        "ระดับผลการประเมินจริงคิดจากคะแนนรวมของ IIT EIT และ OIT",
    ):
        assert phrase in text


def test_one_scan_says_that_there_is_no_trend() -> None:
    alone = overview_html(build_overview(REPORTS))
    assert "ยังไม่มีกราฟแนวโน้ม" in text_of(alone, "summary")
    assert "ไม่มีผลตรวจครั้งก่อน" in text_of(alone, "spread")
    assert "ครั้งที่ 2 · 5 เดือน 2 ตรวจไม่ครบ" in text_of(WHOLE_PAGE, "spread")


def test_the_page_names_its_language() -> None:
    assert soup_of(WHOLE_PAGE).html["lang"] == "th"  # type: ignore[index]
    with speaking(Language.EN):
        assert '<html lang="en">' in overview_html(WHOLE)
        assert book_of(WHOLE).sheetnames


def test_sections_tell_who_must_act_and_what_was_decided() -> None:
    assert "อบต.เขาดิน (2)" in text_of(WHOLE_PAGE, "owners")
    assert "– อบต.มืด ตรวจไม่ได้" in text_of(WHOLE_PAGE, "ranking")
    decisions = text_of(WHOLE_PAGE, "decisions")
    assert "สิ้นสุดเอง ต้องพิจารณาใหม่" in decisions
    assert "+นายสมชาย ใจดี: =1+1" in decisions
    assert 'id="decisions"' not in overview_html(build_overview(REPORTS[1:]))


def test_totals_agree_in_page_json_and_workbook() -> None:
    counted = totals(finding for report in REPORTS for finding in report.findings())
    soup = soup_of(WHOLE_PAGE)
    shown = [int(one.get_text().replace(",", "")) for one in soup.select(".counts b")]
    assert shown == [
        counted.missing, counted.outdated, counted.review, counted.error, counted.passed,
        counted.not_applicable + counted.waived,
    ]  # fmt: skip
    assert Overview.model_validate_json(overview_json(WHOLE)).totals == counted
    book = book_of(WHOLE)
    lines = {row[0]: row[1] for row in book["ภาพรวม"].iter_rows(values_only=True) if row[0]}
    names = {"pass": "passed"}
    symbols = {
        word: count for label, count in lines.items() for word in [str(label).partition(" ")[2]]
    }
    for group, word in GROUPS.items():
        assert symbols[word] == getattr(counted, names.get(group, group)), group
    assert lines["รวม"] == counted.items
    heads, *rows = book["อันดับ"].iter_rows(values_only=True)
    for group, word in GROUPS.items():
        column = heads.index(word)
        assert sum(int(str(row[column])) for row in rows) == getattr(
            counted, names.get(group, group)
        )
    gaps = list(book["ช่องว่างทั้งหมด"].iter_rows(min_row=2, values_only=True))
    assert (
        len(gaps)
        == counted.missing + counted.outdated + counted.review + counted.error + counted.unchecked
    )
    grid = [cell for row in soup.select(".grid tbody tr") for cell in row.find_all("td")[1:]]
    assert len(grid) == counted.items


def test_the_grid_of_the_workbook_shows_every_cell_and_leads_to_the_reports() -> None:
    sheet = book_of(WHOLE)["ตาราง"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[4:] == ["O1", "O2", "O3", "O4", "O5", "O6"]
    mine = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == UNIT.name)
    assert "".join(str(cell.value) for cell in mine[4:]) == "✓✕○↻!?"
    assert target(mine[1]) == ("gap-phusuan.html", None)
    assert {cell.fill.fgColor.rgb for cell in mine[4:6]} == {
        "FF" + SIGNS[group].ground.removeprefix("#") for group in ("pass", "missing")
    }
    assert sheet.freeze_panes == "C2"
    (table,) = sheet.tables.values()
    assert table.ref == table.autoFilter.ref == "A1:J5"


def test_fills_stay_apart_in_grey() -> None:
    greys = {}
    for group in ("pass", "outdated", "missing"):
        red, green, blue = (int(SIGNS[group].ground[at : at + 2], 16) for at in (1, 3, 5))
        greys[group] = 0.299 * red + 0.587 * green + 0.114 * blue
    assert greys["pass"] - greys["outdated"] > 35
    assert greys["outdated"] - greys["missing"] > 35


def test_the_sheet_of_gaps_says_what_to_do_and_who() -> None:
    sheet = book_of(WHOLE)["ช่องว่างทั้งหมด"]
    heads = [cell.value for cell in sheet[1]]
    row = next(
        r for r in sheet.iter_rows(min_row=2) if (r[0].value, r[1].value) == (UNIT.name, "O2")
    )
    told = dict(zip(heads, (cell.value for cell in row), strict=True))
    assert told["ผล"] == "ขาดข้อมูล"
    assert told["สิ่งที่ต้องทำ"] == "เพิ่มส่วนที่ขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"
    assert (told["ผู้รับผิดชอบ"], told["คะแนน"], told["เหลือเวลา (วัน)"]) == ("กองการเจ้าหน้าที่", 5, 25)
    assert target(row[-1]) == (f"{SITE}/plan.pdf", None)
    assert target(row[1]) == ("gap-phusuan.html", "O2")


def test_every_sheet_is_there_and_the_charts_are_native() -> None:
    book = book_of(WHOLE)
    assert book.sheetnames == [
        "ภาพรวม", "ตาราง", "อันดับ", "ข้อที่ตกมาก", "หน่วยงานรับผิดชอบ", "แนวโน้ม", "ช่องว่างทั้งหมด", "ผลพิจารณา",
    ]  # fmt: skip
    assert charts_of(book) == 4
    alone = book_of(build_overview(REPORTS[1:]))
    assert "ผลพิจารณา" not in alone.sheetnames
    assert charts_of(alone) == 3


def hostile_overview() -> Overview:
    unit = UnitProfile("../etc", HOSTILE, None, (), "javascript:alert(5)")
    bad = [
        replace(missing(f"O{n}", HOSTILE), urls=(address,)) for n, address in enumerate(BAD_URLS, 1)
    ]
    return build_overview([build_report(CHECKLIST, result_of(bad, unit)), *REPORTS])


BAD_URLS = (
    "javascript:alert(4)",
    "https://x.go.th/" + "ก" * 3000,
    "file:///etc/passwd",
    '=cmd|"/c calc"!A1',
)


def test_hostile_texts_stay_texts_everywhere() -> None:
    overview = hostile_overview()
    soup = BeautifulSoup(overview_html(overview), "lxml")
    assert not soup.find_all(["script", "img", "foreignobject"])
    assert HOSTILE in soup.get_text()
    for anchor in soup.find_all("a"):
        assert re.match(r"(#|gap-[\w.-]+\.html)", str(anchor["href"]))
    book = book_of(overview)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                if cell.hyperlink and cell.hyperlink.target:
                    assert re.match(r"https?://|gap-[\w.-]+\.html$", cell.hyperlink.target)
    assert HOSTILE in {cell.value for cell in book["ตาราง"]["B"]}


def test_nothing_could_be_checked_anywhere() -> None:
    dark = build_overview(REPORTS[3:])
    page = overview_html(dark)
    assert "ยังประเมินไม่ได้" in text_of(page, "summary")
    assert "ไม่มีหน่วยงานที่ตัดสินได้" in text_of(page, "spread")
    lines = {row[0]: row[1] for row in book_of(dark)["ภาพรวม"].iter_rows(values_only=True)}
    assert lines["คะแนน OIT เฉลี่ยที่คาดว่าจะได้ (เต็ม 40 คะแนน) ได้แน่"] == "ยังประเมินไม่ได้"


def test_a_page_of_very_many_units_shows_the_lowest_and_says_where_all_are() -> None:
    names = [f"หน่วยงานที่ {n:03}" for n in range(310)]
    reports = [report_of(name, "111111" if n < 10 else "110000") for n, name in enumerate(names)]
    overview = build_overview([*reports, REPORTS[3]])
    html = overview_html(overview)
    soup = BeautifulSoup(html, "lxml")
    rows = soup.select(".grid tbody tr")
    assert len(rows) == 300
    assert [row.find("a").get_text() for row in (rows[0], rows[-1])] == names[10::299]  # type: ignore[union-attr]
    assert "แสดง 300 หน่วยงานที่คะแนนต่ำที่สุดจาก 311 หน่วยงาน อีก 11 หน่วยงาน" in text_of(html, "grid")
    assert len(html.encode()) < 2_000_000
    assert book_of(overview)["ตาราง"].max_row == 312
    assert shown_units(overview.units, 400) == overview.units


def test_the_pdf_is_landscape_and_repeats_the_heads_of_the_grid() -> None:
    whole = checklist_of(SHAPE)
    reports = [
        build_report(
            whole,
            result_of(
                [passing(f"O{m}") if (n + m) % 3 else missing(f"O{m}") for m in range(1, 44)],
                replace(UNIT, id=f"u{n}", name=f"องค์การบริหารส่วนตำบลหนองบัวแดงใหม่ {n}"),
            ),
        )
        for n in range(60)
    ]
    with NotingPrinter(CHROMIUM) as printer:
        printed = overview_pdf(build_overview(reports, WHOLE.trend), printer)
    assert printer.asked == ["ภาพรวม OIT 2566"]
    pdf = pypdfium2.PdfDocument(printed)
    texts = []
    for sheet in pdf:
        assert sheet.get_size() == pytest.approx((842, 595), abs=1)
        content = sheet.get_textpage()
        texts.append(re.sub(r"\s+", "", content.get_text_bounded()))
        content.close()
        sheet.close()
    pdf.close()
    assert "คะแนนที่เสี่ยง" in texts[0]
    assert "วงกลมโปร่งคือ" in texts[0]
    grids = [text for text in texts if "O1O2O3" in re.sub(r"(?<=O)\s+", "", text)]
    assert len(grids) >= 2
    assert len(texts) <= 16


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    page.set_content(overview_html(hostile_overview()))
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    assert alarms == []
    page.close()
