"""Scans: pages as pictures, clean or as a worn scanner leaves them, with or without a false text.

Pictures are lossless at first; a poor scan is turned by a little, blurred, grained and stored as
JPEG. Every choice comes from a seeded generator, so a scan is the same each time.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from bench.read.handmade import PAGE, assemble

if TYPE_CHECKING:
    from collections.abc import Sequence

DPI = 200
_WHITE = 255
_LAYER_LINES = 34
_LAYER = "~;@~ #|]xkq zzkw wqrt xx1l iiUnJn o1u o:n mj~tlu fiU 1l:nu vvmu"


@dataclass(frozen=True, slots=True)
class Wear:
    """How a poor scan was made: degrees of skew, pixels of blur, grain in grey levels, JPEG."""

    skew: float
    blur: float
    grain: float
    quality: int


WEAR = (
    Wear(0.5, 0.5, 8, 60),
    Wear(-0.8, 0.7, 10, 55),
    Wear(1.1, 0.6, 14, 50),
    Wear(-1.6, 0.8, 12, 45),
)


def render(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """The pages of a PDF as grey pictures."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [
            document[index].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            for index in range(len(document))
        ]
    finally:
        document.close()


def worn(picture: Image.Image, wear: Wear, seed: int) -> Image.Image:
    """`picture` as a poor scanner gives it, before JPEG."""
    turned = picture.rotate(
        wear.skew, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=_WHITE
    )
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(wear.blur)), dtype=np.float32)
    grain = np.random.default_rng(seed).normal(0.0, wear.grain, soft.shape)
    return Image.fromarray(np.clip(soft * 0.92 + 12 + grain, 0, 255).astype(np.uint8))


def as_pdf(
    pictures: Sequence[Image.Image], *, jpeg: int | None = None, false_text: bool = False
) -> bytes:
    """A PDF of whole-page pictures, JPEG of a quality or lossless.

    `false_text` lays invisible Latin over each page, as a scanner's recognition without Thai does.
    """
    count = len(pictures)
    kids = b" ".join(b"%d 0 R" % (4 + 3 * index) for index in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, picture in enumerate(pictures):
        drawn = b"q %d 0 0 %d 0 0 cm /Im1 Do Q\n" % PAGE
        drawn += _invisible_latin() if false_text else b""
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<<"
            b"/Font<</F1 3 0 R>>/XObject<</Im1 %d 0 R>>>>>>"
            % (*PAGE, 5 + 3 * index, 6 + 3 * index),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
            _picture(picture, jpeg),
        ]
    return assemble(objects)


def _picture(picture: Image.Image, jpeg: int | None) -> bytes:
    if jpeg is None:
        data, name = zlib.compress(picture.tobytes(), 6), b"FlateDecode"
    else:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=jpeg)
        data, name = out.getvalue(), b"DCTDecode"
    return (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Filter/%s/Length %d>>stream\n%s\nendstream"
        % (*picture.size, name, len(data), data)
    )


def _invisible_latin() -> bytes:
    lines = [
        b"BT 3 Tr /F1 11 Tf 56 %d Td (%s) Tj ET\n"
        % (780 - 21 * index, (_LAYER[index:] + _LAYER[:index]).encode())
        for index in range(_LAYER_LINES)
    ]
    return b"".join(lines)
