"""The monthly report as a paper: what its reader is told, in Word and in PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document

from crawler.settings import installed_browser
from results.formats.printing import Printer
from results.papers.blocks import paper_docx, paper_html, paper_pdf
from results.papers.monthly import build_monthly
from results.papers.monthly_words import monthly_paper
from results.papers.scan_pair import ScanPair
from results.record import ScanInfo, ScanStatus
from results.speech import Language, speaking
from tests.results.papers.papers_samples import report_of, rows_of, text_of, unit
from tests.results.samples import in_review, missing, mixed, passing, unreachable

if TYPE_CHECKING:
    from results.papers.blocks import Paper
    from results.report import GapReport

DUE = date(2023, 4, 10)
SUAN, NAM = unit("จังหวัดสวน"), unit("จังหวัดน้ำ")
BEFORE = ScanInfo(
    1, 2566, "oit-2566", "", DUE, datetime(2023, 3, 8, 2, tzinfo=UTC), datetime(2023, 3, 8, 3, tzinfo=UTC),
    ScanStatus.FINISHED, units=2,
)  # fmt: skip
NOW = replace(
    BEFORE,
    id=2,
    started=datetime(2023, 4, 9, 2, tzinfo=UTC),
    finished=datetime(2023, 4, 9, 3, tzinfo=UTC),
)
CUT = replace(NOW, id=3, status=ScanStatus.INTERRUPTED, units=1)


def march() -> list[GapReport]:
    return [report_of([missing(f"O{n}") for n in range(1, 7)], u) for u in (SUAN, NAM)]


def april() -> list[GapReport]:
    better = [passing("O1"), passing("O2"), missing("O3"), missing("O4"), in_review("O5")]
    return [
        report_of([*better, unreachable("O6")], SUAN),
        report_of(mixed(), NAM),
    ]


def paper(scans: ScanPair | None = None, now: list[GapReport] | None = None) -> Paper:
    scans = scans or ScanPair(NOW, BEFORE)
    before = march() if scans.before else None
    return monthly_paper(build_monthly(now or april(), before, DUE), scans)


@cache
def docx() -> bytes:
    return paper_docx(paper())


@pytest.mark.parametrize(
    "said",
    [
        "ประจำเดือนเมษายน ๒๕๖๖",
        "รายงานภายในวันที่ ๑๐ เมษายน ๒๕๖๖",
        "ดีขึ้นจากเดือนก่อน",
        "(๒ หน่วยงานที่เทียบได้)",
        "แก้ไขเสร็จ ๓ ข้อ",
        "เหลือเวลา ๒๐ วันก่อนปิดกรอกข้อมูลในระบบ ITAS (๓๐ เมษายน ๒๕๖๖)",
        "ตรวจไม่ได้ ๒ ข้อ (ไม่นับว่าขาด)",
        "ผลเดือนนี้: การตรวจครั้งที่ ๒ เมื่อ ๙ เมษายน ๒๕๖๖ เวลา ๑๐.๐๐ น. (๒ หน่วยงาน เสร็จสมบูรณ์)",
        "ผลเดือนก่อน: การตรวจครั้งที่ ๑ เมื่อ ๘ มีนาคม ๒๕๖๖ เวลา ๑๐.๐๐ น.",
        "ระบบป้องกันของเว็บไซต์",
    ],
)
def test_the_director_is_told(said: str) -> None:
    assert said in text_of(docx())


def test_the_tables_can_be_read_back_from_word() -> None:
    owners = rows_of(docx(), "ส่วนงาน")
    assert owners[0][0].splitlines() == ["กองแผนงาน", "ค้าง: O4\u00a0(๒)"]
    items = rows_of(docx(), "เรื่อง")
    assert [row[0] for row in items] == ["O1", "O2", "O3", "O4", "O5", "O6"]
    assert items[0][2:4] == ["๐", "๒"]
    units = rows_of(docx(), "หน่วยงาน")
    assert {row[0] for row in units} == {"จังหวัดสวน", "จังหวัดน้ำ"}
    headings = [
        p.text
        for p in Document(BytesIO(docx())).paragraphs
        if p.style and p.style.name == "Heading 2"
    ]
    assert headings[0] == "สรุปสำหรับผู้บริหาร"
    assert len(headings) == 6


@pytest.mark.parametrize(
    ("scans", "said"),
    [
        (ScanPair(NOW, None), "ไม่มีการตรวจของเดือนก่อนให้เทียบ จึงรายงานเฉพาะสถานะปัจจุบัน"),
        (ScanPair(BEFORE, None, stale=True), "ไม่มีการตรวจใหม่ตั้งแต่กำหนดรายงานครั้งก่อน"),
        (ScanPair(NOW, BEFORE, unused=(CUT,)), "ไม่ได้ใช้: การตรวจครั้งที่ ๓"),
        (ScanPair(CUT, BEFORE), "(๑ หน่วยงาน ไม่ครบ เพราะถูกหยุดก่อนเสร็จ)"),
    ],
)
def test_it_is_said_which_scans_were_compared(scans: ScanPair, said: str) -> None:
    assert said in text_of(paper_docx(paper(scans)))


def test_without_an_earlier_scan_no_progress_is_claimed() -> None:
    text = text_of(paper_docx(paper(ScanPair(NOW, None))))
    assert "ยังเทียบกับเดือนก่อนไม่ได้" in text
    for word in ("แก้เสร็จ", "เกิดใหม่", "ดีขึ้น", "ลดลง"):
        assert word not in text


def test_units_of_which_nothing_could_be_checked_have_no_score() -> None:
    dark = [report_of([unreachable(f"O{n}") for n in range(1, 7)], SUAN)]
    text = text_of(paper_docx(paper(ScanPair(NOW, None), dark)))
    assert "ยังคาดการณ์คะแนนไม่ได้" in text
    assert "ตรวจไม่ได้ทั้งหน่วยงาน ไม่รวมในคะแนนเฉลี่ย: จังหวัดสวน" in text
    assert "ไม่มีหน่วยงานที่ต้องแก้ไข" in text


def test_names_from_outside_stay_texts() -> None:
    hostile = unit("<b>{{ 7*7 }}</b>\x00\x0b=1+1")
    made = paper(now=[report_of(mixed(), hostile)])
    assert "<b>" not in paper_html(made)
    assert "&lt;b&gt;{{ ๗*๗ }}&lt;/b&gt;" in paper_html(made)
    assert any("<b>" in row[0] for row in rows_of(paper_docx(made), "หน่วยงาน"))


def test_in_english_the_digits_are_not_thai() -> None:
    with speaking(Language.EN):
        assert not re.search("[๐-๙]", text_of(paper_docx(paper())))


def test_html_tells_its_language_and_names_its_tables() -> None:
    html = paper_html(paper())
    assert '<html lang="th">' in html
    assert html.count("<table>") == html.count("<thead>") == html.count("<caption>") == 4
    assert "http://" not in html
    assert "<script" not in html


def test_the_pdf_is_a4_tagged_numbered_and_its_thai_can_be_searched() -> None:
    browser = installed_browser()
    assert browser, "the tests need Chromium (setup/install.sh)"
    with Printer(browser) as printer:
        content = paper_pdf(paper(), printer)
    pdf = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert pdf[0].get_size() == pytest.approx((595, 842), abs=1)
    assert "/StructTreeRoot" in content.decode("latin-1")
    # PDF readers put a space after sara am.
    assert "สรุปสำหรับผู้บริหาร" in pages[0].replace(" ", "")
    for number, text in enumerate(pages, start=1):
        assert f"หน้า {number} จาก {len(pages)}" in text
    assert all(_embedded(pdf))


def _embedded(pdf: pypdfium2.PdfDocument) -> list[bool]:
    raw = pypdfium2.raw
    fonts = [
        raw.FPDFTextObj_GetFont(found.raw)
        for page in pdf
        for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    ]
    assert fonts
    return [raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts]
