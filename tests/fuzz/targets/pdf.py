"""PDF files. The parsers are native and run without being watched; what is made of them is."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.crawler.extract.hand_pdf import SCAN, assembled, line, pdf, stream
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import in_place

if TYPE_CHECKING:
    from checklist.evidence import Document

_WORDS = (
    b"/Type", b"/Catalog", b"/Pages", b"/Page", b"/Kids", b"/Count", b"/Parent", b"/MediaBox", b"/Contents",
    b"/Resources", b"/Font", b"/XObject", b"/Length", b"/Filter", b"/FlateDecode", b"/ASCIIHexDecode", b"/LZWDecode",
    b"/Encrypt", b"/Outlines", b"/First", b"/Next", b"/Title", b"/Dest", b"/Annots", b"/URI", b"/A", b"/S", b"/Rect",
    b"/EmbeddedFiles", b"/Names", b"/EF", b"/F", b"/UF", b"/Info", b"/StructTreeRoot", b"/AcroForm", b"/Fields", b"/V",
    b"/Rotate 90", b"/ToUnicode", b"BT", b"ET", b"Tj", b"TJ", b"Tr", b"3 Tr", b"0 0 0 0 0 0 cm", b"Do", b"q", b"Q",
    b"1 0 R", b"2 0 R", b"3 0 R", b"5 0 R", b"99 0 R", b"-1", b"99999999999", b"1e38", b"<FEFF0E01>", b"(x)", b"[", b"]",
    b"<<", b">>", b"null", b"true", b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref",
)  # fmt: skip


def _rich() -> bytes:
    words = line("Annual plan of the municipality 2566") + line("Second line of the page", 680)
    return assembled([
        b"<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R/Names<</EmbeddedFiles<</Names[(a.txt)9 0 R]>>>>>>",
        b"<</Type/Pages/Kids[4 0 R 4 0 R]/Count 2>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[6 0 R]"
        b"/Resources<</Font<</F1 3 0 R>>>>>>",
        stream(words),
        b"<</Type/Annot/Subtype/Link/Rect[50 690 300 720]/A<</S/URI/URI(https://a.go.th/x)>>>>",
        b"<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>",
        b"<</Title(Chapter)/Parent 7 0 R/Dest[4 0 R/Fit]>>",
        b"<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
        stream(b"embedded words", b"/Type/EmbeddedFile"),
    ])  # fmt: skip


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    chance = random.Random(seed)
    if chance.random() < 0.4:
        return in_place(data, most, seed)
    places = [
        m.span() for m in re.finditer(rb"/?[A-Za-z0-9]+( \d+ R)?|\([^)]*\)|<<|>>|[\[\]]", data)
    ]
    for start, end in sorted(chance.sample(places, min(len(places), chance.choice((1, 2, 4)))))[
        ::-1
    ]:
        data = data[:start] + chance.choice(_WORDS) + data[end:]
    return data[:most]


def _check(data: bytes) -> Document:
    return read(data if b"%PDF-" in data[:1024] else b"%PDF-1.4\n" + data)


TARGET = Target(
    check=_check,
    seeds=lambda: [_rich(), pdf([line("One page of words"), SCAN, line("The third")], pictures=True)],
    tokens=_WORDS,
    mutate=_mutate,
    max_len=16_384,
)  # fmt: skip
