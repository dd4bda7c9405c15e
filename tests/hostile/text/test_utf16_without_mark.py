"""A page in UTF-16 without a byte-order mark.

Tried: little- and big-endian, markup with a little Thai or nearly nothing but Thai.
Must: the text is read; it is no binary file and no row of symbols.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import published, read

SENTENCE = "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2566 ของเทศบาลตำบลบ้านสวนมะลิ"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("times", [1, 60])
def test_the_text_is_read(codec: str, times: int) -> None:
    document = read(f"<html><body><p>{SENTENCE * times}</p></body></html>".encode(codec))
    assert published(document) == SENTENCE * times
