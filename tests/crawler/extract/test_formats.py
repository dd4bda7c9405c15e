"""Plain text, CSV, Word, Excel, pictures, and what is told by bytes alone."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from checklist.evidence import Document, Fetch, Origin, Region, TextSource, Trail
from crawler.extract import extract, read_file
from crawler.extract.picture import dimensions
from crawler.extract.sniff import Kind, sniff

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(body: bytes, url: str = "https://a.go.th/file", content_type: str = "") -> Document:
    return extract(body, Fetch(url, url, content_type=content_type))


def word(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in parts.items():
            target.writestr(name.replace("__", "/").replace("_DOT_", "."), body)
    return stream.getvalue()


def test_plain_text_has_title_lines_and_tables() -> None:
    text = (
        "รายงานผลการดำเนินงาน\r\nประจำปีงบประมาณ 2566\r\n\r\n" + "เนื้อความ" * 20 + "\r\n"
        "โครงการ\tงบประมาณ\r\nอบรม\t1,000\r\nสั้น ๆ\r\n"
    )
    document = read(text.encode())
    assert document.source is TextSource.TEXT
    assert document.title == "รายงานผลการดำเนินงาน ประจำปีงบประมาณ 2566"
    assert [p.region for p in document.passages] == [
        Region.HEADING,
        Region.HEADING,
        Region.MAIN,
        Region.TABLE,
        Region.TABLE,
        Region.MAIN,
    ]
    assert document.tables[0].header == ("โครงการ", "งบประมาณ")
    assert document.tables[0].rows == (("อบรม", "1,000"),)


def test_a_cover_title_may_go_on_after_a_blank_line() -> None:
    lines = ["รายงานผลการประเมิน", "ปี 2565", "", "และ", "", "แนวทางการพัฒนา", "", "คำนำ", "ปี 2560"]
    document = read("\n".join(lines).encode())
    assert document.title == "รายงานผลการประเมิน ปี 2565 และ แนวทางการพัฒนา"


@pytest.mark.parametrize("name", ["plan.csv", "export"])
def test_csv_in_tis_620_is_a_table(name: str) -> None:
    body = 'ลำดับ,รายการ,วงเงิน\r\n1,"จ้างเหมา, ซ่อม","1,000"\r\n2,ซื้อวัสดุ,500\r\n'.encode("cp874")
    (table,) = read(body, f"https://a.go.th/{name}", "text/csv").tables
    assert table.header == ("ลำดับ", "รายการ", "วงเงิน")
    assert table.rows[0] == ("1", "จ้างเหมา, ซ่อม", "1,000")


def test_word_paragraphs_headings_and_tables() -> None:
    source = docx.Document()
    source.add_paragraph("แผนบริหารทรัพยากรบุคคล", style="Title")
    source.add_heading("ส่วนที่ 1", level=1)
    source.add_paragraph("เนื้อหาของส่วนแรก")
    table = source.add_table(rows=3, cols=2)
    for index, text in enumerate(["ตำแหน่ง", "จำนวน", "นักวิชาการ", "2", "", "3"]):
        table.cell(index // 2, index % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    source.sections[0].footer.paragraphs[0].text = "เทศบาลตำบลบ้านสวน"
    document = read(word(source))
    assert document.source is TextSource.DOCX
    assert document.title.startswith("แผนบริหารทรัพยากรบุคคล")
    body = next(p for p in document.passages if p.text == "เนื้อหาของส่วนแรก")
    assert body.heading_path == ("ส่วนที่ 1",)
    assert document.tables[0].header == ("ตำแหน่ง", "จำนวน")
    assert document.tables[0].rows == (("นักวิชาการ", "2"), ("นักวิชาการ", "3"))
    assert document.passages[-1].region is Region.FOOTER


def test_word_text_boxes_and_content_controls_are_read_once() -> None:
    source = docx.Document()
    source.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>ช่องเนื้อหา 2566</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    source.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r>"
            "<w:t>กล่องข้อความ</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
            "<w:txbxContent><w:p><w:r><w:t>กล่องข้อความ</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    texts = [p.text for p in read(word(source)).passages]
    assert texts == ["ช่องเนื้อหา 2566", "กล่องข้อความ"]


def test_word_hidden_runs_are_hidden() -> None:
    source = docx.Document()
    paragraph = source.add_paragraph("เห็น ")
    paragraph.add_run("ปี 2566").font.hidden = True
    regions = {p.text: p.region for p in read(word(source)).passages}
    assert regions == {"เห็น": Region.HEADING, "ปี 2566": Region.HIDDEN} or regions == {
        "เห็น": Region.MAIN,
        "ปี 2566": Region.HIDDEN,
    }


def test_excel_sheets_titles_merges_and_formats() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "แผนจัดซื้อ"
    sheet.append(["แผนการจัดซื้อจัดจ้าง ปี 2566"])
    sheet.append(["โครงการ", "วงเงิน", "ร้อยละ"])
    sheet.append(["ก่อสร้าง", 1234567.5, 0.25])
    sheet.append([None, 10, 1])
    sheet.merge_cells("A3:A4")
    sheet["B3"].number_format = "#,##0.00"
    sheet["C3"].number_format = sheet["C4"].number_format = "0%"
    secret = book.create_sheet("ร่าง")
    secret.append(["ปี 2567", "ร่าง"])
    secret.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    document = read(stream.getvalue())
    assert document.source is TextSource.XLSX
    assert document.title == "แผนการจัดซื้อจัดจ้าง ปี 2566"
    (table,) = document.tables
    assert table.header == ("โครงการ", "วงเงิน", "ร้อยละ")
    assert table.rows == (("ก่อสร้าง", "1,234,567.50", "25%"), ("ก่อสร้าง", "10", "100%"))
    assert table.heading_path[0] == "แผนจัดซื้อ"
    assert {p.region for p in document.passages if "2567" in p.text} == {Region.HIDDEN}


@pytest.mark.parametrize(
    ("body", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480), (640, 480)),
        (b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x7f\x02\0\xdf\x01\0", (640, 480)),
        (b"\x89PNG\r\n\x1a\n", (None, None)),
    ],
)
def test_sizes_of_pictures_stand_in_their_headers(
    body: bytes, size: tuple[int | None, int | None]
) -> None:
    assert dimensions(body) == size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_is_a_page_whose_text_is_still_to_be_read(kind: str) -> None:
    stream = io.BytesIO()
    Picture.new("RGB", (640, 480), "white").save(stream, kind)
    document = read(stream.getvalue(), "https://a.go.th/%E0%B8%9C%E0%B8%B1%E0%B8%87.png")
    assert document.source is TextSource.IMAGE
    assert document.fetch.problem is None
    assert (document.page_count, document.blank_pages) == (1, (1,))
    assert document.passages == ()
    assert document.file_name == "ผัง.png"


def test_a_tiff_has_as_many_pages_as_were_scanned() -> None:
    stream = io.BytesIO()
    sheets = [Picture.new("L", (100, 140), shade) for shade in (0, 128, 255)]
    sheets[0].save(stream, "TIFF", save_all=True, append_images=sheets[1:])
    document = read(stream.getvalue())
    assert (document.page_count, document.blank_pages) == (3, (1, 2, 3))


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"%PDF-1.7\n", "text/html", Kind.PDF),
        (b"\r\n\xef\xbb\xbf%PDF-1.4", "", Kind.PDF),
        (b"<!DOCTYPE html><p>%PDF-1.4</p>", "application/pdf", Kind.HTML),
        ("ไม่มีข้อมูล <br> กรุณาติดต่อ".encode(), "text/html", Kind.HTML),
        ("ไม่มีข้อมูล <br> กรุณาติดต่อ".encode(), "text/plain", Kind.TEXT),
        (b"MZ is a word", "text/plain", Kind.TEXT),
        (b"MZ\x90\0\x03\0", "application/pdf", Kind.PROGRAM),
        (b"<?xml version='1.0'?><rss></rss>", "text/xml", Kind.XML),
        (b"<?xml version='1.0'?><html><body>", "", Kind.HTML),
        (b"{\\rtf1 abc}", "application/msword", Kind.RTF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "", Kind.OLE),
        (archive(xl__workbook_DOT_bin=b"x"), "", Kind.XLSB),
        (archive(ppt__presentation_DOT_xml=b"<p/>"), "", Kind.PPTX),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "", Kind.ODF),
        (archive(a_DOT_txt=b"x"), "application/vnd.ms-excel", Kind.ZIP),
        (b"PK\x03\x04 damaged", "", Kind.ZIP),
        (b"\x00\x00\x00\x18ftypmp42", "", Kind.MEDIA),
        (b"\x00\x01\x02\x03" * 50, "text/html", Kind.BINARY),
        (b"", "text/html", Kind.TEXT),
    ],
)
def test_the_bytes_tell_the_format(body: bytes, content_type: str, kind: Kind) -> None:
    assert sniff(body, content_type) is kind


@pytest.mark.parametrize(
    ("body", "problem", "words"),
    [
        (archive(ppt__presentation_DOT_xml=b"<p/>"), "extract_failed", "PowerPoint"),
        (archive(word__document_DOT_xml=b"<broken"), "extract_failed", "ชำรุด"),
        (archive(word__styles_DOT_xml=b"<x/>"), "extract_failed", "Word"),
        (archive(xl__workbook_DOT_xml=b"<broken"), "extract_failed", "Excel"),
        (archive(mimetype=b"application/epub+zip"), "unsupported_type", ".epub"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "extract_failed", "Open"),
        (b"%PDF-1.4 nothing behind", "extract_failed", "ชำรุด"),
        (b"PK\x03\x04 damaged", "extract_failed", ".zip"),
        (b"{\\rtf1 ", "extract_failed", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "extract_failed", "รูปภาพ"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 20, "unsupported_type", ".rar"),
        (b"MZ\x90\0\x03\0" + b"\0" * 60, "unsupported_type", "โปรแกรม"),
        (b"\x00\x00\x00\x18ftypmp42", "unsupported_type", "วีดิทัศน์"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported_type", "รุ่นเก่า"),
        (b"", "extract_failed", "0 ไบต์"),
    ],
    ids=[
        "pptx", "docx", "docx-empty", "xlsx", "epub", "odt", "pdf", "zip", "rtf", "png",
        "rar", "exe", "mp4", "ole", "zero-bytes",
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_in_thai(body: bytes, problem: str, words: str) -> None:
    document = read(body)
    assert document.fetch.problem == problem
    assert words in document.fetch.problem_detail
    assert not document.readable
    assert document.passages == ()


def test_entities_in_office_files_are_not_followed() -> None:
    xml = (
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<w:document " + W.encode() + b"><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body>"
        b"</w:document>"
    )
    document = read(archive(word__document_DOT_xml=xml))
    assert "".join(p.text for p in document.passages) in {"", "a", "ab"}


def test_a_problem_that_the_fetch_had_stays() -> None:
    fetch = Fetch("https://a.go.th/x", "https://a.go.th/x", status=500, problem="server_error")
    assert extract(b"\x00\x01" * 50, fetch).fetch.problem == "server_error"


def test_too_much_text_is_not_parsed() -> None:
    document = read(b"<html><body>" + b"<p>a</p>" * 3_000_000)
    assert document.fetch.problem == "too_large"


def test_a_file_is_read_as_if_fetched(tmp_path: Path) -> None:
    path = tmp_path / "รายงาน 2566.html"
    path.write_bytes("<html><body><a href='a.pdf'>แนบ</a></body></html>".encode("cp874"))
    local = read_file(path)
    assert (local.fetch.url, local.file_name) == (str(path), "รายงาน 2566.html")
    assert local.fetch.size == path.stat().st_size
    assert len(local.fetch.sha256) == 64
    assert local.fetch.fetched_at is not None
    assert local.trail.origin is Origin.FILE
    assert local.links[0].url == str(tmp_path / "a.pdf")
    trail = Trail(Origin.GIVEN, link_text="แผน")
    known = read_file(path, trail, "https://a.go.th/d/x.html")
    assert known.links[0].url == "https://a.go.th/d/a.pdf"
    assert known.trail is trail


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"<html>",
            b"\x89PNG\r\n\x1a\n",
            b"BM",
            b"II*\0",
            b"{\\rtf1 ",
        ]
    ),
    st.binary(max_size=300),
)
def test_no_bytes_raise(head: bytes, tail: bytes) -> None:
    assert isinstance(read(head + tail), Document)
