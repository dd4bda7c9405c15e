"""An item claimed in attributes and in the head only.

Tried: alt, title, aria-label, placeholder, value, meta keywords and description, the title alone.
Must: none of it is the page's content.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "ph": "<input placeholder='@'>",
    "aria": "<p aria-label='@'>ก</p>",
    "alt": "<img src=a.png alt='@'>",
    "title attribute": "<p title='@'>ดู</p>",
    "value": "<input value='@'>",
    "hidden input": "<input type=hidden value='@'>",
    "meta": "<meta name='keywords' content='@'>",
    "title": "<title>@</title>",
    "data": "<p data-text='@'>ดู</p>",
    "option": "<select><option>@</option></select>",
    "textarea": "<textarea>@</textarea>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)
