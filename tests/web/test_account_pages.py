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


def test_an_administrator_lets_in_a_webmaster_who_stays_with_their_own(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    boss = page_as("administrator")
    boss.goto("/users")
    boss.get_by_label("ชื่อผู้ใช้").fill("nan.web")
    boss.get_by_label("ชื่อและนามสกุล").fill("ผู้ดูแล <b>น่าน</b>")
    boss.get_by_label("บทบาท", exact=True).select_option("webmaster")
    boss.get_by_role("button", name="เพิ่มผู้ใช้").click()
    expect(boss.get_by_role("alert")).to_contain_text("ต้องมีหน่วยงานที่ดูแล")
    boss.get_by_label("หน่วยงานที่ดูแล (รหัส)").fill("nan")
    boss.get_by_role("button", name="เพิ่มผู้ใช้").click()
    accessible(boss)
    one_time = boss.locator("code.secret").last.inner_text()

    person = page_as(None)
    person.goto("/users")
    person.get_by_label("ชื่อผู้ใช้").fill("nan.web")
    person.get_by_label("รหัสผ่าน").fill(one_time)
    person.get_by_role("button", name="ลงชื่อเข้าใช้").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("เปลี่ยนรหัสผ่าน")
    person.get_by_label("รหัสผ่านเดิม").fill(one_time)
    person.get_by_label("รหัสผ่านใหม่", exact=True).fill("ทุ่งรวงทอง สีเขียว 12")
    person.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill("ทุ่งรวงทอง สีเขียว 12")
    person.get_by_role("button", name="เปลี่ยนรหัสผ่าน").click()
    expect(person.get_by_role("status")).to_contain_text("เปลี่ยนรหัสผ่านแล้ว")
    expect(person.locator(".facts")).to_contain_text("ผู้ดูแล <b>น่าน</b>")
    answer = person.goto("/users/admin")
    assert answer is not None
    assert answer.status == 403
    expect(person.get_by_role("heading", level=1)).to_have_text("ไม่มีสิทธิ์")

    boss.goto("/users/nan.web")
    boss.get_by_role("button", name="ระงับผู้ใช้").click()
    expect(boss.get_by_role("status")).to_contain_text("ระงับแล้ว")
    boss.goto("/audit?subject=user:nan.web")
    expect(boss.get_by_role("cell", name="เพิ่มผู้ใช้")).to_be_visible()
    person.goto("/account")
    assert "/login" in person.url


@pytest.mark.parametrize("role", ["reviewer", "executive", "webmaster", "guest"])
def test_those_who_do_not_administer_see_no_way_to_and_are_refused(
    page_as: Callable[..., Page], role: str
) -> None:
    page = page_as(role)
    for path, allowed in (("/users", ()), ("/audit", ("executive",)), ("/account", (role,))):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (200 if role in allowed else 403)
        assert page.get_by_role("link", name="ผู้ใช้", exact=True).count() == 0


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
