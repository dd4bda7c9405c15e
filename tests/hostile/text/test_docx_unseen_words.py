"""Words of a Word file that nobody sees.

Tried: hidden, white and one-point runs, deleted and moved text, comments.
Must: they are never published; white words in a table or on a shade are.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.hostile.text.reading import CLAIM, published, read

FILE = "https://www.bansuanmali.go.th/f.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(paragraph: str) -> bytes:
    target = io.BytesIO()
    body = f"<w:p><w:r><w:t>รายงานของเทศบาล</w:t></w:r></w:p>{paragraph}"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/comments.xml", f"<w:comments {W}>{run('')}</w:comments>")
    return target.getvalue()


def run(form: str) -> str:
    return f"<w:p><w:r><w:rPr>{form}</w:rPr><w:t>{CLAIM}</w:t></w:r></w:p>"


CASES = {
    "hidden": run("<w:vanish/>"),
    "white": run('<w:color w:val="FFFFFF"/>'),
    "speck": run('<w:sz w:val="2"/>'),
    "deleted": f"<w:p><w:del><w:r><w:delText>{CLAIM}</w:delText></w:r></w:del></w:p>",
    "moved away": f"<w:p><w:moveFrom><w:r><w:t>{CLAIM}</w:t></w:r></w:moveFrom></w:p>",
    "comment": "",
}


@pytest.mark.parametrize("case", CASES)
def test_they_are_not_published(case: str) -> None:
    document = read(word(CASES[case]), url=FILE)
    assert published(document) == "รายงานของเทศบาล"


def test_white_words_on_a_shade_are() -> None:
    shaded = run('<w:color w:val="FFFFFF"/><w:shd w:fill="003366"/>')
    assert CLAIM in published(read(word(shaded), url=FILE))
