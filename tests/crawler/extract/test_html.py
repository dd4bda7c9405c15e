"""What an HTML page yields: regions, headings, tables, links, forms, embeds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.evidence import Document, EmbedKind, Fetch, Region, TextSource
from crawler.extract import extract

URL = "https://www.bansuan.example.go.th/oit/o12.html"


def page(html: str, *, rendered: bool = False) -> Document:
    """Read `html` as if it stood at `URL`."""
    body = f"<html><body>{html}</body></html>" if "<html" not in html else html
    return extract(body.encode(), Fetch(URL, URL, content_type="text/html"), rendered=rendered)


def region_of(document: Document, text: str) -> Region:
    """The region of the only passage that holds `text`."""
    found = [passage for passage in document.passages if text in passage.text]
    assert len(found) == 1, [p.text for p in document.passages]
    return found[0].region


@pytest.mark.parametrize(
    ("html", "region"),
    [
        ("<p>แผนปี 2566</p>", Region.MAIN),
        ("<h2>แผนปี 2566</h2>", Region.HEADING),
        ("<p><b>แผนปี 2566</b></p>", Region.HEADING),
        ("<p style='font-weight:700'>แผนปี 2566</p>", Region.HEADING),
        ("<p><b><a href='p.html'>แผนปี 2566</a></b></p>", Region.MAIN),
        ("<p>อ่าน <b>แผนปี 2566</b></p>", Region.MAIN),
        ("<nav><a href='/'>แผนปี 2566</a></nav>", Region.NAV),
        ("<div class='main-menu'><ul><li>แผนปี 2566</ul></div>", Region.NAV),
        ("<div id='leftSidebar'><p>แผนปี 2566</p></div>", Region.NAV),
        ("<div role='navigation'>แผนปี 2566</div>", Region.NAV),
        ("<ol class='breadcrumb'><li>แผนปี 2566</ol>", Region.NAV),
        ("<header><div><a href='/'>แผนปี 2566</a></div></header>", Region.NAV),
        ("<article><header><h1>แผนปี 2566</h1></header></article>", Region.HEADING),
        ("<footer><p>แผนปี 2566</p></footer>", Region.FOOTER),
        ("<div class='site-footer'>แผนปี 2566</div>", Region.FOOTER),
        ("<div class='card'><div class='card-footer'>แผนปี 2566</div></div>", Region.MAIN),
        ("<p hidden>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='display: none'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='visibility:hidden'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='opacity:0'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='opacity:0.8'>แผนปี 2566</p>", Region.MAIN),
        ("<p style='font-size:0px'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='font-size:0.9em'>แผนปี 2566</p>", Region.MAIN),
        ("<p style='position:absolute;left:-9999px'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='text-indent:-9999px'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='color:#fff'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='color:white;background-color:#ffffff'>แผนปี 2566</p>", Region.HIDDEN),
        ("<p style='color:#fff;background:#036'>แผนปี 2566</p>", Region.MAIN),
        ("<table bgcolor='#003366'><tr><td><font color='white'>แผนปี 2566</font>", Region.MAIN),
        ("<div aria-hidden='true'>แผนปี 2566</div>", Region.HIDDEN),
        ("<span class='sr-only'>แผนปี 2566</span>", Region.HIDDEN),
        ("<style>.x{display:none}</style><p class='x'>แผนปี 2566</p>", Region.HIDDEN),
        ("<style>@media print{.x{display:none}}</style><p class='x'>แผนปี 2566</p>", Region.MAIN),
        ("<div class='collapse'>แผนปี 2566</div>", Region.MAIN),
        ("<div class='tab-pane' style='display:none'>แผนปี 2566</div>", Region.MAIN),
        ("<button>เปิด</button><div style='display:none'>แผนปี 2566</div>", Region.MAIN),
        (
            "<a data-toggle='collapse' href='#p1'>รายงาน</a><div id='p1' hidden>แผนปี 2566</div>",
            Region.MAIN,
        ),
        (
            "<a data-toggle='modal' data-target='#m1'>ดู</a>"
            "<div class='modal' id='m1' aria-hidden='true'>แผนปี 2566</div>",
            Region.MAIN,
        ),
        ("<div class='modal' id='cookie' aria-hidden='true'>แผนปี 2566</div>", Region.HIDDEN),
        ("<details><summary>รายงาน</summary><p>แผนปี 2566</p></details>", Region.MAIN),
        ("<img src='a.jpg' alt='แผนปี 2566'>", Region.ATTRIBUTE),
        ("<p title='แผนปี 2566'>ดู</p>", Region.ATTRIBUTE),
        ("<table><tr><th>ที่<th>เรื่อง<tr><td>1<td>แผนปี 2566</table>", Region.TABLE),
    ],
)
def test_region(html: str, region: Region) -> None:
    assert region_of(page(f"<p>ข้อมูลของหน่วยงาน</p>{html}"), "แผนปี 2566") is region


@pytest.mark.parametrize(
    "html",
    [
        "<script>var t = 'แผนปี 2566'</script>",
        "<noscript>แผนปี 2566</noscript>",
        "<template>แผนปี 2566</template>",
        "<select><option>แผนปี 2566</option></select>",
        "<!-- แผนปี 2566 -->",
        "<input value='แผนปี 2566'>",
    ],
)
def test_what_no_visitor_reads_is_no_passage(html: str) -> None:
    assert not any("2566" in passage.text for passage in page(f"<p>ก</p>{html}").passages)


def test_title_is_a_passage_of_its_own_and_source_tells_how_it_was_read() -> None:
    html = "<html><head><title> รายงาน\n ปี 2566 </title></head><body><p>เนื้อหา</p></body></html>"
    document = page(html, rendered=True)
    assert document.title == "รายงาน ปี 2566"
    assert document.passages[0].region is Region.TITLE
    assert document.source is TextSource.RENDERED
    assert page(html).source is TextSource.HTML


def test_heading_path_follows_the_outline() -> None:
    document = page(
        "<h1>ITA 2566</h1><h2>O11</h2><p>ก1</p><h2>O12</h2><h3>รอบ 6 เดือน</h3><p>ก2</p>"
        "<p><strong>ปีก่อน</strong></p><p>ก3</p><h2>O13</h2><p>ก4</p>"
    )
    paths = {p.text: p.heading_path for p in document.passages if p.region is Region.MAIN}
    assert paths == {
        "ก1": ("ITA 2566", "O11"),
        "ก2": ("ITA 2566", "O12", "รอบ 6 เดือน"),
        "ก3": ("ITA 2566", "O12", "รอบ 6 เดือน", "ปีก่อน"),
        "ก4": ("ITA 2566", "O13"),
    }


def test_menu_headings_do_not_stand_above_the_content() -> None:
    document = page("<h1>แผน</h1><nav><h3>เมนูหลัก</h3><a href='/'>หน้าแรก</a></nav><p>เนื้อหา</p>")
    main = next(p for p in document.passages if p.text == "เนื้อหา")
    assert main.heading_path == ("แผน",)


@pytest.mark.parametrize(
    "html",
    [
        "<ul class='nav nav-tabs'><li role='tab' aria-controls='t66'>ปี 2566</li>"
        "<li role='tab' aria-controls='t65'>ปี 2565</li></ul>"
        "<div id='t66' class='tab-pane'><p>รายงาน ก</p></div>"
        "<div id='t65' class='tab-pane' style='display:none'><p>รายงาน ข</p></div><p>ท้าย</p>",
        "<div class='card'><div class='card-header'>ปี 2566</div><div class='card-body'>"
        "<p>รายงาน ก</p></div></div><div class='card'><div class='card-header'>ปี 2565</div>"
        "<div class='card-body'><p>รายงาน ข</p></div></div><p>ท้าย</p>",
        "<details><summary>ปี 2566</summary><p>รายงาน ก</p></details>"
        "<details><summary>ปี 2565</summary><p>รายงาน ข</p></details><p>ท้าย</p>",
        "<div class='accordion-item'><button class='accordion-button' data-bs-target='#a'>ปี 2566"
        "</button><div id='a' class='collapse'><p>รายงาน ก</p></div></div>"
        "<div class='accordion-item'><button class='accordion-button' data-bs-target='#b'>ปี 2565"
        "</button><div id='b' class='collapse'><p>รายงาน ข</p></div></div><p>ท้าย</p>",
    ],
    ids=["tabs", "cards", "details", "accordion"],
)
def test_panel_text_stands_under_its_own_header_only(html: str) -> None:
    paths = {p.text: p.heading_path for p in page(html).passages if p.region is Region.MAIN}
    assert paths == {"รายงาน ก": ("ปี 2566",), "รายงาน ข": ("ปี 2565",), "ท้าย": ()}


def test_hidden_words_inside_a_paragraph_are_set_apart() -> None:
    document = page("<p>แผนปฏิบัติการ <span style='display:none'>ปี 2566</span> ประจำปี</p>")
    assert [(p.text, p.region) for p in document.passages] == [
        ("ปี 2566", Region.HIDDEN),
        ("แผนปฏิบัติการ ประจำปี", Region.MAIN),
    ]


def test_breaks_join_lines_and_blank_lines_part_them() -> None:
    document = page("<div>นายก ใจดี<br>ปลัดจังหวัด<br><br>นางข ใจงาม<br>รองปลัด</div>")
    assert [p.text for p in document.passages] == ["นายก ใจดี ปลัดจังหวัด", "นางข ใจงาม รองปลัด"]


def test_table_rows_are_passages_with_their_table() -> None:
    document = page(
        "<h2>งบประมาณ</h2><table><caption>รอบ 6 เดือน</caption>"
        "<tr><th rowspan=2>โครงการ</th><th colspan=2>งบประมาณ</th></tr>"
        "<tr><th>ได้รับ</th><th>เบิกจ่าย</th></tr>"
        "<tr><td rowspan=2>อบรม</td><td>100</td><td>50</td></tr>"
        "<tr><td>200</td><td>80</td></tr></table>"
    )
    (table,) = document.tables
    assert table.header == ("โครงการ", "งบประมาณ ได้รับ", "เบิกจ่าย")
    assert table.rows == (("อบรม", "100", "50"), ("อบรม", "200", "80"))
    assert table.caption == "รอบ 6 เดือน"
    assert table.heading_path == ("งบประมาณ", "รอบ 6 เดือน")
    rows = [p for p in document.passages if p.region is Region.TABLE]
    assert [p.text for p in rows][1:] == ["อบรม\t100\t50", "อบรม\t200\t80"]
    assert {p.table for p in rows} == {0}


def test_first_row_is_the_header_and_a_spanning_first_row_the_caption() -> None:
    document = page(
        "<table><tr><td colspan=2>สถิติเรื่องร้องเรียน ปี 2566</td></tr>"
        "<tr><td>เดือน</td><td>จำนวน</td></tr><tr><td>ต.ค. 65</td><td>0</td></tr></table>"
    )
    (table,) = document.tables
    assert (table.caption, table.header) == ("สถิติเรื่องร้องเรียน ปี 2566", ("เดือน", "จำนวน"))
    assert table.rows == (("ต.ค. 65", "0"),)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>ซ้าย<td><h2>แผน</h2><p>เนื้อหาของแผน</p></table>",
        "<table><tr><td><table><tr><td>ก<td>ข<tr><td>ค<td>ง</table><td><p>เนื้อหาของแผน</table>",
        "<table><tr><td><p>เนื้อหาของแผน</p></td></tr></table>",
        "<table role='presentation'><tr><td>ก<td><p>เนื้อหาของแผน</p></table>",
    ],
    ids=["headings", "nested", "one cell", "declared"],
)
def test_layout_tables_do_not_swallow_the_page(html: str) -> None:
    assert region_of(page(html), "เนื้อหาของแผน") is Region.MAIN


def test_a_cell_of_bare_links_in_a_framing_table_is_a_menu() -> None:
    menu = "".join(f"<a href='m{n}.html'>เมนู {n}</a><br>" for n in range(8))
    document = page(f"<table><tr><td>{menu}</td><td><h1>แผน</h1><p>เนื้อหา</p></td></tr></table>")
    assert {link.region for link in document.links} == {Region.NAV}
    assert region_of(document, "เนื้อหา") is Region.MAIN


LINK_LIST = "".join(f"<li><a href='{n}.pdf'>เอกสารที่ {n}</a></li>" for n in range(1, 10))


@pytest.mark.parametrize(
    ("html", "region"),
    [
        (f"<main><p>แผน</p></main><ul>{LINK_LIST}</ul>", Region.NAV),
        (f"<main><ul>{LINK_LIST}</ul></main>", Region.MAIN),
        (f"<h1>ITA 2566</h1><div class='tree'><ul><li>O1<ul>{LINK_LIST}</ul></ul>", Region.MAIN),
        (f"<section class='nav-arrow-b'><ul>{LINK_LIST}</ul></section>", Region.MAIN),
        (f"<div class='top-nav'><ul>{LINK_LIST}</ul></div>", Region.NAV),
    ],
)
def test_a_list_of_links_is_a_menu_only_beside_the_content(html: str, region: Region) -> None:
    assert {link.region for link in page(html).links} == {region}


def test_a_menu_named_element_that_swallowed_the_page_is_content() -> None:
    prose = "<p>" + "ผลการดำเนินงานตามแผน " * 120 + "</p>"
    document = page(f"<div class='menu'><a href='/'>หน้าแรก</a>{prose}")
    assert any(p.region is Region.MAIN and len(p.text) > 1500 for p in document.passages)


def test_drop_down_links_stay_menu_links_when_hidden() -> None:
    document = page(
        "<style>.dropdown-content{display:none}</style><div class='dropdown-content'>"
        "<a href='plan.html'>แผนพัฒนา</a><a href='law.html'>กฎหมาย</a></div>"
    )
    assert [link.region for link in document.links] == [Region.NAV, Region.NAV]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("plan 66.pdf", "https://www.bansuan.example.go.th/oit/plan 66.pdf"),
        ("/f/plan.pdf", "https://www.bansuan.example.go.th/f/plan.pdf"),
        ("..\\f\\plan.pdf", "https://www.bansuan.example.go.th/f/plan.pdf"),
        ("htpps://a.go.th/x", "https://a.go.th/x"),
        ("http:/a.go.th/x", "http://a.go.th/x"),
        ("//a.go.th/x", "https://a.go.th/x"),
        ("mailto:info@a.go.th", "mailto:info@a.go.th"),
        ("tel:025551234", "tel:025551234"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("#o12", URL + "#o12"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_links_are_absolute(href: str, url: str) -> None:
    assert [link.url for link in page(f'<a href="{href}">ดู</a>').links] == [url]


def test_base_address_and_link_context() -> None:
    document = page(
        "<html><head><base href='https://cdn.example.go.th/up/'></head><body><table>"
        "<tr><td>ข้อ</td><td>เรื่อง</td><td>ลิงก์</td></tr>"
        "<tr><td>O12</td><td>รายงานรอบ 6 เดือน</td><td><a href='12.pdf'>เปิด</a></td></tr>"
        "</table><a href='b.pdf'><img src='b.png' alt='แผนผัง'></a></body></html>"
    )
    first, second = document.links
    assert first.url == "https://cdn.example.go.th/up/12.pdf"
    assert first.region is Region.TABLE
    assert first.context == "O12 รายงานรอบ 6 เดือน เปิด"
    assert second.text == "แผนผัง"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>", EmbedKind.MAP),
        ("<iframe data-src='https://www.openstreetmap.org/export/embed'></iframe>", EmbedKind.MAP),
        ("<iframe src='https://docs.google.com/viewer?url=a.pdf'></iframe>", EmbedKind.DOCUMENT),
        ("<iframe src='https://drive.google.com/file/d/1/preview'></iframe>", EmbedKind.DOCUMENT),
        ("<object data='/f/a.pdf' type='application/pdf'></object>", EmbedKind.DOCUMENT),
        ("<iframe src='https://anyflip.com/x/y'></iframe>", EmbedKind.DOCUMENT),
        ("<iframe src='https://docs.google.com/forms/d/e/1/viewform'></iframe>", EmbedKind.FORM),
        ("<iframe src='https://www.youtube.com/embed/1'></iframe>", EmbedKind.VIDEO),
        ("<iframe src='https://www.facebook.com/plugins/page.php'></iframe>", EmbedKind.SOCIAL),
        ("<div class='fb-page' data-href='https://www.facebook.com/a'></div>", EmbedKind.SOCIAL),
        ("<script>s.src='https://embed.tawk.to/1/default'</script>", EmbedKind.CHAT),
        ("<div class='fb-customerchat' page_id='1'></div>", EmbedKind.CHAT),
        ("<iframe src='/inner.html'></iframe>", EmbedKind.OTHER),
    ],
)
def test_embeds_are_told_apart(html: str, kind: EmbedKind) -> None:
    assert [embed.kind for embed in page(html).embeds] == [kind]


def test_frames_are_embeds_and_links() -> None:
    html = "<html><frameset cols='20%,*'><frame src='menu.htm'><frame src='body.htm' name='b'>"
    document = page(html + "</frameset></html>")
    assert [embed.url.rsplit("/", 1)[1] for embed in document.embeds] == ["menu.htm", "body.htm"]
    assert [link.url for link in document.links] == [embed.url for embed in document.embeds]


def test_meta_refresh_is_named() -> None:
    html = "<html><head><meta http-equiv='Refresh' content=\"0; URL='home.php'\"></head></html>"
    assert page(html).metadata["refresh"] == "https://www.bansuan.example.go.th/oit/home.php"
    reload = "<html><head><meta http-equiv='refresh' content='300'></head><body>ก</body></html>"
    assert "refresh" not in page(reload).metadata


def test_form_with_fields_and_heading() -> None:
    document = page(
        "<h2>แจ้งเรื่องร้องเรียนการทุจริต</h2><form action='send.php' method='POST'>"
        "<label for='n'>ชื่อผู้ร้อง</label><input id='n' name='name'>"
        "<input type='hidden' name='t' value='1'><textarea name='d' placeholder='รายละเอียด'>"
        "</textarea><table><tr><td>โทรศัพท์</td><td><input name='tel' type='tel'></td></tr></table>"
        "<button>ส่งเรื่อง</button></form>"
    )
    (form,) = document.forms
    assert (form.method, form.action.rsplit("/", 1)[1]) == ("post", "send.php")
    assert [(f.name, f.kind, f.label) for f in form.fields] == [
        ("name", "text", "ชื่อผู้ร้อง"),
        ("d", "textarea", "รายละเอียด"),
        ("tel", "tel", "โทรศัพท์"),
        ("", "submit", "ส่งเรื่อง"),
    ]
    assert form.text.startswith("แจ้งเรื่องร้องเรียนการทุจริต")


def test_images_keep_alt_size_and_context() -> None:
    document = page(
        "<ul><li><img data-src='/p/1.jpg' src='data:image/gif;base64,AA' width='120px' alt='ปลัด'>"
        "นายสมมติ ตัวอย่าง</li></ul>"
    )
    (image,) = document.images
    assert image.url == "https://www.bansuan.example.go.th/p/1.jpg"
    assert (image.alt, image.width, image.height) == ("ปลัด", 120, None)
    assert image.context == "นายสมมติ ตัวอย่าง"


def test_pages_made_of_a_pdf_are_joined_into_paragraphs() -> None:
    full = "เทศบาลตำบลบ้านสวนได้จัดทำรายงานผลการดำเนินงานตามแผนปฏิบัติการประจำปีงบประมาณ"
    lines = ["รายงานผลการดำเนินงาน", "ประจำปีงบประมาณ พ.ศ. 2566", full, "พ.ศ. 2566 แล้วเสร็จ"]
    html = "".join(f"<div class='t m0'>{line[:9]}<span>{line[9:]}</span></div>" for line in lines)
    document = page(f"<div id='page-container'><div class='pf'>{html}</div></div>")
    assert document.title == "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566"
    assert [p.text for p in document.passages if p.region is Region.MAIN] == [
        f"{full}พ.ศ. 2566 แล้วเสร็จ"
    ]
    assert {p.page for p in document.passages} == {1}


def test_a_page_in_codes_of_its_own_font_is_unreadable() -> None:
    document = page("<p>" + "\ue012\ue034\ue0a1 " * 30 + "</p>")
    assert document.fetch.problem == "unreadable"
    assert "แบบอักษร" in document.fetch.problem_detail


def test_very_deep_pages_are_read() -> None:
    document = page("<div>" * 3000 + "<p>แผนปี 2566</p>" + "</div>" * 3000)
    assert any("แผนปี 2566" in p.text for p in document.passages)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/=\"' abdivtplhref&#;-!ก2", max_size=200))
def test_no_markup_breaks_the_reader(scrap: str) -> None:
    document = page(f"<div><p>เนื้อหา</p><table><tr>{scrap}</div>")
    assert document.fetch.problem is None
    assert all(p.text == p.text.strip() and p.text for p in document.passages)
