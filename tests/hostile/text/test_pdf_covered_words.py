"""Words of a PDF that stand in a layer which is turned off, or below something painted over them.

Tried: a layer (optional content) that the file turns off, marked in the page and by a list of its
own; a white and a grey bar drawn over the words; a picture of one colour over them.
Must: they are hidden text; words in a layer that is on, and words on a bar that lies beneath
them, are read as before.
"""

from __future__ import annotations

import pytest

from tests.crawler.extract.hand_pdf import assembled, line, pdf, stream
from tests.hostile.text.reading import published, read

FILE = "https://www.bansuanmali.go.th/f.pdf"
SEEN = line("Annual report of the municipality for the year", 750)
CLAIM = "Secret words that claim the item"
WORDS = line(CLAIM, 600)
LAYERED = b"/OC /MC0 BDC\n" + WORDS + b"EMC\n"


def layered(state: bytes, content: bytes = LAYERED) -> bytes:
    """A page with a layer named `MC0` whose state the catalog tells."""
    return assembled([
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<%s>>>>>>" % state,
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
        b"/Resources<</Font<</F1 3 0 R>>/Properties<</MC0 6 0 R>>>>>>",
        stream(SEEN + content),
        b"<</Type/OCG/Name(Draft)>>",
    ])  # fmt: skip


COVERED = {
    "layer off": layered(b"/OFF[6 0 R]"),
    "all layers off": layered(b"/BaseState/OFF"),
    "white bar": pdf([SEEN + WORDS + b"1 g 40 590 400 30 re f\n"]),
    "grey bar": pdf([SEEN + WORDS + b"0.5 g 40 590 400 30 re f\n"]),
    "bar among others": pdf([
        SEEN + WORDS + b"0.9 g 40 300 400 30 re f 1 1 1 rg 40 590 400 30 re f 0 0 1 RG 0 0 m 9 9 l S\n"
    ]),
    "picture": pdf([SEEN + WORDS + b"q 400 0 0 30 40 590 cm /Im1 Do Q\n"], pictures=True),
}  # fmt: skip
SHOWN = {
    "layer on": layered(b"/ON[6 0 R]"),
    "no layer": layered(b"", WORDS),
    "bar beneath": pdf([SEEN + b"0.8 g 40 590 400 30 re f 0 g\n" + WORDS]),
    "frame over it": pdf([SEEN + WORDS + b"0 G 40 590 400 30 re S\n"]),
    "line across": pdf([SEEN + WORDS + b"0 g 40 604 400 1 re f\n"]),
    "clear bar elsewhere": pdf([SEEN + WORDS + b"1 g 40 300 400 30 re f\n"]),
}


@pytest.mark.parametrize("case", COVERED)
def test_they_are_not_published(case: str) -> None:
    document = read(COVERED[case], url=FILE)
    assert "Annual report" in published(document)
    assert CLAIM not in published(document)


@pytest.mark.parametrize("case", SHOWN)
def test_what_is_seen_stays(case: str) -> None:
    assert CLAIM in published(read(SHOWN[case], url=FILE))
