"""A year read from a picture decides only when its digits were read twice and are sure."""

from __future__ import annotations

import pytest

from checklist.document_period import read_period
from checklist.evidence import Document, Fetch, Passage, Region, TextSource

FETCH = Fetch("https://unit.example/plan.pdf", "https://unit.example/plan.pdf")


def scan(*passages: Passage) -> Document:
    return Document(FETCH, TextSource.PDF, passages=passages)


def heading(text: str, confidence: float | None, source: TextSource = TextSource.OCR) -> Passage:
    return Passage(text, Region.HEADING, page=1, source=source, confidence=confidence)


@pytest.mark.parametrize(
    ("text", "confidence", "decides"),
    [
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 99.2, True),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 95.0, True),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 94.9, False),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 0.0, False),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. ๒๕๖๖", None, False),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2566", None, True),
        ("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2566", 60.0, False),
    ],
)
def test_which_years_of_a_scan_decide(text: str, confidence: float | None, decides: bool) -> None:
    reading = read_period(scan(heading(text, confidence)))
    assert bool(reading.statements) is decides
    assert bool(reading.ocr_years) is not decides


def test_a_title_of_several_lines_is_as_sure_as_its_least_sure_line() -> None:
    reading = read_period(
        scan(heading("รายงานผลการดำเนินงาน", None), heading("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", 62.0))
    )
    assert reading.statements == ()
    assert reading.ocr_years


def test_a_scanned_line_makes_the_whole_title_a_scan() -> None:
    reading = read_period(
        scan(
            heading("รายงานผลการดำเนินงาน", None, TextSource.PDF),
            heading("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", None),
        )
    )
    assert reading.statements == ()


def test_text_of_a_real_text_layer_needs_no_confidence() -> None:
    reading = read_period(scan(heading("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", None, TextSource.PDF)))
    assert reading.statements
