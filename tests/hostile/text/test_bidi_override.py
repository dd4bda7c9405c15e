"""A right-to-left override turns the digits of a year round.

Tried: 2566 is written under U+202E and shows as 6652, or 6652 shows as 2566.
Must: the year is what a visitor sees, and no bidirectional control reaches a report.
"""

from __future__ import annotations

import pytest

from checklist.mentions import find_mentions
from checklist.thai import normalise
from tests.hostile.text.reading import page, published

CASES = {
    "ปีงบประมาณ \u202e2566\u202c": "ปีงบประมาณ 6652",
    "ปีงบประมาณ \u202e๒๕๖๖": "ปีงบประมาณ ๖๖๕๒",
    "ปีงบประมาณ \u202e6652\u202c": "ปีงบประมาณ 2566",
    "ปีงบประมาณ \u2066\u202d2566\u202c\u2069": "ปีงบประมาณ 2566",
    "\u200fปีงบประมาณ\u061c 2566\u200e": "ปีงบประมาณ 2566",
}


@pytest.mark.parametrize("written", CASES)
def test_the_year_is_the_one_that_is_seen(written: str) -> None:
    seen = CASES[written]
    assert published(page(f"<p>{written}</p>")) == seen
    years = [str(m.period.end.year + 543) for m in find_mentions(normalise(written))]
    assert years == (["2566"] if "2566" in seen else [])
