"""Words in UTF-7, which no browser decodes.

Tried: a page declares UTF-7 and writes its claim in it; to a visitor it is a row of signs.
Must: the claim is not read.
"""

from __future__ import annotations

from tests.hostile.text.reading import published, read

SENTENCE = "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2566 ของเทศบาลตำบลบ้านสวนมะลิ"


def test_what_no_browser_shows_is_not_read() -> None:
    html = f'<html><head><meta charset="utf-7"></head><body><p>{SENTENCE}</p><p>'
    body = html.encode("utf-7").replace(b"+ADw-", b"<").replace(b"+AD4-", b">")
    assert "รายงาน" not in published(read(body, charset="utf-7"))


def test_nor_when_a_thai_byte_stands_beside_it() -> None:
    body = b"<html><body><p>" + SENTENCE.encode("utf-7") + "ก</p>".encode("cp874")
    assert "รายงาน" not in published(read(body, charset="utf-7"))
