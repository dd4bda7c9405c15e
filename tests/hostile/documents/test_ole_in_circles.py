"""Old Office files whose tables of sectors and folders run in circles.

Tried: a sector that follows itself, a folder that is its own child, a table of 4 billion sectors.
Must: it is refused as damaged within moments.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.crawler.extract.hand_ole import ole

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

PLAIN = ole({"WordDocument": b"\xec\xa5" + bytes(5000), "1Table": bytes(5000)})


def changed(at: int, value: int) -> bytes:
    body = bytearray(PLAIN)
    struct.pack_into("<I", body, at, value)
    return bytes(body)


FILES = {
    "every sector": PLAIN[:516]
    + b"".join(struct.pack("<I", n) for n in range(1, 128))
    + PLAIN[1024:],
    "first sector": changed(512 + 8, 2),
    "own child": changed(1024 + 76, 0),
    "own neighbour": changed(1024 + 128 + 72, 1),
    "huge table": changed(44, 0xFFFFFFFF),
    "table of tables": changed(72, 0xFFFFFF),
}


@pytest.mark.parametrize("name", FILES)
def test_it_ends(reader: Reader, name: str) -> None:
    document = reader.read(FILES[name], "plan.doc")
    assert not document.readable or not document.passages
