"""PDFs written by hand, in which what a glyph looks like and what it says are set apart.

A page draws real glyphs of a real font, so it can be rendered and recognised; the ToUnicode map of
the font gives each drawn glyph any text. That is where the broken Thai of real PDFs comes from.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.read.sample import Part

if TYPE_CHECKING:
    from bench.read.sample import Paper
    from bench.read.truetype import TrueType

PAGE = (595, 842)
_MARGIN = 56
_ROOM = PAGE[0] - 2 * _MARGIN
_SIZES = {Part.TITLE: 18.0, Part.HEADING: 15.0}
_SIZE = 12.0
_LEADING = 1.65
_CELL_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph on the page: the character drawn, and the text that the file says it is.

    `says` is None when the font's map leaves the glyph out.
    """

    char: str
    says: str | None


Run = list[Drawn]


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs from one starting point; `x` and `y` in points from the lower left corner."""

    x: float
    y: float
    size: float
    run: Run


def plain(text: str) -> Run:
    """`text` drawn as itself and saying itself."""
    return [Drawn(char, char) for char in text]


def width_of(run: Iterable[Drawn], size: float, font: TrueType) -> float:
    """The length of a run in points."""
    return sum(font.width(glyph.char) for glyph in run) * size / 1000


def set_type(paper: Paper, font: TrueType, glyphs: Callable[[str], Run]) -> list[list[Line]]:
    """The pages of a paper in lines, drawn as `glyphs` makes them; they break at spaces alone.

    The cells of a table row follow each other on a line, or below it when there is no room.
    """
    pages: list[list[Line]] = [[]]
    y = float(PAGE[1] - _MARGIN)
    for block in paper.blocks:
        size = _SIZES.get(block.part, _SIZE)
        x = 0.0
        for cell in block.cells:
            for index, text in enumerate(_wrapped(cell, size, font, glyphs)):
                run = glyphs(text)
                size = _fitting(run, size, font)
                length = width_of(run, size, font)
                if index or not x or x + length > PAGE[0] - _MARGIN / 2:
                    x = float(_MARGIN)
                    y -= size * _LEADING
                if y < _MARGIN:
                    pages.append([])
                    y = PAGE[1] - _MARGIN - size * _LEADING
                pages[-1].append(Line(x, y, size, run))
                x += length + _CELL_GAP
    return pages


def _fitting(run: Run, size: float, font: TrueType) -> float:
    """`size`, or a smaller one when a name without a space is wider than the page."""
    return min(size, size * _ROOM / max(1.0, width_of(run, size, font)))


def _wrapped(text: str, size: float, font: TrueType, glyphs: Callable[[str], Run]) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width_of(glyphs(longer), size, font) > _ROOM:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def write(pages: Sequence[Sequence[Line]], font: TrueType, *, unicode_map: bool = True) -> bytes:
    """A PDF of `pages` in `font`; without `unicode_map` its glyphs say nothing at all."""
    codes: dict[Drawn, int] = {}
    contents = [b"".join(_draw(line, codes) for line in page) for page in pages]
    mapping = zlib.compress(_to_unicode(codes))
    to_glyph = bytearray(2 * (len(codes) + 1))
    for glyph, code in codes.items():
        to_glyph[2 * code : 2 * code + 2] = font.glyphs.get(glyph.char, 0).to_bytes(2, "big")
    widths = " ".join(str(font.width(glyph.char)) for glyph in codes)
    packed = zlib.compress(font.body)
    base = font.name.encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (9 + 2 * index) for index in range(len(pages))), len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[4 0 R]%s>>"
        % (base, b"/ToUnicode 8 0 R" if unicode_map else b""),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/CIDToGIDMap 7 0 R/DW 0"
        b"/W[1[%s]]>>" % (base, widths.encode()),
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-500 -400 1500 1200]/ItalicAngle 0"
        b"/Ascent 1100/Descent -400/CapHeight 700/StemV 80/FontFile2 6 0 R>>" % base,
        b"<</Filter/FlateDecode/Length1 %d/Length %d>>stream\n%s\nendstream"
        % (len(font.body), len(packed), packed),
        b"<</Length %d>>stream\n%s\nendstream" % (len(to_glyph), bytes(to_glyph)),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(mapping), mapping),
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (*PAGE, 10 + 2 * index)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assemble(objects)


def _draw(line: Line, codes: dict[Drawn, int]) -> bytes:
    shown = b"".join(
        codes.setdefault(glyph, len(codes) + 1).to_bytes(2, "big").hex().encode()
        for glyph in line.run
    )
    place = f"BT /F1 {line.size:g} Tf {line.x:.2f} {line.y:.2f} Td ".encode()
    return place + b"<" + shown + b"> Tj ET\n"


def _to_unicode(codes: dict[Drawn, int]) -> bytes:
    said = [(code, glyph.says) for glyph, code in codes.items() if glyph.says]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    ]
    for start in range(0, len(said), 100):
        some = said[start : start + 100]
        parts.append(f"{len(some)} beginbfchar\n")
        parts += [f"<{code:04X}> <{says.encode('utf-16-be').hex()}>\n" for code, says in some]
        parts.append("endbfchar\n")
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "".join(parts).encode()


def assemble(objects: Sequence[bytes]) -> bytes:
    """A PDF file of numbered objects, the first of which is its catalogue."""
    body = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(body))
    )
