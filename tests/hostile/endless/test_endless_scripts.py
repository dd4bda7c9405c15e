"""Scripts that never end

Tried: `while (true)`, `document.write` for ever, a page that grows with every tick, reloads without end.
Must: each ends at a limit with `render_failed`; the browser that showed it is not used again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

from tests.hostile.endless.shells import shell

SITES = {
    "while": Site(shell("while (true) {}"), main=None),
    "write": Site(shell("while (true) document.write('<p>aaaaaaaa')"), main=None),
    "growing": Site(
        shell("setInterval(() => root.insertAdjacentHTML('beforeend', '<p>a'.repeat(9e4)), 5)"),
        main=None,
    ),
    "reload": Site(shell("location.reload()"), main=None),
}


@pytest.mark.parametrize("name", SITES)
def test_a_script_without_end_ends(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "render_failed")
