"""A reviewer at the keyboard: three cases, one of them taken back, without touching the mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.web.conftest import Served

FILTER = "about=O23"
"""The cases of this test alone: the server is shared."""


def decisions(served: Served) -> list[tuple[str, str, bool]]:
    kept = served.site.store.waivers("oit-2566")
    return [(w.unit_id, w.kind.value, w.ended_at is None) for w in kept if w.item == "O23"]


def test_three_cases_by_the_keyboard_and_one_taken_back(
    served: Served, page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("reviewer")
    page.goto(f"/review?{FILTER}")
    expect(page.locator(".review-unit")).to_have_text("องค์การบริหารส่วนตำบลบางรัก")
    accessible(page)

    page.keyboard.press("r")
    expect(page.locator("#reject-reason")).to_be_focused()
    page.keyboard.type("ไม่มีคำสั่งแต่งตั้ง au")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".review-unit")).to_contain_text("เทศบาลเมือง <script>")
    expect(page.get_by_role("status")).to_contain_text("ไม่ผ่านโดยการพิจารณา")

    page.keyboard.press("u")
    expect(page.locator(".review-unit")).to_have_text("องค์การบริหารส่วนตำบลบางรัก")
    assert decisions(served) == [("bangrak-sao", "judged_lacking", False)]

    page.keyboard.press("a")
    page.keyboard.press("2")
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator(".review-unit")).to_contain_text("เทศบาลเมือง <script>")

    page.keyboard.press("w")
    page.keyboard.press("Escape")
    expect(page.locator("#waive > summary")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".review-unit")).to_have_text("จังหวัดน่าน")
    page.keyboard.press("k")
    expect(page.locator(".review-unit")).to_contain_text("เทศบาลเมือง <script>")
    page.keyboard.press("w")
    page.locator("#waive-reason").press_sequentially("รอย้ายเว็บไซต์")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".review-unit")).to_have_text("จังหวัดน่าน")
    assert decisions(served) == [
        ("bangrak-sao", "judged_lacking", False),
        ("bangrak-sao", "vouched", True),
        ("hostile", "accepted", True),
    ]


def test_the_queue_on_a_phone(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("reviewer", width=390)
    for path in ("/review?unit=nan&item=O3", "/review/list", "/decisions"):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto("/review?unit=nan&item=O3")
    page.get_by_text("ให้ผ่าน", exact=False).first.click()
    expect(page.get_by_role("button", name=re.compile("บันทึกว่าผ่าน"))).to_be_visible()
