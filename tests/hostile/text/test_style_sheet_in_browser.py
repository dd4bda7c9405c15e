"""Words that a page of scripts shows to programs and hides from people.

Tried: a page that its script fills with the whole item inside a block that a linked sheet does not
display, paints white on white, or pushes off the page.
Must: what the browser did not show never passes; a person is asked and told why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.endless.shells import GOOD, shell
from tests.hostile.sites import Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

_LINK = (
    "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '/x.css';"
    "document.head.append(l); root.className = 'x'; "
)


def _filled(css: str) -> Site:
    pages = shell(_LINK + GOOD)
    return Site({**pages, "/x.css": Reply(css.encode(), kind="text/css")})


HIDING = {
    "not displayed": _filled(".x { display: none }"),
    "white on white": _filled(".x, .x * { color: #fefefe; background: white; border: 0 }"),
    "off the page": _filled(".x { position: absolute; left: -9999px; width: 500px }"),
}
SHOWN = _filled(".x { color: #222; background: #fff }")


@pytest.mark.parametrize("case", HIDING)
def test_a_person_is_asked_and_told_why(swept: Swept, case: str) -> None:
    after = swept.of(HIDING[case])
    # On a busy machine the deadline may come first; then nothing was shown, and nothing passes.
    shown = (Verdict.REVIEW, "hidden_by_style")
    assert (after.verdict, after.reason) in (shown, (Verdict.ERROR, "render_failed"))


def test_a_page_that_shows_its_words_passes(swept: Swept) -> None:
    after = swept.of(SHOWN)
    assert after.verdict is Verdict.PASS or after.reason == "render_failed"
