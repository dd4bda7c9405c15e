"""An archived page that attacks whoever looks at the evidence.

Tried: The stored copy holds mutation tricks (svg, math, noscript, comments), handlers, refreshes,
forms, frames, style sheets that load, and a base address of the attacker's.
Must: The copy is shown as text in plain blocks; its answer forbids scripts, forms and requests and
is sandboxed, so that not even a mistake in the rewriting could act.
"""

from __future__ import annotations

import pytest

from tests.hostile.readers.attacks import ADDRESSES, MARKUP
from tests.hostile.readers.test_markup_in_the_report import acting
from web.evidence.answers import picture_answer, safe_answer
from web.evidence.page_sheet import page_sheet
from web.evidence.quoting import Asked, mark
from web.evidence.safe_page import safe_page

QUOTE = "แผนปฏิบัติการป้องกันการทุจริต"


def shown(html: str) -> str:
    sheet = page_sheet(html, "https://www.phusuan.go.th/o12")
    return safe_page(sheet, mark(sheet, Asked(QUOTE)))


@pytest.mark.parametrize("markup", MARKUP)
def test_nothing_of_it_acts(markup: str) -> None:
    page = shown(f"<title>{markup}</title><body><p>{QUOTE}</p>{markup}<td title='{markup}'>ก</td>")
    assert acting(page) == []
    assert page.count("<style>") == 1
    assert QUOTE in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_is_shown_and_leads_nowhere(address: str) -> None:
    page = shown(f'<body><a href="{address}">ดาวน์โหลด</a><p>{QUOTE}</p><img src="{address}">')
    assert "href=" not in page
    assert "<img" not in page


def test_the_answer_is_sandboxed_and_may_load_nothing() -> None:
    policy = safe_answer(shown(MARKUP[0])).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'none'" in policy
    assert policy.endswith("sandbox")


def test_bytes_that_claim_to_be_a_picture_are_mere_bytes() -> None:
    assert picture_answer(MARKUP[0].encode()).media_type == "application/octet-stream"
    assert "sandbox" in picture_answer(b"<svg onload=alert(1)>").headers["Content-Security-Policy"]
