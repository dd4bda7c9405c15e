"""A small archive that unpacks to more than the machine holds.

Tried: archives in archives (42.zip), members that share the same packed bytes (Fifield), a size
stated far below what is packed, an Office file of the same making.
Must: nothing is unpacked beyond the limits, the reason says what to publish instead, no text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.hostile.documents.packing import docx, lying, overlapping, zipped

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

MEGA = 1024**2


def nested() -> bytes:
    inner = zipped({f"{number}.txt": bytes(MEGA) for number in range(3)})
    for _ in range(4):
        inner = zipped({f"{number}.zip": inner for number in range(3)})
    return inner


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (nested, "ควรเผยแพร่เป็น PDF"),
        (lambda: overlapping(200, 4 * MEGA, "doc"), "บีบอัดไว้ผิดปกติ"),
        (lambda: overlapping(100, 8 * MEGA), "บีบอัดไว้ผิดปกติ"),
        (lambda: lying(zipped({"a.txt": bytes(30 * MEGA)}), 1000), "ชำรุด"),
        (lambda: lying(docx("ก", more={"word/styles.xml": bytes(150 * MEGA)}), 900), "ชำรุด"),
    ],
)
def test_it_is_refused_with_a_reason(reader: Reader, make: Callable[[], bytes], words: str) -> None:
    document = reader.read(make(), "plan.zip")
    assert not document.readable
    assert words in document.fetch.problem_detail
    assert document.passages == ()


def test_the_bombs_are_what_they_say() -> None:
    with zipfile.ZipFile(io.BytesIO(overlapping(200, 4 * MEGA, "doc"))) as archive:
        assert sum(one.file_size for one in archive.infolist()) == 800 * MEGA
