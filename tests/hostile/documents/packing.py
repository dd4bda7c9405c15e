"""Archives and Office files made by hand, honest and lying."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def docx(text: str, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    body = f'{head}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"word/document.xml": body.encode(), **(more or {})})


def xlsx(rows: str, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with one sheet that holds the XML `rows`."""
    main = f'xmlns="{SHEET}" xmlns:r="{RELATIONS}"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    links = f'<Relationships xmlns="{_PACKAGE}">%s</Relationships>'
    link = f'<Relationship Id="r%d" Type="{RELATIONS}/%s" Target="%s"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": links % (link % (1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {main}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links
        % (
            link % (1, "worksheet", "worksheets/sheet1.xml")
            + link % (2, "styles", "styles.xml")
            + link % (3, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {main}>{rows}</worksheet>",
        "xl/styles.xml": f"<styleSheet {main}/>",
        "xl/sharedStrings.xml": f"<sst {main}/>",
    }
    return zipped({name: text.encode() for name, text in parts.items()} | (more or {}))


def cell(text: str) -> str:
    return f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'


def overlapping(names: int, size: int, prefix: str = "word/p") -> bytes:
    """An archive of `names` members that are all the same packed bytes of `size` zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    crc = zlib.crc32(bytes(size))
    first = f"{prefix}0".encode()
    head = struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, crc, len(packed), size, len(first), 0
    )
    body = head + first + packed
    table = b""
    for number in range(names):
        name = f"{prefix}{number}".encode()
        table += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, crc, len(packed), size,
            len(name), 0, 0, 0, 0, 0, 0,
        ) + name  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, names, names, len(table), len(body), 0)
    return body + table + end


def lying(archive: bytes, stated: int) -> bytes:
    """The archive with each member's unpacked size stated as `stated` in both its places."""
    found = bytearray(archive)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = found.find(mark)
        while start >= 0:
            struct.pack_into("<I", found, start + at, stated)
            start = found.find(mark, start + 4)
    return bytes(found)
