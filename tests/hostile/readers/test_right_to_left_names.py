"""A file name that shows another ending than it has.

Tried: A site offers a program as “รายงาน<U+202E>fdp.exe”, which is displayed as if it ended in .pdf.
Must: The mark that turns the direction is gone from the page, the Word file, the workbook, the
archive's line and the names of files that we write; the true ending stays readable at the end.
"""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document
from openpyxl import load_workbook

from evidence.capture import Capture, CaptureKind, plain
from evidence.pack import safe_name
from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.xlsx import unit_xlsx
from tests.hostile.readers.attacks import RIGHT_TO_LEFT
from tests.results.samples import CHECKED
from tests.results.sheets import report_saying
from web.evidence.answers import download

TURN = "\u202e"


def test_reports_show_it_as_it_is() -> None:
    report = report_saying(RIGHT_TO_LEFT, f"https://www.phusuan.go.th/{RIGHT_TO_LEFT}")
    page = unit_html(report)
    word = Document(io.BytesIO(unit_docx(report))).element.xml
    book = load_workbook(io.BytesIO(unit_xlsx(report)))
    cells = [str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row]
    for said in (page, word, "".join(cells)):
        assert TURN not in said
        assert "รายงานfdp.exe" in said


def test_files_of_the_archive_keep_no_turn() -> None:
    capture = Capture(
        "https://x.go.th/a",
        "https://x.go.th/a",
        200,
        "ab" * 32,
        1,
        CaptureKind.RESPONSE,
        "",
        CHECKED,
    )
    assert plain(replace(capture, file_name=RIGHT_TO_LEFT)).file_name == "รายงานfdp.exe"
    assert safe_name(RIGHT_TO_LEFT, 1, ".pdf") == "01-fdp.pdf"
    assert "%E2%80%AE" not in download(b"", RIGHT_TO_LEFT).headers["Content-Disposition"]
