"""Small PDFs written by hand: what no ordinary program will write on purpose."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[bytes], *, pictures: bool = False, trailer: bytes = b"") -> bytes:
    """A PDF with one content stream a page; `pictures` makes `/Im1` a drawable picture."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    grey = zlib.compress(b"\x80" * 64)
    objects.append(
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(grey), grey)
    )
    drawn = b"/XObject<</Im1 4 0 R>>" if pictures else b""
    for index, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>%s>>>>" % (first + 2 * index + 1, drawn)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assembled(objects, trailer)


def line(text: str, y: int = 700) -> bytes:
    """Drawing commands for one line of Latin text."""
    return b"BT /F1 12 Tf 60 %d Td (%s) Tj ET\n" % (y, text.encode("latin-1"))


SCAN = b"q 595 0 0 842 0 0 cm /Im1 Do Q\n"
STAMP = b"q 60 0 0 60 20 20 cm /Im1 Do Q\n"


def set_line(text: str, y: int, size: int = 12, x: int = 60, font: str = "F1") -> bytes:
    """Drawing commands for one line of Latin text in a size and font (`F1`, bold `F2`)."""
    return b"BT /%s %d Tf %d %d Td (%s) Tj ET\n" % (
        font.encode(),
        size,
        x,
        y,
        text.encode("latin-1"),
    )


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalog."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(body))
    )


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream object holding `data`."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (keys, len(data), data)
