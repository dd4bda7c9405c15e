"""Words that a page of scripts shows to programs and hides from people.

Tried: a page that its script fills with the whole item inside a block that a linked sheet does not
display; blocks that are faint, white on white, too small, cut, or pushed off the page.
Must: what the browser did not show is marked and never passes, a person is asked and told why;
what it shows, on colours, pictures, beside what is off, stays unmarked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from crawler.extract.html_facts import MARK
from crawler.shown import ARGUMENTS, SCRIPT
from tests.hostile.endless.shells import GOOD, shell
from tests.hostile.sites import Reply, Site
from tests.web.conftest import chromium

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

_LINK = (
    "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '/x.css';"
    "document.head.append(l); root.className = 'x'; "
)
SITE = Site(
    {**shell(_LINK + GOOD), "/x.css": Reply(b".x { display: none }", kind="text/css")}, main=None
)
BLOCKS = {
    "display: none": "closed",
    "visibility: hidden": "closed",
    "opacity: 0": "closed",
    "height: 0; overflow: hidden": "closed",
    "width: 1px; height: 1px; overflow: hidden": "unseen",
    "color: white": "unseen",
    "color: transparent": "unseen",
    "color: #222; background: #2a2a2a": "unseen",
    "font-size: 1px": "unseen",
    "position: absolute; left: -9999px": "unseen",
    "position: absolute; top: -500px": "unseen",
    "position: absolute; left: 20000px": "unseen",
    "color: #222": "",
    "color: white; background: navy": "",
    "color: white; background: linear-gradient(red, blue)": "",
    "color: white; text-shadow: 0 0 2px black": "",
    "opacity: 0.6": "",
    "font-size: 9px": "",
    "overflow: hidden": "",
    "visibility: visible; margin-left: -5px": "",
}


def test_a_person_is_asked_and_told_why(swept: Swept) -> None:
    after = swept.of(SITE)
    # On a busy machine the deadline may come first; then nothing was shown, and nothing passes.
    shown = (Verdict.REVIEW, "hidden_by_style")
    assert (after.verdict, after.reason) in (shown, (Verdict.ERROR, "render_failed"))


def test_the_browser_marks_what_it_does_not_show() -> None:
    blocks = "".join(f'<p style="{style}">ข้อความของข้อนี้</p>' for style in BLOCKS)
    # A mark that the page wrote itself says nothing.
    blocks = blocks.replace('<p style="color: #222">', f'<p {MARK}="unseen" style="color: #222">')
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(f"<body style='background: white'>{blocks}</body>")
        page.evaluate(SCRIPT, ARGUMENTS)
        marks = page.eval_on_selector_all("p", f"all => all.map(e => e.getAttribute('{MARK}'))")
    found = {style: mark or "" for style, mark in zip(BLOCKS, marks, strict=True)}
    assert found == BLOCKS
