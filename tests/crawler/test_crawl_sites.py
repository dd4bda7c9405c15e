"""A whole crawl of small sites on loopback: one process, a real browser, every way to fail."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from checklist.evidence import Document, Origin, TextSource
from checklist.profile import UnitProfile
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
    from crawler.harvest import CrawlEvent, UnitHarvest

HALF_YEAR = an_item(
    "O12", "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน", "h1_fy"
)
STRUCTURE = an_item("O1", "โครงสร้าง")
EXECUTIVES = an_item("O2", "ข้อมูลผู้บริหาร")
POWERS = an_item("O3", "อำนาจหน้าที่")
CONTACT = an_item("O5", "ข้อมูลการติดต่อ", evidence="page")
SOCIAL = an_item("O9", "Social Network", evidence="page", probe={"kind": "social"})

PDF = Answer(minimal_pdf("Report FY2566 round 6 months"), kind="application/pdf")
OLD_PDF = Answer(minimal_pdf("Report FY2565"), kind="application/pdf")

INDEX = page(
    "การเปิดเผยข้อมูลสาธารณะ OIT ปีงบประมาณ 2566",
    """<table><tr><th>ข้อ</th><th>ข้อมูล</th><th>ลิงก์</th></tr>
    <tr><td>O1</td><td>โครงสร้าง</td><td><a href="/o1.html">เปิด</a></td></tr>
    <tr><td>O2</td><td>ข้อมูลผู้บริหาร</td><td><a href="/o2.html">เปิด</a></td></tr>
    <tr><td>O3</td><td>อำนาจหน้าที่</td><td><a href="/o3.html">เปิด</a></td></tr>
    <tr><td>๐๑๒</td><td>รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน</td>
    <td><a href="/o12.html">เปิด</a></td></tr></table>""",
)
ACCORDION = Answer(
    """<!doctype html><html lang="th"><head><meta charset="utf-8"><title>โครงสร้าง</title></head>
<body><div id="root"></div><script>
const root = document.getElementById('root');
root.innerHTML = '<main><h1>โครงสร้างหน่วยงาน</h1><button aria-expanded="false">เปิด</button></main>';
document.querySelector('button').onclick = event => {
  event.target.setAttribute('aria-expanded', 'true');
  const panel = document.createElement('p');
  panel.textContent = 'กองช่าง กองคลัง และสำนักปลัด ขึ้นตรงต่อนายกองค์การบริหารส่วนตำบล';
  root.firstChild.append(panel);
};
fetch('SECRET/steal').catch(() => null);
new Image().src = 'SECRET/pixel';
</script></body></html>""".encode()
)
TIS_620_TEXT = f"<html><body><h1>อำนาจหน้าที่</h1>{PROSE}</body></html>"
TIS_620 = Answer(TIS_620_TEXT.encode("cp874"), kind="text/html")


def main_pages() -> dict[str, Any]:
    return {
        "/": page("อบต.ตัวอย่าง", f'<a href="/oit-2566.html">ข้อมูล OIT 2566</a>{PROSE}'),
        "/oit-2566.html": INDEX,
        "/o1.html": page("โครงสร้าง", PROSE),
        "/o2.html": page("ข้อมูลผู้บริหาร", PROSE),
        "/o3.html": TIS_620,
        "/o12.html": page(
            "รายงานการกำกับติดตามการดำเนินงาน รอบ 6 เดือน ปี 2566",
            PROSE
            + '<p><a href="/files/2565.pdf">รายงาน ปีงบประมาณ 2565</a></p>'
            + '<p><a href="/files/2566.pdf">รายงาน ปีงบประมาณ 2566</a></p>'
            + '<p><a href="/o1.pdf">O1 โครงสร้าง</a></p>'
            + '<p><a href="/calendar/2566/03">รายงานการกำกับติดตามการดำเนินงาน</a></p>',
        ),
        "/many.html": page(
            "อำนาจหน้าที่",
            "".join(f'<p><a href="/files/2566.pdf?n={n}">เอกสาร {n}</a></p>' for n in range(18)),
        ),
        **{f"/files/2566.pdf?n={n}": PDF for n in range(18)},
        "/files/2566.pdf": PDF,
        "/files/2565.pdf": OLD_PDF,
        "/o1.pdf": PDF,
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /secret/\n", kind="text/plain"),
        "/secret/o1.html": page("ลับ", PROSE),
        "/login-wall": redirect("/login?back=o1"),
        "/login?back=o1": page(
            "เข้าสู่ระบบ", "<form><input name=u><input type=password name=p></form>"
        ),
        "/loop": redirect("/loop2"),
        "/loop2": redirect("/loop"),
        "/inward": redirect("http://10.11.12.13/secret"),
        "/to-facebook": redirect("https://www.facebook.com/unit"),
        "/big.pdf": Answer(b"%PDF-1.4" + b"0" * 400_000, kind="application/pdf"),
        "/refresh": page("ย้าย", "", '<meta http-equiv="refresh" content="0;url=/o1.html">'),
        "/script-move": Answer(b"<html><script>window.location.href = '/o1.html';</script></html>"),
        "/waf": Answer(b"<title>Just a moment...</title>", status=503),
        "/limited": lambda hit: Answer(status=429) if hit == 1 else page("โครงสร้าง", PROSE),
        "/shell": ACCORDION,
    }


def free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def a_plan(unit_id: str, main: str, *targets: ItemTarget) -> UnitPlan:
    return UnitPlan(UnitProfile(unit_id, f"หน่วยงาน {unit_id}", main_site=main), targets, 2566)


@dataclass(frozen=True)
class Swept:
    harvests: Mapping[str, UnitHarvest]
    events: tuple[CrawlEvent, ...]
    main: LoopbackSite
    slow: LoopbackSite
    secret: LoopbackSite

    def documents(self, unit_id: str, item_id: str) -> tuple[Document, ...]:
        return self.harvests[unit_id].documents[item_id]

    def first(self, unit_id: str, item_id: str) -> Document:
        return self.documents(unit_id, item_id)[0]

    def by_path(self, unit_id: str, item_id: str) -> dict[str, Document]:
        return {
            document.fetch.url.partition("/")[2].partition("/")[2].partition("/")[2]: document
            for document in self.documents(unit_id, item_id)
        }


FAILURES = (
    "secret/o1.html", "nothing-here", "login-wall", "loop", "inward", "to-facebook", "big.pdf",
    "waf", "limited", "refresh", "script-move",
)  # fmt: skip


@pytest.fixture(scope="module")
def swept() -> Iterator[Swept]:
    """One crawl of every site below."""
    slow_page = page("โครงสร้าง", PROSE)
    always_there = page("ยินดีต้อนรับ", PROSE + "<p>เมนูหลักของหน่วยงานอยู่ด้านบน</p>")
    pages = main_pages()
    secret = LoopbackSite("127.0.0.9", {"/steal": page("ลับ", PROSE), "/pixel": page("ลับ", PROSE)})
    pages["/shell"] = Answer(ACCORDION.body.replace(b"SECRET", secret.url.encode()))
    slow_pages = {"/slow.html": Answer(slow_page.body, delay_s=2.5, slow_times=1)}
    slow_pages["/mute.html"] = Answer(slow_page.body, delay_s=6, slow_times=9)
    other = {"/o12.html": pages["/o12.html"], "/files/2566.pdf": PDF}
    with (
        secret,
        LoopbackSite("127.0.0.1", pages) as main,
        LoopbackSite("127.0.0.2", {}, missing=always_there) as soft,
        LoopbackSite("127.0.0.3", slow_pages) as slow,
        LoopbackSite("127.0.0.5", other) as elsewhere,
    ):
        down = f"http://127.0.0.4:{free_port('127.0.0.4')}"
        plans = [
            a_plan(
                "given", main.url,
                ItemTarget(HALF_YEAR, (f"{main.url}/o12.html",)),
                ItemTarget(POWERS, (f"{main.url}/o3.html",)),
                ItemTarget(STRUCTURE, (f"{main.url}/o12.html",)),
            ),
            a_plan(
                "searched", main.url, ItemTarget(HALF_YEAR), ItemTarget(STRUCTURE),
                ItemTarget(EXECUTIVES), ItemTarget(CONTACT),
            ),
            a_plan(
                "failing", main.url,
                ItemTarget(STRUCTURE, tuple(f"{main.url}/{path}" for path in FAILURES)),
                ItemTarget(EXECUTIVES, ("https://www.facebook.com/unit", "o2.html", "ftp://a.go.th/")),
                ItemTarget(POWERS, ("http://169.254.169.254/latest/meta-data",)),
            ),
            a_plan("many", main.url, ItemTarget(POWERS, (f"{main.url}/many.html",))),
            a_plan("mute", "", ItemTarget(STRUCTURE, (f"{slow.url}/mute.html",))),
            a_plan("shell", main.url, ItemTarget(STRUCTURE, (f"{main.url}/shell",))),
            a_plan("soft", soft.url, ItemTarget(STRUCTURE, (f"{soft.url}/o1.html",))),
            a_plan("slow", slow.url, ItemTarget(STRUCTURE, (f"{slow.url}/slow.html",))),
            a_plan(
                "down", down, ItemTarget(STRUCTURE, (f"{down}/o1.html",)), ItemTarget(EXECUTIVES)
            ),
            a_plan(
                "elsewhere", main.url, ItemTarget(HALF_YEAR, (f"{elsewhere.url}/o12.html",))
            ),
            a_plan(
                "siteless", "",
                ItemTarget(STRUCTURE, (f"{main.url}/o1.html",)), ItemTarget(POWERS),
            ),
        ]  # fmt: skip
        settings = CrawlSettings(
            allow_networks=tuple(f"127.0.0.{n}/32" for n in (1, 2, 3, 4, 5)),
            delay_s=0, timeout_s=1.0, second_pass_timeout_s=4, max_body_bytes=300_000,
            settle_s=1, max_redirects=4,
        )  # fmt: skip
        events: list[CrawlEvent] = []
        harvests = {h.unit_id: h for h in crawl(plans, settings, events.append)}
        yield Swept(harvests, tuple(events), main, slow, secret)


def test_every_unit_comes_home_once(swept: Swept) -> None:
    assert set(swept.harvests) == {
        "given", "searched", "failing", "shell", "soft", "slow", "down", "elsewhere", "siteless",
        "many", "mute",
    }  # fmt: skip
    finished = [event.unit_id for event in swept.events if event.kind == "unit_done"]
    assert sorted(finished) == sorted(swept.harvests)


def test_a_given_page_comes_first_then_its_documents_the_right_year_before(swept: Swept) -> None:
    documents = swept.documents("given", "O12")
    assert [d.fetch.url.rpartition("/")[2] for d in documents] == [
        "o12.html", "2566.pdf", "2565.pdf",
    ]  # fmt: skip
    given, followed = documents[:2]
    assert given.trail.origin is Origin.GIVEN
    assert given.trail.on_main_site is True
    assert followed.trail.origin is Origin.FOLLOWED
    assert followed.trail.parent_url.endswith("/o12.html")
    assert followed.trail.link_text == "รายงาน ปีงบประมาณ 2566"
    assert followed.trail.on_main_site is True
    assert followed.source is TextSource.PDF
    assert "FY2566" in " ".join(p.text for p in followed.passages)
    assert followed.fetch.sha256
    assert followed.fetch.fetched_at is not None


def test_a_link_that_names_another_item_is_left_to_that_item(swept: Swept) -> None:
    assert "o1.pdf" not in swept.by_path("given", "O12")
    assert "o1.pdf" in swept.by_path("given", "O1")


def test_a_page_given_for_two_items_is_fetched_once_a_unit(swept: Swept) -> None:
    # Six units share the main site, and each reads the page once, be it only for its links.
    on_the_site = {"given", "searched", "failing", "many", "shell", "elsewhere"}
    assert swept.main.hits["/o12.html"] == len(on_the_site)


def test_undeclared_tis_620_is_read(swept: Swept) -> None:
    document = swept.first("given", "O3")
    assert document.fetch.problem is None
    assert any("ธรรมาภิบาล" in passage.text for passage in document.passages)


def test_an_item_without_url_is_found_through_the_index(swept: Swept) -> None:
    documents = swept.documents("searched", "O12")
    assert documents[0].fetch.url.endswith("/o12.html")
    assert documents[0].trail.origin is Origin.DISCOVERED
    assert documents[0].trail.parent_url.endswith("/oit-2566.html")
    assert documents[0].trail.on_main_site is True
    assert "๐๑๒" in documents[0].trail.context
    assert any(d.fetch.url.endswith("2566.pdf") for d in documents)
    assert swept.first("searched", "O2").fetch.url.endswith("/o2.html")


def test_functions_of_a_page_are_looked_for_on_the_front_page(swept: Swept) -> None:
    assert swept.documents("searched", "O5")[-1].trail.origin is Origin.MAIN_SITE


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("secret/o1.html", "blocked_by_robots"),
        ("nothing-here", "not_found"),
        ("login-wall", "login_required"),
        ("loop", "redirect_loop"),
        ("inward", "inner_address"),
        ("to-facebook", "social_media_only"),
        ("big.pdf", "too_large"),
        ("waf", "blocked_by_waf"),
        ("limited", None),
        ("refresh", None),
        ("script-move", None),
    ],
)
def test_ways_to_fail(swept: Swept, path: str, problem: str | None) -> None:
    fetch = swept.by_path("failing", "O1")[path].fetch
    assert fetch.problem == problem
    assert bool(fetch.problem_detail) is (problem is not None)
    if problem is None:
        assert fetch.status == 200


def test_refused_by_robots_is_not_asked_for(swept: Swept) -> None:
    assert swept.main.hits["/secret/o1.html"] == 0


def test_a_host_is_asked_one_thing_at_a_time_however_many_units_share_it(swept: Swept) -> None:
    # The browser may open one more beside it; an answer's last bytes may overlap the next.
    assert swept.main.busiest <= 2


def test_what_was_not_asked_for_is_told_as_skipped(swept: Swept) -> None:
    skipped = {
        (s.url.rpartition("/")[2], s.reason) for s in swept.harvests["failing"].coverage.skipped
    }
    assert {
        ("o1.html", "blocked_by_robots"),
        ("inward", "inner_address"),
        ("meta-data", "inner_address"),
        ("unit", "social_media_only"),
    } <= skipped


def test_moved_by_meta_refresh_and_by_script(swept: Swept) -> None:
    found = swept.by_path("failing", "O1")
    assert found["refresh"].fetch.final_url == f"{swept.main.url}/o1.html"
    assert found["script-move"].fetch.final_url == f"{swept.main.url}/o1.html"


def test_addresses_that_are_none_or_social(swept: Swept) -> None:
    problems = [d.fetch.problem for d in swept.documents("failing", "O2")]
    assert problems == ["social_media_only", "bad_address", "bad_address"]
    assert swept.first("failing", "O3").fetch.problem == "inner_address"


@pytest.mark.skipif(shutil.which("chromium-headless-shell") is None, reason="no browser installed")
def test_a_shell_is_rendered_and_its_panels_opened(swept: Swept) -> None:
    document = swept.first("shell", "O1")
    assert document.source is TextSource.RENDERED
    assert any("กองคลัง" in passage.text for passage in document.passages)
    assert swept.harvests["shell"].coverage.rendered == 1


def test_the_browser_is_kept_out_of_the_network_too(swept: Swept) -> None:
    assert not swept.secret.hits


def test_a_site_that_answers_everything_alike_has_no_such_page(swept: Swept) -> None:
    fetch = swept.first("soft", "O1").fetch
    assert (fetch.status, fetch.problem) == (200, "soft_404")


def test_a_slow_answer_is_had_in_the_second_pass(swept: Swept) -> None:
    fetch = swept.first("slow", "O1").fetch
    assert (fetch.problem, fetch.status) == (None, 200)
    assert "second_pass" in {e.kind for e in swept.events if e.unit_id == "slow"}


def test_an_answer_that_never_comes_could_not_be_checked(swept: Swept) -> None:
    fetch = swept.first("mute", "O1").fetch
    assert (fetch.status, fetch.problem) == (0, "timeout")
    assert "4 วินาที" in fetch.problem_detail


def test_a_host_that_is_down_could_not_be_checked(swept: Swept) -> None:
    assert swept.first("down", "O1").fetch.problem == "connection"
    searched = swept.first("down", "O2")
    assert (searched.fetch.problem, searched.trail.origin) == ("connection", Origin.MAIN_SITE)


def test_evidence_elsewhere_that_the_main_site_never_links(swept: Swept) -> None:
    page_elsewhere, *files = swept.documents("elsewhere", "O12")
    assert page_elsewhere.fetch.problem is None
    assert page_elsewhere.trail.on_main_site is False
    assert {d.trail.on_main_site for d in files} == {False}


def test_without_a_main_site_nothing_is_said_of_it(swept: Swept) -> None:
    assert swept.first("siteless", "O1").trail.on_main_site is None
    assert swept.documents("siteless", "O3") == ()


def test_links_beyond_an_items_share_and_traps_are_told_not_read(swept: Swept) -> None:
    assert len(swept.documents("many", "O3")) == 1 + 15
    skipped = swept.harvests["many"].coverage.skipped
    assert [s.reason for s in skipped] == ["item_limit"] * 3
    traps = [s for s in swept.harvests["given"].coverage.skipped if s.reason == "trap"]
    assert [s.url.rpartition("/")[2] for s in traps] == ["03"]
    assert swept.main.hits["/calendar/2566/03"] == 0


def test_coverage_counts_what_was_done(swept: Swept) -> None:
    coverage = swept.harvests["given"].coverage
    assert coverage.fetched >= 5
    assert coverage.found >= coverage.fetched - 1
    assert coverage.bytes > 1000
    assert coverage.seconds > 0
