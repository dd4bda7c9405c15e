"""Files under another format's name and declared type.

Tried: a PDF named .html, a page named .pdf, Word's XML named .xlsx, a program named .pdf, a
picture declared as text.
Must: the bytes decide; what is no document is refused by what it really is.
"""

from __future__ import annotations

import pytest

from checklist.evidence import TextSource
from tests.crawler.extract.hand_pdf import line, pdf
from tests.hostile.documents.conftest import GOOD, Reader
from tests.hostile.documents.packing import docx


@pytest.mark.parametrize(
    ("name", "kind", "body", "source"),
    [
        ("plan.html", "text/html", pdf([line("Annual plan")]), TextSource.PDF),
        ("plan.pdf", "application/pdf", GOOD, TextSource.HTML),
        ("plan.xlsx", "application/vnd.ms-excel", docx("แผนปี 2567"), TextSource.DOCX),
        ("plan.pdf", "application/pdf", b"MZ\x90\0" + bytes(500), TextSource.NONE),
        ("plan.pdf", "application/pdf", b"Rar!\x1a\x07\0" + bytes(500), TextSource.NONE),
    ],
)
def test_the_bytes_decide(
    reader: Reader, name: str, kind: str, body: bytes, source: TextSource
) -> None:
    document = reader.read(body, name, kind)
    assert document.source is source
    assert document.readable is (source is not TextSource.NONE)
    assert document.readable or document.fetch.problem_detail
