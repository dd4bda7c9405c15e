"""Thai vowels composed, doubled or set in another order.

Tried: sara am as nikhahit and sara aa, two sara e for sara ae, a tone before its vowel.
Must: the word matches as a reader reads it.
"""

from __future__ import annotations

import pytest

from checklist.thai import match_form

CASES = {
    "ด\u0e4d\u0e32เนินงาน": "ดำเนินงาน",
    "เเผนงาน": "แผนงาน",
    "ผู\u0e49บริหาร": "ผู้บริหาร",
    "ที\u0e48ตั\u0e49ง": "ที่ตั้ง",
    "ผ\u0e49\u0e39บริหาร": "ผู้บริหาร",
    "\uf70aา": "่า",
}


@pytest.mark.parametrize("written", CASES, ids=ascii)
def test_the_word_matches(written: str) -> None:
    assert match_form(written) == match_form(CASES[written])
