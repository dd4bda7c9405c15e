"""Storms of windows, requests and history

Tried: a page opens windows, starts downloads, registers a service worker and rewrites its history without end.
Must: windows are closed, nothing is downloaded or registered, requests stay bounded; what the page shows is read, or it is `render_failed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

from tests.hostile.endless.shells import GOOD, shell


def often(script: str) -> str:
    return f"setInterval(() => {{ for (let i = 0; i < 20; i++) {{ {script} }} }}, 50); {GOOD}"


LINK = "const a = document.createElement('a'); document.body.append(a); "
HARMLESS = {
    "windows": Site(shell(often("window.open('/w' + Math.random())")), main=None),
    "download": Site(
        shell(f"{LINK} a.href = '/x.exe'; a.download = 'x'; a.click(); {GOOD}"), main=None
    ),
    "worker": Site(shell(f"navigator.serviceWorker?.register('/sw.js'); {GOOD}"), main=None),
}
STORMS = {
    "targets": Site(
        shell(often(f"{LINK} a.target = '_blank'; a.href = '/w' + Math.random(); a.click()")),
        main=None,
    ),
    "fetches": Site(shell(often("fetch('/f' + Math.random())")), main=None),
    "history": Site(shell(often("history.pushState(0, '', '/h' + Math.random())")), main=None),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_the_page_shows_is_read(swept: Swept, name: str) -> None:
    after = swept.of(HARMLESS[name])
    # On a busy machine the deadline may come first; a page is never blamed for it.
    assert after.verdict is Verdict.PASS or after.reason == "render_failed"
    assert not [hit for hit in after.hits if hit.startswith(("/w", "/sw.js"))]


@pytest.mark.parametrize("name", STORMS)
def test_a_storm_stays_within_bounds(swept: Swept, name: str) -> None:
    after = swept.of(STORMS[name])
    assert after.verdict is Verdict.PASS or after.reason == "render_failed"
    assert len(after.asked) <= 400
