"""What a body really is, by its bytes: names, extensions and headers lie.

PDF bytes come under `.html`, error pages under `.pdf`, Word files under `.doc` that are HTML.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from crawler.extract.charset import utf16_of
from crawler.extract.ole import OleFile
from crawler.extract.problems import BROKEN_ARCHIVE, UnreadableError


class Kind(StrEnum):
    """The formats told apart; those without a reader are named so that a report can say so."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLSB = "xlsb"
    PPTX = "pptx"
    ODF = "odf"
    EPUB = "epub"
    ZIP = "zip"
    OLE_WORD = "doc"
    OLE_EXCEL = "xls"
    OLE_POWERPOINT = "ppt"
    LOCKED = "locked"
    OLE = "ole"
    RTF = "rtf"
    IMAGE = "image"
    ARCHIVE = "archive"
    MEDIA = "media"
    PROGRAM = "program"
    TEXT = "text"
    XML = "xml"
    BINARY = "binary"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"\x1aE\xdf\xa3", Kind.MEDIA),
    (b"FLV", Kind.MEDIA),
    (b"%!PS", Kind.BINARY),
)
_HTML_START = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|frameset)\b", re.IGNORECASE)
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|table|div|span|p|a|br|h[1-6]|ul|ol|font|"
    rb"center|script|style|link|iframe|frameset|form|img|section|article)\b[^<]*>",
    re.IGNORECASE,
)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_WINDOW = 8192


def sniff(body: bytes, content_type: str = "") -> Kind:
    """The format of `body`; `content_type` only decides between text and a scrap of HTML."""
    head = body[:_WINDOW]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _confirm(kind, head)
    if head.startswith(b"RIFF"):
        return Kind.IMAGE if head[8:12] == b"WEBP" else Kind.MEDIA
    if head[4:8] == b"ftyp":
        return Kind.IMAGE if head[8:12] in {b"avif", b"heic", b"mif1"} else Kind.MEDIA
    if head.startswith(b"BM") and len(body) > 54 and head[6:10] == b"\0\0\0\0":
        return Kind.IMAGE
    if b"%PDF-" in head[:1024] and not _HTML_START.match(head):
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(body)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(body)
    return _textual(head, content_type.lower())


def _confirm(kind: Kind, head: bytes) -> Kind:
    """Short magics also begin ordinary words ("MZ", "BZh"): text with them stays text."""
    if kind in {Kind.PROGRAM, Kind.ARCHIVE, Kind.MEDIA} and b"\0" not in head and head.isascii():
        return Kind.TEXT
    return kind


def _zip_kind(body: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist()[:5000])
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype")
                return Kind.EPUB if b"epub" in mime else Kind.ODF
    except (*BROKEN_ARCHIVE, KeyError):
        return Kind.ZIP
    if "word/document.xml" in names:
        return Kind.DOCX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/workbook") for name in names):
        return Kind.XLSX
    if "ppt/presentation.xml" in names:
        return Kind.PPTX
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    return Kind.ZIP


def _ole_kind(body: bytes) -> Kind:
    """Tell the old Office formats, and locked new ones, apart by the names of their streams."""
    try:
        names = OleFile(body).names
    except UnreadableError:
        return Kind.OLE
    for name, kind in (
        ("EncryptedPackage", Kind.LOCKED),
        ("WordDocument", Kind.OLE_WORD),
        ("PowerPoint Document", Kind.OLE_POWERPOINT),
        ("Workbook", Kind.OLE_EXCEL),
        ("Book", Kind.OLE_EXCEL),
    ):
        if name in names:
            return kind
    return Kind.OLE


def _textual(head: bytes, content_type: str) -> Kind:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or utf16_of(head):
        flat = head.replace(b"\0", b"")
        return Kind.HTML if _HTML_TAG.search(flat) else Kind.TEXT
    if head.count(0) > len(head) // 50 and not _HTML_START.match(head):
        return Kind.BINARY
    if _HTML_START.match(head.lstrip(b"\xef\xbb\xbf")):
        return Kind.HTML
    tags = len(_HTML_TAG.findall(head))
    if _XML.match(head.lstrip(b"\xef\xbb\xbf")):
        return Kind.HTML if tags else Kind.XML
    if tags and ("html" in content_type or tags >= 2):
        return Kind.HTML
    control = sum(1 for byte in head if 0 < byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    return Kind.BINARY if control > len(head) // 20 else Kind.TEXT
