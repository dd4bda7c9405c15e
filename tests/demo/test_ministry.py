"""The demonstration ministry is what its ground truth says, and answers as a real one would."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import docx
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from pydantic import ValidationError

from checklist.reasons import REASONS
from checklist.verdict import Verdict
from crawler.extract import read_file
from demo.agency import agency_of
from demo.ministry import AS_OF, Expected, Ministry, load_ministry, truth, write_ministry
from demo.paper import find_browser
from demo.plan import ALL_ITEMS, Showing, UnitPlan, load_catalogue, load_plans, span
from demo.server import Served, find_file, serve
from demo.texts import in_thai_digits, months_of, write_text

PLANS = {plan.id: plan for plan in load_plans()}
PAGES = {".html", ".htm", ".php"}


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Ministry:
    folder = tmp_path_factory.mktemp("ministry")
    return write_ministry(folder / "sites", folder / "pdfs")


@pytest.fixture(scope="module")
def served(ministry: Ministry) -> Iterator[Served]:
    with serve(ministry, port=0) as running:
        yield running


def ask(served: Served, unit_id: str, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(served.url(served.ministry.unit(unit_id), path))
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    try:
        connection.request("GET", quote(parts.path) + (f"?{parts.query}" if parts.query else ""))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def entered(ministry: Ministry, unit_id: str, item: str) -> str:
    return ministry.unit(unit_id).urls[item][0]


def seeded(showing: Showing) -> bool:
    """Whether something is wrong with what stands there (a text may also vary harmlessly)."""
    harmless = {"none", "some", "empty_months"}
    return bool(
        showing.year != 2566
        or showing.of
        or showing.text
        or set(showing.options) - harmless
        or showing.goes_to not in (None, "slow")
    )


def test_at_least_twelve_units_of_every_type_and_many_layouts() -> None:
    assert len(PLANS) >= 12
    assert {plan.type for plan in PLANS.values()} == {"central", "province", "local"}
    assert len({plan.layout for plan in PLANS.values()}) >= 9
    assert sum(set(plan.items) == set(ALL_ITEMS) for plan in PLANS.values()) >= 4
    assert len({plan.number for plan in PLANS.values()}) == len(PLANS)


def test_the_catalogue_names_each_of_the_43_items_once() -> None:
    catalogue = load_catalogue()
    numbers = [number for sub in catalogue.sub_indicators for number in sub.items]
    assert sorted(numbers) == list(range(1, 44))
    assert tuple(catalogue.titles) == ALL_ITEMS


@pytest.mark.parametrize(
    ("text", "items"),
    [("O5", ["O5"]), ("O1-O3, O9", ["O1", "O2", "O3", "O9"]), ("", []), ("O43", ["O43"])],
)
def test_spans_of_items(text: str, items: list[str]) -> None:
    assert span(text) == items


def test_a_plan_with_an_unknown_key_is_refused() -> None:
    data = PLANS["sriphana"].model_dump() | {"colour": "green"}
    with pytest.raises(ValidationError, match="colour"):
        UnitPlan.model_validate(data)


@pytest.mark.parametrize("unit_id", PLANS)
def test_truth_speaks_of_all_43_items_in_the_words_of_the_checker(unit_id: str) -> None:
    expected = truth(unit_id)
    assert tuple(expected) == ALL_ITEMS
    for item, row in expected.items():
        verdict = Verdict(row.verdict)
        for reason in row.reasons:
            assert REASONS[reason].verdict is verdict, (item, reason)
        if verdict is not Verdict.PASS:
            assert row.reasons, f"{unit_id} {item} says {verdict} without a reason"
            assert row.note, f"{unit_id} {item} says {verdict} without a word on it"


def test_every_unit_has_a_truth_and_every_truth_a_unit() -> None:
    folder = Path(__file__).parents[2] / "demo" / "truth"
    assert {path.stem for path in folder.glob("*.yaml")} == set(PLANS)


@pytest.mark.parametrize(
    ("verdict", "reasons", "agrees"),
    [
        ("fail", ["outdated"], True),
        ("fail", ["element_missing", "outdated"], True),
        ("fail", ["element_missing"], False),
        ("fail", [], False),
        ("pass", [], False),
        ("review", ["outdated"], False),
    ],
)
def test_a_verdict_agrees_with_truth_in_word_and_reason(
    verdict: str, reasons: list[str], agrees: bool
) -> None:
    assert Expected("fail", ("outdated",)).agrees(verdict, reasons) is agrees
    assert Expected("pass").agrees(verdict, reasons) is (verdict == "pass")


def test_truth_of_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        truth("nowhere")


@pytest.mark.parametrize(
    "unit_id",
    [unit for unit, plan in PLANS.items() if plan.host == "up" and plan.robots == "allow"],
)
def test_what_is_seeded_is_what_truth_finds(unit_id: str) -> None:
    expected, plan = truth(unit_id), PLANS[unit_id]
    slips = {item for item, showing in plan.items.items() if seeded(showing)}
    assert {item for item in plan.items if expected[item].verdict != "pass"} == slips
    assert all(expected[item].verdict == "fail" for item in set(ALL_ITEMS) - set(plan.items))


def test_one_unit_is_perfect() -> None:
    assert all(row.verdict == "pass" for row in truth("sriphana").values())
    assert not any(seeded(showing) for showing in PLANS["sriphana"].items.values())


def test_every_page_reads_as_finished_thai(ministry: Ministry) -> None:
    pages = [path for path in ministry.folder.rglob("*") if path.suffix in PAGES and path.is_file()]
    assert len(pages) > 300
    for path in pages:
        raw = path.read_bytes()
        text = raw.decode("cp874" if "banmai" in path.parts else "utf-8")
        assert "{{" not in text, path
        assert "{%" not in text, path
        assert ">None<" not in text, path
        assert "&lt;h1" not in text, path
        assert BeautifulSoup(text, "lxml").title, path


@pytest.mark.parametrize("item", ALL_ITEMS)
def test_a_text_names_its_unit_and_moves_with_the_year(item: str) -> None:
    unit = agency_of(PLANS["bangkaeo"])
    now = write_text(item, Showing(), unit)
    before = write_text(item, Showing(year=2565), unit)
    assert now.title == BeautifulSoup(now.body, "lxml").h1.get_text(" ", strip=True)  # type: ignore[union-attr]
    assert unit.name in BeautifulSoup(now.body, "lxml").get_text() or item == "O14"
    timeless = {"O1", "O2", "O3", "O5", "O6", "O9", "O10", "O14", "O15", "O18", "O27", "O28", "O39"}
    assert (now.body == before.body) is (item in timeless)


@pytest.mark.parametrize(
    ("item", "year_shown"),
    [
        ("O11", "ปีงบประมาณ พ.ศ. 2565"),
        ("O12", "31 มีนาคม 2565"),
        ("O13", "ปีงบประมาณ พ.ศ. 2564"),
        ("O31", "4 มกราคม พ.ศ. 2565"),
        ("O4", "2561 - 2565"),
        ("O42", "ปีงบประมาณ พ.ศ. 2564"),
    ],
)
def test_last_years_version_says_last_year(item: str, year_shown: str) -> None:
    text = write_text(item, Showing(year=2565), agency_of(PLANS["bangkaeo"]))
    assert year_shown in text.body


def test_months_of_a_fiscal_year_start_in_the_year_before() -> None:
    assert [f"{m.short} {m.year}" for m in months_of(2566)] == [
        "ต.ค. 2565", "พ.ย. 2565", "ธ.ค. 2565", "ม.ค. 2566", "ก.พ. 2566", "มี.ค. 2566",
    ]  # fmt: skip
    assert AS_OF == "2023-04-30"


def test_executives_are_different_people_with_their_own_contacts() -> None:
    for plan in PLANS.values():
        people = agency_of(plan).people
        for key in ("name", "phone", "email"):
            assert len({getattr(person, key) for person in people}) == len(people), (plan.id, key)


def page(ministry: Ministry, unit_id: str, item: str) -> BeautifulSoup:
    found = find_file(ministry.folder / unit_id, entered(ministry, unit_id, item))
    assert found is not None
    return BeautifulSoup(found.read_bytes(), "lxml")


def test_seeded_slips_show_on_their_pages(ministry: Ministry) -> None:
    faq = (ministry.folder / "bangkaeo/oit/detail-8.php").read_text("utf-8")
    assert "คำถามที่พบบ่อย" in faq
    assert "<textarea" not in faq
    executives = (ministry.folder / "bangkaeo/oit/detail-2.php").read_text("utf-8")
    assert "<img" not in executives
    months = (ministry.folder / "bangkaeo/oit/detail-21.php").read_text("utf-8")
    assert "เดือนกุมภาพันธ์ 2566" in months
    assert "เดือนมกราคม 2566" not in months
    law = page(ministry, "nongbua", "O3").get_text()
    assert law.count("มาตรา") >= 30
    assert "lorem ipsum" in page(ministry, "nongbua", "O10").get_text().lower()
    links = {str(a["href"]) for a in page(ministry, "nongbua", "O14").select("div ul a")}
    assert links == {"#", ""}
    assert "31 ธันวาคม 2565" in page(ministry, "nongbua", "O29").get_text()
    assert "31 มีนาคม 2566" not in page(ministry, "nongbua", "O29").get_text()
    assert page(ministry, "nongbua", "O5").find("iframe") is None
    assert page(ministry, "hatthakam", "O4").find("img") is not None


def test_the_perfect_unit_publishes_six_months_as_spreadsheets(ministry: Ministry) -> None:
    files = sorted((ministry.folder / "sriphana").rglob("o21-*.xlsx"))
    assert len(files) == 6
    sheet = load_workbook(files[0]).active
    assert sheet is not None
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือนตุลาคม 2565 (แบบ สขร.1)"]
    assert len(rows[2]) == 9
    assert rows[2][3] == "ราคากลาง (บาท)"
    assert rows[3][2] == pytest.approx(96000)


def test_word_files_hold_headings_and_tables(ministry: Ministry) -> None:
    word = docx.Document(str(next((ministry.folder / "sriphana").rglob("o37.docx"))))
    assert word.paragraphs[0].text.startswith("รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต")
    assert word.tables[0].cell(0, 1).text == "โครงการ/กิจกรรม"
    assert len(word.tables[0].rows) == 5


@pytest.mark.skipif(find_browser() is None, reason="no Chromium to print with")
def test_pdfs_are_real_and_not_many(ministry: Ministry) -> None:
    pdfs = sorted(ministry.folder.rglob("*.pdf"))
    assert 20 <= len(pdfs) <= 40
    document = read_file(next((ministry.folder / "sriphana").rglob("o12.pdf")))
    assert "รอบ 6 เดือน" in "".join(passage.text for passage in document.passages)


def test_without_a_browser_the_same_texts_are_pages(tmp_path: Path) -> None:
    plain = write_ministry(tmp_path, print_pdfs=False)
    assert not list(tmp_path.rglob("*.pdf"))
    assert entered(plain, "sriphana", "O12") == "/ita-2566/o12/"
    assert (tmp_path / "sriphana/ita-2566/o12/index.html").is_file()


def test_pages_are_the_same_bytes_every_time(ministry: Ministry, tmp_path: Path) -> None:
    again = write_ministry(tmp_path, ministry.folder.parent / "pdfs")
    kept = PAGES | {".json", ".js", ".png", ".pdf"}
    for path in ministry.folder.rglob("*"):
        if path.suffix in kept and path.is_file():
            assert (tmp_path / path.relative_to(ministry.folder)).read_bytes() == path.read_bytes()
    assert again.units == ministry.units == load_ministry(tmp_path).units


def test_writing_again_clears_what_was_written_and_nothing_else(tmp_path: Path) -> None:
    write_ministry(tmp_path, print_pdfs=False)
    (tmp_path / "sriphana" / "stale.html").write_text("เก่า")
    (tmp_path / "notes.txt").write_text("ของผู้ใช้")
    write_ministry(tmp_path, print_pdfs=False)
    assert not (tmp_path / "sriphana" / "stale.html").exists()
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize(
    ("unit_id", "item", "status", "shows"),
    [
        ("bangkaeo", "O17", 404, "ไม่พบหน้าที่ต้องการ"),
        ("akhan", "O17", 200, "ไม่พบหน้าที่ต้องการ"),
        ("akhan", "O41", 500, "500"),
        ("akhan", "O13", 302, ""),
        ("akhan", "O36", 200, "คุณต้องมีสิทธิ์เข้าถึง"),
        ("akhan", "O7", 200, "สำนักงานดูแลอาคารราชการ"),
        ("namsai", "O28", 200, "แบบฟอร์มแจ้งเรื่องร้องเรียนการทุจริต"),
        ("phuetphon", "O4", 500, "500"),
        ("phuetphon", "O11", 429, "429"),
        ("phuetphon", "O13", 403, "Just a moment"),
        ("khaokhwang", "O1", 200, "OIT"),
    ],
)
def test_answers_are_those_the_plan_seeded(
    served: Served, unit_id: str, item: str, status: int, shows: str
) -> None:
    got, headers, body = ask(served, unit_id, entered(served.ministry, unit_id, item))
    assert got == status
    assert shows in body.decode()
    if status == 302:
        assert headers["Location"] == "/member/login.html"
        assert b'type="password"' in ask(served, unit_id, headers["Location"])[2]


def test_every_entered_address_of_the_perfect_unit_answers(served: Served) -> None:
    for item, paths in served.ministry.unit("sriphana").urls.items():
        status, headers, body = ask(served, "sriphana", paths[0])
        assert status == 200, item
        assert len(body) > 800, item
        if paths[0].endswith(".pdf"):
            assert headers["Content-Type"] == "application/pdf"
            assert body.startswith(b"%PDF-")


def test_no_link_of_the_perfect_unit_is_broken(served: Served) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        status, headers, body = ask(served, "sriphana", path)
        assert status == 200, path
        if headers["Content-Type"].startswith("text/html"):
            links = [str(a["href"]) for a in BeautifulSoup(body, "lxml").find_all("a", href=True)]
            waiting += [link for link in links if link.startswith("/")]
            sheets = BeautifulSoup(body, "lxml").select("link[href], img[src], iframe[src^='/']")
            waiting += [str(tag.get("href") or tag.get("src")) for tag in sheets]
    assert len(seen) >= 50


def test_the_old_site_is_in_thai_eight_bit_and_does_not_say_so(served: Served) -> None:
    status, headers, body = ask(served, "banmai", entered(served.ministry, "banmai", "O3"))
    assert (status, headers["Content-Type"]) == (200, "text/html")
    assert b"charset" not in body.lower()
    assert "หน้าที่และอำนาจ" in body.decode("cp874")
    assert b"<frameset" in ask(served, "banmai", "/")[2]


def test_the_app_is_a_shell_whose_data_comes_from_an_api(served: Served) -> None:
    shell = ask(served, "khlongsai", "/ita/")[2].decode()
    assert "แผนดำเนินงาน" not in shell
    _, headers, body = ask(served, "khlongsai", "/api/ita?year=2566")
    assert headers["Content-Type"] == "application/json"
    rows = [row for section in json.loads(body)["sections"] for row in section["rows"]]
    assert len(rows) == len(PLANS["khlongsai"].items)
    assert all(ask(served, "khlongsai", row["href"])[0] == 200 for row in rows)


def test_robots_are_refused_where_the_plan_says(served: Served) -> None:
    assert b"Disallow: /\n" in ask(served, "khaokhwang", "/robots.txt")[2]
    assert b"Disallow:\n" in ask(served, "sriphana", "/robots.txt")[2]


def test_nobody_listens_where_a_host_is_down(served: Served) -> None:
    parts = urlsplit(served.main_site(served.ministry.unit("huaikhing")))
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((parts.hostname, parts.port), timeout=3)


def test_each_unit_has_a_loopback_address_of_its_own(served: Served) -> None:
    sites = [urlsplit(address) for address in served.addresses.values()]
    assert len({site.netloc for site in sites}) == len(sites)
    assert all((site.hostname or "").startswith("127.") for site in sites)


def test_units_come_as_the_registry_holds_them(served: Served) -> None:
    units = {unit.id: unit for unit in served.units()}
    assert set(units) == set(PLANS)
    assert len(units["sriphana"].urls) == 43
    assert units["saithong"].urls == {}
    assert units["akhan"].urls["O36"][0].startswith(served.addresses["drive"])
    assert units["namsai"].urls["O31"][0].startswith("https://www.facebook.com/")


@pytest.mark.parametrize("path", ["/../ministry.json", "/..%2fministry.json", "//etc/passwd"])
def test_nothing_outside_a_site_is_served(served: Served, path: str) -> None:
    parts = urlsplit(served.addresses["sriphana"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 404
    assert b"units" not in answer.read()
    connection.close()


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("<h1>ปี 2566</h1>", "<h1>ปี ๒๕๖๖</h1>"),
        ('<img src="/img/person1.png">1', '<img src="/img/person1.png">๑'),
        ("Do&#39;s 3 ข้อ", "Do&#39;s ๓ ข้อ"),
        ("อีเมล officer1@sriphana.go.th โทร 0 42", "อีเมล officer1@sriphana.go.th โทร ๐ ๔๒"),
    ],
)
def test_thai_digits_in_words_only(fragment: str, shown: str) -> None:
    assert in_thai_digits(fragment) == shown


def test_a_unit_may_write_its_years_in_thai_digits(ministry: Ministry) -> None:
    report = page(ministry, "phuthong", "O12").get_text()
    assert "๓๑ มีนาคม ๒๕๖๕" in report
    assert "31 มีนาคม 2565" not in report


def test_addresses_stay_the_same_from_day_to_day(tmp_path: Path) -> None:
    small = write_ministry(tmp_path, print_pdfs=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serve(small, port) as first:
        assert ask(first, "sriphana", "/")[0] == 200
        before = dict(first.addresses)
    with serve(tmp_path, port) as second:
        assert second.addresses == before


def test_two_ministries_may_be_served_at_once(ministry: Ministry) -> None:
    with serve(ministry) as one, serve(ministry) as other:
        shared = set(one.addresses.values()) & set(other.addresses.values())
        assert shared <= {one.addresses["huaikhing"]}
        assert ask(one, "sriphana", "/")[0] == ask(other, "sriphana", "/")[0] == 200


def test_a_form_on_another_host_is_linked_from_nowhere(ministry: Ministry) -> None:
    address = entered(ministry, "namsai", "O28")
    assert address.startswith("http://drive.demo.invalid/form/")
    pages = (path for path in (ministry.folder / "namsai").rglob("*") if path.suffix in PAGES)
    assert not any("drive.demo.invalid" in path.read_text("utf-8") for path in pages)
