"""Names of sheets, document properties and page feet made of what was typed.

Tried: A title of 300 letters with brackets, slashes, quotes, codes of page feet (&P, &"font") and
control characters becomes a sheet's name, the foot of its pages and the file's properties.
Must: The workbook opens; the name obeys Excel's rules, and the foot shows the text and no code.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from openpyxl import load_workbook

from results.excel.book import sheet_name
from results.excel.table import Column
from results.formats.listing import Listing, listing_xlsx
from tests.hostile.readers.attacks import FORMULAS, MARKUP

FOOT = '&"Wingdings"&99&G&[Path]'


@pytest.mark.parametrize(
    "title", [FOOT, *FORMULAS[:3], MARKUP[0], "[x]:*?/\\'" + "ก" * 300, "\x00\x1b"]
)
def test_any_title_gives_a_workbook_that_opens(title: str) -> None:
    made = Listing("a", title, "ก", [Column("หน่วยงาน", 9)], [["ก"]], [title])
    book = load_workbook(io.BytesIO(listing_xlsx(made)))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_a_foot_shows_codes_as_text() -> None:
    made = listing_xlsx(Listing("a", FOOT, "ก", [Column("หน่วยงาน", 9)], [["ก"]]))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    [foot] = [one.text or "" for one in root.iter("{*}oddFooter")]
    left = foot.removeprefix("&L").partition("&C")[0]
    assert left == '&&"Wingdings"&&99&& G&& [Path]'


def test_a_name_is_never_more_than_excel_takes() -> None:
    assert sheet_name("'[\x00\x1b" + "ก" * 40) == "ก" * 31
