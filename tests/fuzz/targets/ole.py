"""The container of the old Office formats, and what else stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.ole import OleFile
from crawler.extract.problems import UnreadableError
from tests.crawler.extract.hand_ole import ole
from tests.fuzz.frame import Target, read, require
from tests.fuzz.mutators import in_place

if TYPE_CHECKING:
    from checklist.evidence import Document

_NAMES = ("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage", "1Table")


def _check(data: bytes) -> tuple[object, Document]:
    document = read(data)
    try:
        found = OleFile(data)
    except UnreadableError:
        return None, document
    streams = [found.stream(name) for name in sorted(found.names)]
    require(sum(len(s or b"") for s in streams[:1]) <= 2 * len(data) + 512, "longer than the file")
    return streams, document


TARGET = Target(
    check=_check,
    seeds=lambda: (
        [ole({name: name.encode() * 9}) for name in _NAMES]
        + [ole(dict.fromkeys(_NAMES, b"\xec\xa5\xc1\0"))]
    ),
    tokens=[b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xd0\xcf\x11\xe0", b"\0\0\0\0"],
    mutate=in_place,
    max_len=40_000,
)
