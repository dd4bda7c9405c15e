"""Ends of scripts, sections and strings in the files that gates and other programs read.

Tried: Titles hold `</script>`, `]]>`, `-->`, entities, quotes, line ends of JavaScript and a whole
forged test case or JSON object.
Must: JUnit is read by lxml with as many cases as items and no entity; SARIF and JSON give the text
back as one string; no forged case or key appears.
"""

from __future__ import annotations

import json

import pytest
from lxml import etree

from results.formats.json import unit_json
from results.formats.junit import junit
from results.formats.sarif import sarif
from tests.results.sheets import report_saying

TEXTS = (
    "</script><script>alert(1)</script>",
    "]]><testcase name='ปลอม'/><![CDATA[",
    '"/></testcase><testcase name="ปลอม"/>',
    "--><testcase name='ปลอม'/><!--",
    "&xxe;&#0;&lt;testcase/&gt;",
    '","verdict":"pass","x":"',
    "\u2028\u2029\\u0000\\",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_stays_one_text(text: str) -> None:
    report = report_saying(text)
    suite = etree.fromstring(junit([report]).encode(), etree.XMLParser(resolve_entities=False))
    cases = suite.findall(".//testcase")
    assert len(cases) == len(report.findings())
    assert not [case for case in cases if case.get("name") == "ปลอม"]
    results = json.loads(sarif([report]))["runs"][0]["results"]
    assert len(results) == sum(one.group.value != "pass" for one in report.findings()) - sum(
        one.group.value == "unchecked" for one in report.findings()
    )
    data = json.loads(unit_json(report))
    assert data["unit"]["name"] == report.unit.name
