"""Words in the colour of what they stand on.

Tried: white and nearly white on white, transparent ink, one colour for both, by attribute and by class.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "almost white": "<p style='color:#fefefe'>@</p>",
    "rgba0": "<p style='color:rgba(0,0,0,0)'>@</p>",
    "transparent": "<p style='color:transparent'>@</p>",
    "cls white": "<style>.x{color:#fff}</style><p class='x'>@</p>",
    "cls white body bg": "<style>body{background:#fff}.x{color:#fff}</style><p class='x'>@</p>",
    "same colour cls": "<style>.x{color:#123456;background-color:#123456}</style><p class='x'>@</p>",
    "font size": "<font color='#ffffff'>@</font>",
    "td bg": "<table bgcolor='#fff'><tr><td><p>a</p><font color='white'>@</font></td></tr></table>",
    "text-fill": "<p style='-webkit-text-fill-color:transparent'>@</p>",
    "var inline": "<style>:root{--c:#fff}.x{color:var(--c)}</style><p class='x'>@</p>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)


@pytest.mark.parametrize(
    "html",
    [
        "<div style='background:#036'><p style='color:#fff'>@</p></div>",
        "<style>.bar{background:#036}.bar p{color:#fff}</style><div class='bar'><p>@</p></div>",
        "<p style='color:transparent;background:linear-gradient(red,blue);background-clip:text'>@</p>",
    ],
)
def test_white_words_on_a_bar_are_published(html: str) -> None:
    assert CLAIM in published(page(html.replace("@", CLAIM)))
