"""Letters that XML, Word and Excel cannot hold.

Tried: NUL, vertical tabs, escapes, U+FFFE and halves of surrogate pairs stand in titles, quotes,
names and addresses.
Must: Every file of a report is written and opens with a strict reader, without these letters; what
stood around them is there.
"""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from lxml import etree
from openpyxl import load_workbook

from results.formats.csv import unit_csv
from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.json import unit_json
from results.formats.junit import junit
from results.formats.sarif import sarif
from results.formats.xlsx import unit_xlsx
from tests.hostile.readers.attacks import UNHELD
from tests.results.sheets import report_saying

GONE = set("\x00\x0b\x0c\x1b\ufffe\uffff\ud800\udfff")
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def test_every_file_of_a_report_opens() -> None:
    text = " ".join(UNHELD)
    report = report_saying(text, f"https://www.phusuan.go.th/{text}")
    for content in (unit_docx(report), unit_xlsx(report)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(name), STRICT)
    cells = [c.value for s in load_workbook(io.BytesIO(unit_xlsx(report))) for r in s for c in r]
    assert any("กข" in str(value) for value in cells)
    etree.fromstring(junit([report]).encode(), STRICT)
    texts = [unit_html(report), unit_csv(report).decode(), junit([report]), sarif([report])]
    for said in (*texts, unit_json(report)):
        said.encode("utf-8")
        assert not set(said) & GONE
        assert "กข" in said


@pytest.mark.parametrize("text", UNHELD)
def test_json_stays_json(text: str) -> None:
    report = report_saying(text)
    for said in (unit_json(report), sarif([report])):
        assert not set(json.dumps(json.loads(said), ensure_ascii=False)) & GONE
