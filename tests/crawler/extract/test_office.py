"""Office formats other than .docx and .xlsx: files that LibreOffice and python-pptx wrote."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Cm

from checklist.evidence import Document, Fetch, Region, TextSource
from crawler.extract import extract
from crawler.extract.ole import OleFile
from crawler.extract.problems import UnreadableError
from crawler.extract.sniff import Kind, sniff
from tests.crawler.extract.hand_ole import ole

FILES = Path(__file__).parent / "files"
BODIES = {path.name: path.read_bytes() for path in FILES.iterdir() if path.suffix != ".gz"}
BODIES |= {path.stem: gzip.decompress(path.read_bytes()) for path in FILES.glob("*.gz")}
TITLE = "รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต"
PART = "ส่วนที่ ๑ บทนำ ปีงบประมาณ พ.ศ. ๒๕๖๖"


def read(body: bytes, name: str = "file") -> Document:
    url = f"https://a.go.th/{name}"
    return extract(body, Fetch(url, url, content_type="text/html"))


def texts(document: Document, region: Region) -> list[str]:
    return [p.text for p in document.passages if p.region is region]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.doc", Kind.OLE_WORD),
        ("report.odt", Kind.ODF),
        ("report.rtf", Kind.RTF),
        ("plan.xls", Kind.OLE_EXCEL),
        ("plan.ods", Kind.ODF),
        ("show.ppt", Kind.OLE_POWERPOINT),
        ("show.odp", Kind.ODF),
    ],
)
def test_the_bytes_tell_the_format(name: str, kind: Kind) -> None:
    assert sniff(BODIES[name], "application/octet-stream") is kind


@pytest.mark.parametrize("name", ["report.doc", "report.odt", "report.rtf"])
def test_a_text_gives_headings_paragraphs_and_tables(name: str) -> None:
    document = read(BODIES[name])
    assert document.source is TextSource.DOCX
    assert document.title.startswith(TITLE)
    assert texts(document, Region.HEADING) == [TITLE, PART, "๑.๑ ผลการใช้จ่าย"]
    prose = next(p for p in document.passages if p.text.startswith("สำนักงานเทศบาลตำบล"))
    assert (prose.region, prose.heading_path[-1]) == (Region.MAIN, PART)
    (table,) = document.tables
    assert table.header == ("ลำดับ", "โครงการ", "งบประมาณ")
    assert table.rows == (
        ("1", "อบรมคุณธรรมและจริยธรรมของบุคลากรในสังกัดเทศบาลตำบลหนองบัวแดง", "50,000"),
        ("2", "", "๓๐,๐๐๐"),
    )
    assert table.heading_path[-1] == "๑.๑ ผลการใช้จ่าย"


@pytest.mark.parametrize("name", ["report.doc", "report.odt", "report.rtf"])
def test_hidden_words_never_count(name: str) -> None:
    document = read(BODIES[name])
    shown = [p for p in document.passages if p.region is not Region.HIDDEN]
    assert "ลงชื่อ นายกเทศมนตรี" in [p.text for p in shown]
    assert not [p for p in shown if "๒๕๖๗" in p.text]


@pytest.mark.parametrize(
    ("name", "region"), [("report.doc", Region.FOOTER), ("report.odt", Region.NAV)]
)
def test_page_headers_are_furniture(name: str, region: Region) -> None:
    assert texts(read(BODIES[name]), region) == ["เทศบาลตำบลหนองบัวแดง"]


@pytest.mark.parametrize(("name", "day"), [("plan.xls", "31/03/2023"), ("plan.ods", "2023-03-31")])
def test_a_workbook_gives_a_table_a_sheet(name: str, day: str) -> None:
    document = read(BODIES[name])
    assert document.source is TextSource.XLSX
    assert document.title == "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566"
    (table,) = document.tables
    assert table.header == ("โครงการ", "วงเงิน", "วันที่")
    assert table.rows == (("ก่อสร้างถนน", "1234567.5", day), ("ก่อสร้างถนน", "10"))
    assert table.heading_path[0] == "แผนจัดซื้อ"
    assert texts(document, Region.HIDDEN) == ["ร่าง", "ปี 2567\tร่าง"]


@pytest.mark.parametrize("name", ["show.ppt", "show.odp"])
def test_a_presentation_gives_a_page_a_slide(name: str) -> None:
    document = read(BODIES[name])
    assert document.page_count == 2
    assert document.title == "สรุปผลการดำเนินงาน ปีงบประมาณ พ.ศ. ๒๕๖๖"
    second = [p for p in document.passages if p.page == 2 and p.region is not Region.HIDDEN]
    assert [p.text for p in second] == [
        "ผลการใช้จ่ายงบประมาณ",
        "ใช้จ่ายแล้วร้อยละ ๗๕",
        "ป้องกันการทุจริตครบทุกโครงการ",
        "กล่องข้อความของสำนักปลัด",
    ]
    assert second[0].region is Region.HEADING
    assert second[1].heading_path == ("ผลการใช้จ่ายงบประมาณ",)


def test_powerpoint_tables_groups_notes_and_hidden_slides() -> None:
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[6])
    for top, text in ((1, "แผนบริหารความเสี่ยง"), (3, "ประจำปีงบประมาณ พ.ศ. 2566")):
        first.shapes.add_textbox(Cm(1), Cm(top), Cm(9), Cm(1)).text_frame.text = text
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "ตารางความเสี่ยง"
    grid = second.shapes.add_table(2, 2, Cm(1), Cm(5), Cm(9), Cm(3)).table
    for index, text in enumerate(["ความเสี่ยง", "ระดับ", "การเบิกจ่าย", "สูง"]):
        grid.cell(index // 2, index % 2).text = text
    group = second.shapes.add_group_shape()
    run = group.shapes.add_textbox(Cm(1), Cm(9), Cm(9), Cm(1)).text_frame.paragraphs[0].add_run()
    run.text = "ดูรายละเอียด"
    run.hyperlink.address = "https://a.go.th/risk.pdf"
    second.notes_slide.notes_text_frame.text = "พูดถึงปี 2565"
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "สไลด์ที่ซ่อน"
    third._element.set("show", "0")
    stream = io.BytesIO()
    show.save(stream)
    document = read(stream.getvalue())
    assert document.title == "แผนบริหารความเสี่ยง ประจำปีงบประมาณ พ.ศ. 2566"
    (table,) = document.tables
    assert (table.header, table.rows) == (("ความเสี่ยง", "ระดับ"), (("การเบิกจ่าย", "สูง"),))
    assert (table.page, table.heading_path) == (2, ("ตารางความเสี่ยง",))
    rows = [p for p in document.passages if p.region is Region.TABLE]
    assert {p.table for p in rows} == {0}
    assert [(link.url, link.text) for link in document.links] == [
        ("https://a.go.th/risk.pdf", "ดูรายละเอียด")
    ]
    assert texts(document, Region.HIDDEN) == ["พูดถึงปี 2565", "สไลด์ที่ซ่อน"]


@pytest.mark.parametrize("font", ["\\fcharset222", "\\fcharset0", ""])
def test_thai_bytes_of_rtf_are_thai_under_any_font(font: str) -> None:
    words = "".join(f"\\'{byte:02x}" for byte in "ประกาศเทศบาล ปี ๒๕๖๖".encode("cp874"))
    body = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0{font} Cordia New;}}}}\\f0 {words}\\par}}"
    assert texts(read(body.encode()), Region.MAIN) == ["ประกาศเทศบาล ปี ๒๕๖๖"]


def test_unicode_of_rtf_is_read_once() -> None:
    words = "".join(f"\\u{ord(char)}?" for char in "แผนปฏิบัติการ")
    assert texts(read(f"{{\\rtf1\\uc1 {words}\\par}}".encode()), Region.MAIN) == ["แผนปฏิบัติการ"]


@pytest.mark.parametrize(
    "body",
    [
        ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        ole({"WordDocument": b"\xec\xa5\xc1\x00".ljust(10, b"\0") + b"\0\x01".ljust(5000, b"\0")}),
        ole({"PowerPoint Document": struct.pack("<HHI", 0, 0x2F14, 0)}),
    ],
    ids=["new-office", "doc", "ppt"],
)
def test_a_locked_file_says_so(body: bytes) -> None:
    document = read(body)
    assert document.fetch.problem == "extract_failed"
    assert "รหัสผ่าน" in document.fetch.problem_detail


def test_a_locked_opendocument_says_so() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr(
            "META-INF/manifest.xml", "<m:file-entry><m:encryption-data/></m:file-entry>"
        )
        target.writestr("content.xml", b"\x8f\x01\x02")
    assert "รหัสผ่าน" in read(stream.getvalue()).fetch.problem_detail


def test_an_embedded_object_does_not_change_the_format() -> None:
    assert sniff(ole({"Workbook": b"x" * 5000 + "WordDocument".encode("utf-16-le")})) is (
        Kind.OLE_EXCEL
    )


def test_sectors_that_point_at_each_other_end() -> None:
    body = bytearray(ole({"WordDocument": b"x" * 5000}))
    struct.pack_into("<128I", body, 512, *([2] * 128))
    assert len(OleFile(bytes(body)).stream("WordDocument") or b"") <= 5000


@pytest.mark.parametrize("name", sorted(BODIES))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_file_never_raises(name: str, data: st.DataObject) -> None:
    body = bytearray(BODIES[name][:60_000])
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=20)):
        body[place] = data.draw(st.integers(0, 255))
    del body[data.draw(st.integers(0, len(body))) :]
    document = read(bytes(body))
    assert document.fetch.problem in {
        None, "extract_failed", "too_large", "unsupported_type", "unreadable",
    }  # fmt: skip


def test_no_container_at_all_is_damaged() -> None:
    with pytest.raises(UnreadableError):
        OleFile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
