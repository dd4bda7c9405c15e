"""Addresses that run or open something instead of leading to a web page.

Tried: Links and evidence addresses of a site are `javascript:`, `data:`, `file:`, shares of a
stranger's machine, programs of Office, or hold control characters and a false host.
Must: No page, workbook or Word file carries one as a link; where it is told, it is text.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import pytest
from docx import Document
from lxml import html as browser
from openpyxl import load_workbook

from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.xlsx import unit_xlsx
from results.links import ascii_address, safe_link
from tests.hostile.readers.attacks import ADDRESSES
from tests.results.sheets import report_saying
from web.render import environment

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_reader_is_sent_there(address: str) -> None:
    assert (safe_link(address), ascii_address(address)) == ("", "")
    outside = cast("Callable[[str], str]", environment().globals["outside"])
    assert "href" not in outside(address)


@pytest.mark.parametrize("address", [ADDRESSES[0], ADDRESSES[5], ADDRESSES[8], ADDRESSES[12]])
def test_no_file_links_to_it(address: str) -> None:
    report = report_saying("แผน", address)
    links = [a.get("href") for a in browser.document_fromstring(unit_html(report)).iter("a")]
    book = load_workbook(io.BytesIO(unit_xlsx(report)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    links += [cell.hyperlink.target for cell in cells if cell.hyperlink]
    word = Document(io.BytesIO(unit_docx(report)))
    links += [one.target_ref for one in word.part.rels.values() if one.is_external]
    assert all(link is None or link.startswith(("#", "http://", "https://")) for link in links)
    assert not any("evil.example" in (link or "") for link in links)


def test_links_to_pages_that_were_read_tell_the_site_nothing() -> None:
    page = unit_html(report_saying("แผน", "https://www.phusuan.go.th/แผน"))
    rels = {a.get("rel") for a in browser.document_fromstring(page).iter("a") if a.get("target")}
    assert rels == {"noopener noreferrer nofollow"}
