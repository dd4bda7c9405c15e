"""Words that a rule of the page's own style sheet hides.

Tried: rules by class, by tag and class, by descent, by attribute, by element, with escapes in them.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "tag.cls": "<style>p.x{display:none}</style><p class='x'>@</p>",
    "desc": "<style>.w .x{display:none}</style><div class='w'><p class='x'>@</p></div>",
    "child id": "<style>#w > p{display:none}</style><div id='w'><p>@</p></div>",
    "attr": "<style>p[data-k]{display:none}</style><p data-k='1'>@</p>",
    "elt": "<style>blink{display:none}</style><blink>@</blink>",
    "escaped": "<style>.x{dis\\70lay:none}</style><p class='x'>@</p>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)


def test_a_later_rule_for_another_class_hides_nothing() -> None:
    html = f"<style>.x .y{{display:none}}</style><p class='y'>{CLAIM}</p>"
    assert CLAIM in published(page(html))
