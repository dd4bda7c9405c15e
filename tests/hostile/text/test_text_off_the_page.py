"""Words pushed beyond the edge of the page.

Tried: text-indent, absolute positions in pixels, em and screen widths, margins, transforms; a button before them opens nothing.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "indent": "<p style='text-indent:-9999px'>@</p>",
    "indent100": "<p style='text-indent:100%;white-space:nowrap;overflow:hidden'>@</p>",
    "left em": "<p style='position:absolute;left:-999em'>@</p>",
    "left vw": "<p style='position:absolute;left:-200vw'>@</p>",
    "marginleft": "<p style='margin-left:-9999px'>@</p>",
    "translate": "<p style='transform:translateX(-9999px)'>@</p>",
    "btn-before": "<button>x</button><div style='position:absolute;left:-9999px'>@</div>",
    "panel-cls": "<div class='panel' style='position:absolute;left:-9999px'>@</div>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)
