"""The evidence in a real Chromium: nothing of an archived page runs or loads, the quote is in view."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accounts.roles import Role
from tests.databases import database_at
from tests.web.conftest import Served, serving
from tests.web.evidence_samples import ITEM, ROW, archived
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

HERE = f"/units/surin/items/{ITEM}"


@pytest.fixture(scope="module")
def served_copies(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own, whose newest scan of `surin` has a hostile page as evidence."""
    folder = tmp_path_factory.mktemp("copies") / "var"
    shutil.copytree(seeds, folder)
    site = Site(
        Sources(database_at(f"{folder}/oit.db"), folder), WebSettings(), lambda: datetime.now(UTC)
    )
    archived(site)
    with serving(site) as made:
        yield made


class Watched:
    """A tab of the webmaster's that notes every dialog, script fault and request."""

    def __init__(self, browser: Browser, served: Served, width: int) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.context = browser.new_context(
            base_url=served.address, viewport={"width": width, "height": 900}, locale="th-TH"
        )
        self.context.add_cookies([served.cookie(Role.WEBMASTER)])  # type: ignore[list-item]
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("dialog", self._refuse)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda one: self.said.append(one.text))

    def _refuse(self, dialog: object) -> None:
        self.said.append(f"a dialog: {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def frame(self) -> Frame:
        """The frame with the copy, when it has been loaded."""
        self.page.locator("iframe.archived").scroll_into_view_if_needed()
        handle = self.page.wait_for_selector("iframe.archived")
        found = handle.content_frame() if handle else None
        assert found is not None
        found.wait_for_load_state("load")
        return found

    def strangers(self, served: Served) -> list[str]:
        """The requests that went elsewhere than to our own server."""
        own = (served.address, "data:", "about:")
        return [url for url in self.asked if not url.startswith(own)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_hostile_page_does_nothing_and_its_quote_is_in_view(
    real_browser: Browser, served_copies: Served, accessible: Callable[[Page], None], width: int
) -> None:
    tab = Watched(real_browser, served_copies, width)
    tab.page.goto(f"{HERE}?quote=2")
    frame = tab.frame()
    tab.page.wait_for_timeout(300)
    assert tab.strangers(served_copies) == []
    assert tab.said == []
    # From here on scripts of the test look into the frame, which Chromium notes as refused.
    mark = frame.locator("#quote")
    assert mark.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 228, 92)"
    told = "".join(frame.locator("mark").all_inner_texts())
    assert "".join(told.split()) == "".join(ROW.split())
    box = mark.bounding_box()
    view = tab.page.locator("iframe.archived").bounding_box()
    assert box is not None
    assert view is not None
    assert view["y"] <= box["y"] <= view["y"] + view["height"]
    assert frame.locator("script, img, form, input, iframe, a, svg, base, link").count() == 0
    frame.locator("body").click(position={"x": 5, "y": 5})
    tab.page.wait_for_timeout(300)
    assert tab.strangers(served_copies) == []
    assert not [one for one in tab.said if "dialog" in one]
    accessible(tab.page)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.context.close()


def test_the_picture_of_a_pdf_page_is_shown_and_versions_stand_side_by_side(
    real_browser: Browser, served_copies: Served, accessible: Callable[[Page], None]
) -> None:
    tab = Watched(real_browser, served_copies, 1280)
    tab.page.goto(HERE)
    tab.page.locator("#quote-3").get_by_role("link").first.click()
    picture = tab.frame().locator("img")
    assert picture.evaluate("one => one.naturalWidth") > 400
    tab.page.get_by_role("link", name="เทียบกับการตรวจครั้งก่อน").click()
    assert tab.page.locator("ins").first.inner_text() == "2"
    assert tab.page.locator("del").first.inner_text() == "1"
    accessible(tab.page)
    assert tab.strangers(served_copies) == []
    assert not [one for one in tab.said if "dialog" in one]
    tab.context.close()


def test_an_archived_page_opened_by_itself_does_nothing_either(
    real_browser: Browser, served_copies: Served
) -> None:
    tab = Watched(real_browser, served_copies, 1280)
    answer = tab.page.goto(f"/api/v1{HERE}/quotes/1/page")
    assert answer is not None
    assert answer.status == 200
    assert tab.page.locator("#quote").is_visible()
    assert tab.page.evaluate("self.origin") == "null"
    assert tab.strangers(served_copies) == []
    assert tab.said == []
    tab.context.close()
