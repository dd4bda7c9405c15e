"""Words cut to an area of nothing.

Tried: clip, clip-path, boxes of no height or of one pixel with the overflow hidden, scale(0).
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "clip-path": "<p style='clip-path:inset(50%)'>@</p>",
    "clip-path2": "<p style='clip-path:inset(100%)'>@</p>",
    "clip circle": "<p style='clip-path:circle(0)'>@</p>",
    "height0": "<div style='height:0;overflow:hidden'>@</div>",
    "maxh0": "<div style='max-height:0px;overflow:hidden'>@</div>",
    "w1h1": "<div style='position:absolute;width:1px;height:1px;overflow:hidden'>@</div>",
    "scale0": "<p style='transform:scale(0)'>@</p>",
    "line-height": "<p style='line-height:0;overflow:hidden;height:0'>@</p>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)
