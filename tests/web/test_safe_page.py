"""An archived page is shown as text in blocks, with the quote marked, and can do nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.evidence import Region
from web.evidence.locating import Match
from web.evidence.page_sheet import page_sheet
from web.evidence.quoting import Asked, Spot, mark
from web.evidence.safe_page import policy, safe_page

SITE = "https://www.phusuan.go.th/oit/o12"
QUOTE = "แผนปฏิบัติการป้องกันการทุจริต ประจำปี 2566"


def shown(html: str, quote: str = "", **where: object) -> tuple[str, Spot, Match]:
    sheet = page_sheet(html, SITE)
    found = mark(sheet, Asked(quote, **where))  # type: ignore[arg-type]
    return safe_page(sheet, found), found.spot, found.match


def marked(page: str) -> str:
    """What stands in the marks, run together."""
    parts = re.findall(r"<mark(?: id=\"quote\")?>(.*?)</mark>", page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", "".join(parts))


class _Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))


ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "main", "p", "div", "span", "mark", "br",
    "hr", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "id", "title", "colspan", "rowspan"}


def assert_harmless(page: str) -> None:
    tags = _Tags()
    tags.feed(page)
    assert {tag for tag, _ in tags.found} <= ALLOWED
    assert {name for _, names in tags.found for name in names} <= ATTRIBUTES


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<body onload=alert(1)>",
        "<a href='javascript:alert(1)'>คลิก</a>",
        "<a href=' jAvAsCrIpT&#58;alert(1)'>คลิก</a>",
        "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<base href='https://evil.example/'><a href='x'>ลิงก์</a>",
        "<style>@import url(https://evil.example/x.css); p{background:url(//evil.example/y)}</style>",
        "<p style=\"background:url('https://evil.example/z')\">ย่อหน้า</p>",
        "<iframe src='https://evil.example/' srcdoc='<script>alert(1)</script>'></iframe>",
        "<template><img src=x onerror=alert(1)></template>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        "<form action='https://evil.example/'><input name=a><button formaction=x>ส่ง</button></form>",
        "<object data='https://evil.example/x.swf'><embed src='https://evil.example/y'></object>",
        "<plaintext><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<title></title><script>alert(1)</script>",
        "<textarea></textarea><script>alert(1)</script>",
        "<p title='\"><script>alert(1)</script>'>ก</p><td colspan='9\" onclick=\"x'>ข</td>",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "<marquee onstart=alert(1)>วิ่ง</marquee><video><source onerror=alert(1)></video>",
        "<x-custom onclick=alert(1) id=quote>ก</x-custom>",
        "<link rel=stylesheet href=https://evil.example/a.css><link rel=prefetch href=//evil.example>",
    ],
)
def test_nothing_of_a_hostile_page_comes_through(hostile: str) -> None:
    page, _, _ = shown(f"<html><body><p>{QUOTE}</p>{hostile}<p>ท้ายหน้า</p></body></html>", QUOTE)
    assert_harmless(page)
    assert page.count("<style>") == 1
    assert page.count('id="quote"') <= 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from([
    "<", ">", '"', "'", "&", "<script", "<p ", "</p>", "onload=", "<!--", "-->", "<table>", "<td>",
    "&lt;script&gt;", "<mark id=quote>", "แผน", " ", "=", "/", "<style>", "</style>", "<title>", "\x1b",
]), max_size=30))  # fmt: skip
def test_no_broken_markup_breaks_out(parts: list[str]) -> None:
    page, _, _ = shown("".join(parts), "แผน")
    assert_harmless(page)


def test_the_policy_allows_its_own_style_sheet_and_nothing_else() -> None:
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy()
    assert "http" not in policy()
    assert policy().endswith("sandbox")


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        (f"<p>{QUOTE}</p>", QUOTE),
        ("<p>แผนปฏิบัติ<b>การป้อง</b>กันการ<i>ทุจริต</i> ประจำปี 2566</p>", QUOTE),
        ("<p>แผน\u200bปฏิบัติการ\u00adป้องกันการทุจริต\ufeff&nbsp; ประจำปี\n 2566</p>", QUOTE),
        ("<p>แผนปฏิบัติการป้องกันการทุจริต ประจําปี ๒๕๖๖</p>", QUOTE),
        ("<p>แผนปฏิบัติการป้องกันการทุจริต ประจาปี 2566</p>", QUOTE),
        ("<p>เเผนปฏิบัติการป้องกันการทุจริต ประจำปี 2566</p>", QUOTE),
        ("<div>แผนปฏิบัติการป้องกันการทุจริต<br>ประจำปี 2566</div>", QUOTE),
        ("<p>…ก่อนหน้า แผนปฏิบัติการป้องกันการทุจริต ประจำปี 2566 ต่อ</p>", f"…{QUOTE}…"),
        (
            "<table><tr><td>1</td><td>อบรม</td><td>12,000</td></tr></table>",
            "1\tอบรม\t12,000",
        ),
        ("<table><tr><td>1</td><td></td><td>อบรม</td></tr></table>", "1 |  | อบรม"),
        ("<p>ติดต่อ</p><p>โทร ๐ ๔๔๕๑ ๒๐๓๙</p>", "ติดต่อ โทร 0 4451 2039"),
    ],
)
def test_the_quote_is_marked_although_the_readers_text_was_tidied(html: str, quote: str) -> None:
    page, spot, match = shown(f"<h1>หัวข้ออื่น</h1>{html}<p>ข้อความอื่น</p>", quote)
    assert (spot, match) == (Spot.TEXT, Match.WHOLE)
    assert page.count('id="quote"') == 1
    assert "อื่น" not in marked(page)
    assert marked(page)


def test_a_row_under_a_cell_that_spans_rows_is_marked_with_that_cell() -> None:
    table = (
        "<table><tr><td rowspan=2>กองคลัง</td><td>แผนจัดซื้อ</td><td>100</td></tr>"
        "<tr><td>รายงานผลการจัดซื้อ</td><td>200</td></tr></table>"
    )
    page, _, match = shown(table, "กองคลัง\tรายงานผลการจัดซื้อ\t200")
    assert match is Match.PART
    assert marked(page) == "กองคลังรายงานผลการจัดซื้อ200"


def test_a_quote_that_joins_several_lines_is_marked_in_each() -> None:
    html = f"<h1>ประกาศผู้ชนะการเสนอราคา</h1><p>{'รายละเอียด ' * 40}</p><p>ประกาศ ณ วันที่ ๓๐ พฤศจิกายน ๒๕๖๕</p>"
    page, spot, match = shown(html, "ประกาศผู้ชนะการเสนอราคา ประกาศ ณ วันที่ 30 พฤศจิกายน 2565")
    assert (spot, match) == (Spot.TEXT, Match.SPREAD)
    assert marked(page) == "ประกาศผู้ชนะการเสนอราคาประกาศ ณ วันที่ ๓๐ พฤศจิกายน ๒๕๖๕"


def test_another_year_is_never_marked_as_the_quote() -> None:
    _, _, match = shown("<p>แผนปฏิบัติการป้องกันการทุจริต ประจำปี 2565</p>", QUOTE)
    assert match is not Match.WHOLE


def test_a_page_named_with_its_own_address_is_found_by_its_name() -> None:
    page, spot, _ = shown("<title>กระดานถามตอบ</title><p>ก</p>", f"กระดานถามตอบ ({SITE})")
    assert spot is Spot.TITLE
    _, spot, _ = shown("<form>ร้องเรียนออนไลน์ <input></form>", "[แบบฟอร์ม] ร้องเรียนออนไลน์")
    assert spot is Spot.TEXT
    assert marked(page) == "กระดานถามตอบ"


def test_of_equal_texts_the_one_under_the_quotes_heading_is_marked() -> None:
    html = "<h2>ปี 2565</h2><p>รายงานผลการดำเนินการ</p><h2>ปี 2566</h2><p>รายงานผลการดำเนินการ</p>"
    page, _, _ = shown(html, "รายงานผลการดำเนินการ", headings=("ปี 2566",))
    assert page.index("ปี 2566") < page.index("<mark")


def test_of_equal_texts_the_one_outside_the_menu_is_marked() -> None:
    html = "<nav><a href=/x>โครงสร้างหน่วยงาน</a></nav><div id=content><p>โครงสร้างหน่วยงาน</p></div>"
    page, _, _ = shown(html, "โครงสร้างหน่วยงาน")
    assert '<mark id="quote">โครงสร้างหน่วยงาน</mark></div>' in page


def test_what_is_not_there_is_said_not_to_be_there() -> None:
    page, spot, match = shown("<p>ประกาศรับสมัครงาน</p>", QUOTE)
    assert (spot, match) == (Spot.NOWHERE, Match.NONE)
    assert "<mark" not in page


def test_hidden_text_is_left_out_and_counted() -> None:
    page, _, _ = shown("<p>เปิดเผย</p><div style='display:none'>ลับมาก</div>")
    assert "ลับมาก" not in page
    assert "ซ่อนไว้ 1 แห่ง" in page


def test_a_quote_that_only_hidden_text_holds_is_shown_as_hidden() -> None:
    page, spot, _ = shown(f"<p>เปิดเผย</p><div hidden>{QUOTE}</div>", QUOTE)
    assert spot is Spot.HIDDEN
    assert "ผู้เข้าชมมองไม่เห็น" in page
    assert marked(page) == QUOTE


def test_hidden_text_in_a_menu_is_hidden_too() -> None:
    page, _, _ = shown("<nav><a href=/>หน้าแรก</a><p hidden>ลับในเมนู</p></nav><p>เนื้อหา</p>")
    assert "ลับในเมนู" not in page


def test_a_link_quoted_with_its_address_is_marked() -> None:
    html = '<p><a href="/a.pdf">แผน 2565</a> <a href="/b.pdf">แผน <b>2566</b></a></p>'
    page, spot, _ = shown(html, "แผน 2566 → https://www.phusuan.go.th/b.pdf")
    assert spot is Spot.LINK
    assert marked(page).strip() == "แผน 2566"


def test_a_pictures_wording_and_a_page_title_are_found() -> None:
    html = "<title>ผังโครงสร้าง</title><p>ก</p><img src=/p.png alt='แผนผังองค์กร 2566'>"
    page, spot, _ = shown(
        html, "[ภาพ] แผนผังองค์กร 2566 https://www.phusuan.go.th/p.png", region=Region.ATTRIBUTE
    )
    assert (spot, marked(page)) == (Spot.PICTURE, "แผนผังองค์กร 2566")
    page, spot, _ = shown(html, "ผังโครงสร้าง", region=Region.TITLE)
    assert (spot, marked(page)) == (Spot.TITLE, "ผังโครงสร้าง")


def test_signs_that_turn_the_writing_direction_are_dropped() -> None:
    page, _, _ = shown("<p>ก\u202eข\u2066ค</p>")
    assert "กขค" in page


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + QUOTE,
        "<p>ย่อหน้า</p>" * 50_000 + f"<p>{QUOTE}</p>",
        "<b>" * 3_000 + "<table><td>" * 200 + QUOTE,
        "<p title='" + "ก" * 1_000_000 + "'>ข</p>",
        "<table>" + "<tr><td colspan=99999 rowspan=99999>ก</td></tr>" * 5_000 + f"</table>{QUOTE}",
    ],
    ids=["deep", "many", "nested", "long", "cells"],
)
def test_huge_pages_stay_within_bounds(html: str) -> None:
    began = process_time()
    page, _, _ = shown(html, QUOTE)
    assert process_time() - began < 25
    assert len(page) < 8_000_000
    assert_harmless(page)


def test_a_long_page_is_shown_round_the_quote_and_says_so() -> None:
    filling = "<p>" + "เนื้อหาอื่น " * 200 + "</p>"
    page, spot, _ = shown(filling * 200 + f"<p>{QUOTE}</p>" + filling * 200, QUOTE)
    assert spot is Spot.TEXT
    assert marked(page) == QUOTE
    assert "แสดงเฉพาะบางส่วน" in page
