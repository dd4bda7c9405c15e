"""Writing units files: what is written reads back, and no cell becomes a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from units.exporting import write_template, write_units
from units.importing import read_units
from units.problems import UnitsError
from units.registry import Registry, Unit

KINDS = [".xlsx", ".csv", ".yaml"]
FULL = Unit.model_validate(
    {
        "id": "tb01",
        "name": "เทศบาลตำบลน้ำใส",
        "type": "local",
        "main_site": "https://น้ำใส.ไทย/",
        "owner_email": "ita@namsai.go.th",
        "aliases": ["ทต.น้ำใส", "สุขาภิบาลน้ำใส"],
        "urls": {
            "O1": ["https://namsai.test/o1"],
            "O12": ["https://namsai.test/12?a=1,2", "https://namsai.test/12.pdf"],
        },
        "explanation": "ข้อ O12 อยู่ท้ายหน้า\nไฟล์ชื่อ “รายงาน”",
        "verified": True,
        "note": "ตรวจเมื่อ 10 มีนาคม 2566",
    }
)
BARE = Unit.model_validate({"id": "1001", "name": "จังหวัดสมมติ", "type": "province"})


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_reads_back(tmp_path: Path, kind: str) -> None:
    registry = Registry([FULL, BARE])
    path = tmp_path / f"units{kind}"
    write_units(registry, path)
    assert read_units(path) == registry


thai_text = (
    st.text(alphabet="กขคงน้ำใสปี๒๕๖๖ abc=+-@'\",;:|\n", max_size=30)
    .map(str.strip)
    .filter(lambda text: not text.startswith("'"))
)


@pytest.mark.parametrize("kind", KINDS)
@given(explanation=thai_text, note=thai_text)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_survives_the_round_trip(
    tmp_path: Path, kind: str, explanation: str, note: str
) -> None:
    unit = BARE.model_copy(update={"explanation": explanation, "note": note})
    path = tmp_path / f"units{kind}"
    write_units(Registry([unit]), path)
    assert read_units(path).get("1001") == unit


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_never_becomes_a_formula(tmp_path: Path, start: str) -> None:
    text = f'{start}HYPERLINK("https://evil.test","กดที่นี่")'
    registry = Registry([BARE.model_copy(update={"note": text})])
    write_units(registry, tmp_path / "u.xlsx")
    write_units(registry, tmp_path / "u.csv")
    sheet = load_workbook(tmp_path / "u.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    with (tmp_path / "u.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any(cell == f"'{text}" for row in csv.reader(file) for cell in row)
    assert read_units(tmp_path / "u.xlsx") == read_units(tmp_path / "u.csv") == registry


def test_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnitsError, match=r"ให้ใช้ .xlsx .csv หรือ .yaml"):
        write_units(Registry([BARE]), tmp_path / "units.docx")
    with pytest.raises(UnitsError, match=r"ให้ตั้งชื่อลงท้ายด้วย .xlsx"):
        write_template(tmp_path / "units.csv")
    with pytest.raises(UnitsError, match="ไม่มีโฟลเดอร์"):
        write_units(Registry([BARE]), tmp_path / "nowhere" / "units.xlsx")


class TestTemplate:
    def test_the_form_alone_holds_no_unit(self, tmp_path: Path) -> None:
        write_template(tmp_path / "form.xlsx")
        with pytest.raises(UnitsError, match="ไม่มีหน่วยงานในแฟ้มนี้"):
            read_units(tmp_path / "form.xlsx")

    def test_a_filled_form_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "form.xlsx"
        write_template(path)
        book = load_workbook(path)
        sheet = book["หน่วยงาน"]
        titles = [cell.value for cell in sheet[1]]
        for title, value in (
            ("รหัสหน่วยงาน", "tb01"),
            ("ชื่อหน่วยงาน", "เทศบาลตำบลน้ำใส"),
            ("ประเภท", "อปท."),
            ("O43", "https://namsai.test/o43"),
        ):
            sheet.cell(3, titles.index(title) + 1, value)
        book.save(path)
        assert read_units(path).get("tb01").urls == {"O43": ("https://namsai.test/o43",)}

    def test_the_form_guides_the_hand(self, tmp_path: Path) -> None:
        write_template(tmp_path / "form.xlsx")
        book = load_workbook(tmp_path / "form.xlsx")
        assert book.sheetnames == ["วิธีกรอก", "หน่วยงาน"]
        sheet = book["หน่วยงาน"]
        titles = [cell.value for cell in sheet[1]]
        assert titles[:5] == [
            "รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "เว็บไซต์หลัก", "อีเมลผู้รับผิดชอบ",
        ]  # fmt: skip
        assert [title for title in titles if str(title).startswith("O")] == [
            f"O{number}" for number in range(1, 44)
        ]
        assert sheet.freeze_panes == "C2"
        assert sheet.column_dimensions["B"].width >= 30
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"ส่วนกลาง,จังหวัด,อปท.,อื่น ๆ"'
        assert "C2" in choice.sqref
