"""A page that names the item links and embeds documents of an inner server.

Tried: links, an `<embed>`, an `<object>` and a frame of a good-looking page lead inside.
Must: nobody connects there; what cannot be opened is told in the report and the item does not pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Site, page

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

TITLE = "แผนผังโครงสร้างการแบ่งส่วนราชการ"
SITE = Site(
    {
        "/o1": page(
            "โครงสร้าง",
            f'<a href="@INSIDE@/o1.pdf">{TITLE}</a><embed src="@INSIDE@/o1b.pdf">'
            f'<object data="@INSIDE@/o1c.pdf"></object><iframe src="@INSIDE@/o1d"></iframe>',
        )
    }
)


def test_nothing_behind_the_links_is_read(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.inside == ()
    assert after.verdict is not Verdict.PASS
    assert "inner_address" in after.problems.values()
