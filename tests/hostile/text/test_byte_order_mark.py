"""A byte-order mark against header and meta.

Tried: a UTF-8 or UTF-16 mark before a page that declares another charset; a UTF-16 mark before UTF-8.
Must: a true mark decides, as in browsers; a false one leaves no text that passes for Thai.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import published, read

SENTENCE = "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2566 ของเทศบาลตำบลบ้านสวนมะลิ"

HTML = f'<html><head><meta charset="tis-620"></head><body><p>{SENTENCE}</p></body></html>'


@pytest.mark.parametrize(
    "body", [b"\xef\xbb\xbf" + HTML.encode(), b"\xff\xfe" + HTML.encode("utf-16-le")]
)
def test_a_true_mark_decides(body: bytes) -> None:
    assert published(read(body, charset="tis-620")) == SENTENCE


def test_a_false_mark_gives_no_thai() -> None:
    assert "รายงาน" not in published(read(b"\xff\xfe" + HTML.encode(), charset="utf-8"))
