"""Reading units files: every shape that is taken, and every mistake with its exact words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from checklist.profile import UnitType
from units.exporting import write_units
from units.importing import read_units
from units.problems import UnitsError
from units.registry import Registry, Unit

Rows = list[list[object]]
HEAD: list[object] = ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "เว็บไซต์หลัก", "O1", "O12"]
SITE = "https://www.bandon.test/"
GOOD: list[object] = ["tb01", "เทศบาลตำบลบ้านดอน", "อปท.", SITE, f"{SITE}o1", None]


def xlsx(path: Path, rows: Rows, title: str = "หน่วยงาน") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def refused(path: Path) -> list[str]:
    """The mistakes in Thai, without the file's name."""
    with pytest.raises(UnitsError) as error:
        read_units(path)
    assert error.value.source == path.name
    assert error.value.text("en").startswith(path.name)
    return [problem.text() for problem in error.value.problems]


class TestTaken:
    def test_a_workbook(self, tmp_path: Path) -> None:
        rows: Rows = [
            HEAD,
            GOOD,
            ["tb02", "จังหวัดสมมติ", "province", None, "-", "https://b.test/1\nhttps://b.test/2"],
        ]
        registry = read_units(xlsx(tmp_path / "u.xlsx", rows))
        assert registry.ids == ("tb01", "tb02")
        assert registry.get("tb01").type is UnitType.LOCAL
        assert registry.get("tb01").urls == {"O1": ("https://www.bandon.test/o1",)}
        assert registry.get("tb02").urls == {"O12": ("https://b.test/1", "https://b.test/2")}

    def test_title_rows_counters_blank_rows_and_the_example_are_passed_over(
        self, tmp_path: Path
    ) -> None:
        rows: Rows = [
            ["ทะเบียนหน่วยงานในสังกัด ประจำปีงบประมาณ พ.ศ. 2566"],
            [],
            ["ลำดับ", *HEAD],
            [1, "ตัวอย่าง", "หน่วยงานสมมติ", "อปท.", "www", "ผิด", "ผิด"],
            [],
            [2, *GOOD],
        ]
        assert read_units(xlsx(tmp_path / "u.xlsx", rows)).ids == ("tb01",)

    def test_english_titles_and_numbers_as_ids(self, tmp_path: Path) -> None:
        rows: Rows = [
            ["Unit ID", "Name", "Type", "Main website", "Owner e-mail", "o1", "ข้อ O๑๒ รายงาน"],
            [
                1001,
                "อบต. ทดสอบ",
                "Local",
                "https://a.test",
                "ita@a.test.th",
                "",
                "https://a.test/12",
            ],
        ]
        unit = read_units(xlsx(tmp_path / "u.xlsx", rows)).get("1001")
        assert unit.owner_email == "ita@a.test.th"
        assert unit.urls == {"O12": ("https://a.test/12",)}

    def test_a_hyperlink_gives_its_target(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "u.xlsx", [HEAD, [*GOOD[:4], "คลิกที่นี่", "https://www.bandon.test/12"]])
        book = load_workbook(path)
        sheet = book.worksheets[0]
        sheet["E2"].hyperlink = "https://www.bandon.test/real?id=1"
        sheet["F2"].hyperlink = "https://www.bandon.test/12/"
        book.save(path)
        assert read_units(path).get("tb01").urls == {
            "O1": ("https://www.bandon.test/real?id=1",),
            "O12": ("https://www.bandon.test/12",),
        }

    def test_a_link_inside_the_workbook_is_no_address(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "u.xlsx", [HEAD, GOOD])
        book = load_workbook(path)
        book.worksheets[0]["E2"].hyperlink = Hyperlink(ref="E2", location="'หน่วยงาน'!A1")
        book.save(path)
        assert read_units(path).get("tb01").urls["O1"] == ("https://www.bandon.test/o1",)

    def test_every_visible_sheet_with_a_header_is_read(self, tmp_path: Path) -> None:
        book = Workbook()
        book.active.append(["คำชี้แจง"])  # type: ignore[union-attr]
        for name, unit_id, state in (
            ("ก", "a", "visible"),
            ("ข", "b", "visible"),
            ("ค", "c", "hidden"),
        ):
            sheet = book.create_sheet(name)
            sheet.append(HEAD)
            sheet.append([unit_id, *GOOD[1:]])
            sheet.sheet_state = state
        book.save(tmp_path / "u.xlsx")
        assert read_units(tmp_path / "u.xlsx").ids == ("a", "b")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "tis-620", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_csv_in_the_encodings_and_separators_of_offices(
        self, tmp_path: Path, encoding: str, separator: str
    ) -> None:
        rows = [
            ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "O1"],
            ["tb01", "เทศบาลตำบลน้ำใส", "ท้องถิ่น", '"https://a.test/1\nhttps://a.test/2"'],
        ]
        path = tmp_path / "u.csv"
        text = "\r\n".join(separator.join(row) for row in rows)
        path.write_bytes(text.encode(encoding))
        unit = read_units(path).get("tb01")
        assert unit.name == "เทศบาลตำบลน้ำใส"
        assert unit.urls["O1"] == ("https://a.test/1", "https://a.test/2")

    def test_yaml(self, tmp_path: Path) -> None:
        path = tmp_path / "u.yaml"
        path.write_text(
            "units:\n- id: 1001\n  name: เทศบาลตำบลน้ำใส\n  type: อปท.\n"
            "  urls:\n    O1: https://a.test/1\n    O2: [https://a.test/2, https://a.test/3]\n",
            encoding="utf-8",
        )
        assert read_units(path).get("1001").urls == {
            "O1": ("https://a.test/1",),
            "O2": ("https://a.test/2", "https://a.test/3"),
        }


SHEET_ROW_2 = "แผ่นงาน “หน่วยงาน” แถว 2"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [HEAD, [None, *GOOD[1:]]],
            [f"{SHEET_ROW_2} คอลัมน์ A (รหัสหน่วยงาน): ยังไม่ได้ใส่ “รหัสหน่วยงาน”"],
            id="no id",
        ),
        pytest.param(
            [HEAD, ["tb 01", *GOOD[1:]]],
            [
                f"{SHEET_ROW_2} คอลัมน์ A (รหัสหน่วยงาน): รหัสหน่วยงาน “tb 01” ใช้ไม่ได้ "
                "ให้ใช้ตัวอักษร ตัวเลข จุด ขีด หรือขีดล่าง ไม่มีช่องว่าง"
            ],
            id="id with a space",
        ),
        pytest.param(
            [HEAD, ["tb01", None, *GOOD[2:]]],
            [f"{SHEET_ROW_2} คอลัมน์ B (ชื่อหน่วยงาน): ยังไม่ได้ใส่ “ชื่อหน่วยงาน”"],
            id="no name",
        ),
        pytest.param(
            [HEAD, ["tb01", "หน่วย", None, *GOOD[3:]]],
            [f"{SHEET_ROW_2} คอลัมน์ C (ประเภท): ยังไม่ได้ใส่ “ประเภท”"],
            id="no type",
        ),
        pytest.param(
            [HEAD, ["tb01", "หน่วย", "จังหวัดด", *GOOD[3:]]],
            [
                f"{SHEET_ROW_2} คอลัมน์ C (ประเภท): ไม่รู้จักประเภท “จังหวัดด” หมายถึง “จังหวัด” หรือไม่ "
                "ให้ใช้ ส่วนกลาง, จังหวัด, อปท., อื่น ๆ"
            ],
            id="misspelt type",
        ),
        pytest.param(
            [HEAD, [*GOOD[:3], "www.bandon.test", *GOOD[4:]]],
            [
                f"{SHEET_ROW_2} คอลัมน์ D (เว็บไซต์หลัก): “www.bandon.test” ต้องขึ้นต้นด้วย http:// "
                "หรือ https:// ให้เขียนเป็น “https://www.bandon.test”"
            ],
            id="main site without a scheme",
        ),
        pytest.param(
            [HEAD, [*GOOD[:3], "https://a.test https://b.test", *GOOD[4:]]],
            [f"{SHEET_ROW_2} คอลัมน์ D (เว็บไซต์หลัก): เว็บไซต์หลักมีได้ URL เดียว"],
            id="two main sites",
        ),
        pytest.param(
            [HEAD, [*GOOD[:5], "https://a.test/แผน ปี66"]],
            [
                f"{SHEET_ROW_2} คอลัมน์ F (O12): “ปี66” ไม่ใช่ URL หากเป็นส่วนท้ายของ URL ก่อนหน้า "
                "ให้แทนช่องว่างด้วย %20"
            ],
            id="a space inside a URL",
        ),
        pytest.param(
            [HEAD, [*GOOD[:5], '="https://a.test/"&"o12"']],
            [
                f'{SHEET_ROW_2} คอลัมน์ F (O12): เป็นสูตร (="https://a.test/"&"o12") '
                "ให้คัดลอกแล้ววางเฉพาะค่า (Paste Values)"
            ],
            id="formula",
        ),
        pytest.param(
            [HEAD, GOOD, GOOD],
            ["แผ่นงาน “หน่วยงาน” แถว 3: รหัสหน่วยงาน “tb01” ซ้ำกับแผ่นงาน “หน่วยงาน” แถว 2 ให้ใช้รหัสไม่ซ้ำกัน"],
            id="id twice",
        ),
        pytest.param(
            [[*HEAD, "O44"], GOOD],
            [
                "แผ่นงาน “หน่วยงาน” แถว 1 คอลัมน์ G: ไม่มีข้อ “O44” ใช้ได้ตั้งแต่ O1 ถึง O43 และ M1 ถึง M20 ให้แก้หรือลบคอลัมน์นี้"
            ],
            id="unknown item",
        ),
        pytest.param(
            [[*HEAD, "ข้อ M21"], GOOD],
            [
                "แผ่นงาน “หน่วยงาน” แถว 1 คอลัมน์ G: ไม่มีข้อ “ข้อ M21” ใช้ได้ตั้งแต่ O1 ถึง O43 และ M1 ถึง M20 ให้แก้หรือลบคอลัมน์นี้"
            ],
            id="unknown item of another checklist",
        ),
        pytest.param(
            [[*HEAD, "เวบไซต์หลัก"], GOOD],
            [
                "แผ่นงาน “หน่วยงาน” แถว 1 คอลัมน์ G: ไม่รู้จักคอลัมน์ “เวบไซต์หลัก” "
                "หมายถึง “เว็บไซต์หลัก” หรือไม่ ให้แก้ชื่อหรือลบคอลัมน์นี้"
            ],
            id="misspelt column",
        ),
        pytest.param(
            [[*HEAD, "o1"], GOOD],
            ["แผ่นงาน “หน่วยงาน” แถว 1 คอลัมน์ G: คอลัมน์ “o1” ซ้ำกับคอลัมน์ E ให้รวมเป็นคอลัมน์เดียว"],
            id="column twice",
        ),
        pytest.param(
            [HEAD, [*GOOD, "https://a.test/hidden"]],
            ["แผ่นงาน “หน่วยงาน” แถว 1 คอลัมน์ G: คอลัมน์นี้มีข้อมูลแต่ไม่มีชื่อ ให้ใส่ชื่อคอลัมน์หรือลบออก"],
            id="data without a title",
        ),
        pytest.param(
            [["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "O1"], ["tb01", "หน่วย", "https://a.test"]],
            [
                "แผ่นงาน “หน่วยงาน” แถว 1: ไม่มีคอลัมน์ “ประเภท” "
                "ให้เพิ่มคอลัมน์ตามแบบฟอร์มจากคำสั่ง oit units template"
            ],
            id="required column missing",
        ),
        pytest.param(
            [["เรื่อง", "จำนวน"], ["ร้องเรียน", 3]],
            [
                "แผ่นงาน “หน่วยงาน” ไม่มีแถวหัวตาราง (รหัสหน่วยงาน, ชื่อหน่วยงาน, ประเภท) ใน 20 แถวแรก "
                "ให้ใช้แบบฟอร์มจากคำสั่ง oit units template"
            ],
            id="some other workbook",
        ),
        pytest.param(
            [HEAD],
            ["ไม่มีหน่วยงานในแฟ้มนี้ ให้ใส่อย่างน้อยหนึ่งแถวใต้หัวตาราง (แถวตัวอย่างไม่นับ)"],
            id="header alone",
        ),
    ],
)
def test_a_mistake_in_a_workbook_is_told_with_its_cell(
    tmp_path: Path, rows: Rows, expected: list[str]
) -> None:
    assert refused(xlsx(tmp_path / "u.xlsx", rows)) == expected


def test_a_hyperlink_that_differs_from_its_text_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "u.xlsx", [HEAD, GOOD])
    book = load_workbook(path)
    book.worksheets[0]["E2"].hyperlink = "https://other.test/2565"
    book.save(path)
    assert refused(path) == [
        f"{SHEET_ROW_2} คอลัมน์ E (O1): ข้อความในเซลล์ (https://www.bandon.test/o1) กับลิงก์ที่ฝังไว้ "
        "(https://other.test/2565) ไม่ตรงกัน ให้คลิกขวา เลือก “ลบไฮเปอร์ลิงก์” หรือแก้ลิงก์ให้ตรงกัน"
    ]


def test_all_mistakes_come_at_once_and_twenty_are_listed(tmp_path: Path) -> None:
    wrong: Rows = [[f"u{n}", "หน่วย", "อปท.", "", "ผิด", ""] for n in range(25)]
    rows: Rows = [HEAD, *wrong, GOOD]
    with pytest.raises(UnitsError) as error:
        read_units(xlsx(tmp_path / "u.xlsx", rows))
    lines = str(error.value).splitlines()
    assert lines[0] == "u.xlsx: พบข้อผิดพลาด 25 แห่ง จึงยังไม่นำเข้าข้อมูลใด"
    assert len(lines) == 22
    assert lines[-1] == "... และอีก 5 แห่ง"
    assert error.value.text("en").splitlines()[0] == "u.xlsx: 25 problems; nothing was read"
    assert 'sheet "หน่วยงาน", row 2, column E (O1)' in error.value.text("en")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("u.xlsx", b"", "แฟ้มว่างเปล่า ให้เริ่มจากแบบฟอร์มที่ได้จากคำสั่ง oit units template"),
        ("u.csv", b" \n", "แฟ้มว่างเปล่า ให้เริ่มจากแบบฟอร์มที่ได้จากคำสั่ง oit units template"),
        (
            "u.xlsx",
            b"%PDF-1.7 not a workbook",
            "ไม่ใช่แฟ้ม Excel (.xlsx) ที่อ่านได้ ให้เปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx",
        ),
        (
            "u.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "เป็น Excel รุ่นเก่า (.xls) หรือมีรหัสผ่าน ให้บันทึกใหม่เป็น .xlsx โดยไม่ตั้งรหัสผ่าน",
        ),
        ("u.docx", b"PK", "อ่านแฟ้มชนิดนี้ไม่ได้ (.docx) ให้บันทึกเป็น .xlsx .csv หรือ .yaml"),
        ("units", b"PK", "อ่านแฟ้มชนิดนี้ไม่ได้ (ไม่มีนามสกุล) ให้บันทึกเป็น .xlsx .csv หรือ .yaml"),
        ("u.csv", b"id,name\x00\n", "อ่านตัวอักษรไม่ได้ ให้บันทึกเป็น CSV UTF-8 (Comma delimited)"),
        (
            "u.csv",
            'รหัส,ชื่อ,ประเภท\nx,"เปิดแล้วไม่ปิด,อปท.\n'.encode(),
            'แถว 2 อ่านเป็น CSV ไม่ได้ ตรวจเครื่องหมายคำพูด (") ว่าเปิดและปิดครบ',
        ),
        (
            "u.csv",
            "รหัส,ชื่อ,ประเภท,O1\nx,หน่วย,อปท.,=1+1\n".encode(),
            "แถว 2 คอลัมน์ D (O1): เป็นสูตร (=1+1) ให้คัดลอกแล้ววางเฉพาะค่า (Paste Values)",
        ),
        (
            "u.yaml",
            b"units:\n- id: [a\n",
            "บรรทัด 3: อ่านเป็น YAML ไม่ได้ ตรวจย่อหน้าและเครื่องหมาย : ของบรรทัดนี้",
        ),
        ("u.yaml", b"sites: []\n", "ต้องเป็นรายการหน่วยงานใต้คีย์ units: เพียงคีย์เดียว"),
        (
            "u.yaml",
            b"units:\n- id: a\n  name: b\n  type: local\n  main_sight: c\n",
            "บรรทัด 5 คีย์ main_sight: ไม่รู้จักคีย์ “main_sight” หมายถึง “main_site” หรือไม่",
        ),
        (
            "u.yaml",
            b"units:\n- id: a\n  name: b\n  type: local\n  urls:\n    O1: [x.test]\n",
            "บรรทัด 6 คีย์ urls.O1: “x.test” ต้องขึ้นต้นด้วย http:// หรือ https:// ให้เขียนเป็น “https://x.test”",
        ),
        (
            "u.yaml",
            b"units:\n- id: a\n  name: b\n  type: local\n  urls: {O44: [https://a.test]}\n",
            "บรรทัด 5 คีย์ urls.O44: ไม่มีข้อ “O44” ใช้ได้ตั้งแต่ O1 ถึง O43 และ M1 ถึง M20",
        ),
        ("u.yaml", b"units:\n- id: a\n  type: local\n", "บรรทัด 2 คีย์ name: ยังไม่ได้ใส่ “ชื่อหน่วยงาน”"),
        ("u.yaml", b"units:\n- ab\n", "บรรทัด 2: หน่วยงานต้องเป็นคู่คีย์และค่า"),
        ("u.yaml", b"units:\n- &a {id: a}\n- *a\n", "ใช้ * (alias) ไม่ได้ ให้เขียนค่าเต็ม"),
        ("u.yaml", b"\xe0\xb8", "ไม่ใช่ UTF-8 (ไบต์ที่ 0) ให้บันทึกใหม่เป็น UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == [expected]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.xlsx") == ["ไม่พบแฟ้มนี้ ตรวจชื่อและที่อยู่ของแฟ้ม"]
    (tmp_path / "folder.csv").mkdir()
    assert refused(tmp_path / "folder.csv") == ["เป็นโฟลเดอร์ ให้ระบุแฟ้ม .xlsx .csv หรือ .yaml"]


def test_a_workbook_that_unpacks_to_a_flood_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/{number}.xml", b"0" * 80_000_000)
    assert path.stat().st_size < 1_000_000
    assert refused(path) == ["ไม่ใช่แฟ้ม Excel (.xlsx) ที่อ่านได้ ให้เปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx"]


SIGNS = "รหัสชื่อ,;\t\n\"'-:[]{}&*!|>%@`#?=0123456789.eE+ units"
YAML_SIGNS = "!&*?|>-: \n'\"[]{}0x1e_~nullO1"
ONE_UNIT = "units:\n- id: a\n  name: {0}\n  type: local\n  urls: {0}\n"


@given(
    suffix=st.sampled_from([".csv", ".yaml", ".xlsx"]),
    content=st.one_of(
        st.binary(max_size=200),
        st.text(alphabet=SIGNS, max_size=200).map(str.encode),
        st.text(max_size=120).map(lambda text: f"รหัส,ชื่อ,ประเภท,O1\n{text}\n".encode()),
        st.text(alphabet=YAML_SIGNS, max_size=60).map(lambda text: ONE_UNIT.format(text).encode()),
    ),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_read_whole_or_refused(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(content)
    try:
        registry = read_units(path)
    except UnitsError as error:
        told = [error.text("th"), error.text("en")]
        assert all(text.startswith(path.name) for text in told)
    else:
        assert len(registry) > 0


@pytest.mark.parametrize("title", ["M5", "m5", "ข้อ M5", "M-05", "ม5"])
def test_addresses_of_another_checklist_have_columns_of_their_own(
    tmp_path: Path, title: str
) -> None:
    path = tmp_path / "u.csv"
    rows = [f"รหัส,ชื่อ,ประเภท,O5,{title}", "a,หน่วย,จังหวัด,https://a.test/o5,https://a.test/m5"]
    path.write_text("\n".join(rows), encoding="utf-8")
    if title == "ม5":
        with pytest.raises(UnitsError, match="ไม่รู้จักคอลัมน์ “ม5”"):
            read_units(path)
        return
    assert read_units(path).get("a").urls == {
        "O5": ("https://a.test/o5",),
        "M5": ("https://a.test/m5",),
    }


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".yaml"])
def test_addresses_of_every_checklist_are_kept_in_a_file(tmp_path: Path, kind: str) -> None:
    unit = Unit(
        id="a", name="หน่วย", type=UnitType.LOCAL,
        urls={"M20": ("https://a.test/m20",), "O43": ("https://a.test/o43",)},
    )  # fmt: skip
    write_units(Registry([unit]), tmp_path / f"u{kind}")
    assert read_units(tmp_path / f"u{kind}").get("a") == unit
