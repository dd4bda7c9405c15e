"""PDFs whose parts refer to themselves, so that a reader that follows never ends.

Tried: a page tree, an outline, a chain of older tables, a length, a font and a drawing in circles.
Must: it is read once or refused with a reason; the worker ends by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.crawler.extract.hand_pdf import assembled, line, stream

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>%s>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = stream(line("Annual plan of the office"))
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
PLAIN = [CATALOG, PAGES, FONT, PAGE % b"", WORDS]


def older_table() -> bytes:
    body = assembled(PLAIN)
    at = int(re.findall(rb"startxref\n(\d+)", body)[-1])
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


CIRCLES = {
    "page tree": assembled([CATALOG, b"<</Type/Pages/Kids[2 0 R 4 0 R 2 0 R]/Count 9/Parent 2 0 R>>", *PLAIN[2:]]),
    "outline": assembled([
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", *PLAIN[1:],
        b"<</First 7 0 R/Last 7 0 R/Count 1>>",
        b"<</Title(A)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[4 0 R/Fit]>>",
    ]),
    "older table": older_table(),
    "length": assembled([*PLAIN[:4], b"<</Length 5 0 R>>stream\n%s\nendstream" % line("Annual plan")]),
    "font": assembled([*PLAIN[:2], b"<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[3 0 R]/ToUnicode 3 0 R>>", *PLAIN[3:]]),
    "drawing": assembled([*PLAIN[:3], PAGE % b"/XObject<</X 6 0 R>>", stream(b"/X Do\n" + line("Annual plan")),
                          stream(b"/X Do /X Do\n", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")]),
    "names": assembled([b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 6 0 R>>>>", *PLAIN[1:], b"<</Kids[6 0 R 6 0 R]>>"]),
    "fields": assembled([b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>", *PLAIN[1:], b"<</FT/Tx/T(a)/Kids[6 0 R]/Parent 6 0 R/V(x)>>"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CIRCLES)
def test_it_ends(hasty: Reader, name: str) -> None:
    document = hasty.read(CIRCLES[name], "plan.pdf")
    said = " ".join(p.text for p in document.passages)
    assert said.count("Annual plan") <= 3
    assert "Annual plan" in said or document.blank_pages or document.fetch.problem_detail
