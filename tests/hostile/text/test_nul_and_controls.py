"""NULs and control characters between letters and digits.

Tried: 0x00, bell, escape and delete inside words and a year.
Must: word and year stand whole, as browsers show them, and no control character is kept.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import page, published


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x08", "\x1b", "\x7f"])
def test_words_and_years_stay_whole(control: str) -> None:
    text = published(page(f"<p>ราย{control}งานผล ปี 25{control}66</p>"))
    assert text == "รายงานผล ปี 2566"
