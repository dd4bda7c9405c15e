"""From a shared address to the real file, host by host: pure, on shapes written by hand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.evidence import Fetch, TextSource
from crawler.books import book_document
from crawler.hosted import (
    direct,
    embedded,
    is_file_address,
    is_listing,
    onward,
    page_texts,
    read_book,
    refusal,
    shared_page,
    stopped,
    unwrapped,
)
from crawler.urls import key, looks_like_file

ID = "1AbcDefGhIjKlMnOp"
FILE = f"https://drive.google.com/uc?export=download&id={ID}"
LIST = f"https://drive.google.com/embeddedfolderview?id={ID}"


@pytest.mark.parametrize(
    ("shared", "bytes_at"),
    [
        (f"https://drive.google.com/file/d/{ID}/view?usp=sharing", FILE),
        (f"https://drive.google.com/file/u/0/d/{ID}/view", FILE),
        (f"https://drive.google.com/a/moi.go.th/file/d/{ID}/view", FILE),
        (f"https://drive.google.com/file/d/{ID}/preview", FILE),
        (f"https://drive.google.com/open?id={ID}&authuser=0", FILE),
        (f"https://drive.google.com/uc?id={ID}", FILE),
        (f"https://docs.google.com/uc?export=download&id={ID}", FILE),
        (f"https://drive.google.com/drive/folders/{ID}?usp=sharing", LIST),
        (f"https://drive.google.com/drive/u/1/folders/{ID}", LIST),
        (f"https://drive.google.com/drive/mobile/folders/{ID}", LIST),
        (f"https://drive.google.com/folderview?id={ID}", LIST),
        (f"https://docs.google.com/document/d/{ID}/edit",
         f"https://docs.google.com/document/d/{ID}/export?format=pdf"),
        (f"https://docs.google.com/document/u/0/d/{ID}/mobilebasic",
         f"https://docs.google.com/document/d/{ID}/export?format=pdf"),
        (f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
         f"https://docs.google.com/spreadsheets/d/{ID}/export?format=xlsx"),
        (f"https://docs.google.com/presentation/d/{ID}/present",
         f"https://docs.google.com/presentation/d/{ID}/export?format=pdf"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEfGh/pubhtml?widget=true",
         "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEfGh/pub?output=xlsx"),
        ("https://1drv.ms/b/s!AoBc?e=xYz", "https://1drv.ms/b/s!AoBc?e=xYz&download=1"),
        ("https://onedrive.live.com/embed?resid=9F%21105&authkey=AbC",
         "https://onedrive.live.com/download?resid=9F%21105&authkey=AbC&download=1"),
        ("https://moi-my.sharepoint.com/:b:/g/personal/a/EabC?e=1",
         "https://moi-my.sharepoint.com/:b:/g/personal/a/EabC?e=1&download=1"),
        ("https://www.dropbox.com/s/abc/o12.pdf?dl=0", "https://www.dropbox.com/s/abc/o12.pdf?dl=1"),
        ("https://www.dropbox.com/scl/fi/abc/o12.pdf?rlkey=k&dl=0",
         "https://www.dropbox.com/scl/fi/abc/o12.pdf?rlkey=k&dl=1"),
        ("https://anyflip.com/zzbx/qwer/", "https://online.anyflip.com/zzbx/qwer/mobile/javascript/config.js"),
        ("https://online.anyflip.com/zzbx/qwer/mobile/index.html#p=3",
         "https://online.anyflip.com/zzbx/qwer/mobile/javascript/config.js"),
        ("https://online.pubhtml5.com/abcd/efgh/", "https://online.pubhtml5.com/abcd/efgh/javascript/config.js"),
        ("https://docs.google.com/viewer?embedded=true&url=https%3A%2F%2Fwww.a.go.th%2Fo12.pdf",
         "https://www.a.go.th/o12.pdf"),
        (f"https://docs.google.com/gview?url=https://drive.google.com/file/d/{ID}/view", FILE),
        ("https://view.officeapps.live.com/op/embed.aspx?src=https%3A%2F%2Fwww.a.go.th%2Fo12.docx",
         "https://www.a.go.th/o12.docx"),
        ("https://www.a.go.th/pdfjs/web/viewer.html?file=%2Ffiles%2Fo12.pdf", "https://www.a.go.th/files/o12.pdf"),
        ("https://www.a.go.th/plugins/pdfjs/web/viewer.html?file=https%253A%252F%252Fwww.a.go.th%252Fo12.pdf",
         "https://www.a.go.th/o12.pdf"),
        ("https://www.a.go.th/ViewerJS/#../files/o12.pdf", "https://www.a.go.th/files/o12.pdf"),
        ("https://www.a.go.th/pdf-viewer/?url=/get.php?id=5", None),
        ("https://docs.google.com/document/d/e/2PACX-1vAbCdEfGh/pub", None),
        ("https://docs.google.com/forms/d/e/1FAIpQLSc/viewform", None),
        ("https://sites.google.com/view/unit/o12", None),
        ("https://1drv.ms/f/s!AoBc", None),
        ("https://moi-my.sharepoint.com/:f:/g/personal/a/EabC", None),
        ("https://moi.sharepoint.com/sites/oit/home.aspx", None),
        ("https://anyflip.com/center/pricing", None),
        ("https://online.anyflip.com/zzbx/qwer/files/large/0a.jpg", None),
        ("https://anyflip.com/bookcase/abcd1", None),
        (f"https://a.go.th/file/d/{ID}/view", None),
        (f"https://drive.google.com.a.go.th/file/d/{ID}/view", None),
        ("https://a.go.th/viewer.html", None),
        ("https://[::1", None),
    ],
)  # fmt: skip
def test_the_address_that_gives_the_bytes(shared: str, bytes_at: str | None) -> None:
    assert direct(shared) == bytes_at


@given(st.text(max_size=80))
def test_no_address_breaks_the_readers(text: str) -> None:
    for url in (
        text,
        f"https://drive.google.com/{text}",
        f"https://a.go.th/viewer.html?file={text}",
    ):
        direct(url)
        unwrapped(url)
        refusal(url)
        key(url)


@given(st.text(max_size=300))
def test_no_page_breaks_the_readers(text: str) -> None:
    body = f"flowpaper imgfiles: '{text}' pdf='{text}.pdf' {text}".encode("utf-8", "replace")
    embedded("https://a.go.th/", body)
    onward("https://1drv.ms/x", "https://drive.google.com/uc", body)
    read_book("https://anyflip.com/abc/def/", b"fliphtml5_pages=[" + body)
    page_texts(b"textForPages=[" + body)


def test_a_folder_is_a_list_and_a_shared_file_looks_like_one() -> None:
    assert is_listing(f"https://drive.google.com/drive/folders/{ID}")
    assert not is_listing(f"https://drive.google.com/file/d/{ID}/view")
    assert looks_like_file("https://www.dropbox.com/s/abc/o12?dl=0")
    assert looks_like_file("https://1drv.ms/b/s!AoBc")
    assert is_file_address("https://anyflip.com/zzbx/qwer/")
    assert not is_file_address("https://sites.google.com/view/unit")


@pytest.mark.parametrize(
    ("shared", "shown"),
    [
        (f"https://drive.google.com/uc?id={ID}&export=download", f"https://drive.google.com/file/d/{ID}/view"),
        (f"https://drive.google.com/embeddedfolderview?id={ID}", f"https://drive.google.com/drive/folders/{ID}"),
        (f"https://docs.google.com/document/d/{ID}/edit", f"https://docs.google.com/document/d/{ID}/edit"),
        (f"https://docs.google.com/viewer?url=https://drive.google.com/open?id={ID}",
         f"https://drive.google.com/file/d/{ID}/view"),
        ("https://www.dropbox.com/s/abc/o12.pdf?dl=0", "https://www.dropbox.com/s/abc/o12.pdf?dl=0"),
        ("https://www.a.go.th/pdfjs/web/viewer.html?file=/o12.pdf", None),
        ("https://www.a.go.th/o12", None),
    ],
)  # fmt: skip
def test_where_a_host_shows_a_document_to_visitors(shared: str, shown: str | None) -> None:
    assert shared_page(shared) == shown


def test_however_it_is_shown_it_is_the_same_file() -> None:
    plain = key("https://www.a.go.th/o12.pdf")
    assert key("https://docs.google.com/viewer?url=https%3A%2F%2Fa.go.th%2Fo12.pdf") == plain
    assert key("https://a.go.th/pdfjs/web/viewer.html?file=/o12.pdf") == plain


WARNING = """<html><body><p>Google Drive can't scan this file for viruses.</p>
<form id="download-form" action="{action}" method="get">
<input type="submit" id="uc-download-link" value="Download anyway">
<input type="hidden" name="id" value="1AbcDef&amp;x"><input type="hidden" name="export" value="download">
<input type="hidden" name="confirm" value="t"></form></body></html>"""
USERCONTENT = "https://drive.usercontent.google.com/download"


@pytest.mark.parametrize(
    ("action", "target"),
    [
        (USERCONTENT, f"{USERCONTENT}?id=1AbcDef%26x&export=download&confirm=t"),
        ("https://evil.example/download", None),
    ],
)
def test_past_the_notice_of_a_large_file_but_only_on_the_host_itself(
    action: str, target: str | None
) -> None:
    body = WARNING.format(action=action).encode()
    assert onward(FILE, USERCONTENT, body) == target
    assert onward(FILE, "https://www.a.go.th/page", body) is None


def test_a_personal_share_that_shows_a_page_is_asked_for_through_the_interface() -> None:
    found = onward(
        "https://1drv.ms/b/s!AoBc", "https://onedrive.live.com/?id=9F", b"<html>x</html>"
    )
    assert found == (
        "https://api.onedrive.com/v1.0/shares/u!aHR0cHM6Ly8xZHJ2Lm1zL2IvcyFBb0Jj/root/content"
    )


def test_a_google_site_embeds_by_attributes() -> None:
    page = f"""<div data-embed-doc-id="{ID}"
    data-embed-open-url="https://drive.google.com/open?id={ID}"></div>
    <div data-url="https://docs.google.com/document/d/{ID}/edit?a=1&amp;b=2"></div>"""
    files, _ = embedded("https://sites.google.com/view/unit/o12", page.encode())
    assert [direct(file) for file in files] == [
        FILE, f"https://docs.google.com/document/d/{ID}/export?format=pdf",
    ]  # fmt: skip
    assert embedded("https://www.a.go.th/o12", page.encode()) == ((), ())


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("new FlowPaperViewer('v', {config: {PDFFile: 'docs/o12.pdf', Scale: 0.6}})", ["docs/o12.pdf"]),
        ("$('#v').FlowPaperViewer({ config : { PDFFile : '/docs/แผน 2566.pdf' } })", ["../docs/แผน 2566.pdf"]),
        ("PDFObject.embed('o12.pdf', '#box')", ["o12.pdf"]),
        (r'<script>var option_df_9 = {"source":"https:\/\/www.a.go.th\/o12.pdf","x":"_df_book"}</script>',
         ["../o12.pdf"]),
        ("<div class='real3dflipbook' data-x='1'></div><script>{'pdfUrl': 'o12.pdf?v=2'}</script>", ["o12.pdf?v=2"]),
        ("var news = {file: 'o12.pdf'}", []),
        ("FlowPaperViewer; var x = {url: 'list.php'}", []),
    ],
)  # fmt: skip
def test_viewers_in_the_scripts_of_a_page(script: str, found: list[str]) -> None:
    here = "https://www.a.go.th/ita/o12"
    prefix = {"../": "https://www.a.go.th/"}
    wanted = tuple(
        prefix["../"] + name[3:] if name.startswith("../") else f"https://www.a.go.th/ita/{name}"
        for name in found
    )
    assert embedded(here, script.encode())[0] == wanted


def test_flowpaper_without_a_pdf_shows_pictures() -> None:
    script = "FlowPaperViewer('v', {config: {IMGFiles : 'p/o12_{page}.png', SwfFile: 'x.swf'}})"
    files, pictures = embedded("https://www.a.go.th/ita/", script.encode())
    assert files == ()
    assert pictures[0] == "https://www.a.go.th/ita/p/o12_1.png"
    assert len(pictures) == 6


BOOK = "https://online.anyflip.com/zzbx/qwer/mobile/javascript/config.js"
SETTINGS = b"""bookConfig.bookTitle="\xe0\xb9\x81\xe0\xb8\x9c\xe0\xb8\x99 2566";
bookConfig.totalPageCount=2;bookConfig.largePath="../files/large/";
var fliphtml5_pages=[{"n":["0a.jpg"],"t":"../files/thumb/0a.jpg"},
{"l":"../files/mobile/2.jpg","n":"../files/mobile/2.jpg"}];"""


def test_the_pages_of_a_flip_book() -> None:
    book = read_book(BOOK, SETTINGS)
    assert book is not None
    assert book.title == "แผน 2566"
    assert book.pages == (
        "https://online.anyflip.com/zzbx/qwer/files/large/0a.jpg",
        "https://online.anyflip.com/zzbx/qwer/files/mobile/2.jpg",
    )
    assert book.text_url == "https://online.anyflip.com/zzbx/qwer/files/search/book_config.js"


def test_a_flip_book_that_only_counts_its_pages_or_gives_its_pdf() -> None:
    counted = read_book(BOOK, b'{"totalPageCount":"3","largePath":".\\/files\\/large\\/"}')
    assert counted is not None
    assert counted.pages[2] == "https://online.anyflip.com/zzbx/qwer/files/large/3.jpg"
    given = read_book(BOOK, b'bookConfig.DownloadURL="../files/plan.pdf";')
    assert given is not None
    assert given.pdf_url == "https://online.anyflip.com/zzbx/qwer/files/plan.pdf"
    assert read_book(BOOK, b'fliphtml5_pages="AbCencrypted"') is None
    assert read_book("https://www.a.go.th/config.js", SETTINGS) is None


THAI = "แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2566 ของสำนักงานจังหวัด"


def test_a_flip_book_with_text_is_read_page_by_page() -> None:
    search = f"var textForPages = {json.dumps([THAI, ''])};var positionForPages=[];"
    book = read_book(BOOK, SETTINGS)
    assert book is not None
    document = book_document(Fetch(BOOK, BOOK), book, page_texts(search.encode()))
    assert document.source is TextSource.TEXT
    assert (document.page_count, document.blank_pages) == (2, (2,))
    assert [(p.text, p.page) for p in document.passages] == [("แผน 2566", None), (THAI, 1)]


@pytest.mark.parametrize("text", ["", "¦¢£ «¬­ ¤¥§ " * 40, "ั้ิี์ ่้๊ ูุ " * 40])
def test_a_flip_book_without_usable_text_has_only_pictures(text: str) -> None:
    book = read_book(BOOK, SETTINGS)
    assert book is not None
    document = book_document(Fetch(BOOK, BOOK), book, (text, text))
    assert document.source is TextSource.HTML
    assert [p.text for p in document.passages] == ["แผน 2566"]
    assert len(document.images) == 2


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.slideshare.net/unit/o12", "unsupported_type"),
        ("https://issuu.com/unit/docs/o12", "unsupported_type"),
        ("https://www.a.go.th/slideshare.net", None),
    ],
)
def test_hosts_that_give_nothing_out(url: str, code: str | None) -> None:
    found = refusal(url)
    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("https://moi-my.sharepoint.com/:b:/g/x", 403, "access_request"),
        ("https://drive.google.com/uc?id=1", 401, "access_request"),
        ("https://drive.google.com/uc?id=1", 403, "http_error"),
        ("https://api.onedrive.com/v1.0/shares/u!x/root/content", 401, "http_error"),
        (BOOK, 403, "not_found"),
        ("https://www.a.go.th/o12.pdf", 403, None),
    ],
)
def test_what_a_host_means_by_its_status(url: str, status: int, code: str | None) -> None:
    found = stopped(url, status)
    assert (found[0] if found else None) == code
