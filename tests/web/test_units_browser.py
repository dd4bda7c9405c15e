"""A unit's page and an item of the checklist in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("width", [1280, 390])
def test_a_webmaster_finds_what_to_do(
    page_as: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = page_as("webmaster", width=width)
    page.goto("/units/surin")
    accessible(page)
    assert page.get_by_role("img", name="ประวัติข้อ O2:").is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    page.get_by_role("link", name="ดูเกณฑ์ของข้อ O2", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("O2 ")
    accessible(page)


def test_a_history_of_a_hostile_unit_runs_nothing(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("executive")
    page.goto("/units/hostile")
    accessible(page)
    page.goto("/checklist/-/differences")
    accessible(page)
    assert page.goto("/units/nan#O1") is not None
    assert page.locator("#O1").is_visible()
