"""Writes the empty form of a score file (XLSX): how to fill it in, indicators, questions."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from results.papers.ita_scores import (
    INDICATORS,
    INSTRUMENTS,
    all_questions,
    indicator_of,
)
from results.papers.score_columns import TITLES
from units.problems import Problem, UnitsError

HOW_TO = "วิธีกรอก"
INDICATOR_SHEET = "คะแนนตัวชี้วัด"
QUESTION_SHEET = "คะแนนรายข้อ"
_REMARK = "หมายเหตุ"
_STEPS = (
    "วิธีกรอกคะแนนการประเมินคุณธรรมและความโปร่งใส (ITA)",
    "1. กรอกคะแนนตัวชี้วัดที่ 1 ถึง 10 ของทุกปีในแผ่นงาน “คะแนนตัวชี้วัด” ตามประกาศผลการประเมินหรือระบบ ITAS",
    "2. คะแนนเต็ม 100 ใส่เฉพาะตัวเลข เช่น 94.76 ใช้เลขไทยได้ ทศนิยมเกินสองตำแหน่งจะปัดเป็นสองตำแหน่ง",
    "3. แถว IIT EIT OIT และรวม ใส่คะแนนที่ประกาศ (เต็ม 30 30 40 และ 100) หากเว้นว่าง โปรแกรมคำนวณให้ "
    "ค่าที่คำนวณอาจต่างจากที่ประกาศ 0.01 เพราะผู้ประเมินคิดจากคะแนนที่มีทศนิยมมากกว่าที่เผยแพร่",
    "4. แผ่นงาน “คะแนนรายข้อ” ใส่เฉพาะข้อที่ทราบ ข้อย่อยเพิ่มแถวได้ เช่น i1.1 ข้อที่ไม่ทราบให้เว้นว่าง",
    "5. เปลี่ยนหรือเพิ่มคอลัมน์ปีได้ ใส่ปี พ.ศ. สี่หลักที่หัวคอลัมน์ รายงานใช้สามปีล่าสุด",
    "6. ห้ามใช้สูตร หากคัดลอกมาจากแฟ้มอื่นให้วางเฉพาะค่า (Paste Values)",
    "7. บันทึกแล้วสั่ง: oit paper analysis --scores ชื่อแฟ้ม.xlsx -o analysis.docx",
)
_HEAD = {
    "bold": True,
    "bg_color": "#1F4E78",
    "font_color": "#FFFFFF",
    "align": "center",
    "border": 1,
}


def scores_template(years: Sequence[int]) -> bytes:
    """The form as an XLSX file, with a column for each of `years` (B.E.).

    Raises `UnitsError` when no year is given.
    """
    if not years:
        raise UnitsError("scores-template", [Problem("ต้องมีอย่างน้อยหนึ่งปี", "give at least one year")])
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        _how_to(book)
        _table(book, INDICATOR_SHEET, _indicator_rows(), years)
        _table(book, QUESTION_SHEET, _question_rows(), years)
    return target.getvalue()


def _indicator_rows() -> list[tuple[str, str, str]]:
    """Code, text and remark of each row."""
    rows = [(str(number), title, "เต็ม 100") for number, title in INDICATORS.items()]
    rows += [(one.id, one.title, f"ถ้ามีประกาศ เต็ม {one.weight}") for one in INSTRUMENTS]
    return [*rows, ("รวม", "ผลคะแนนรวม", "ถ้ามีประกาศ เต็ม 100")]


def _question_rows() -> list[tuple[str, str, str]]:
    rows = []
    for code in all_questions():
        number = indicator_of(code)
        assert number is not None
        rows.append((code, "", f"ตัวชี้วัดที่ {number} {INDICATORS[number]}"))
    return rows


def _how_to(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(HOW_TO)
    sheet.set_column(0, 0, 110)
    plain = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12})
    title = book.add_format({"bold": True, "font_size": 14})
    for row, line in enumerate(_STEPS):
        sheet.write_string(row, 0, line, title if row == 0 else plain)


def _table(
    book: xlsxwriter.Workbook, name: str, rows: Sequence[tuple[str, str, str]], years: Sequence[int]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format(_HEAD)
    named = book.add_format({"text_wrap": True, "border": 1})
    open_ = book.add_format({"border": 1, "num_format": "0.00", "bg_color": "#FFF8E1"})
    titles = [TITLES["indicator"], TITLES["text"], *(str(year) for year in years), _REMARK]
    for column, text in enumerate(titles):
        sheet.write_string(0, column, text, head)
    for number, (code, text, remark) in enumerate(rows, start=1):
        sheet.write_string(number, 0, code, named)
        sheet.write_string(number, 1, text, named)
        highest = {one.id: float(one.weight) for one in INSTRUMENTS}.get(code, 100.0)
        for column in range(2, 2 + len(years)):
            sheet.write_blank(number, column, None, open_)
        sheet.write_string(number, 2 + len(years), remark, named)
        sheet.data_validation(number, 2, number, 1 + len(years), _between(highest))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 1 + len(years), 12)
    sheet.set_column(2 + len(years), 2 + len(years), 36)
    sheet.freeze_panes(1, 2)


def _between(highest: float) -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": highest,
        "error_title": "คะแนน",
        "error_message": f"ใส่ตัวเลขระหว่าง 0 ถึง {highest:g}",
    }
