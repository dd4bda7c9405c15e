"""A page declares one charset and is sent in another.

Tried: TIS-620 declared as UTF-8 in header and meta, UTF-8 declared as TIS-620, charsets that are none.
Must: the Thai text is read as a visitor reads it.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import published, read

SENTENCE = "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2566 ของเทศบาลตำบลบ้านสวนมะลิ"

CASES = {
    "tis-620 called utf-8": ("tis-620", "utf-8", "utf-8"),
    "utf-8 called tis-620": ("utf-8", "tis-620", "tis-620"),
    "windows-874 called latin-1": ("cp874", "iso-8859-1", "iso-8859-1"),
    "windows-874 undeclared": ("cp874", None, ""),
    "header against meta": ("utf-8", "tis-620", "windows-1252"),
    "no text encoding": ("cp874", "base64", "rot13"),
    "an encoding of escapes": ("cp874", "unicode_escape", "punycode"),
    "a wide encoding of narrow bytes": ("utf-8", "utf-16", "utf-16"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_text_is_read(case: str) -> None:
    sent, header, meta = CASES[case]
    declared = f'<meta charset="{meta}">' if meta else ""
    html = f"<html><head>{declared}</head><body><p>{SENTENCE}</p></body></html>"
    assert published(read(html.encode(sent), charset=header)) == SENTENCE
