"""Dialogs in a loop

Tried: a page opens alert, confirm, prompt and print dialogs by the hundred, asks before it is left, or alerts for ever.
Must: dialogs cost nothing and the page behind them is read; a loop ends at the deadline with `render_failed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

from tests.hostile.endless.shells import GOOD, shell

STORM = "for (let i = 0; i < 500; i++) { alert(i); confirm(i); prompt(i); print() }"
ASKING = Site(shell(f"onbeforeunload = e => e.preventDefault(); {STORM}; {GOOD}"), main=None)
LOOP = Site(shell("while (true) alert(1)"), main=None)


def test_the_page_behind_the_dialogs_is_read(swept: Swept) -> None:
    after = swept.of(ASKING)
    # On a busy machine the deadline may come first; a page is never blamed for it.
    assert after.verdict is Verdict.PASS or after.reason == "render_failed"


def test_a_loop_of_dialogs_ends_at_the_deadline(swept: Swept) -> None:
    after = swept.of(LOOP)
    assert (after.verdict, after.reason) == (Verdict.ERROR, "render_failed")
    assert "6 วินาที" in after.report_html
