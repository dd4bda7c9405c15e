"""The door of the room: bytes or a file in, a `Document` out, whatever the bytes are.

Nothing here raises on hostile input. What cannot be read comes back as a document without
passages whose `fetch.problem` says why: `unreadable` (whole, yet without text), `too_large`,
`extract_failed` (damaged, empty or locked) or `unsupported_type`.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Origin, TextSource, Trail
from crawler.extract.charset import decode
from crawler.extract.html import read_html
from crawler.extract.pdf import read_pdf
from crawler.extract.plain import read_plain
from crawler.extract.problems import UnreadableError, locked
from crawler.extract.sniff import Kind, sniff
from crawler.extract.text import file_name_of
from crawler.extract.zipped import read_members, read_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    _Html = Callable[[str, Fetch, Trail], Document]

_log = logging.getLogger(__name__)

MAX_TEXT_BYTES = 20 * 1024 * 1024
MAX_FILE_BYTES = 200 * 1024 * 1024

_NAMES = {
    Kind.EPUB: "หนังสืออิเล็กทรอนิกส์ (.epub)",
    Kind.OLE: "เอกสาร Microsoft Office รุ่นเก่า",
    Kind.ARCHIVE: "ไฟล์บีบอัดชนิดที่ไม่ใช่ ZIP (เช่น .rar, .7z)",
    Kind.MEDIA: "ไฟล์เสียงหรือวีดิทัศน์",
    Kind.PROGRAM: "ไฟล์โปรแกรม",
    Kind.BINARY: "ไฟล์ชนิดที่ไม่รู้จัก",
}
_EMPTY = "ไฟล์หรือหน้าเว็บว่างเปล่า (0 ไบต์) อาจอัปโหลดไม่สำเร็จ"
_NESTED = "เป็นไฟล์บีบอัดซ้อนในไฟล์บีบอัด จึงไม่ได้เปิด"
# Most of what a site shows is HTML and PDF; the others' libraries are loaded when one is met.
_READERS = {
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
    Kind.XLSB: "xls",
    Kind.PPTX: "pptx",
    Kind.ODF: "odf",
    Kind.OLE_WORD: "doc",
    Kind.OLE_EXCEL: "xls",
    Kind.OLE_POWERPOINT: "ppt",
    Kind.RTF: "rtf",
    Kind.IMAGE: "picture",
}


def extract(
    body: bytes,
    fetch: Fetch,
    *,
    trail: Trail | None = None,
    charset: str | None = None,
    rendered: bool = False,
    styles: Sequence[str] = (),
) -> Document:
    """Read `body`, whatever its format, as the answer to `fetch`.

    `charset` is what the HTTP header declares; `rendered` marks HTML made by a browser; what the
    style sheets `styles` hide of a web page is hidden. The format is told by the bytes alone.
    Never raises on bad input: see the module's text.
    """
    as_html = partial(read_html, rendered=rendered, styles=styles)
    return _extract(body, fetch, trail or Trail(), charset, as_html=as_html, nested=False)


def extract_all(body: bytes, fetch: Fetch, *, trail: Trail | None = None) -> list[Document]:
    """Read `body`; a ZIP gives a document for each member, everything else a single one.

    Members keep the archive's `fetch`, with their own name as `file_name`; see
    `crawler.extract.zipped` for the limits.
    """
    way = trail or Trail()
    if sniff(body, fetch.content_type) is not Kind.ZIP:
        return [extract(body, fetch, trail=way)]
    try:
        return read_members(body, fetch, way, _read_member)
    except UnreadableError as problem:
        return [failed(fetch, way, problem.code, problem.detail)]


def _read_member(body: bytes, fetch: Fetch) -> Document:
    return _extract(body, fetch, Trail(), None, as_html=read_html, nested=True)


def _extract(
    body: bytes, fetch: Fetch, way: Trail, charset: str | None, *, as_html: _Html, nested: bool
) -> Document:
    limit = MAX_FILE_BYTES
    try:
        if not body:
            raise UnreadableError(_EMPTY, "extract_failed")
        kind = sniff(body, fetch.content_type)
        if kind is Kind.ZIP:
            if nested:
                raise UnreadableError(_NESTED, "unsupported_type")
            return read_zip(body, fetch, way, _read_member)
        if kind in {Kind.HTML, Kind.TEXT, Kind.XML}:
            limit = MAX_TEXT_BYTES
        if len(body) > limit:
            return failed(fetch, way, "too_large", _too_large(len(body), limit))
        if kind is Kind.PDF:
            return read_pdf(body, fetch, way, None if nested else _read_member)
        return _read(kind, body, fetch, way, charset, as_html)
    except UnreadableError as problem:
        return failed(fetch, way, problem.code, problem.detail)
    except MemoryError:
        detail = "อ่านเนื้อหาไม่ได้ เพราะไฟล์ต้องใช้หน่วยความจำเกินกำหนด"
        return failed(fetch, way, "too_large", detail)
    except Exception as error:
        _log.warning("cannot read %s: %s: %s", fetch.url, type(error).__name__, error)
        detail = f"อ่านเนื้อหาไม่ได้ ไฟล์อาจชำรุด ({type(error).__name__})"
        return failed(fetch, way, "extract_failed", detail)


def _read(
    kind: Kind, body: bytes, fetch: Fetch, trail: Trail, charset: str | None, as_html: _Html
) -> Document:
    if kind is Kind.HTML:
        return as_html(decode(body, charset)[0], fetch, trail)
    if kind in {Kind.TEXT, Kind.XML}:
        return read_plain(decode(body, charset)[0], fetch, trail)
    if kind in _READERS:
        return _reader(_READERS[kind])(body, fetch, trail)
    if kind is Kind.LOCKED:
        raise locked()
    name = _NAMES.get(kind, kind.value)
    detail = f"ระบบยังอ่าน{name}ไม่ได้ ควรเผยแพร่เป็น PDF ที่คัดลอกข้อความได้"
    raise UnreadableError(detail, "unsupported_type")


def _reader(name: str) -> Callable[[bytes, Fetch, Trail], Document]:
    reader: Callable[[bytes, Fetch, Trail], Document] = getattr(
        import_module(f"crawler.extract.{name}"), f"read_{name}"
    )
    return reader


def _too_large(size: int, limit: int) -> str:
    mega = 1024 * 1024
    return f"ไฟล์มีขนาด {size / mega:.1f} MB เกินกำหนด {limit // mega} MB จึงไม่ได้อ่าน"


def failed(fetch: Fetch, trail: Trail, problem: str, detail: str) -> Document:
    """A document without content; a problem that the fetch already had stays the reason."""
    if fetch.problem is None:
        fetch = replace(fetch, problem=problem, problem_detail=detail)
    name = file_name_of(fetch.final_url or fetch.url)
    return Document(fetch=fetch, source=TextSource.NONE, file_name=name, trail=trail)


def read_file(path: Path, trail: Trail | None = None, page_url: str = "") -> Document:
    """Read a local file as if it had been fetched now.

    `page_url` is the public address the file was saved from: links are resolved against it;
    without it they stay relative to the file. The document's address is the path as given.

    Raises:
        OSError: the file cannot be opened.
    """
    body, fetch = fetched_file(path, page_url)
    document = extract(body, fetch, trail=trail or Trail(origin=Origin.FILE))
    return replace(document, file_name=path.name)


def fetched_file(path: Path, page_url: str = "") -> tuple[bytes, Fetch]:
    """A local file's bytes, and the fetch that would have brought them; raises `OSError`."""
    body = path.read_bytes()
    fetch = Fetch(
        url=str(path),
        final_url=page_url or str(path),
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        fetched_at=datetime.now(UTC),
    )
    return body, fetch
