"""A spreadsheet of units, uploaded to the dashboard, made to bring the server down.

Tried: a bomb in a workbook's parts, a workbook that never ends, entities that name files.
Must: it is opened by a confined process, not by the server; one Thai line says what to do.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.documents.packing import cell, lying, xlsx
from units.problems import UnitsError
from web.units_reading import examined

HEAD = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "body",
    [
        xlsx(cell("&x;"), HEAD),
        lying(xlsx(cell("a")), 9),
        xlsx(cell("a"), more={"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 100_000}),
    ],
    ids=["entity", "lying", "strings"],
)
def test_one_line_says_what_to_do(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "units.xlsx"
    path.write_bytes(body)
    with pytest.raises(UnitsError) as refused:
        examined(path)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].th


def test_the_server_does_not_open_it() -> None:
    source = (Path(__file__).parents[3] / "web/pages/registry_files.py").read_text("utf-8")
    assert "examined(path)" in source
    assert "import examine" not in source.replace("import examined", "")
