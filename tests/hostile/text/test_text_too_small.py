"""Words too small to be seen.

Tried: font sizes of 0, 1 px, 1 pt, a tenth of an em, the short form of the font property.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "1px": "<p style='font-size:1px'>@</p>",
    "0.1em": "<p style='font-size:0.1em'>@</p>",
    "font short": "<p style='font:0/0 a'>@</p>",
    "font cls": "<font size='0' style='font-size:1px'>@</font>",
    "zero": "<p style='font-size:0'>@</p>",
    "point": "<p style='font-size:1pt'>@</p>",
    "sheet": "<style>.t{font-size:1px}</style><p class='t'>@</p>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)


def test_small_print_is_published() -> None:
    assert CLAIM in published(page(f"<p style='font-size:0.7em'>{CLAIM}</p>"))
