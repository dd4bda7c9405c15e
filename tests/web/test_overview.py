"""The overview page and its operations: what it shows, to whom, and what it refuses."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlalchemy import delete

from checklist.loader import load
from results.models import ScanRow
from results.waivers import Waiver, WaiverKind
from tests.databases import database_at
from tests.web.conftest import Client, Clock, Dashboard
from tests.web.seeds import CHECKLIST, HOSTILE, SCANS, UNITS, kind_of
from web.moments import machine_moment
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import Page


Clients = Callable[[str | None], Client]
OIT = load(CHECKLIST)
READERS = ("administrator", "reviewer", "executive")


@pytest.fixture(scope="module")
def still(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """Clients of one dashboard for all tests that only look."""
    folder = tmp_path_factory.mktemp("overview") / "var"
    shutil.copytree(seeds, folder)
    site = Site(Sources(database_at(f"{folder}/oit.db"), folder, "1.2.3"), WebSettings(), Clock())
    dashboard, known = Dashboard(site), dict[str | None, Client]()

    def of(role: str | None) -> Client:
        if role not in known:
            known[role] = dashboard.client(role)
        return known[role]

    yield of
    site.close()


def soup(client: Client, path: str = "/overview") -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def names(page: BeautifulSoup) -> list[str]:
    return [one.get_text(strip=True) for one in page.select("#grid tbody th")]


def figures(page: BeautifulSoup) -> list[str]:
    return [one.get_text(strip=True) for one in page.select(".overview-cards .figure")]


@pytest.mark.parametrize("role", READERS)
def test_who_may_read_everything_sees_every_unit_by_every_item(still: Clients, role: str) -> None:
    page = soup(still(role))
    assert sorted(names(page)) == sorted(" ".join(unit.name.split()) for unit in UNITS)
    assert len(page.select("#grid tbody td a.cell")) == len(UNITS) * 43
    assert figures(page)[0] == "6"


def test_a_cell_says_its_verdict_in_a_word_and_opens_its_evidence(still: Clients) -> None:
    page = soup(still("reviewer"))
    cell = page.select_one(f'#grid a[href="/units/surin/items/O2?scan={SCANS}"]')
    assert cell is not None
    assert cell["aria-label"] == "O2 ขาดข้อมูล"
    assert cell.get_text(strip=True) == "✗"
    own = page.select_one('#grid th a[href="/units/surin"]')
    assert own is not None
    assert own.get_text() == "จังหวัดสุรินทร์"


def test_the_grid_is_that_of_the_scan(still: Clients) -> None:
    answer = still("reviewer").get("/api/v1/units").json()
    told = {unit["id"]: {c["item"]: c["group"] for c in unit["cells"]} for unit in answer["units"]}
    groups = {"fail": "missing"}
    assert told == {
        unit.id: {
            item.id: groups.get(verdict, verdict)
            for at, item in enumerate(OIT.items)
            for verdict in [kind_of(unit.id, at, SCANS - 1).value]
        }
        for unit in UNITS
    }


def test_a_webmaster_meets_no_other_unit_in_any_figure(still: Clients) -> None:
    own, all_ = still("webmaster"), still("reviewer")
    page = soup(own)
    assert names(page) == ["จังหวัดสุรินทร์"]
    assert figures(page)[0] == "1"
    for unit in UNITS[1:]:
        assert unit.id not in page.get_text()
        assert unit.name not in page.get_text()
    told, whole = (one.get("/api/v1/overview").json() for one in (own, all_))
    assert (told["head"]["units"], whole["head"]["units"]) == (1, 6)
    assert sum(told["head"]["groups"].values()) == 43
    assert all(sum(item["groups"].values()) == 1 for item in told["items"])
    assert all(point["units"] == point["shared"] == 1 for point in told["trend"])
    assert {owner["units"] for owner in told["owners"]} == {1}
    assert own.get("/api/v1/units?q=nan").json()["total"] == 0
    assert "nan" not in own.get("/overview/export.csv").text


def test_a_guest_reads_only_when_that_is_switched_on(dashboard: Dashboard) -> None:
    for path in ("/overview", "/api/v1/overview", "/api/v1/units", "/overview/export.csv"):
        assert dashboard.client("guest").get(path).status_code == 403
        with dashboard.set_up(guests="read") as open_to_guests:
            assert open_to_guests.client("guest").get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ("q=จังหวัด", {"surin", "nan"}),
        ("q=DOPA", {"dopa"}),
        ("type=local", {"bangrak-sao", "dark", "hostile"}),
        ("type=local&verdict=pass", {"bangrak-sao", "hostile"}),
        ("item=O2&verdict=missing", {"surin", "nan", "dopa", "bangrak-sao", "hostile"}),
        ("item=O1&verdict=fail", set()),
        ("reason=timeout&q=สุรินทร์", set()),
        ("reason=ocr_year", {"surin", "nan", "dopa", "bangrak-sao", "hostile"}),
    ],
)
def test_filters_choose_units_in_page_and_program_alike(
    still: Clients, query: str, units: set[str]
) -> None:
    asker = still("executive")
    told = asker.get(f"/api/v1/units?{query}").json()
    assert {unit["id"] for unit in told["units"]} == units
    page = soup(asker, f"/overview?{query}")
    shown = {unit.name for unit in UNITS if unit.id in units}
    assert {*names(page)} == {" ".join(name.split()) for name in shown}
    assert asker.get(f"/api/v1/overview?{query}").json()["head"]["units"] == len(units)
    lines = csv.reader(io.StringIO(asker.get(f"/overview/export.csv?{query}").text))
    assert {line[0] for line in list(lines)[1:]} == units


def test_what_is_chosen_stays_in_the_form_and_in_the_links(still: Clients) -> None:
    owner = OIT.owner_of(OIT.items[0], UNITS[0].type)
    query = f"q=จังหวัด&owner={owner}&verdict=pass&sort=name&page=1"
    page = soup(still("reviewer"), f"/overview?{query}")
    chosen = {
        one["name"]: option["value"]
        for one in page.select(".filters select")
        for option in one.select("option[selected]")
    }
    assert (chosen["owner"], chosen["verdict"], chosen["sort"]) == (owner, "pass", "name")
    assert page.select_one("#q")["value"] == "จังหวัด"  # type: ignore[index]
    export = page.select_one('a[href^="/overview/export.xlsx"]')
    assert export is not None
    assert "sort=name" in str(export["href"])
    heads = [one.get_text(strip=True).split(" ")[0] for one in page.select("#grid thead th a")]
    assert heads
    assert len(heads) < 43


def test_the_grid_comes_in_parts(still: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.overview.A_PAGE", 4)
    monkeypatch.setattr("web.api.overview.A_PAGE", 4)
    asker = still("reviewer")
    first, second = (soup(asker, f"/overview?sort=name&page={n}") for n in (1, 2))
    assert (len(names(first)), len(names(second))) == (4, 2)
    assert names(first) + names(second) == sorted(names(first) + names(second))
    assert "page=2" in str(first.select_one('.pager a[rel="next"]'))
    told = asker.get("/api/v1/units?sort=name&page=2").json()
    assert (told["page"], told["pages"], told["total"]) == (2, 2, 6)
    beyond = asker.get("/api/v1/units?page=999").json()
    assert beyond["page"] == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("type=ministry", 422),
        ("verdict=maybe", 422),
        ("reason=nonsense", 422),
        ("item=O99", 422),
        ("sort=luck", 422),
        ("page=0", 422),
        ("page=-1", 422),
        ("scan=x", 422),
        ("scan=²", 422),
        ("checklist=oit-1999", 422),
        ("checklist=../oit-2566", 422),
        ("q=" + "ก" * 300, 422),
        ("scan=999", 404),
        ("scan=1&checklist=moi-2566", 404),
    ],
)
def test_what_there_is_not_is_refused_in_one_line(still: Clients, query: str, status: int) -> None:
    for path in ("/overview", "/api/v1/overview", "/api/v1/units", "/overview/export.csv"):
        answer = still("reviewer").get(f"{path}?{query}")
        assert answer.status_code == status, path
    assert "error" in still("reviewer").get(f"/api/v1/units?{query}").json()


def test_another_kind_of_file_is_not_there(still: Clients) -> None:
    assert still("reviewer").get("/overview/export.exe").status_code == 404


def test_an_older_scan_is_shown_as_it_was_with_the_scans_before_it(still: Clients) -> None:
    told = still("reviewer").get("/api/v1/overview?scan=2").json()
    assert told["scan"]["id"] == 2
    assert [point["scan_id"] for point in told["trend"]] == [1, 2]
    page = soup(still("reviewer"), "/overview?scan=2")
    assert page.select_one('#grid a[href="/units/nan/items/O7?scan=2"]') is not None
    last = soup(still("reviewer"))
    assert len(last.select(".trend circle")) == SCANS
    rows = last.select('[aria-labelledby="trend-title"] tbody tr')
    assert [row.select_one("th").get_text(strip=True) for row in rows] == [  # type: ignore[union-attr]
        "ครั้งนี้", "ครั้งที่ 2", "ครั้งที่ 1",
    ]  # fmt: skip


def test_a_decision_of_a_person_is_in_the_grid_at_once(
    client: Clients, dashboard: Dashboard
) -> None:
    asker = client("reviewer")
    before = asker.get("/api/v1/overview").json()["head"]["groups"]
    made = Waiver(
        "surin", CHECKLIST, "O2", WaiverKind.ACCEPTED, "เจ้าหน้าที่", "เหตุผล",
        dashboard.site.clock(), scan_id=SCANS,
    )  # fmt: skip
    dashboard.site.store.add_waiver(made)
    after = asker.get("/api/v1/overview").json()["head"]["groups"]
    assert after["waived"] == before["waived"] + 1
    assert after["missing"] == before["missing"] - 1
    assert "O2 ได้รับยกเว้น" in asker.get("/overview?q=surin").text


def test_names_from_the_registry_cannot_run(still: Clients) -> None:
    text = still("reviewer").get(f"/overview?q={HOSTILE[2]}").text
    assert HOSTILE[0] not in text
    assert HOSTILE[2] not in text
    assert "<script>" not in text
    whole = soup(still("reviewer"))
    assert not whole.select("[style], #board script, [onclick]")


def test_the_tables_to_take_away_hold_the_filtered_grid_and_no_formula(
    client: Clients, dashboard: Dashboard
) -> None:
    from sqlalchemy import update

    from results.board.models import BoardRow

    with dashboard.site.store.writing() as session:
        session.execute(
            update(BoardRow).where(BoardRow.unit_id == "nan").values(name='=HYPERLINK("x")')
        )
    asker = client("reviewer")
    answer = asker.get("/overview/export.csv?verdict=fail&sort=name")
    assert "attachment" in answer.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][:2] == ["รหัสหน่วยงาน", "หน่วยงาน"]
    assert lines[0][7:] == [item.id for item in OIT.items]
    by_id = {line[0]: line for line in lines[1:]}
    assert by_id["nan"][1] == '\'=HYPERLINK("x")'
    assert {*by_id["nan"][7:]} == {"ขาดข้อมูล", ""}
    assert "dark" not in by_id
    book = load_workbook(io.BytesIO(asker.get("/overview/export.xlsx?verdict=fail").content))
    sheet: Any = book.worksheets[0]
    assert sheet.max_row == len(by_id) + 1
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == set(by_id)


def test_without_any_scan_the_page_says_so(client: Clients, dashboard: Dashboard) -> None:
    with dashboard.site.store.writing() as session:
        session.execute(delete(ScanRow))
    asker = client("reviewer")
    assert "ยังไม่มีผลตรวจ" in soup(asker).get_text()
    assert asker.get("/api/v1/overview").json()["scan"] is None
    assert asker.get("/api/v1/units").json()["total"] == 0
    assert asker.get("/overview/export.csv").status_code == 404
    assert "ยังไม่มีผลตรวจ" in soup(asker, "/overview?checklist=moi-2566").get_text()


def test_a_scan_under_way_is_not_taken_for_the_newest(
    client: Clients, dashboard: Dashboard
) -> None:
    store = dashboard.site.store
    begun = store.start_scan(OIT, dashboard.site.clock().date())
    result = store.unit_result(SCANS, "nan")
    store.save_unit(begun, result.unit, result.verdicts, result.coverage, [])
    asker = client("reviewer")
    assert asker.get("/api/v1/overview").json()["scan"]["id"] == SCANS
    told = asker.get(f"/api/v1/overview?scan={begun}").json()
    assert (told["scan"]["status"], told["head"]["units"]) == ("running", 1)
    assert "ยังไม่จบ" in soup(asker, f"/overview?scan={begun}").get_text()
    assert machine_moment(store.scan(begun).started) in str(soup(asker, f"/overview?scan={begun}"))


def test_in_a_browser_filters_work_while_typing_and_arrows_move_between_cells(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("executive")
    page.goto("/overview")
    assert page.locator("#grid tbody tr").count() == 6
    accessible(page)
    page.locator("#q").press_sequentially("จังหวัดน่าน")
    expect(page.locator("#grid tbody tr")).to_have_count(1)
    page.wait_for_url("**/overview?*q=*")
    assert "export.csv" in (page.locator("text=ส่งออก CSV").get_attribute("href") or "")
    page.locator("#grid tbody th a").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("/O1?scan=3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert "item=O2" in page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("End")
    assert "item=O43" in page.evaluate("document.activeElement.getAttribute('href')")
    page.reload()
    assert page.locator("#grid tbody tr").count() == 1
    assert page.locator("#q").input_value() == "จังหวัดน่าน"


def test_on_a_phone_the_page_is_no_wider_than_the_screen(
    page_as: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = page_as("webmaster", width=390)
    page.goto("/overview")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(page)
    box = page.locator(".grid-scroll")
    box.evaluate("one => { one.scrollLeft = 600 }")
    left = page.locator("#grid tbody th").first.bounding_box()
    assert left is not None
    assert left["x"] < 30


def test_an_older_scan_says_that_there_is_a_newer_one(client: Clients) -> None:
    reviewer = client("reviewer")
    assert "กำลังดูผลของการตรวจครั้งเก่า" in reviewer.get("/overview?scan=1").text
    assert "กำลังดูผลของการตรวจครั้งเก่า" not in reviewer.get("/overview").text
