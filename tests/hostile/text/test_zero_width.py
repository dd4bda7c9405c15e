"""Characters without a shape between Thai letters and digits.

Tried: zero-width spaces and joiners, soft hyphens, variation selectors, tags, fillers.
Must: words match as if nothing stood between, years stay whole, and nothing is read that is not seen.
"""

from __future__ import annotations

import pytest

from checklist.thai import contains, match_form
from tests.hostile.text.reading import page, published

SHAPELESS = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u2060\u2063\u2066\u3164\ufe0f\ufeff\ufff9\U000e0041"


@pytest.mark.parametrize("mark", SHAPELESS, ids=ascii)
def test_words_and_years_are_read_as_seen(mark: str) -> None:
    words = mark.join("รายงานผลปี2566")
    assert contains(match_form(words), "รายงานผล")
    assert published(page(f"<p>{words}</p>")) == "รายงานผลปี2566"


def test_they_join_no_words_that_stand_apart() -> None:
    assert published(page("<p>25 \u200b66</p>")) == "25 66"
