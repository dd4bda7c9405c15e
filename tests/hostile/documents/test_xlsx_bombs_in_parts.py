"""A workbook whose side parts are the bomb.

Tried: 50,000 shared strings of which the sheet names one, 40,000 styles, one cell of 9 MB.
Must: it is read within the limits or refused with a reason, never with invented text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.documents.packing import SHEET, cell, xlsx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

STRINGS = f'<sst xmlns="{SHEET}">{"<si><t>ก</t></si>" * 50_000}</sst>'.encode()
STYLES = f'<styleSheet xmlns="{SHEET}"><cellXfs count="1">{"<xf/>" * 40_000}</cellXfs></styleSheet>'.encode()


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>', {"xl/sharedStrings.xml": STRINGS}),
        (cell("ก"), {"xl/styles.xml": STYLES}),
        (cell("ก" * 3_000_000), {}),
    ],
    ids=["strings", "styles", "cell"],
)  # fmt: skip
def test_it_is_read_or_refused(reader: Reader, rows: str, more: dict[str, bytes]) -> None:
    document = reader.read(xlsx(rows, more=more), "plan.xlsx")
    texts = [p.text.strip("ก") for p in document.passages if p.text != "a"]
    assert texts == [""] if document.readable else document.fetch.problem_detail
