"""Letters buried under marks (Zalgo).

Tried: ten thousand tone marks, strokes and diacritics on one letter and on every letter of a page.
Must: the page is read in the time of any other, and buried words are not taken for plain ones.
"""

from __future__ import annotations

import time

import pytest

from checklist.thai import contains, match_form


@pytest.mark.parametrize("mark", ["\u0e49", "\u0336", "\u0301", "\u0e38"])
def test_a_flood_costs_no_time(mark: str) -> None:
    began = time.process_time()
    form = match_form(("ก" + mark * 10_000 + "า") * 5)
    assert time.process_time() - began < 2
    assert len(form) < 200


def test_struck_words_are_not_plain_ones() -> None:
    assert not contains(match_form("รายงาน\u0336ผ\u0336ล\u0336"), "รายงานผล")
