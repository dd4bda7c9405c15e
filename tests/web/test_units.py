"""A unit's page, its files and its history; whose units they are; what is asked of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import ItemVerdict, Verdict
from results.formats.printing import Printer
from results.record import Scope
from results.waivers import Waiver, WaiverKind
from tests.web.seeds import HOSTILE, SCANS, kind_of

if TYPE_CHECKING:
    from tests.web.conftest import Client, Dashboard

People = Callable[..., "Client"]
KEY = "oit-2566"
FILES = ("html", "xlsx", "docx", "csv", "json")
OF_A_UNIT = (
    "/units/{}",
    "/units/{}?scan=1",
    *(f"/units/{{}}/report.{kind}" for kind in (*FILES, "pdf")),
    "/api/v1/units/{}",
    "/api/v1/units/{}/history",
)


def test_a_webmaster_knows_only_the_own_units(client: People) -> None:
    webmaster = client("webmaster")
    for path in OF_A_UNIT:
        assert webmaster.get(path.format("nan")).status_code == 404, path
    assert webmaster.get("/units/surin").status_code == 200
    listed = webmaster.get("/units").text
    assert "จังหวัดสุรินทร์" in listed
    assert "จังหวัดน่าน" not in listed


def test_a_guest_sees_no_unit_and_readers_see_all(client: People) -> None:
    guest = client("guest")
    assert guest.get("/units").status_code == 403
    assert {guest.get(path.format("nan")).status_code for path in OF_A_UNIT} == {404}
    for role in ("administrator", "reviewer", "executive"):
        assert "จังหวัดน่าน" in client(role).get("/units").text
        assert client(role).get("/units/nan").status_code == 200


def test_what_is_not_there_is_not_found(client: People) -> None:
    reviewer = client("reviewer")
    for path in ("/units/nobody", "/units/nan?scan=99", "/units/nan/report.exe"):
        assert reviewer.get(path).status_code == 404, path
    assert reviewer.get("/units/nan?checklist=oit-1999").status_code == 422


def test_the_list_is_searched_in_names_and_ids(client: People) -> None:
    reviewer = client("reviewer")
    assert "จังหวัดน่าน" not in reviewer.get("/units?q=สุรินทร์").text
    assert "จังหวัดน่าน" in reviewer.get("/units?q=NAN").text
    assert "ไม่พบหน่วยงาน" in reviewer.get("/units?q=%25").text


def test_the_page_tells_what_the_report_tells(client: People) -> None:
    reviewer = client("reviewer")
    told = reviewer.get("/api/v1/units/nan").json()["report"]
    shown = reviewer.get("/units/nan").text
    for finding in (*told["fails"], *told["reviews"], *told["errors"], *told["passes"]):
        assert f'id="{finding["item"]}"' in shown
    first = [f["item"] for f in told["fails"]]
    places = [shown.index(f'<li id="{item}"') for item in first]
    assert places == sorted(places)
    assert "ข้อความพร้อมส่งถึงผู้ให้บริการเว็บไซต์" in shown


def test_the_history_has_every_scan_and_item(client: People) -> None:
    told = client("webmaster").get("/api/v1/units/surin/history").json()
    assert [scan["scan"] for scan in told["scans"]] == [1, 2, 3]
    for position, item in enumerate(told["items"]):
        assert item["verdicts"] == [kind_of("surin", position, n).value for n in range(SCANS)]
    strip = "ประวัติข้อ O2: ครบถ้วน 2 ครั้ง (3 เม.ย. 66 ถึง 4 เม.ย. 66) · ไม่ผ่าน 1 ครั้ง (5 เม.ย. 66)"
    assert strip in client("webmaster").get("/units/surin").text


def test_an_older_scan_is_told_as_it_was(client: People) -> None:
    reviewer = client("reviewer")
    then = reviewer.get("/api/v1/units/surin?scan=1").json()["report"]
    assert "O2" in [finding["item"] for finding in then["passes"]]
    assert "มีผลที่ใหม่กว่านี้" in reviewer.get("/units/surin?scan=1").text


def test_an_item_checked_again_is_laid_over_the_whole_scan(dashboard: Dashboard) -> None:
    store, checklist = dashboard.site.store, dashboard.site.checklist(KEY)
    base = store.unit_result(3, "surin")
    number = store.start_scan(checklist, date(2023, 4, 5), {}, "1", Scope.ITEMS)
    mended = ItemVerdict("O2", Verdict.PASS)
    store.save_unit(number, base.unit, [mended], base.coverage, base.documents)
    store.finish_scan(number)
    told = dashboard.client("webmaster").get("/api/v1/units/surin").json()
    assert told["rechecked"] == {"O2": number}
    assert "O2" in [finding["item"] for finding in told["report"]["passes"]]
    assert told["report"]["totals"]["items"] == 43
    assert f"ตรวจซ้ำในครั้งที่ {number}" in dashboard.client("webmaster").get("/units/surin").text


def test_a_decision_is_told_and_makes_the_files_anew(dashboard: Dashboard) -> None:
    reviewer = dashboard.client("reviewer")
    before = reviewer.get("/units/surin/report.json").content
    assert reviewer.get("/units/surin/report.json").content == before
    made = dashboard.site.clock()
    dashboard.site.store.add_waiver(
        Waiver("surin", KEY, "O2", WaiverKind.NOT_APPLICABLE, "นภา", "ไม่มีรองผู้บริหาร", made)
    )
    assert "ไม่มีรองผู้บริหาร" in reviewer.get("/units/surin").text
    assert reviewer.get("/units/surin/report.json").content != before


@pytest.mark.parametrize("kind", FILES)
def test_files_are_saved_under_a_thai_name_and_run_nothing(client: People, kind: str) -> None:
    answer = client("webmaster").get(f"/units/surin/report.{kind}")
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment; ")
    assert "filename*=UTF-8''%E0%B8" in said
    assert said.isascii()
    if kind in ("xlsx", "docx"):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    else:
        assert "จังหวัดสุรินทร์" in answer.content.decode("utf-8-sig")
    if kind == "html":
        assert answer.headers["content-security-policy"].startswith("sandbox")


def test_a_pdf_is_printed_once(client: People, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def pdf(_: Printer, html: str, title: str) -> bytes:
        printed.append(title)
        return b"%PDF-1.7 " + str(len(html)).encode()

    monkeypatch.setattr(Printer, "pdf", pdf)
    webmaster = client("webmaster")
    first, second = (webmaster.get("/units/surin/report.pdf") for _ in range(2))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF")
    assert len(printed) == 1


def test_only_who_may_check_is_offered_to(client: People) -> None:
    for role, offered in (("webmaster", True), ("reviewer", True), ("executive", False)):
        shown = client(role).get("/units/surin").text
        assert ('action="/units/surin/check"' in shown) is offered, role
        assert ('name="item" value="O2"' in shown) is offered, role


def test_a_unit_without_results_says_so(dashboard: Dashboard) -> None:
    other = dashboard.client("webmaster").get("/units/surin?checklist=moi-2566")
    assert other.status_code == 404
    assert "ยังไม่มีผลตรวจของหน่วยงานนี้" in other.text


def test_hostile_words_stay_words(client: People) -> None:
    shown = client("reviewer").get("/units/hostile").text
    assert HOSTILE[0] not in shown
    assert "&lt;script&gt;alert(1)" in shown
