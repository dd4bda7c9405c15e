"""Self-check in a real Chromium: a file is dropped, its steps run by, the verdict stands there."""

from __future__ import annotations

import base64
import io
import time
from typing import TYPE_CHECKING

from docx import Document

from tests.self_check.asked import PLAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_DROP = """([name, text]) => {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
    document.getElementById("drop").dispatchEvent(event);
  }
}"""
SECONDS = 30
"""A generous limit for a busy machine; an idle one needs about two seconds."""


def plan() -> str:
    document, made = Document(), io.BytesIO()
    for line in (PLAN[0], "จังหวัดสุรินทร์", PLAN[2]):
        document.add_paragraph(line)
    document.save(made)
    return base64.b64encode(made.getvalue()).decode()


def test_a_dropped_file_is_judged_and_the_verdict_is_shown(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("webmaster", width=390)
    page.goto("/self-check")
    accessible(page)
    page.get_by_label("URL ของหน้าเว็บ").fill("https://www.example.go.th/")
    page.evaluate(_DROP, ["แผน 2566 <b>.docx", plan()])
    assert page.locator("#file-said").inner_text().startswith("เลือกแล้ว: แผน 2566 <b>.docx (")
    assert page.get_by_label("URL ของหน้าเว็บ").input_value() == ""
    page.get_by_text("เลือกเฉพาะข้อ").click()
    page.get_by_label("O11 ").check()
    assert "เลือกแล้ว 1 ข้อ" in page.locator("#items-said").inner_text()

    begun = time.monotonic()
    page.get_by_role("button", name="เริ่มตรวจ").click()
    verdict = page.get_by_role("heading", name="O11 แผนดำเนินงาน")
    verdict.wait_for(timeout=SECONDS * 1000)
    print(f"from click to verdict: {time.monotonic() - begun:.1f} s")
    assert page.get_by_text("ใช้ตอบได้ครบถ้วน 1 ข้อ: O11").is_visible()
    assert PLAN[0] in page.locator("blockquote").first.inner_text()
    accessible(page)

    page.get_by_role("button", name="ลบเดี๋ยวนี้").click()
    page.wait_for_url("**/self-check")
    assert page.get_by_text("การตรวจของท่านขณะนี้").count() == 0
