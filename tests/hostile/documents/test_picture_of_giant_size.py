"""Pictures of a few bytes that claim 60,000 by 60,000 pixels (10 GB once decoded).

Tried: PNG, GIF, BMP, TIFF and WebP, by their headers.
Must: no pixel is decoded; the reason names the size and tells to make the picture smaller.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

SIDE = 60_000


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")
    )


def tiff() -> bytes:
    tags = [
        (256, 4, SIDE),
        (257, 4, SIDE),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, SIDE),
        (279, 4, 1),
    ]
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + rows + bytes(4)


PICTURES = {
    "png": png(),
    "gif": b"GIF89a" + struct.pack("<HHBBB", SIDE, SIDE, 0, 0, 0) + b",\0\0\0\0" + struct.pack("<HHB", SIDE, SIDE, 0) + b"\2\2L\1\0;",
    "bmp": b"BM" + struct.pack("<IIIIiiHHIIiiII", 1000, 0, 54, 40, SIDE, SIDE, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(200),
    "tiff": tiff(),
    "webp": b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + (SIDE - 1).to_bytes(3, "little") * 2,
}  # fmt: skip


@pytest.mark.parametrize("kind", PICTURES)
def test_it_is_refused_by_its_size(reader: Reader, kind: str) -> None:
    document = reader.read(PICTURES[kind], f"plan.{kind}")
    assert document.fetch.problem == "too_large"
    assert "60,000 x 60,000" in document.fetch.problem_detail
    assert "ควรย่อขนาดรูป" in document.fetch.problem_detail
