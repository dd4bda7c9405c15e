"""Pages of a real sweep whose item is hidden, and pages hacked by others.

Tried: a page that shows a greeting and hides the whole item; a good page into which a gambling site wrote hidden links.
Must: the first does not pass; the second still does, and the spam is no evidence of anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, PROSE, Reply, Site, page

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept


SPAM = (
    "<div style='position:absolute;left:-9999px'>"
    + "<a href='https://slot.example/'>สล็อตเว็บตรง</a> " * 50
    + "</div>"
)
CLAIMED = Site(
    {"/o1": page("หน้าแรก", f"<h1>ยินดีต้อนรับ</h1>{PROSE}<div style='font-size:0'>{GOOD_O1}</div>")}
)
HACKED = Site({"/o1": Reply(GOOD_O1.replace("</body>", SPAM + "</body>").encode())})


def test_what_is_hidden_does_not_pass(swept: Swept) -> None:
    assert swept.of(CLAIMED).verdict is not Verdict.PASS


def test_spam_in_a_good_page_changes_nothing(swept: Swept) -> None:
    after = swept.of(HACKED)
    assert after.verdict is Verdict.PASS
    assert "สล็อต" not in after.report_html
