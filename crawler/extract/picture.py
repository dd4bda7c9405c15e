"""A picture fetched as a document of its own: its size and nothing to read."""

from __future__ import annotations

import re
import struct

from checklist.evidence import Document, Fetch, Image, TextSource, Trail
from crawler.extract.text import file_name_of

_JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)
_JPEG_WINDOW = 1024 * 1024


def read_picture(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """A document whose only content is the picture itself, with its size in pixels if stated."""
    width, height = dimensions(body)
    url = fetch.final_url or fetch.url
    return Document(
        fetch=fetch,
        source=TextSource.IMAGE,
        images=(Image(url=url, width=width, height=height),),
        file_name=file_name_of(url),
        trail=trail,
    )


def dimensions(body: bytes) -> tuple[int | None, int | None]:
    """Width and height in pixels from the header of a PNG, GIF, JPEG, WebP or BMP."""
    try:
        if body.startswith(b"\x89PNG"):
            return struct.unpack(">II", body[16:24])
        if body.startswith(b"GIF8"):
            return struct.unpack("<HH", body[6:10])
        if body.startswith(b"BM"):
            width, height = struct.unpack("<ii", body[18:26])
            return abs(width), abs(height)
        if body[8:12] == b"WEBP":
            return _webp(body)
        if body.startswith(b"\xff\xd8") and (found := _JPEG_FRAME.search(body[:_JPEG_WINDOW])):
            height, width = struct.unpack(">HH", found.group(1))
            return width, height
    except struct.error:
        pass
    return None, None


def _webp(body: bytes) -> tuple[int | None, int | None]:
    kind = body[12:16]
    if kind == b"VP8X":
        wide, high = body[24:27], body[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack("<I", body[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None, None
