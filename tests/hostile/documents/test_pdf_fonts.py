"""Fonts in a PDF made to break the program that draws with them.

Tried: noise as a TrueType, Type 1 and CFF font, widths without end, a code table of 4 GB.
Must: the page is read, or is left for recognition, or refused; the worker lives or is replaced.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.crawler.extract.hand_pdf import assembled, line, stream

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

NOISE = random.Random(8).randbytes(4000)
PROGRAMS = {
    "TrueType": (b"TrueType", b"/FontFile2", b"\0\1\0\0\0\x0c\0\x80\0\3\0\x40glyf" + NOISE),
    "Type1": (b"Type1", b"/FontFile", b"%!PS-AdobeFont-1.0: X\neexec\n" + NOISE),
    "CFF": (b"Type1", b"/FontFile3", b"\1\0\4\4\0\xff\xff\4" + NOISE),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_does_not_end_the_reading(reader: Reader, name: str) -> None:
    subtype, key, program = PROGRAMS[name]
    table = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0e01> endbfrange endcmap"
    body = assembled([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/%s/BaseFont/X/FirstChar 0/LastChar 2147483647/Widths[1]/FontDescriptor 6 0 R/ToUnicode 8 0 R>>" % subtype,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
        stream(line("Annual plan of the office")),
        b"<</Type/FontDescriptor/FontName/X/Flags 4%s 7 0 R>>" % key,
        stream(program, b"/Subtype/Type1C" if name == "CFF" else b""), stream(table),
    ])  # fmt: skip
    document = reader.read(body, "plan.pdf")
    assert document.passages or document.blank_pages or document.fetch.problem_detail
