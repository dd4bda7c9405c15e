"""Pictures of every page from the seeded database, in a real Chromium at two widths.

`python -m tests.web.screenshots FOLDER [NAME …]` writes `NAME-1280.png` and `NAME-390.png`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from accounts.roles import Role
from tests.web.conftest import Served, chromium, serving
from tests.web.screenshot_pages import PAGES
from tests.web.seeds import seeded
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (1280, 390)


def take(out: Path, names: Collection[str] = ()) -> None:
    """Write the pictures of the pages with these names, of all when there are none."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = seeded(Path(folder))
        site = Site(Sources(url, Path(folder), "1.2.3"), WebSettings(), lambda: datetime.now(UTC))
        with serving(site) as served, chromium() as browser:
            for name, role, path in PAGES:
                if not names or name in names:
                    for width in WIDTHS:
                        _take(served, browser, role, path, width, out / f"{name}-{width}.png")


def _take(
    served: Served, browser: Browser, role: str | None, path: str, width: int, to: Path
) -> None:
    context = browser.new_context(
        base_url=served.address, viewport={"width": width, "height": 900}, locale="th-TH"
    )
    if role is not None:
        context.add_cookies([served.cookie(Role(role))])  # type: ignore[list-item]
    page = context.new_page()
    answer = page.goto(path, wait_until="load")
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    # Frames are loaded when they are looked at.
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=to, full_page=True)
    context.close()
    status = answer.status if answer else 0
    told = f" wider than the window by {overflow} px" if overflow > 0 else ""
    print(f"{to.name}: {status}{told}")


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2:])
