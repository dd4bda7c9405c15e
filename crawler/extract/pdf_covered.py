"""Words of a PDF page over which something else is painted, told by drawing the page.

Only where a filled shape or a picture comes after words and lies over them is the page drawn: the
words are covered when nothing but one colour is to be seen in their place.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pypdfium2 as pdfium
    from PIL.Image import Image

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
_THINNEST_POINTS = 4.0
"""What is lower or narrower is a line of a table, not a cover."""
_MOST_COVERS = 200
_SCALE = 1.5
_MOST_PIXELS = 4_000_000
_ONE_COLOUR = 16
_PICTURE = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)


def covered(
    page: pdfium.PdfPage,
    objects: Sequence[tuple[ctypes.c_void_p, int]],
    box_of: Callable[[ctypes.c_void_p], Box | None],
) -> frozenset[int]:
    """The places in `objects` (handle and kind, as they are painted) of words that are covered."""
    covers: list[Box] = []
    under: dict[int, Box] = {}
    for place, (raw, kind) in reversed(list(enumerate(objects))):
        box = box_of(raw)
        if box is None:
            continue
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if any(_covers(cover, box) for cover in covers):
                under[place] = box
        elif len(covers) < _MOST_COVERS and _is_cover(raw, kind, box):
            covers.append(box)
    if not under or (picture := _drawn(page)) is None:
        return frozenset()
    left, bottom, _, top = page.get_cropbox()
    height = top - bottom
    blank = (place for place, box in under.items() if _is_blank(picture, box, left, bottom, height))
    return frozenset(blank)


def _is_cover(raw: ctypes.c_void_p, kind: int, box: Box) -> bool:
    if min(box[2] - box[0], box[3] - box[1]) < _THINNEST_POINTS:
        return False
    if kind in _PICTURE:
        return True
    if kind != pdfium_c.FPDF_PAGEOBJ_PATH:
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(raw, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    return bool(fill.value != pdfium_c.FPDF_FILLMODE_NONE)


def _covers(cover: Box, box: Box) -> bool:
    """True when the middle of `box` lies in `cover`."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cover[0] <= across <= cover[2] and cover[1] <= up <= cover[3]


def _drawn(page: pdfium.PdfPage) -> Image | None:
    width, height = page.get_size()
    if page.get_rotation() or not 0 < width * height * _SCALE**2 <= _MOST_PIXELS:
        return None
    bitmap = page.render(scale=_SCALE, grayscale=True)
    try:
        drawn: Image = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    return drawn


def _is_blank(picture: Image, box: Box, left: float, bottom: float, height: float) -> bool:
    """True when the picture shows one colour in the box; not beyond its edges."""
    part = (
        max(0, round((box[0] - left) * _SCALE)),
        max(0, round((height - (box[3] - bottom)) * _SCALE)),
        min(picture.width, round((box[2] - left) * _SCALE)),
        min(picture.height, round((height - (box[1] - bottom)) * _SCALE)),
    )
    if part[2] - part[0] < 1 or part[3] - part[1] < 1:
        return False
    darkest, lightest = picture.crop(part).getextrema()
    return bool(lightest - darkest <= _ONE_COLOUR)  # type: ignore[operator]
