"""Which lines open a PDF as its title, told by how they are set.

Thai letters and announcements set the title larger, bold or centred above the prose; a title of
three full lines looks like a paragraph to anyone who counts letters only.
"""

from __future__ import annotations

import ctypes
import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGER = 1.12
_AS_LARGE = 0.97
_BOLD = 600
_MAX_LINES = 200
_MAX_TITLE_LINES = 10
_MAX_TITLE_CHARS = 700
_MIN_INDENT = 0.05
_LOPSIDED = 0.04
_KEY = re.compile(r"[^ก-ฮ0-9๐-๙A-Za-z]")
_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A line as it is set: its letters without marks, size in points, weight, place.

    `left` and `right` are shares of the page's width.
    """

    key: str
    size: float
    bold: bool
    left: float
    right: float


def letters_of(text: str) -> str:
    """What two readings of the same line have in common: consonants, figures, Latin letters."""
    return _KEY.sub("", text)


def type_lines(document: pdfium.PdfDocument, index: int) -> list[TypeLine]:
    """The lines of the page at `index` (from 0) as PDFium sees them; [] when it cannot."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return []
    try:
        reader = page.get_textpage()
    except pdfium.PdfiumError:
        page.close()
        return []
    try:
        text = str(reader.get_text_range())
        width = max(1.0, page.get_width())
        found: list[TypeLine] = []
        start = 0
        for line in text.split("\r\n")[:_MAX_LINES]:
            if key := letters_of(line):
                found.append(_set_as(reader, start, line, key, width))
            start += len(line) + 2
        return found
    except pdfium.PdfiumError:
        return []
    finally:
        reader.close()
        page.close()


def _set_as(reader: pdfium.PdfTextPage, start: int, line: str, key: str, width: float) -> TypeLine:
    """Look at a few letters of a line: its first, its last, and some between."""
    places = [start + offset for offset, char in enumerate(line) if not char.isspace()]
    step = max(1, len(places) // 6)
    samples = places[::step]
    size = statistics.median(_size(reader, place) for place in samples)
    bold = sum(_is_bold(reader, place) for place in samples) * 2 > len(samples)
    left, right = _edge(reader, places[0])[0], _edge(reader, places[-1])[1]
    return TypeLine(key, round(size, 1), bold, left / width, right / width)


def _size(reader: pdfium.PdfTextPage, place: int) -> float:
    """The size of a letter as drawn: the font's size by the scale of the letter's matrix."""
    matrix = pdfium_c.FS_MATRIX()
    size = float(pdfium_c.FPDFText_GetFontSize(reader.raw, place))
    if pdfium_c.FPDFText_GetMatrix(reader.raw, place, matrix):
        size *= max(0.01, (matrix.c**2 + matrix.d**2) ** 0.5)
    return size


def _is_bold(reader: pdfium.PdfTextPage, place: int) -> bool:
    if int(pdfium_c.FPDFText_GetFontWeight(reader.raw, place)) >= _BOLD:
        return True
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int(0)
    pdfium_c.FPDFText_GetFontInfo(reader.raw, place, buffer, _NAME_BYTES, flags)
    return b"bold" in buffer.value.lower()


def _edge(reader: pdfium.PdfTextPage, place: int) -> tuple[float, float]:
    left, right, bottom, top = (ctypes.c_double(0.0) for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(reader.raw, place, left, right, bottom, top)
    return left.value, right.value


def title_length(lines: Sequence[str], set_lines: Sequence[TypeLine], body: TypeLine) -> int:
    """How many of the first `lines` are set as a title, given how the page is set.

    After the first line only what is as large, bold or centred goes on: prose may be larger than
    the tables below it. A line that PDFium has cut otherwise belongs to the title when a line
    after it does.
    """
    by_key = {line.key: line for line in reversed(set_lines)}
    first: TypeLine | None = None
    count = 0
    length = 0
    for number, text in enumerate(lines[:_MAX_TITLE_LINES], 1):
        key = letters_of(text)
        line = by_key.get(key) or next((s for s in set_lines if _same(s.key, key)), None)
        length += len(text)
        if length > _MAX_TITLE_CHARS:
            break
        if line is None:
            continue
        first = first or line
        smaller = line.size < _AS_LARGE * first.size and not line.bold
        if not _stands_out(line, body) or (smaller and not _is_centred(line, body)):
            break
        count = number
    return count if count < len(lines) or count <= _MAX_TITLE_LINES // 2 else 0


def _same(one: str, other: str) -> bool:
    """True when one line is the greater part of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) * 2 >= len(long) and short in long


def body_of(lines: Sequence[TypeLine]) -> TypeLine | None:
    """How most letters of the given pages are set; None without letters."""
    weights: dict[tuple[float, bool], int] = {}
    for line in lines:
        weights[line.size, line.bold] = weights.get((line.size, line.bold), 0) + len(line.key)
    if not weights:
        return None
    size, bold = max(weights, key=lambda pair: weights[pair])
    same = [line for line in lines if (line.size, line.bold) == (size, bold)]
    left = min(line.left for line in same)
    right = max(line.right for line in same)
    return TypeLine("", size, bold, left, right)


def _stands_out(line: TypeLine, body: TypeLine) -> bool:
    """True for a line set larger or bolder than the body, or centred within its margins."""
    if line.size >= _LARGER * body.size or (line.bold and not body.bold and line.size >= body.size):
        return True
    return _is_centred(line, body)


def _is_centred(line: TypeLine, body: TypeLine) -> bool:
    before, after = line.left - body.left, body.right - line.right
    return before >= _MIN_INDENT and after >= _MIN_INDENT and abs(before - after) <= _LOPSIDED
