"""A workbook that says it fills 1,048,576 rows of 16,384 columns.

Tried: a stated dimension, a merge over the whole sheet, one cell in the last corner, and 200,000
rows that hold nothing.
Must: only what stands there is read, in the time of a small file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.documents.packing import xlsx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

WHOLE = "A1:XFD1048576"
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>แผน 2567</t></is></c></row>'
LAST = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>ปลาย</t></is></c></row>'
EMPTY = "".join(f'<row r="{number}"/>' for number in range(2, 200_000))


def test_only_filled_cells_are_read(reader: Reader) -> None:
    rows = f'<dimension ref="{WHOLE}"/><sheetData>{FIRST}{EMPTY}{LAST}</sheetData><mergeCells count="1"><mergeCell ref="{WHOLE}"/></mergeCells>'
    document = reader.read(xlsx(rows), "plan.xlsx")
    assert document.readable
    assert "แผน 2567" in [p.text for p in document.passages]
    assert len(document.passages) < 10
