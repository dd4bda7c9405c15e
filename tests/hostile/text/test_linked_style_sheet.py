"""Words that a style sheet outside the page hides from its visitors.

Tried: a whole item hidden by a linked sheet: not displayed, white on white, letters of no size,
pushed off the page; by a sheet that another sheet imports; sheets that are missing, that stand
inside the network, and one that hides nothing but the menu.
Must: what no visitor sees never passes, a person is asked and told why; a sheet that cannot be
read or that hides only a menu costs nobody anything; each sheet is asked for once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, PROSE, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

_MENU = '<ul class="menu"><li><a href="/">หน้าแรก</a></li></ul>'


def _styled(css: str, *sheets: str, more: dict[str, Reply] | None = None) -> Site:
    links = "".join(f'<link rel="stylesheet" href="{url}">' for url in sheets or ("/x.css?v=1",))
    body = GOOD_O1.replace("</head>", f"{links}</head>")
    start = body.index("<body")
    end = body.index(">", start) + 1
    inner = body[end:].replace("</body>", "</div></body>")
    html = f'{body[:end]}{_MENU}<p>ยินดีต้อนรับ</p>{PROSE}<div class="x">{inner}'
    pages = {"/o1": Reply(html.encode()), "/x.css": Reply(css.encode(), kind="text/css")}
    return Site({**pages, **(more or {})})


HIDING = {
    "not displayed": _styled(".x { display: none }"),
    "white on white": _styled("body .x, body .x * { color: #fff } .x { background: white }"),
    "letters of no size": _styled(".x, .x * { font-size: 0 }"),
    "off the page": _styled(".x { position: absolute; left: -9999px }"),
    "imported": _styled(
        '@import url("/far/y.css");',
        more={"/far/y.css": Reply(b".x{visibility:hidden}", kind="text/css")},
    ),
}
HARMLESS = {
    "hides the menu": _styled(".menu { display: none } .x { color: #222 }"),
    "missing": _styled(".x { display: none }", "/gone.css"),
    "inside the network": _styled("", "@INSIDE@/x.css"),
}


@pytest.mark.parametrize("case", HIDING)
def test_a_person_is_asked_and_told_why(swept: Swept, case: str) -> None:
    after = swept.of(HIDING[case])
    assert after.verdict is Verdict.REVIEW
    assert after.reason == "hidden_by_style"
    assert "สไตล์ชีต" in after.report_text


@pytest.mark.parametrize("case", HARMLESS)
def test_it_costs_nobody_anything(swept: Swept, case: str) -> None:
    assert swept.of(HARMLESS[case]).verdict is Verdict.PASS


def test_a_sheet_is_asked_for_once(swept: Swept) -> None:
    asked = swept.of(HIDING["imported"]).hits
    assert (asked.count("/x.css?v=1"), asked.count("/far/y.css")) == (1, 1)


def test_a_sheet_inside_the_network_is_not_asked_for(swept: Swept) -> None:
    assert swept.of(HARMLESS["inside the network"]).inside == ()


def test_the_report_says_which_sheet_could_not_be_read(swept: Swept) -> None:
    skipped = swept.of(HARMLESS["missing"]).coverage.skipped
    assert [one.reason for one in skipped if one.url.endswith("/gone.css")] == ["style_sheet"]
