"""The door of the room: bytes or a file in, a `Document` out, whatever the bytes are.

Nothing here raises on hostile input. What cannot be read comes back as a document without
passages whose `fetch.problem` says why: `unreadable` (a format without text for us, or locked),
`too_large`, or `extract_failed` (the file is damaged).
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Origin, TextSource, Trail
from crawler.extract.charset import decode
from crawler.extract.docx import read_docx
from crawler.extract.html import read_html
from crawler.extract.pdf import read_pdf
from crawler.extract.picture import read_picture
from crawler.extract.plain import read_plain
from crawler.extract.problems import UnreadableError
from crawler.extract.sniff import Kind, sniff
from crawler.extract.text import file_name_of
from crawler.extract.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)

MAX_TEXT_BYTES = 20 * 1024 * 1024
MAX_FILE_BYTES = 200 * 1024 * 1024

_NAMES = {
    Kind.PPTX: "งานนำเสนอ PowerPoint (.pptx)",
    Kind.ODF: "เอกสาร OpenDocument (.odt/.ods/.odp)",
    Kind.EPUB: "หนังสืออิเล็กทรอนิกส์ (.epub)",
    Kind.ZIP: "ไฟล์บีบอัด (.zip)",
    Kind.OLE_WORD: "เอกสาร Word รุ่นเก่า (.doc)",
    Kind.OLE_EXCEL: "ตาราง Excel รุ่นเก่า (.xls)",
    Kind.OLE_POWERPOINT: "งานนำเสนอ PowerPoint รุ่นเก่า (.ppt)",
    Kind.OLE: "เอกสาร Microsoft Office รุ่นเก่า",
    Kind.RTF: "เอกสาร RTF (.rtf)",
    Kind.ARCHIVE: "ไฟล์บีบอัด",
    Kind.MEDIA: "ไฟล์เสียงหรือวีดิทัศน์",
    Kind.PROGRAM: "ไฟล์โปรแกรม",
    Kind.BINARY: "ไฟล์ชนิดที่ไม่รู้จัก",
}
_READERS: dict[Kind, Callable[[bytes, Fetch, Trail], Document]] = {
    Kind.PDF: read_pdf,
    Kind.DOCX: read_docx,
    Kind.XLSX: read_xlsx,
    Kind.IMAGE: read_picture,
}


def extract(
    body: bytes,
    fetch: Fetch,
    *,
    trail: Trail | None = None,
    charset: str | None = None,
    rendered: bool = False,
) -> Document:
    """Read `body`, whatever its format, as the answer to `fetch`.

    `charset` is what the HTTP header declares; `rendered` marks HTML made by a browser. The
    format is told by the bytes alone. Never raises on bad input: see the module's text.
    """
    way = trail or Trail()
    limit = MAX_FILE_BYTES
    try:
        kind = sniff(body, fetch.content_type)
        if kind in {Kind.HTML, Kind.TEXT, Kind.XML}:
            limit = MAX_TEXT_BYTES
        if len(body) > limit:
            return failed(fetch, way, "too_large", _too_large(len(body), limit))
        return _read(kind, body, fetch, way, charset, rendered=rendered)
    except UnreadableError as problem:
        return failed(fetch, way, "unreadable", problem.detail)
    except MemoryError:
        detail = "อ่านเนื้อหาไม่ได้ เพราะไฟล์ต้องใช้หน่วยความจำเกินกำหนด"
        return failed(fetch, way, "too_large", detail)
    except Exception as error:
        _log.warning("cannot read %s: %s: %s", fetch.url, type(error).__name__, error)
        detail = f"อ่านเนื้อหาไม่ได้ ไฟล์อาจชำรุด ({type(error).__name__})"
        return failed(fetch, way, "extract_failed", detail)


def _read(
    kind: Kind, body: bytes, fetch: Fetch, trail: Trail, charset: str | None, *, rendered: bool
) -> Document:
    if kind is Kind.HTML:
        return read_html(decode(body, charset)[0], fetch, trail, rendered=rendered)
    if kind in {Kind.TEXT, Kind.XML}:
        return read_plain(decode(body, charset)[0], fetch, trail)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(body, fetch, trail)
    name = _NAMES.get(kind, kind.value)
    raise UnreadableError(f"ระบบยังอ่าน{name}ไม่ได้ ควรเผยแพร่เป็น PDF ที่คัดลอกข้อความได้")


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
    body = path.read_bytes()
    fetch = Fetch(
        url=str(path),
        final_url=page_url or str(path),
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        fetched_at=datetime.now(UTC),
    )
    document = extract(body, fetch, trail=trail or Trail(origin=Origin.FILE))
    return replace(document, file_name=path.name)
