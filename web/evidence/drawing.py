"""A page of a PDF drawn, with the quote's place framed in colour on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

from crawler.picture_worker import drawn
from web.evidence.letters import fold
from web.evidence.locating import Match, Span, locate

_PAPER = (255, 240, 130)
_FRAME = (201, 120, 0)
_MOST_LETTERS = 40_000
_MOST_BOXES = 400
_ROOM = 3

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A page with the quote marked: how much of it was found, and how far down in percent."""

    picture: Image.Image
    match: Match = Match.NONE
    down: int = 0


def marked_page(body: bytes, page: int, quote: str, max_px: int) -> Drawn:
    """Page `page` (from 1) of a PDF or picture, with `quote` marked where a PDF's text holds it.

    Raises what `drawn` raises for a page or body that cannot be drawn.
    """
    picture = drawn(body, page, max_px)
    if not quote.strip() or b"%PDF-" not in body[:1024]:
        return Drawn(picture)
    document = pdfium.PdfDocument(body)
    try:
        sheet = document[page - 1]
        match, boxes = _boxes(sheet, quote, picture.size)
    except pdfium.PdfiumError:
        return Drawn(picture)
    down = 100 * min((box[1] for box in boxes), default=0) // max(1, picture.height)
    return Drawn(_painted(picture, boxes), match if boxes else Match.NONE, down)


def _boxes(sheet: pdfium.PdfPage, quote: str, size: tuple[int, int]) -> tuple[Match, list[Box]]:
    text = sheet.get_textpage()
    count = min(text.count_chars(), _MOST_LETTERS)
    # One letter for each of PDFium's, so that places in this string are its own numbers.
    letters = "".join(_letter(text, number) for number in range(count))
    found = locate(fold(letters), quote)
    boxes = [box for span in found.spans for box in _of(text, span, sheet, size)]
    return found.match, joined(boxes[:_MOST_BOXES])


def joined(boxes: list[Box]) -> list[Box]:
    """Boxes that stand beside each other in a line made one: fonts and tone marks split a line."""
    lines: list[Box] = []
    for box in sorted(boxes):
        beside = next((at for at, line in enumerate(lines) if _beside(line, box)), None)
        if beside is None:
            lines.append(box)
        else:
            line = lines[beside]
            lines[beside] = (
                line[0],
                min(line[1], box[1]),
                max(line[2], box[2]),
                max(line[3], box[3]),
            )
    return lines


def _beside(line: Box, box: Box) -> bool:
    tall = min(line[3] - line[1], box[3] - box[1])
    shared = min(line[3], box[3]) - max(line[1], box[1])
    return 2 * shared > tall and box[0] - line[2] <= max(line[3] - line[1], box[3] - box[1])


def _letter(text: pdfium.PdfTextPage, number: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(text.raw, number)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _of(
    text: pdfium.PdfTextPage, span: Span, sheet: pdfium.PdfPage, size: tuple[int, int]
) -> Iterator[Box]:
    """The boxes of a stretch of letters in pixels, one for each line."""
    first, last = span
    for number in range(min(text.count_rects(first, last - first), _MOST_BOXES)):
        left, bottom, right, top = text.get_rect(number)
        corners = [_pixel(sheet, size, x, y) for x, y in ((left, bottom), (right, top))]
        (x1, y1), (x2, y2) = corners
        yield (
            max(0, min(x1, x2) - _ROOM), max(0, min(y1, y2) - _ROOM),
            min(size[0] - 1, max(x1, x2) + _ROOM), min(size[1] - 1, max(y1, y2) + _ROOM),
        )  # fmt: skip


def _pixel(sheet: pdfium.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(
        sheet.raw, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def _painted(picture: Image.Image, boxes: list[Box]) -> Image.Image:
    boxes = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    if not boxes:
        return picture
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    colour = ImageDraw.Draw(paper)
    for box in boxes:
        colour.rectangle(box, fill=_PAPER)
    marked = ImageChops.multiply(picture, paper)
    frame = ImageDraw.Draw(marked)
    for box in boxes:
        frame.rectangle(box, outline=_FRAME, width=2)
    return marked
