"""A crawl of pages whose documents stand on other hosts, in frames, in viewers and in pictures.

Servers on loopback stand in for the hosts; their answers are shapes written by hand.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw
from pydantic import ValidationError

from checklist.evidence import Document, Origin, TextSource
from checklist.profile import UnitProfile
from crawler.bodies import BodyStore
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import (
    PROSE,
    Answer,
    LoopbackSite,
    an_item,
    minimal_pdf,
    page,
    redirect,
)

if TYPE_CHECKING:
    from crawler.harvest import UnitHarvest

TITLES = {
    "O1": "โครงสร้าง", "O2": "ข้อมูลผู้บริหาร", "O3": "อำนาจหน้าที่", "O4": "แผนพัฒนาหน่วยงาน",
    "O6": "กฎหมายที่เกี่ยวข้อง", "O7": "ข่าวประชาสัมพันธ์", "O10": "แผนดำเนินงานประจำปี",
    "O15": "คู่มือการให้บริการ", "O18": "แผนการจัดซื้อจัดจ้าง", "O40": "มาตรฐานทางจริยธรรม",
}  # fmt: skip
ITEMS = {item_id: an_item(item_id, title) for item_id, title in TITLES.items()}
MONTHS = an_item(
    "O21", "สรุปผลการจัดซื้อจัดจ้างรายเดือน", "h1_fy", "set", {"kind": "series", "covers": "h1_fy"}
)
OPEN_ID, LARGE_ID, CLOSED_ID = "1OpenFileAbCd", "1LargeFileAbC", "1ClosedFileAb"
FOLDER_ID, SHEET_ID = "1SharedFolder", "1SheetOfUnitX"
HOSTS = (
    "drive.google.com", "drive.usercontent.google.com", "docs.google.com", "sites.google.com",
    "1drv.ms", "onedrive.live.com", "api.onedrive.com", "moi-my.sharepoint.com",
    "www.dropbox.com", "anyflip.com", "online.anyflip.com",
)  # fmt: skip


def pdf(words: str) -> Answer:
    return Answer(minimal_pdf(words), kind="application/pdf")


def picture(width: int, height: int) -> Answer:
    drawn = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(drawn).rectangle((20, 20, width - 20, height - 20), outline="black")
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    return Answer(buffer.getvalue(), kind="image/png")


def shared(title: str, *urls: str) -> Answer:
    links = "".join(f'<p><a href="{url}">{title} ฉบับที่ {n}</a></p>' for n, url in enumerate(urls))
    return page(title, links + PROSE)


WARNING = Answer(
    f"""<html><title>Google Drive - Virus scan warning</title><body>
    <p>Google Drive can't scan this file for viruses.</p>
    <form id="download-form" action="https://drive.usercontent.google.com/download" method="get">
    <input type="hidden" name="id" value="{LARGE_ID}"><input type="hidden" name="confirm" value="t">
    </form></body></html>""".encode()
)
FOLDER = Answer(
    f"""<html><head><title>กฎหมาย</title></head><body><div class="flip-list">
    <div class="flip-entry"><a href="https://drive.google.com/file/d/{OPEN_ID}/view?usp=drive_web">
    <div class="flip-entry-title">พระราชบัญญัติ.pdf</div></a></div>
    <div class="flip-entry"><a href="https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit">
    <div class="flip-entry-title">ทะเบียนกฎหมาย</div></a></div></div></body></html>""".encode()
)
THAI = "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566 ของสำนักงานจังหวัด รายการวงเงินและวิธีการจัดหา"

HOSTED = {
    "/robots.txt": Answer(
        b"User-agent: *\nDisallow: /uc\nDisallow: /download\nDisallow: /embeddedfolderview\n"
        b"Disallow: /s/shut/\nDisallow: /zzbx/text/files/\n",
        kind="text/plain",
    ),
    f"/uc?export=download&id={OPEN_ID}": redirect(
        f"https://drive.usercontent.google.com/download?id={OPEN_ID}"
    ),
    f"/download?id={OPEN_ID}": pdf("open drive file"),
    f"/uc?export=download&id={LARGE_ID}": WARNING,
    f"/download?id={LARGE_ID}&confirm=t": pdf("large drive file"),
    f"/uc?export=download&id={CLOSED_ID}": redirect("https://accounts.google.com/v3/signin"),
    f"/embeddedfolderview?id={FOLDER_ID}": FOLDER,
    f"/spreadsheets/d/{SHEET_ID}/export?format=xlsx": pdf("exported sheet"),
    "/view/unit/o10": page(
        "แผนดำเนินงานประจำปี",
        f'<div data-embed-doc-id="{OPEN_ID}"></div>' + PROSE,
    ),
    "/b/s!open?download=1": pdf("onedrive file"),
    "/b/s!closed?download=1": redirect("https://onedrive.live.com/?id=9F&page=1"),
    "/?id=9F&page=1": page("OneDrive", "<p>เปิดในแอป</p>"),
    "/v1.0/shares/u!aHR0cHM6Ly8xZHJ2Lm1zL2IvcyFjbG9zZWQ/root/content": Answer(status=401),
    "/:b:/g/personal/a/Eopen?download=1": pdf("sharepoint file"),
    "/:b:/g/personal/a/Eclosed?download=1": redirect("https://login.microsoftonline.com/x"),
    "/s/abc/o15.pdf?dl=1": pdf("dropbox file"),
    "/zzbx/text/mobile/javascript/config.js": Answer(
        b'var fliphtml5_pages=[{"n":["a.jpg"]}];', kind="text/javascript"
    ),
    "/zzbx/text/files/search/book_config.js": Answer(
        f"var textForPages = {json.dumps([THAI])};".encode(), kind="text/javascript"
    ),
    "/zzbx/scan/mobile/javascript/config.js": Answer(
        b'bookConfig.bookTitle="Plan";var fliphtml5_pages=[{"n":["p1.png"]},{"n":["p2.png"]}];'
    ),
    "/zzbx/sealed/mobile/javascript/config.js": Answer(
        b'var htmlConfig = {"fliphtml5_pages":"kF9sealed"};', kind="text/javascript"
    ),
    "/zzbx/scan/files/large/p1.png": picture(500, 700),
    "/zzbx/scan/files/large/p2.png": picture(500, 700),
}
DRIVE = "https://drive.google.com"
SITE = {
    "/": page("อบต.ตัวอย่าง", PROSE),
    "/drive": shared(
        TITLES["O1"],
        f"{DRIVE}/file/d/{OPEN_ID}/view?usp=sharing",
        f"{DRIVE}/open?id={LARGE_ID}",
        f"{DRIVE}/file/d/{CLOSED_ID}/view",
        "https://www.slideshare.net/unit/o1",
    ),
    "/microsoft": shared(
        TITLES["O3"],
        "https://1drv.ms/b/s!open",
        "https://1drv.ms/b/s!closed",
        "https://moi-my.sharepoint.com/:b:/g/personal/a/Eopen",
        "https://moi-my.sharepoint.com/:b:/g/personal/a/Eclosed",
        "https://www.dropbox.com/s/abc/o15.pdf?dl=0",
        "https://www.dropbox.com/s/shut/o15.pdf?dl=0",
    ),
    "/frames": page(
        TITLES["O4"],
        '<iframe src="/inner"></iframe><iframe src="https://www.youtube.com/embed/x"></iframe>',
    ),
    "/inner": page(
        "ตาราง", '<p><a href="/f/plan.pdf">ดาวน์โหลด</a></p><iframe src="/core"></iframe>'
    ),
    "/core": page("ในสุด", "<p>ข้อความในกรอบชั้นในสุดของหน้าแผนพัฒนาหน่วยงาน</p>"),
    "/f/plan.pdf": pdf("plan behind a frame"),
    "/frameset": Answer(
        '<html><head><title>กฎหมายที่เกี่ยวข้อง</title></head><frameset cols="20%,*">'
        '<frame src="/menu"><frame src="/laws"></frameset></html>'.encode()
    ),
    "/menu": page("เมนู", "<ul><li>หน้าหลัก</li></ul>"),
    "/laws": page("รายการ", f'<a href="{DRIVE}/drive/folders/{FOLDER_ID}">กฎหมายทั้งหมด</a>'),
    "/viewers": page(
        TITLES["O15"],
        '<iframe src="/pdfjs/web/viewer.html?file=%2Ff%2Fmanual.pdf"></iframe>'
        '<object data="/f/annex.pdf" type="application/pdf"></object>'
        "<script>FlowPaperViewer('v', {config: {PDFFile: '/f/book.pdf'}})</script>",
    ),
    "/f/manual.pdf": pdf("manual in a viewer"),
    "/f/annex.pdf": pdf("annex in an object"),
    "/f/book.pdf": pdf("book in flowpaper"),
    "/flip": page(TITLES["O18"], '<iframe src="https://anyflip.com/zzbx/text/"></iframe>' + PROSE),
    "/flip-scan": page(
        TITLES["O40"],
        '<a href="https://anyflip.com/zzbx/scan/">มาตรฐานทางจริยธรรม</a>'
        '<a href="https://anyflip.com/zzbx/sealed/">มาตรฐานทางจริยธรรม เล่ม 2</a>',
    ),
    "/chart": page(
        TITLES["O2"],
        '<img src="/i/chart.png" alt="ผู้บริหารของหน่วยงาน" width="500" height="700">'
        '<img src="/i/small.png"><img src="/i/line.png" height="20"><img src="/i/gone.png">',
    ),
    "/i/chart.png": picture(500, 700),
    "/i/small.png": picture(90, 90),
    "/news": page(TITLES["O7"], PROSE + PROSE + '<img src="/i/photo.png">'),
    "/i/photo.png": picture(500, 700),
    "/months": page("ข้อมูลการจัดซื้อจัดจ้าง", '<a href="/o21">สรุปผลการจัดซื้อจัดจ้างรายเดือน ปี 2566</a>'),
    "/o21": page(MONTHS.title, '<p><a href="/m/3">เดือนมีนาคม 2566</a></p>'),
    "/m/3": page("เดือนมีนาคม 2566", '<a href="/f/march.pdf">เดือนมีนาคม 2566</a>'),
    "/f/march.pdf": pdf("march"),
}


FRAMED_SITE = {
    "/": Answer(
        '<html><head><title>อบต.ในกรอบ</title></head><frameset rows="90,*">'
        '<frame src="/top"><frame src="/body"></frameset></html>'.encode()
    ),
    "/top": page("ส่วนหัว", PROSE),
    "/body": page("หน้าหลัก", f'<a href="/oit">ข้อมูลสาธารณะ OIT ปี 2566</a>{PROSE}'),
    "/oit": page("OIT 2566", '<p><a href="/o1">O1 โครงสร้าง</a></p>'),
    "/o1": page("โครงสร้าง", PROSE),
}


@dataclass(frozen=True)
class Swept:
    harvest: UnitHarvest
    framed: UnitHarvest
    site: LoopbackSite
    hosts: LoopbackSite
    bodies: Path

    def documents(self, item_id: str) -> tuple[Document, ...]:
        return self.harvest.documents[item_id]

    def texts(self, item_id: str) -> Mapping[str, Document]:
        """Documents by their first words, or by their reason where they could not be read."""
        return {
            d.fetch.problem or (d.passages[-1].text if d.passages else d.file_name): d
            for d in self.documents(item_id)
        }


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Swept]:
    """One crawl of a unit whose documents stand elsewhere."""
    bodies = tmp_path_factory.mktemp("bodies")
    with (
        LoopbackSite("127.0.0.1", SITE) as site,
        LoopbackSite("127.0.0.2", HOSTED) as hosts,
        LoopbackSite("127.0.0.3", FRAMED_SITE) as framed,
    ):
        given = {
            "O1": "/drive", "O3": "/microsoft", "O4": "/frames", "O6": "/frameset",
            "O15": "/viewers", "O18": "/flip", "O40": "/flip-scan", "O2": "/chart", "O7": "/news",
        }  # fmt: skip
        targets = [ItemTarget(ITEMS[i], (site.url + path,)) for i, path in given.items()]
        sites_page = "https://sites.google.com/view/unit/o10"
        targets.append(ItemTarget(ITEMS["O10"], (sites_page,)))
        targets.append(ItemTarget(MONTHS, (f"{site.url}/months",)))
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), resolve=dict.fromkeys(HOSTS, hosts.url), delay_s=0,
            timeout_s=5, render=False, bodies_folder=bodies,
        )  # fmt: skip
        unit = UnitProfile("u", "อบต.ตัวอย่าง", main_site=site.url)
        other = UnitProfile("framed", "อบต.ในกรอบ", main_site=framed.url)
        plans = [
            UnitPlan(unit, tuple(targets), 2566),
            UnitPlan(other, (ItemTarget(ITEMS["O1"]),), 2566),
        ]
        harvests = {harvest.unit_id: harvest for harvest in crawl(plans, settings)}
        yield Swept(harvests["u"], harvests["framed"], site, hosts, bodies)


def test_shared_drive_files_open_or_say_why_not(swept: Swept) -> None:
    texts = swept.texts("O1")
    assert {"open drive file", "large drive file", "access_request", "unsupported_type"} <= set(
        texts
    )
    opened = texts["open drive file"]
    assert opened.source is TextSource.PDF
    assert opened.fetch.url == f"{DRIVE}/file/d/{OPEN_ID}/view?usp=sharing"
    assert opened.trail.link_text == "โครงสร้าง ฉบับที่ 0"
    assert "SlideShare" in texts["unsupported_type"].fetch.problem_detail


def test_a_file_shared_in_two_ways_is_fetched_once(swept: Swept) -> None:
    # Linked from one page, listed in a folder and embedded in another site.
    assert swept.hosts.hits[f"/download?id={OPEN_ID}"] == 1


def test_shares_of_microsoft_and_dropbox(swept: Swept) -> None:
    assert {
        "onedrive file", "sharepoint file", "dropbox file", "access_request", "http_error",
    } <= set(swept.texts("O3"))  # fmt: skip


def test_robots_txt_speaks_of_the_address_that_is_shared(swept: Swept) -> None:
    # Drive forbids robots its download address and allows the page that it shows to visitors.
    shut = swept.texts("O3")["blocked_by_robots"]
    assert shut.fetch.url.endswith("/s/shut/o15.pdf?dl=0")
    assert "www.dropbox.com" in shut.fetch.problem_detail
    assert "open drive file" in swept.texts("O1")


def test_a_google_site_and_the_file_it_embeds(swept: Swept) -> None:
    assert "open drive file" in swept.texts("O10")


def test_a_frame_is_read_as_part_of_the_page(swept: Swept) -> None:
    paths = {d.fetch.url.removeprefix(swept.site.url): d for d in swept.documents("O4")}
    assert set(paths) == {"/frames", "/inner", "/core", "/f/plan.pdf"}
    assert paths["/inner"].trail.origin is Origin.FOLLOWED
    assert paths["/inner"].trail.link_text == TITLES["O4"]
    assert paths["/inner"].trail.parent_url.endswith("/frames")
    assert paths["/core"].trail.parent_url.endswith("/inner")


def test_a_main_site_made_of_frames_is_searched(swept: Swept) -> None:
    [found] = swept.framed.documents["O1"]
    assert found.fetch.url.endswith("/o1")
    assert found.trail.on_main_site is True


def test_a_folder_behind_a_frameset_gives_its_files(swept: Swept) -> None:
    texts = swept.texts("O6")
    assert {"open drive file", "exported sheet"} <= set(texts)
    assert "พระราชบัญญัติ.pdf" in texts["open drive file"].trail.link_text


def test_documents_in_viewers_and_objects(swept: Swept) -> None:
    found = set(swept.texts("O15"))
    assert {"manual in a viewer", "annex in an object", "book in flowpaper"} <= found
    assert not swept.site.hits["/pdfjs/web/viewer.html?file=%2Ff%2Fmanual.pdf"]


def test_a_flip_book_gives_its_text_with_pages(swept: Swept) -> None:
    book = swept.texts("O18")[THAI]
    assert (book.source, book.passages[-1].page) == (TextSource.TEXT, 1)


def test_a_flip_book_without_text_gives_its_pages_as_pictures(swept: Swept) -> None:
    pages = [d for d in swept.documents("O40") if d.source is TextSource.IMAGE]
    assert [d.fetch.url.rpartition("/")[2] for d in pages] == ["p1.png", "p2.png"]


def test_a_sealed_flip_book_could_not_be_read(swept: Swept) -> None:
    sealed = swept.texts("O40")["unsupported_type"]
    assert sealed.fetch.url == "https://anyflip.com/zzbx/sealed/"
    assert "flip-book" in sealed.fetch.problem_detail


def test_a_picture_that_carries_a_page_is_a_document(swept: Swept) -> None:
    pictures = [d for d in swept.documents("O2") if d.source is TextSource.IMAGE]
    assert [d.fetch.url.rpartition("/")[2] for d in pictures] == ["chart.png"]
    assert pictures[0].trail.link_text == "ผู้บริหารของหน่วยงาน"
    assert pictures[0].trail.parent_url.endswith("/chart")
    assert all(d.readable for d in swept.documents("O2"))


def test_pictures_beside_a_text_stay_pictures(swept: Swept) -> None:
    assert not swept.site.hits["/i/photo.png"]


def test_bodies_are_kept_as_evidence_and_for_a_second_look(swept: Swept) -> None:
    chart = next(d for d in swept.documents("O2") if d.source is TextSource.IMAGE)
    store = BodyStore(swept.bodies)
    assert store.get(chart.fetch.sha256) == SITE["/i/chart.png"].body
    readable = swept.texts("O1")["open drive file"]
    assert store.get(readable.fetch.sha256) is not None


def test_a_month_is_followed_two_pages_deep(swept: Swept) -> None:
    paths = [d.fetch.url.removeprefix(swept.site.url) for d in swept.documents("O21")]
    assert paths == ["/months", "/o21", "/m/3", "/f/march.pdf"]


@pytest.mark.parametrize(
    ("origin", "networks", "complaint"),
    [
        ("http://10.0.0.5:80", (), "no network that is allowed"),
        ("http://10.0.0.5:80", ("10.1.0.0/16",), "no network that is allowed"),
        ("http://example.com", ("10.0.0.0/8",), "must be written like"),
        ("10.0.0.5", ("10.0.0.0/8",), "must be written like"),
        ("http://10.0.0.5/path", ("10.0.0.0/8",), "must be written like"),
        ("ftp://10.0.0.5", ("10.0.0.0/8",), "must be written like"),
    ],
)
def test_a_stand_in_must_lie_where_the_operator_allows(
    origin: str, networks: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        CrawlSettings(resolve={"drive.google.com": origin}, allow_networks=networks)


def test_stand_ins_may_be_written_in_one_line() -> None:
    written = "a.go.th=http://10.0.0.5:8080, b.go.th = http://10.0.0.6"
    settings = CrawlSettings.model_validate({"resolve": written, "allow_networks": ["10.0.0.0/8"]})
    assert settings.resolve == {"a.go.th": "http://10.0.0.5:8080", "b.go.th": "http://10.0.0.6"}
    with pytest.raises(ValidationError, match="must be written like"):
        CrawlSettings.model_validate({"resolve": "a.go.th"})
