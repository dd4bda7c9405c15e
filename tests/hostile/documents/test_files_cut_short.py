"""Files whose upload broke off.

Tried: a PDF, a Word file, a workbook and a picture, each cut at five places.
Must: nothing crashes; a file without text is refused and told to be damaged or uploaded in part.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.crawler.extract.hand_pdf import line, pdf
from tests.hostile.documents.packing import cell, docx, xlsx

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader


def photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(target, "JPEG")
    return target.getvalue()


FILES = {
    "plan.pdf": pdf([line(f"Page {number} of the plan") for number in range(5)]),
    "plan.docx": docx("แผนปี 2567 " * 200),
    "plan.xlsx": xlsx(cell("แผนปี 2567")),
    "plan.jpg": photo(),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_told(reader: Reader, name: str) -> None:
    body = FILES[name]
    for share in (0.1, 0.3, 0.5, 0.8, 0.98):
        document = reader.read(body[: int(len(body) * share)], name)
        assert document.passages or document.blank_pages or document.fetch.problem_detail
        if name.endswith(("docx", "xlsx")):
            assert not document.readable
