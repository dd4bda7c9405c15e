"""Words that the page's own attributes hide.

Tried: display, visibility, opacity, the hidden attribute, aria-hidden, a closed dialog, comments within the declaration.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "op .01": "<p style='opacity:0.01'>@</p>",
    "op 0%": "<p style='opacity:0%'>@</p>",
    "filter": "<p style='filter:opacity(0)'>@</p>",
    "inline comment": "<p style='display:/**/none'>@</p>",
    "content-vis": "<p style='content-visibility:hidden'>@</p>",
    "display": "<p style='display:none'>@</p>",
    "visibility": "<p style='visibility:hidden'>@</p>",
    "attribute": "<p hidden>@</p>",
    "aria": "<div aria-hidden='true'>@</div>",
    "dialog": "<dialog>@</dialog>",
    "class": "<span class='sr-only'>@</span>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)
