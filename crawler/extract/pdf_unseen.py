"""Words of a PDF page that nobody sees: without ink, in white on the page, specks, painted over.

Ink-less words over a picture are what a scanner recognised in it and stay: they say what the
picture shows.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from crawler.extract.pdf_covered import covered
from crawler.extract.text import collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extract.pdf_reading import PageText

_PAGES = 10
_MAX_OBJECTS = 3000
# Programs that draw letter by letter make many objects of few words: every so many is looked at.
_LOOKED_AT = 60
_SPECK_POINTS = 2.5
_WHITE = 246
_FEWEST = 4
_TEXT_BYTES = 4096

Box = tuple[float, float, float, float]


def hidden_words(document: pdfium.PdfDocument, count: int) -> dict[int, list[str]]:
    """The words that nobody sees, by page (from 1), on the first 10 of `count` pages."""
    found = {}
    for index in range(min(count, _PAGES)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            continue
        try:
            if words := _hidden_on(page):
                found[index + 1] = words
        finally:
            page.close()
    return found


def seen_text(page: PageText, hidden: Sequence[str]) -> str:
    """The page's text without the words in `hidden`."""
    text = page.text
    for words in hidden:
        pattern = r"\s*".join(map(re.escape, "".join(words.split())))
        text = re.sub(pattern, " ", text, count=1)
    return text


def _hidden_on(page: pdfium.PdfPage) -> list[str]:
    objects = _objects(page)
    texts = [raw for raw, kind in objects if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
    painted_over = covered(page, objects, _box)
    inkless = any(map(_is_inkless, texts[:: max(1, len(texts) // _LOOKED_AT)]))
    if not inkless and not painted_over:
        return []
    under: list[tuple[Box, bool]] = []
    marked: list[tuple[ctypes.c_void_p, bool]] = []
    for place, (raw, kind) in enumerate(objects):
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            marked.append((raw, place in painted_over or _is_unseen(raw, under)))
        elif box := _box(raw):
            under.append((box, kind in _PICTURES))
    reader = page.get_textpage()
    try:
        return list(_runs(reader, marked))
    finally:
        reader.close()


def _objects(page: pdfium.PdfPage) -> list[tuple[ctypes.c_void_p, int]]:
    count = min(pdfium_c.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)
    raws = (pdfium_c.FPDFPage_GetObject(page.raw, number) for number in range(count))
    return [(raw, pdfium_c.FPDFPageObj_GetType(raw)) for raw in raws]


def _runs(
    reader: pdfium.PdfTextPage, marked: Sequence[tuple[ctypes.c_void_p, bool]]
) -> Iterator[str]:
    for unseen, run in groupby(marked, key=lambda pair: pair[1]):
        if unseen:
            words = collapse(" ".join(_text(raw, reader) for raw, _ in run))
            if len(words) >= _FEWEST and has_words(words):
                yield words


def _is_inkless(raw: ctypes.c_void_p) -> bool:
    """True for text that needs a closer look: without ink, in white, or very small."""
    return _mode(raw) in _WITHOUT_INK or _is_white(raw) or _points(raw) < _SPECK_POINTS


# A drawn form may hold a picture.
_PICTURES = {pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM}
_WITHOUT_INK = {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}


def _is_unseen(raw: ctypes.c_void_p, under: Sequence[tuple[Box, bool]]) -> bool:
    if not _is_inkless(raw):
        return False
    box = _box(raw)
    beneath = [picture for other, picture in under if box and _lies_on(box, other)]
    if _mode(raw) in _WITHOUT_INK:
        return not any(beneath)
    return _points(raw) < _SPECK_POINTS or not beneath


def _mode(raw: ctypes.c_void_p) -> int:
    return int(pdfium_c.FPDFTextObj_GetTextRenderMode(raw))


def _is_white(raw: ctypes.c_void_p) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(raw, red, green, blue, alpha):
        return False
    return alpha.value == 0 or (red.value >= _WHITE <= green.value and blue.value >= _WHITE)


def _points(raw: ctypes.c_void_p) -> float:
    size = ctypes.c_float()
    if not pdfium_c.FPDFTextObj_GetFontSize(raw, ctypes.byref(size)):
        return _SPECK_POINTS
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(raw, ctypes.byref(matrix))
    return float(abs(size.value) * max(abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d)))


def _box(raw: ctypes.c_void_p) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(raw, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _lies_on(box: Box, other: Box) -> bool:
    """True when the middle of `box` lies in `other`."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= across <= other[2] and other[1] <= up <= other[3]


def _text(raw: ctypes.c_void_p, reader: pdfium.PdfTextPage) -> str:
    room = ctypes.create_string_buffer(_TEXT_BYTES)
    size = pdfium_c.FPDFTextObj_GetText(
        raw, reader.raw, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), _TEXT_BYTES // 2
    )
    return room.raw[: min(size, _TEXT_BYTES)].decode("utf-16-le", "replace").rstrip("\0")
