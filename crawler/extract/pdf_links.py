"""The web addresses that a PDF's pages link to, with the words they stand on."""

from __future__ import annotations

import ctypes
import re
import zlib
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checklist.evidence import Link, Region
from crawler.extract.text import clip, collapse

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKED = re.compile(rb"/Type\s*/ObjStm")
_MAX_PACKED = 200
_MAX_PACKED_BYTES = 2 * 1024**2
_MAX_LINKS = 2000
_MAX_A_PAGE = 500
_WEB = ("http://", "https://", "mailto:", "tel:")


def may_hold_links(body: bytes) -> bool:
    """False when no link can be in the file: opening every page only to find none is dear.

    Objects may be packed into streams, which are looked into.
    """
    if b"/URI" in body or b"/Encrypt" in body:
        return True
    for count, match in enumerate(_PACKED.finditer(body)):
        if count >= _MAX_PACKED:
            return True
        start = body.find(b"stream", match.end())
        data = body[start + 6 : start + 6 + _MAX_PACKED_BYTES].lstrip(b"\r\n")
        try:
            if b"/URI" in zlib.decompressobj().decompress(data, _MAX_PACKED_BYTES):
                return True
        except zlib.error:
            return True
    return False


def links_of(document: pdfium.PdfDocument, pages: int) -> tuple[Link, ...]:
    """The links with a web, mail or telephone address on the first `pages` pages."""
    found: list[Link] = []
    for index in range(min(pages, len(document))):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue
        try:
            found.extend(_page_links(document, page))
        finally:
            page.close()
        if len(found) >= _MAX_LINKS:
            break
    return tuple(found[:_MAX_LINKS])


def _page_links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[Link]:
    position = ctypes.c_int(0)
    link = pdfium_c.FPDF_LINK()
    for _ in range(_MAX_A_PAGE):
        if not pdfium_c.FPDFLink_Enumerate(page.raw, position, link):
            return
        url = _address(document, link)
        if url.lower().startswith(_WEB):
            text = _words(page, link)
            yield Link(url, text, Region.MAIN, (), text)


def _address(document: pdfium.PdfDocument, link: ctypes.Structure) -> str:
    action = pdfium_c.FPDFLink_GetAction(link)
    if not action or pdfium_c.FPDFAction_GetType(action) != pdfium_c.PDFACTION_URI:
        return ""
    size = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < size <= 4096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace").strip()


def _words(page: pdfium.PdfPage, link: ctypes.Structure) -> str:
    area = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFLink_GetAnnotRect(link, area):
        return ""
    try:
        reader = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    try:
        text = reader.get_text_bounded(area.left, area.bottom, area.right, area.top)
        return clip(collapse(str(text)), 300)
    finally:
        reader.close()
