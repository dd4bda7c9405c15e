"""PDFs of a few kilobytes that unfold to far more than any document.

Tried: 100,000 pages, a page's content and objects packed three times over (128 MB).
Must: the first pages are read and the file says so, or it is refused; memory and time hold.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from tests.crawler.extract.hand_pdf import assembled, line, stream

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

PAGES = 100_000


def many_pages() -> bytes:
    """All pages are one object, which the tree names again and again."""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"4 0 R " * PAGES, PAGES),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(line("Annual plan of the office")),
        ]
    )


@cache
def packed() -> bytes:
    """128 MB of blanks, packed three times."""
    once = zlib.compressobj(1)
    parts = [once.compress(b" " * 16_777_216) for _ in range(8)]
    return zlib.compress(zlib.compress(b"".join([*parts, once.flush()]), 9), 9)


def with_stream(keys: bytes) -> bytes:
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            stream(packed(), filters + keys),
        ]
    )


def test_the_first_pages_of_a_hundred_thousand_are_read(reader: Reader) -> None:
    document = reader.read(many_pages(), "plan.pdf")
    if document.readable:
        assert document.page_count == PAGES
        assert max(p.page or 0 for p in document.passages) <= 600
        assert f"{PAGES}" in document.metadata["truncated"]
    else:
        assert document.fetch.problem_detail


def test_streams_packed_in_streams_give_nothing(hasty: Reader) -> None:
    for keys in (b"", b"/Type/ObjStm/N 1000000/First 10"):
        document = hasty.read(with_stream(keys), "plan.pdf")
        assert document.passages == ()
        assert document.blank_pages or document.fetch.problem_detail
