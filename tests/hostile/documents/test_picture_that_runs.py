"""Pictures of formats that start programs or hold scripts.

Tried: EPS, which Pillow hands to Ghostscript, also under another name, PSD, ICO, and SVG with a
script and outside pictures, given to the reader and to the process that draws pages for people.
Must: only six formats of plain pixels are ever opened; of the others nothing is run or shown.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from crawler.picture_formats import FORMATS
from crawler.picture_worker import drawn
from crawler.pictures import PictureError, page_picture

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="http://127.0.0.2:9/x"/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(/tmp/oit-hostile-eps) (w) file closefile\nshowpage\n%%EOF"


def ico() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (16, 16)).save(target, "ICO")
    return target.getvalue()


FILES = {
    "plan.eps": EPS,
    "plan.jpg": b"\xc5\xd0\xd3\xc6" + (32).to_bytes(4, "little") + bytes(24) + EPS,
    "plan.psd": b"8BPS\0\1" + bytes(6) + b"\0\3\0\0\0\x10\0\0\0\x10\0\x08\0\3" + bytes(100),
    "plan.ico": ico(),
    "plan.svg": SVG,
}


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_it_is_text(reader: Reader, name: str) -> None:
    texts = " ".join(p.text for p in reader.read(FILES[name], name).passages)
    assert "oit-hostile" not in texts or name == "plan.eps"


def test_only_plain_pictures_are_opened() -> None:
    assert set(FORMATS) == {"PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"}
    for body in FILES.values():
        with pytest.raises(OSError, match="cannot identify"):
            drawn(body, 1, 100)


def test_the_process_that_draws_says_so() -> None:
    with pytest.raises(PictureError, match="page 1"):
        page_picture(EPS)
