"""A site whose link texts no workbook can hold, when addresses are proposed from it.

Tried: Link texts and headings with control characters, lone surrogates, 40,000 letters, and link
addresses of every scheme go into the file that `oit discover` writes.
Must: The file is written, opens, and holds the texts without what a cell cannot hold; none of its
links leads elsewhere than to http(s).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.hostile.readers.attacks import ADDRESSES, UNHELD
from units.registry import Unit
from units.suggesting import write_suggestions
from units.suggestions import Suggestion, Suggestions

UNIT = Unit.model_validate({"id": "a", "name": "เทศบาล", "type": "local"})


def rows(tmp_path: Path, *found: Suggestion) -> list[list[object]]:
    write_suggestions(Suggestions(UNIT, 2566, found), tmp_path / "urls.xlsx")
    sheet = load_workbook(tmp_path / "urls.xlsx").worksheets[0]
    links = [c.hyperlink.target for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert all(str(link).startswith(("http://", "https://")) for link in links)
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", UNHELD)
def test_what_no_cell_holds_is_left_out(tmp_path: Path, text: str) -> None:
    [row] = rows(tmp_path, Suggestion("O1", text, ("https://x.go.th/",), 80, text, text))
    assert str(row[1]).startswith("ก")
    assert not set(str(row[1])) & set("\x00\x0b\x0c\x1b\ufffe\uffff\ud800\udfff")


def test_a_text_too_long_is_cut_between_letters(tmp_path: Path) -> None:
    [row] = rows(tmp_path, Suggestion("O1", "😀" * 20_000, (), 0, "ก" * 40_000))
    assert len(str(row[1]).encode("utf-16-le")) == 2 * 32_766
    assert len(str(row[6])) == 32_767


def test_only_web_addresses_are_links(tmp_path: Path) -> None:
    found = [
        Suggestion(f"O{n}", "ก", (one,), 80, found_on=one) for n, one in enumerate(ADDRESSES, 1)
    ]
    rows(tmp_path, *found, Suggestion("O40", "ก", ("https://x.go.th/" + "ก" * 3000,), 80))
