"""Headers of downloads made of names that others choose.

Tried: A unit is called `x"\\r\\nSet-Cookie: a=b`, `../../x`, `รายงาน<U+202E>fdp`, or has lone surrogates;
its report is downloaded from the dashboard.
Must: The answer has one Content-Disposition of one line; the name in it has no folder, no turn of
direction and no quote of its own; no header is added.
"""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.hostile.readers.attacks import FORMULAS, MARKUP, RIGHT_TO_LEFT, UNHELD
from web.evidence.answers import download

NAMES = ('x"\r\nSet-Cookie: a=b\r\n\r\n<script>', "../../etc/passwd", "C:\\x\\y.html", RIGHT_TO_LEFT,
         'a"; filename="b.exe', *UNHELD, *MARKUP[:3], *FORMULAS[:2])  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_one_line_with_one_harmless_name(name: str) -> None:
    answer = download(b"x", f"{name}.pdf")
    assert "set-cookie" not in answer.headers
    said = answer.headers["Content-Disposition"]
    assert said.isascii()
    assert said.isprintable()
    assert said.startswith('attachment; filename="')
    assert said.count('"') == 2
    whole = unquote(said.partition("filename*=UTF-8''")[2])
    assert whole.endswith(".pdf")
    assert not set(whole) & set("/\\\r\n\x00\u202e")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
