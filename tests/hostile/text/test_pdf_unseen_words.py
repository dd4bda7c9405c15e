"""Words of a PDF that nobody sees.

Tried: text without ink, in white, a tenth of a point large, scaled down, beyond the edge of the page.
Must: they are hidden text; white words on a bar and the layer of a scan, which says what its picture shows, are not.
"""

from __future__ import annotations

import pytest

from tests.crawler.extract.hand_pdf import SCAN, line, pdf
from tests.hostile.text.reading import published, read

FILE = "https://www.bansuanmali.go.th/f.pdf"
SEEN = line("Annual report of the municipality for the year", 750)
CLAIM = "Secret words that claim the item"


def drawn(before: bytes, size: bytes = b"12", place: bytes = b"60 600 Td") -> bytes:
    return b"BT /F1 %s Tf %s %s (%s) Tj ET\n" % (size, before, place, CLAIM.encode())


CASES = {
    "no ink": drawn(b"3 Tr"),
    "white": drawn(b"1 1 1 rg"),
    "white as grey": drawn(b"1 g"),
    "tiny": drawn(b"", b"0.1"),
    "scaled": drawn(b"", place=b"0.01 0 0 0.01 60 600 Tm"),
    "below the page": drawn(b"", place=b"60 -600 Td"),
    "beside the page": drawn(b"", place=b"2000 600 Td"),
}


@pytest.mark.parametrize("case", CASES)
def test_they_are_not_published(case: str) -> None:
    document = read(pdf([SEEN + CASES[case]]), url=FILE)
    assert "Annual report" in published(document)
    assert CLAIM not in published(document)


@pytest.mark.parametrize(
    "page",
    [
        SEEN + b"0 0 1 rg 40 580 400 40 re f\n" + drawn(b"1 1 1 rg"),
        SCAN + drawn(b"3 Tr"),
    ],
    ids=["on a bar", "over a scan"],
)
def test_what_is_seen_or_recognised_stays(page: bytes) -> None:
    assert CLAIM in published(read(pdf([page], pictures=True), url=FILE))
