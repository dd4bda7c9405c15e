"""Pictures: their sizes are read from their heads, nothing is drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from crawler.extract.picture import dimensions
from tests.fuzz.frame import Target, read, require
from tests.fuzz.mutators import in_place

if TYPE_CHECKING:
    from checklist.evidence import Document

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def _picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (24, 16), "white").save(target, kind)
    return target.getvalue()


def _check(data: bytes) -> tuple[object, Document]:
    size = dimensions(data)
    require(all(length is None or length >= 0 for length in size), "a size below nothing")
    return size, read(data)


TARGET = Target(
    check=_check,
    seeds=lambda: [_picture(kind) for kind in _FORMATS],
    tokens=[b"IHDR", b"IDAT", b"\xff\xd8\xff", b"\xff\xc0", b"\xff\xc2", b"GIF89a", b"II*\0", b"MM\0*",
            b"RIFF", b"WEBPVP8X", b"WEBPVP8L", b"WEBPVP8 ", b"BM", b"ftypavif", b"ftypheic"],
    mutate=in_place,
    max_len=8192,
)  # fmt: skip
