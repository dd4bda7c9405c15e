"""A picture fetched as a document of its own: its pages, whose text is still to be read."""

from __future__ import annotations

import io
import re
import struct
import warnings

from PIL import Image as Pictures
from PIL import UnidentifiedImageError

from checklist.evidence import Document, Fetch, Image, TextSource, Trail
from crawler.extract.problems import UnreadableError, damaged
from crawler.extract.text import file_name_of
from crawler.picture_formats import FORMATS

MAX_PIXELS = 200_000_000
MAX_FRAMES = 300
_JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)
_JPEG_WINDOW = 1024 * 1024
_WIDE, _HIGH = 256, 257
_WHOLE = {3: "H", 4: "I"}
_UNPAGED = {"GIF", "WEBP", "PNG"}


def read_picture(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """A document without text whose `blank_pages` are the picture's pages (TIFF may hold many).

    Only headers are read, no pixel is decoded. Frames of an animation are one page.

    Raises:
        UnreadableError: the picture is damaged, or has more pixels than any scanner makes.
    """
    width, height = dimensions(body)
    if width and height and width * height > MAX_PIXELS:
        raise _huge(width, height)
    pages = _page_count(body)
    url = fetch.final_url or fetch.url
    return Document(
        fetch=fetch,
        source=TextSource.IMAGE,
        images=(Image(url=url, width=width, height=height),),
        file_name=file_name_of(url),
        page_count=pages,
        blank_pages=tuple(range(1, pages + 1)),
        trail=trail,
    )


def _huge(width: int, height: int) -> UnreadableError:
    """The error of such a picture; its size is told unless that is not what is too large in it."""
    size = f" ({width:,} x {height:,} พิกเซล)" if width * height > MAX_PIXELS else ""
    detail = f"รูปภาพใหญ่ผิดปกติ{size} จึงไม่ได้เปิด ควรย่อขนาดรูป"
    return UnreadableError(detail, "too_large")


def _page_count(body: bytes) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(io.BytesIO(body), formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise _huge(picture.width, picture.height)
                if picture.format in _UNPAGED:
                    return 1
                return min(int(getattr(picture, "n_frames", 1)), MAX_FRAMES)
    except Pictures.DecompressionBombError as error:
        raise _huge(*(size or 0 for size in dimensions(body))) from error
    except UnidentifiedImageError as error:
        if body[4:8] == b"ftyp":
            raise UnreadableError(_NEWER, "unsupported_type") from error
        raise damaged("รูปภาพ") from error
    except (OSError, ValueError, SyntaxError, struct.error, EOFError, TypeError) as error:
        raise damaged("รูปภาพ") from error


_NEWER = "ระบบยังอ่านรูปภาพชนิด HEIC/AVIF ไม่ได้ ควรเผยแพร่เป็น JPG, PNG หรือ PDF"


def dimensions(body: bytes) -> tuple[int | None, int | None]:
    """Width and height in pixels from the header of a PNG, GIF, JPEG, WebP, BMP or TIFF."""
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
        if body.startswith((b"II*\0", b"MM\0*")):
            return _tiff(body)
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


def _tiff(body: bytes) -> tuple[int | None, int | None]:
    """What the first of its pages says of itself."""
    order = "<" if body.startswith(b"II") else ">"
    start = struct.unpack_from(f"{order}I", body, 4)[0]
    sides: dict[int, int] = {}
    for number in range(struct.unpack_from(f"{order}H", body, start)[0]):
        at = start + 2 + 12 * number
        tag, kind = struct.unpack_from(f"{order}HH", body, at)
        if tag in (_WIDE, _HIGH) and kind in _WHOLE:
            sides[tag] = struct.unpack_from(f"{order}{_WHOLE[kind]}", body, at + 8)[0]
    return sides.get(_WIDE), sides.get(_HIGH)
