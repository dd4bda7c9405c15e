"""Login, the account, users, log and API page in a real Chromium, for each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.seeds import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def test_a_person_signs_in_by_keyboard_and_out_again(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as(None, width=390)
    page.goto("/audit")
    accessible(page)
    page.keyboard.type("executive")
    page.keyboard.press("Tab")
    page.keyboard.type("ผิดแน่นอน-1234")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ไม่ถูกต้อง")
    accessible(page)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("บันทึกการใช้งาน")
    page.get_by_text("เมนู", exact=True).click()
    page.get_by_role("button", name="ออกจากระบบ").click()
    expect(page).to_have_title("ลงชื่อเข้าใช้ · ตัวตรวจ OIT")
    page.goto("/account")
    assert page.url.endswith("/login?next=/account")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_accessible_and_fit_the_window(
    page_as: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = page_as("administrator", width=width)
    paths = (
        "/account", "/account/password", "/users", "/users/webmaster", "/audit", "/api", "/no/such",
    )  # fmt: skip
    for path in paths:
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
