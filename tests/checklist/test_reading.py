"""How a line is matched: exactly, over printed lines, and with what OCR loses."""

from __future__ import annotations

import pytest

from checklist.reading import reading_of
from checklist.searching import stands_in
from checklist.thai import match_form
from tests.checklist.pages import page, text


@pytest.mark.parametrize(
    ("line", "term", "exact", "by_ocr"),
    [
        ("แผนการจัดซื้อจัดจ้าง", "แผนการจัดซื้อจัดจ้าง", True, True),
        ("แผนการจัดซือจัดจาง", "แผนการจัดซื้อจัดจ้าง", False, True),
        ("ตัวชีวัดและเป้าหมาย", "ตัวชี้วัด", False, True),
        ("คุณะทำงานป้องกันการทุจริตของหน่วยงาน", "คณะทำงานป้องกันการทุจริตของหน่วยงาน", False, True),
        ("แผนการจัดหาพัสดุ", "แผนการจัดซื้อจัดจ้าง", False, False),
        ("ปีงบประมาณ พ.ศ. 2565", "ปีงบประมาณ พ.ศ. 2566", False, False),
        ("ที", "ที่", False, False),
    ],
)
def test_text_read_by_ocr_matches_more_loosely(
    line: str, term: str, exact: bool, by_ocr: bool
) -> None:
    assert stands_in(match_form(line), term) is exact
    assert stands_in(match_form(line), term, by_ocr=True) is by_ocr


def test_a_term_runs_over_the_lines_of_a_narrow_column() -> None:
    narrow = reading_of(
        text("บัญชีโครงการ\n\nรายงานการกำกับ\nติดตามการดำเนินงาน\nรอบ 6 เดือน\n\n1 250,000\n")
    )
    assert narrow.find("รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน")
    cards = reading_of(page("<p>รายงานการกำกับ</p><p>ติดตามการดำเนินงาน</p>"))
    assert cards.find("รายงานการกำกับติดตามการดำเนินงาน") is None


def test_a_quote_shows_the_words_that_decided() -> None:
    long = "ข้อความนำที่ยืดยาวของเอกสาร " * 30 + "งบประมาณ 30,000 บาท"
    reading = reading_of(page(f"<p>{long}</p>"))
    hit = reading.find("งบประมาณ")
    assert hit is not None
    quote = reading.quote(hit.line, term="งบประมาณ")
    assert "งบประมาณ 30,000" in quote.text
    assert len(quote.text) < 300
