"""Pictures whose bomb is in what they say of themselves.

Tried: a colour profile and a text packed from 64 MB, pages of a TIFF in a circle, a photo whose
EXIF has no end, 100,000 frames of a GIF.
Must: it is taken for pages to look at or refused; memory and time hold.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

MUCH = zlib.compress(bytes(64 * 1024**2), 9)


def png(kind: bytes, data: bytes) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes(72)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(kind, data) + rows + chunk(b"IEND", b"")


def circle() -> bytes:
    """A TIFF whose only page names itself as the next one."""
    tags = [
        (256, 8),
        (257, 8),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, 8),
        (279, 64),
    ]
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + struct.pack("<H", len(tags))
        + rows
        + struct.pack("<I", 8)
        + bytes(64)
    )


def exif() -> bytes:
    """A JPEG whose EXIF's first table claims 65,535 entries and goes on at itself."""
    table = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 0xFFFF) + bytes(2000)
    part = b"\xff\xe1" + struct.pack(">H", len(table) + 2) + table
    frame = b"\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0"
    return b"\xff\xd8" + part + frame + b"\xff\xda\0\x08\1\1\0\0?\0\xff\xd9"


FRAMES = (
    b"GIF89a\1\0\1\0\0\0\0" + b",\0\0\0\0\1\0\1\0\x80\0\0\0\xff\xff\xff\2\2D\1\0" * 100_000 + b";"
)
PICTURES = {
    "profile": png(b"iCCP", b"x\0\0" + MUCH),
    "text": png(b"zTXt", b"x\0\0" + MUCH),
    "circle": circle(),
    "exif": exif(),
    "frames": FRAMES,
}


@pytest.mark.parametrize("name", PICTURES)
def test_it_costs_nothing(reader: Reader, name: str) -> None:
    document = reader.read(PICTURES[name], "plan.png")
    assert document.passages == ()
    assert len(document.blank_pages) <= 300
    assert document.blank_pages or document.fetch.problem_detail
