"""The written reports: what a reader finds in them, and that nothing in them can do harm."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

from checklist.verdict import ElementState
from results.formats import Format, write_overview, write_unit_report
from results.formats.files import report_stem, write_whole
from results.formats.html import unit_html
from results.formats.json import overview_json, overview_schema, unit_json, unit_schema
from results.formats.overview import overview_html
from results.formats.page import signed
from results.gap import build_report
from results.links import safe_link, shown_url
from results.overview import Overview
from results.overview_draft import build_overview
from results.report import GapReport
from tests.results.pages import HOSTILE, hostile_report, no_page, section
from tests.results.samples import (
    SITE,
    UNIT,
    checklist_of,
    element,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

CHECKLIST = small_checklist()
REPORT = build_report(
    CHECKLIST, result_of(mixed()), result_of([missing("O1"), passing("O2"), missing("O6")])
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "a system Chromium is needed"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_the_report_begins_with_what_was_looked_at() -> None:
    html = unit_html(REPORT)
    assert section(html, "coverage") == (
        "ขอบเขตที่ตรวจ: พบ 40 หน้า อ่านแล้ว 30 หน้า (ใช้เบราว์เซอร์แสดงผล 2 หน้า) ข้าม 3 หน้า "
        "(ครบโควตาจำนวนหน้า 2, ไฟล์ robots.txt ของเว็บไซต์ไม่อนุญาตให้ระบบตรวจอ่านหน้านี้ 1) "
        "เปิดไม่ได้หรือใช้ไม่ได้ 1 หน้า (เปิด URL แล้วไม่พบหน้าหรือไฟล์ (HTTP 404 หรือ 410) 1) "
        "(ใช้เวลา 2 นาที 5 วินาที ข้อมูล 14.2 MB)"
    )
    assert html.index('id="coverage"') < html.index("คะแนน OIT ที่คาดว่าจะได้")


def test_the_section_of_fails_says_what_to_do() -> None:
    assert section(unit_html(REPORT), "O4") == (
        "O4 แผนปฏิบัติราชการประจำปี ↻ ไม่เป็นปัจจุบัน คะแนนที่ขึ้นกับข้อนี้ 5.00 · เหลือ 25 วันก่อนปิดกรอก ITAS · "
        "ผู้รับผิดชอบ: กองแผนงาน "
        "เป็นเอกสารประเภทที่ถูกต้อง แต่เป็นของปีก่อนหรือไม่ใช่ปีที่ประเมิน "
        "พบเอกสารประเภทที่ถูกต้อง แต่ไม่ใช่ของปีที่ประเมิน "
        "องค์ประกอบของข้อ O4 ผล องค์ประกอบที่ต้องมี สิ่งที่ตรวจพบ "
        "↻ ไม่ใช่ปีที่ประเมิน มีข้อมูลตามที่กำหนด เอกสารระบุปีงบประมาณ 2565 "
        "“แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2565” "
        "หน้า 3 · หัวข้อ “แผนงาน › ปีงบประมาณ พ.ศ. 2566” · ตาราง · ไฟล์ PDF · ถ้อยคำที่ใช้แทนกันได้ "
        "https://www.phusuan.go.th/plan.pdf อ่านเมื่อ 5 เมษายน 2566 เวลา 14.05 น. "
        "สิ่งที่ต้องทำ เผยแพร่แผนปฏิบัติราชการประจำปีฉบับปัจจุบัน "
        "เผยแพร่ฉบับของปีที่กำหนด ระบุปีงบประมาณไว้ในหัวเรื่องเอกสาร และแก้ลิงก์ให้ชี้ไปยังฉบับใหม่ "
        "หน้าที่ตรวจ: https://www.phusuan.go.th/old"
    )


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        (
            "fails",
            ["1. ข้อที่ต้องแก้ไข (2 ข้อ กำลังเสีย 10.00 คะแนน)", "รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"],
        ),
        ("reviews", ["(1 ข้อ)", "คำถามที่ต้องตอบ: เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่"]),
        ("errors", ["ไม่ได้แปลว่าขาดข้อมูล", "User-Agent ว่า OITChecker", f"{SITE}/service"]),
        ("passes", ["O1 โครงสร้าง", "“แผนผังโครงสร้างของจังหวัดภูสวน”"]),
        ("excluded", ["O3 อำนาจหน้าที่", "ผู้ว่าราชการจังหวัดอนุมัติถึง 30 กันยายน 2566"]),
        ("changes", ["▼ แย่ลง 1 ข้อ", "▲ ดีขึ้น 2 ข้อ: O1 (ไม่ผ่าน → ครบถ้วน)"]),
        ("scores", ["9.2 ตัวชี้วัดย่อย 9.2 0 / 2 0.00 50.00"]),
        ("documents", ["เปิด URL แล้วไม่พบหน้าหรือไฟล์", "cdcdcdcdcdcd"]),
    ],
)
def test_each_section_carries_its_message(name: str, phrases: list[str]) -> None:
    text = section(unit_html(REPORT), name)
    for phrase in phrases:
        assert phrase in text


def test_the_report_says_first_what_to_do_first() -> None:
    html = unit_html(REPORT)
    assert section(html, "first") == (
        "สิ่งที่ต้องทำก่อน ข้อ สิ่งที่ต้องทำ ผู้รับผิดชอบ คะแนน "
        "✕ O2 ข้อมูลผู้บริหาร เพิ่มส่วนที่ขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ "
        "กองการเจ้าหน้าที่ 5.00 "
        "↻ O4 แผนปฏิบัติราชการประจำปี เผยแพร่ฉบับของปีที่กำหนดแทน (เอกสารระบุปีงบประมาณ 2565) กองแผนงาน 5.00 "
        "รวม 2 ข้อนี้ 10.00 คะแนน · ต้องให้เจ้าหน้าที่ตรวจ 1 ข้อ (20.00 คะแนน) · ตรวจไม่ได้ 1 ข้อ (5.00 คะแนน)"
    )
    assert html.index('id="first"') < html.index('id="changes"') < html.index('id="fails"')
    nothing = unit_html(build_report(CHECKLIST, result_of([passing(f"O{n}") for n in range(1, 7)])))
    assert 'id="first"' not in nothing


def test_items_without_a_page_share_one_table() -> None:
    gone = f"{SITE}/old-plan"
    verdicts = [no_page("O1"), no_page("O2"), no_page("O4", gone), missing("O5")]
    html = unit_html(build_report(CHECKLIST, result_of(verdicts)))
    soup = BeautifulSoup(html, "lxml")
    assert [card["id"] for card in soup.select("#fails article")] == ["O5"]
    assert [row["id"] for row in soup.select("table.bare tbody tr")] == ["O4", "O1", "O2"]
    assert "ขาด" not in section(html, "O1")
    for phrase in (f"เปิดไม่พบ: {gone}", "มีหัวข้อย่อยของ O4", "กองแผนงาน", "5.00"):
        assert phrase in section(html, "O4")
    fails = section(html, "fails")
    assert fails.count("ไม่ได้ระบุ URL ของข้อนี้") == 1
    assert "ยังไม่มีหน้าให้ตรวจ (3 ข้อ 11.67 คะแนน)" in fails


def test_items_that_the_last_scan_could_not_check_are_one_line() -> None:
    before = [unreachable(f"O{n}", "dns") for n in range(1, 7)]
    now = [passing("O1"), *(missing(f"O{n}") for n in range(2, 7))]
    html = unit_html(build_report(CHECKLIST, result_of(now), result_of(before)))
    assert html.index('id="changes"') < html.index('id="fails"')
    told = section(html, "changes")
    assert "ครั้งก่อนตรวจไม่ได้ 6 ข้อ ครั้งนี้: ครบถ้วน 1 ข้อ, ไม่ผ่าน 5 ข้อ" in told
    assert "ไม่ได้เทียบคะแนน" in told
    assert "O1" not in told
    assert "(ครั้งก่อน" not in BeautifulSoup(html, "lxml").get_text()


def test_a_unit_that_could_not_be_opened_gets_no_score() -> None:
    report = build_report(CHECKLIST, result_of([unreachable(f"O{n}") for n in range(1, 7)]))
    text = BeautifulSoup(unit_html(report), "lxml").get_text()
    assert "ยังประเมินไม่ได้" in text
    assert "0.00 ถึง 40.00" not in text
    assert "ยังบอกไม่ได้" in section(unit_html(report), "fails")
    errors = section(unit_html(report), "errors")
    assert errors.index("User-Agent") < errors.index("O1 โครงสร้าง")
    overview = BeautifulSoup(overview_html(build_overview([report])), "lxml")
    assert "ยังประเมินไม่ได้" in overview.get_text()
    grid = overview.select_one(".grid tbody tr")
    assert grid is not None
    assert "ตรวจไม่ได้" in grid.get_text()
    assert "0.00" not in grid.get_text()


def test_empty_sections_say_so() -> None:
    html = unit_html(build_report(CHECKLIST, result_of([passing(f"O{n}") for n in range(1, 7)])))
    assert "ไม่พบข้อที่ขาดข้อมูลหรือไม่เป็นปัจจุบัน" in section(html, "fails")
    assert 'id="excluded"' not in html
    assert 'id="changes"' not in html


@pytest.mark.parametrize("html", [unit_html(REPORT), overview_html(build_overview([REPORT]))])
def test_a_page_is_self_contained_and_well_formed(html: str) -> None:
    soup = BeautifulSoup(html, "lxml")
    assert soup.html is not None
    assert soup.html["lang"] == "th"
    assert not soup.find_all(["script", "link", "img", "iframe", "object", "form", "base"])
    assert not re.search(r"url\((?!#)|@import", html)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for table in soup.find_all("table"):
        heads = table.select("thead th")
        assert heads
        assert all(head.get("scope") for head in heads)
        rows = table.select("tbody tr")
        assert rows
        assert len({len(row.find_all(["td", "th"], recursive=False)) for row in rows}) == 1
    for anchor in soup.select('a[href^="#"]'):
        assert str(anchor["href"])[1:] in ids
    assert len(soup.find_all("h1")) == 1


def test_hostile_text_stays_text() -> None:
    report = hostile_report()
    for html in (unit_html(report), overview_html(build_overview([report]))):
        soup = BeautifulSoup(html, "lxml")
        assert not soup.find_all(["script", "img"])
        assert not soup.find_all(onerror=True)
        assert "alert(1)" in soup.get_text()
        assert "{{ 7*7 }}" in soup.get_text()
        for anchor in soup.find_all("a"):
            assert re.match(r"(https?://|#|gap-[\w.-]+\.html)", str(anchor["href"]))
    assert "javascript:alert(4)" in section(unit_html(report), "O2")


def test_outward_links_give_nothing_away() -> None:
    anchors = BeautifulSoup(unit_html(REPORT), "lxml").select('a[href^="http"]')
    assert anchors
    assert all(anchor["rel"] == ["noopener", "noreferrer", "nofollow"] for anchor in anchors)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.surin.go.th/oit?id=1#x", True),
        ("HTTP://www.surin.go.th", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//surin.go.th/x", False),
        ("https://", False),
        ("https://[bad", False),
        ("http:\\\\evil", False),
        ("เอกสาร/แผน.pdf", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, safe: bool) -> None:
    assert safe_link(url) == (url if safe else "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://x.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf", "https://x.go.th/แผน.pdf"),
        ("https://x.go.th/%FF%FE", "https://x.go.th/%FF%FE"),
        ("https://x.go.th/%E2%80%AEfdp.exe", "https://x.go.th/fdp.exe"),
    ],
)
def test_addresses_are_shown_readably(url: str, shown: str) -> None:
    assert shown_url(url) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1.254, "+1.25"), (-0.4, "−0.40"), (0.001, "0.00"), (-0.001, "0.00")]
)
def test_differences_carry_their_sign(value: float, shown: str) -> None:
    assert signed(value) == shown


def test_json_comes_back_as_the_same_report() -> None:
    assert GapReport.model_validate_json(unit_json(REPORT)) == REPORT
    overview = build_overview([REPORT])
    assert Overview.model_validate_json(overview_json(overview)) == overview
    assert "จังหวัดภูสวน" in unit_json(REPORT)


def test_the_keys_of_the_json_are_a_contract() -> None:
    data = json.loads(unit_json(REPORT))
    assert data["schema_version"] == "oit-gap-report/1"
    assert set(data) == set(unit_schema()["properties"])
    assert set(data) >= {
        "unit", "year", "as_of", "coverage", "score", "totals", "deadline", "changes", "fails",
        "reviews", "errors", "passes", "excluded", "unchecked", "documents",
    }  # fmt: skip
    fail = data["fails"][0]
    assert (fail["item"], fail["verdict"], fail["group"]) == ("O2", "fail", "missing")
    assert fail["reasons"][0]["code"] == "element_missing"
    evidence = data["passes"][0]["elements"][0]["quotes"][0]
    assert (evidence["page"], evidence["sha256"]) == (3, "ab" * 32)
    assert evidence["fetched_at"] == "2023-04-05T07:05:00Z"
    assert set(json.loads(overview_json(build_overview([REPORT])))) == set(
        overview_schema()["properties"]
    )


def test_hostile_text_survives_json_unharmed() -> None:
    data = json.loads(unit_json(hostile_report()))
    assert data["unit"]["name"] == HOSTILE


def test_the_grid_shows_every_item_of_every_unit_and_links_to_it(tmp_path: Path) -> None:
    bang = replace(UNIT, id="อบต./บางเตย", name="อบต.บางเตย")
    other = build_report(CHECKLIST, result_of([missing(f"O{n}") for n in range(1, 7)], bang))
    for report in (REPORT, other):
        write_unit_report(report, tmp_path)
    index = write_overview([REPORT, other], tmp_path)[0]
    soup = BeautifulSoup(index.read_text(encoding="utf-8"), "lxml")
    rows = soup.select(".grid tbody tr")
    assert [" ".join(cell.get_text().split()) for cell in rows[0].find_all("td")[1:]] == list(
        "✓✕○↻!?"
    )
    cell = rows[0].find_all("td")[2]
    assert cell["title"] == ("O2 ข้อมูลผู้บริหาร: ขาดข้อมูล – ขาด: รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ")
    for anchor in soup.select(".grid a"):
        name, _, item = str(anchor["href"]).partition("#")
        page = BeautifulSoup((tmp_path / name).read_text(encoding="utf-8"), "lxml")
        assert not item or page.find(id=item) is not None


def test_files_are_named_for_their_unit_and_stay_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    paths = write_unit_report(REPORT, folder)
    assert [path.name for path in paths] == [
        "gap-phusuan.html",
        "gap-phusuan.xlsx",
        "gap-phusuan.json",
    ]
    bad = write_unit_report(hostile_report(), folder)
    assert {path.parent for path in bad} == {folder}
    assert sorted(folder.iterdir()) == sorted([*paths, *bad])
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o644
    assert [p.name for p in write_unit_report(REPORT, tmp_path, {Format.JSON})] == [
        "gap-phusuan.json"
    ]
    assert [p.name for p in write_overview([REPORT], tmp_path, [Format.HTML])] == ["index.html"]
    assert write_overview([], tmp_path / "none") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("surin", "Surin"), ("a/b", "a-b"), ("อบต.ก", "อบต.ข"), ("..", "."), ("x" * 70, "x" * 71)],
)
def test_different_units_never_share_a_file(one: str, other: str) -> None:
    names = {report_stem(one).casefold(), report_stem(other).casefold()}
    assert len(names) == 2
    assert all(re.fullmatch(r"gap-[\w.-]{1,75}", name, re.ASCII) for name in names)


def test_a_write_that_fails_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_whole(tmp_path / "gap-x.html", "ฉบับเดิม")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "ฉบับใหม่")
    assert path.read_text(encoding="utf-8") == "ฉบับเดิม"
    assert list(tmp_path.iterdir()) == [path]


def test_the_grid_of_a_whole_checklist_fits_a_small_screen(
    browser: Browser, tmp_path: Path
) -> None:
    shape = {"9": {"9.1": 10, "9.2": 8, "9.3": 4, "9.4": 4, "9.5": 4}, "10": {"10.1": 8, "10.2": 5}}
    whole = checklist_of(shape)
    unit = replace(UNIT, name="องค์การบริหารส่วนตำบลหนองบัวแดงใหม่")
    half = [unreachable(f"O{n}") if n % 3 else passing(f"O{n}") for n in range(1, 44)]
    report = build_report(whole, result_of(half, unit))
    path = write_overview([report], tmp_path, {Format.HTML})[0]
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(path.as_uri())
    grid = page.locator(".scroll")
    assert grid.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    assert not page.locator(".hint").is_visible()
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.locator(".hint").is_visible()
    grid.evaluate("box => box.scrollLeft = 9999")
    name = page.locator("tbody th.unit").bounding_box()
    last = page.locator(".grid tbody td").last.bounding_box()
    page.close()
    assert name
    assert last
    assert name["x"] >= 0
    assert name["x"] + name["width"] < last["x"] < 400


def test_page_one_on_paper_holds_what_to_do_first(browser: Browser, tmp_path: Path) -> None:
    whole = checklist_of({"9": {"9.1": 24}, "10": {"10.1": 19}})
    verdicts = [no_page(f"O{n}") for n in range(1, 44)]
    page = browser.new_page()
    written = write_unit_report(build_report(whole, result_of(verdicts)), tmp_path, {Format.HTML})
    page.goto(written[0].as_uri())
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    sheets = len(pdf)
    sheet = pdf[0]
    content = sheet.get_textpage()
    first = re.sub(r"\s+", "", content.get_text_bounded())
    content.close()
    sheet.close()
    pdf.close()
    assert "สิ่งที่ต้องทำก่อน" in first
    assert "รวม8ข้อนี้" in first
    assert sheets <= 6


@pytest.mark.parametrize("width", [1100, 400])
def test_a_browser_shows_the_hostile_report_and_nothing_happens(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    paths = [*write_unit_report(hostile_report(), tmp_path, {Format.HTML})]
    paths += write_overview([hostile_report()], tmp_path, {Format.HTML})
    page = browser.new_page(viewport={"width": width, "height": 900})
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    page.on("request", lambda request: alarms.append(request.url))
    for path in paths:
        page.goto(path.as_uri())
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0
    assert alarms == [path.as_uri() for path in paths]
    page.close()


def test_the_report_prints_on_a4_with_whole_findings(browser: Browser, tmp_path: Path) -> None:
    lacking = "ไม่พบข้อมูลส่วนนี้ในเอกสาร " * 12
    verdicts = [
        replace(
            missing(f"O{n}"),
            elements=tuple(
                element(f"O{n}.{m}", ElementState.ABSENT, lacking, "element_missing")
                for m in range(1, 4 + n % 3)
            ),
        )
        for n in range(1, 7)
    ]
    report = build_report(CHECKLIST, result_of(verdicts))
    page = browser.new_page()
    page.goto(write_unit_report(report, tmp_path, {Format.HTML})[0].as_uri())
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    texts = []
    for sheet in pdf:
        assert sheet.get_size() == pytest.approx((595, 842), abs=1)
        content = sheet.get_textpage()
        texts.append(re.sub(r"\s+", "", content.get_text_bounded()))
        content.close()
        sheet.close()
    pdf.close()
    assert "ขอบเขตที่ตรวจ" in texts[0]
    assert f"หน้า{len(texts)}จาก{len(texts)}" in texts[-1]
    for n in range(1, 7):
        holding = [text for text in texts if f"องค์ประกอบของข้อO{n}" in text]
        assert len(holding) == 1
        begun = holding[0].partition(f"องค์ประกอบของข้อO{n}")[2]
        assert "หน้าที่ตรวจ:" in begun.partition("องค์ประกอบของข้อ")[0]
