"""What a PDF shows beside its letters: titles by their setting, outline, form, attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.evidence import Document, Fetch, Region
from crawler.extract import extract
from crawler.extract.pdf_type import TypeLine, body_of, letters_of, title_length
from tests.crawler.extract.hand_pdf import assembled, pdf, set_line, stream

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLE = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานของรัฐ",
    "จากการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานขององค์การบริหารส่วนตำบล",
    "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
)
PROSE = (
    "องค์การบริหารส่วนตำบลทุ่งรวงทองได้กำหนดมาตรการและมอบหมายให้สำนักปลัดติดตามผล "
    "โดยรายงานให้นายกองค์การบริหารส่วนตำบลทราบทุกไตรมาส ซึ่งสรุปผลได้ตามตารางด้านล่างนี้ "
)


def read(body: bytes) -> Document:
    return extract(body, Fetch("https://a.go.th/f.pdf", "https://a.go.th/f.pdf"))


def headings(browser: Browser, style: str) -> list[str]:
    page = browser.new_page()
    lines = "<br>".join(TITLE)
    page.set_content(
        "<html><body style='font-family:Sarabun,Garuda;font-size:12pt'>"
        f"<div style='{style}'>{lines}</div><p>{PROSE * 4}</p></body></html>"
    )
    body = page.pdf(format="A4", margin={"left": "20mm", "right": "20mm"})
    page.close()
    found = [p.text for p in read(body).passages if p.region is Region.HEADING]
    return ["".join(line.split()) for line in found]


@pytest.mark.parametrize(
    "style",
    ["font-size:14pt", "font-weight:bold;text-align:center", "font-weight:bold"],
    ids=["larger", "centred", "bold"],
)
def test_a_title_of_three_lines_is_no_paragraph(browser: Browser, style: str) -> None:
    found = "".join(headings(browser, style))
    assert found == "".join("".join(line.split()) for line in TITLE)


def test_prose_at_the_top_is_no_title(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f"<html><body style='font-family:Garuda'><p>{PROSE * 8}</p></body></html>")
    document = read(page.pdf(format="A4"))
    page.close()
    assert document.title == ""


def line(key: str, size: float = 16, *, bold: bool = False, left: float = 0.1) -> TypeLine:
    return TypeLine(letters_of(key), size, bold, left, 0.9 if left == 0.1 else 1 - left)


BODY = line("เนื้อความของเอกสารที่ยาวพอจะเป็นเนื้อความ" * 9)
TABLE = line("ตารางตัวเล็กที่มีตัวอักษรมากกว่าเนื้อความ" * 30, 12)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([line("แผนปฏิบัติการ", 20), line("ประจำปี", 20), BODY], 2),
        ([line("ประกาศเทศบาล", bold=True), line("เรื่อง แผน", bold=True), BODY], 2),
        ([line("ประกาศ", 20), line("เรื่อง แผนการจัดซื้อ", 16, left=0.3), BODY], 2),
        ([line("ชื่อเรื่องใหญ่", 20), BODY, line("หัวข้อหนา", bold=True)], 1),
        ([line("ชื่อเรื่อง", 20), line("เนื้อความใหญ่กว่าตาราง" * 4), TABLE], 1),
        ([BODY, line("หัวข้อใหญ่", 20)], 0),
        ([BODY], 0),
    ],
)
def test_what_is_set_as_a_title(lines: list[TypeLine], count: int) -> None:
    body = body_of(lines)
    assert body is not None
    assert title_length([item.key for item in lines], lines, body) == count


def test_no_lines_have_no_body() -> None:
    assert body_of([]) is None


def test_the_outline_heads_what_stands_below_it() -> None:
    first = set_line("Part one of the report", 700) + set_line("Words of the first part", 600)
    second = set_line("Still the first part", 700) + set_line("Part two", 500)
    third = second + set_line("Words of the second part", 400)
    body = assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 8 0 R>>",
            b"<</Type/Pages/Kids[4 0 R 6 0 R]/Count 2>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(first),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(third),
            b"<</Type/Outlines/First 9 0 R/Last 10 0 R/Count 2>>",
            b"<</Title(Part one)/Parent 8 0 R/Next 10 0 R/Dest[4 0 R/Fit]>>",
            b"<</Title(Part two)/Parent 8 0 R/Prev 9 0 R/Dest[6 0 R/Fit]>>",
        ]
    )
    paths = {p.text: p.heading_path for p in read(body).passages}
    assert paths["Words of the first part"] == ("Part one",)
    assert paths["Still the first part"] == ("Part one",)
    assert paths["Words of the second part"] == ("Part two",)


def form(value: bytes, flags: int = 4) -> bytes:
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/DA(/F1 12 Tf)"
            b"/DR<</Font<</F1 3 0 R>>>>>>>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[6 0 R]"
            b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(set_line("Name of the person in charge of the office", 700)),
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(%s)/F %d/Rect[60 600 400 620]/P 4 0 R>>"
            % (value, flags),
        ]
    )


def test_values_of_a_form_are_read_once() -> None:
    shown = "\n".join(p.text for p in read(form(b"Somchai Jaidee")).passages)
    assert shown.count("Somchai Jaidee") == 1


def test_hidden_values_are_not_read() -> None:
    assert not [p for p in read(form(b"Somchai Jaidee", flags=2)).passages if "Som" in p.text]


def with_attachment(name: bytes, data: bytes) -> bytes:
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(%s) 6 0 R]>>>>>>" % name,
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(set_line("The plan is attached to this letter", 700)),
            b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 7 0 R>>>>" % (name, name),
            stream(data, b"/Type/EmbeddedFile"),
        ]
    )


def test_attached_files_are_named_and_read_below_their_name() -> None:
    inner = pdf([set_line("Plan of the office for the year", 700)])
    document = read(with_attachment(b"plan.pdf", inner))
    assert document.metadata["attachments"] == "plan.pdf"
    (attached,) = [p for p in document.passages if p.heading_path]
    assert attached.text == "Plan of the office for the year"
    assert (attached.heading_path, attached.region) == (("plan.pdf",), Region.MAIN)
    assert document.title == "The plan is attached to this letter"


def test_attachments_of_attachments_are_named_only() -> None:
    inner = with_attachment(b"deep.pdf", pdf([set_line("Deepest words", 700)]))
    texts = [p.text for p in read(with_attachment(b"plan.pdf", inner)).passages]
    assert texts.count("The plan is attached to this letter") == 2
    assert "Deepest words" not in texts
