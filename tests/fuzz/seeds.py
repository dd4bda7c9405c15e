"""Small valid files of each Office format, with every feature that a reader looks at."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
from pptx import Presentation
from pptx.util import Cm

from tests.fuzz.mutators import packed, unpacked

FILES = Path("tests/crawler/extract/files")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>แผน</dc:title>'
    "<dc:creator>กอง</dc:creator></cp:coreProperties>"
)


def word() -> bytes:
    """A Word file: headings, a table with merged cells, a box, hidden text, a link, a footer."""

    def said(text: str, style: str = "", run: str = "") -> str:
        return f"<w:p><w:pPr>{style}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"

    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{said(text)}</w:tc>"

    box = f"<w:txbxContent>{said('กล่อง')}</w:txbxContent>"
    merged = cell("", '<w:vMerge w:val="continue"/>')
    first = cell("โครงการ", '<w:vMerge w:val="restart"/>') + cell("งบ", '<w:gridSpan w:val="2"/>')
    second = merged + cell("1") + cell("2")
    table = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"
    body = (
        said("แผนปี 2566", '<w:pStyle w:val="H"/>')
        + said("ส่วนที่ 1", '<w:outlineLvl w:val="1"/>')
        + said("ซ่อน", "", "<w:vanish/>")
        + said("เนื้อหา<w:tab/>ต่อ", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + table
        + f'<w:p><w:hyperlink r:id="rId1"><w:r><w:t>ลิงก์</w:t></w:r></w:hyperlink><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{said('ช่อง')}</w:sdtContent></w:sdt>"
    )
    rels = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="t" '
        'Target="https://a.go.th/x" TargetMode="External"/></Relationships>'
    )
    styles = (
        f'<w:styles {_W}><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    parts = {
        "word/document.xml": f"<w:document {_W} {_R} {_MC}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels,
        "word/styles.xml": styles,
        "word/header1.xml": f"<w:hdr {_W}>{said('หัว')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{said('ท้าย')}</w:ftr>",
        "docProps/core.xml": _CORE,
    }
    return packed({name: text.encode() for name, text in parts.items()})


def excel() -> bytes:
    """A workbook: merged cells, dates, shares, a formula, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ลำดับ", "โครงการ", "งบ", "วันที่"])
    sheet.append([1, "ซ่อม", 1000.5, 45000])
    sheet.append([2, "ถนน", 0.25, "=A1+1"])
    sheet["C2"].number_format, sheet["C3"].number_format = "#,##0.00", "0.0%"
    sheet["D2"].number_format = "dd/mm/yyyy"
    sheet.merge_cells("A2:A3")
    hidden = book.create_sheet("ซ่อน")
    hidden["B2"] = "ลับ"
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return packed(unpacked(target.getvalue()))


def slides() -> bytes:
    """Slides: a title, a box, a table, a group, a link, notes; themes of no use left out."""
    show = Presentation()
    page = show.slides.add_slide(show.slide_layouts[5])
    page.shapes.title.text = "แผนปี 2566"
    frame = page.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2)).text_frame
    frame.text = "เนื้อหา"
    run = frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = "ลิงก์", "https://a.go.th"
    table = page.shapes.add_table(2, 2, Cm(1), Cm(4), Cm(9), Cm(2)).table
    table.cell(0, 0).text, table.cell(1, 1).text = "ก", "ข"
    group = page.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(1), Cm(1), Cm(1)).text_frame.text = "ในกลุ่ม"
    page.notes_slide.notes_text_frame.text = "บันทึก"
    target = io.BytesIO()
    show.save(target)
    parts = unpacked(target.getvalue())
    for name in [n for n in parts if "printerSettings" in n or n.endswith(".jpeg")]:
        parts[name] = b""
    return packed(parts)


def open_document(name: str) -> bytes:
    """One of the shipped OpenDocument files with nothing but the parts that are read."""
    parts = unpacked((FILES / name).read_bytes())
    kept = {"mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"}
    return packed({part: body for part, body in parts.items() if part in kept})


def words_of(*bodies: bytes) -> list[bytes]:
    """The names of tags and attributes in the XML parts of some files: words for the fuzzer."""
    text = b" ".join(part for body in bodies for part in unpacked(body).values())
    return sorted({word for word in re.findall(rb"[\w.-]+:[\w-]+", text) if len(word) < 40})[:150]
