"""RTF files made to exhaust a reader.

Tried: 100,000 groups in each other, a picture of 20 MB of hex, an object, halves of letters.
Must: it is read or refused within the time of a small file; the text that stands there is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

FILES = {
    "groups": b"{\\rtf1 " + b"{\\b " * 100_000 + b"Annual plan" + b"}" * 100_001,
    "open": b"{\\rtf1 Annual plan " + b"{" * 100_000,
    "picture": b"{\\rtf1 Annual plan{\\pict\\pngblip " + b"ab" * 5_000_000 + b"}}",
    "object": b"{\\rtf1 Annual plan{\\object\\objocx{\\*\\objdata " + b"d0cf" * 50_000 + b"}}}",
    "halves": b"{\\rtf1 Annual plan \\u-10179? of 2567}",
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_or_refused(reader: Reader, name: str) -> None:
    document = reader.read(FILES[name], "plan.rtf")
    assert document.passages or document.fetch.problem_detail
    assert not any("abab" in p.text or "d0cf" in p.text for p in document.passages)
