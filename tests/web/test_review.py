"""The review queue over the seeded database: who may, what waits, two people at once, undo."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from accounts.audit import Audit, Sought
from checklist.evidence import Document, Fetch, Passage
from checklist.verdict import Verdict
from results.case_book import CaseBook
from results.cases import Wanted
from results.models import ScanRow
from results.stand_rows import unit_stands
from results.stands import with_decisions
from results.waivers import WaiverKind
from sweep.reporting import note_ended_waivers, report_of
from tests.web.conftest import Client, Clock, Dashboard
from tests.web.seeds import HOSTILE, OWN_UNIT, UNITS
from web.reviewing.desk import Desk
from web.reviewing.showing import FRAME, ITEM

Make = Callable[[str | None], Client]
CASE = "/api/v1/units/nan/items/O3/decisions"
YES = {"kind": "vouched", "reason": "เปิดดูเอกสารแล้ว ครบทุกองค์ประกอบ"}


def mark(client: Client, path: str = CASE) -> str:
    return str(client.get(path).json()["mark"])


def decide(client: Client, path: str = CASE, **more: str) -> int:
    answer = client.post(path, json={**YES, "mark": mark(client, path), **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def waiting(client: Client, query: str = "") -> list[tuple[str, str]]:
    found = client.get(f"/api/v1/reviews?most=500{query}").json()
    assert found["total"] == len(found["cases"])
    return [(one["unit"], one["item"]) for one in found["cases"]]


class TestQueue:
    def test_it_is_ordered_by_points_and_then_by_unit(self, client: Make) -> None:
        cases = client("reviewer").get("/api/v1/reviews?most=500").json()["cases"]
        keys = [(-one["points"], int(one["item"][1:]), one["unit"]) for one in cases]
        assert keys == sorted(keys)
        assert {one["unit"] for one in cases} >= {"surin", "nan", "hostile"}
        assert {one["scan"] for one in cases} == {3}

    @pytest.mark.parametrize(
        "query",
        ["&item=O3", "&type=province", "&reason=ocr_year", "&owner=กลุ่มงานอำนวยการ สำนักงานจังหวัด"],
    )
    def test_it_can_be_narrowed(self, client: Make, query: str) -> None:
        reviewer = client("reviewer")
        assert set(waiting(reviewer, query)) <= set(waiting(reviewer))
        if "item" in query:
            assert {item for _, item in waiting(reviewer, query)} == {"O3"}
        if "type" in query:
            assert {unit for unit, _ in waiting(reviewer, query)} == {"surin", "nan"}

    def test_what_could_not_be_checked_is_a_list_of_its_own(self, client: Make) -> None:
        unseen = waiting(client("reviewer"), "&list=error")
        assert ("dark", "O1") in unseen
        assert not set(unseen) & set(waiting(client("reviewer")))

    def test_filters_that_there_are_not_are_told_in_one_line(self, client: Make) -> None:
        for query in ("about=O99", "type=moon", "reason=none", "list=all"):
            answer = client("reviewer").get(f"/review/list?{query}")
            assert (answer.status_code, "ไม่มี" in answer.text) == (422, True)

    def test_a_newer_scan_of_one_item_leaves_the_others_waiting(
        self, dashboard: Dashboard, client: Make
    ) -> None:
        reviewer = client("reviewer")
        before = waiting(reviewer)
        store, nan = dashboard.site.store, UNITS[1]
        result = store.unit_result(3, "nan")
        passed = [replace(one, verdict=Verdict.PASS) for one in result.verdicts if one.item == "O3"]
        checklist = dashboard.site.checklist()
        scan = store.start_scan(checklist, result.as_of)
        store.save_unit(scan, nan, passed, result.coverage, [])
        assert set(before) - set(waiting(reviewer)) == {("nan", "O3")}
        afresh = CaseBook(dashboard.site.engine, checklist).queue(Wanted(), result.as_of)
        assert [(one.unit, one.item) for one in afresh] == waiting(reviewer)


class TestRights:
    @pytest.mark.parametrize("role", ["executive", "webmaster", "guest"])
    def test_only_reviewers_decide(self, client: Make, role: str) -> None:
        other = client(role)
        asked = mark(client("reviewer"), f"/api/v1/units/{OWN_UNIT}/items/O3/decisions")
        path = f"/api/v1/units/{OWN_UNIT}/items/O3/decisions"
        assert other.get("/review").status_code == 403
        assert other.get("/api/v1/reviews").status_code == 403
        assert other.post(path, json={**YES, "mark": asked}).status_code == 403
        assert other.delete(f"{path}/1").status_code == 403
        assert other.post("/review/undo", data={"decision": "1"}).status_code == 403
        assert client("reviewer").get(path).json()["decisions"] == []

    def test_a_webmaster_sees_decisions_about_their_own_unit_only(self, client: Make) -> None:
        reviewer, webmaster = client("reviewer"), client("webmaster")
        own = f"/api/v1/units/{OWN_UNIT}/items/O3/decisions"
        decide(reviewer, own)
        decide(reviewer)
        page = webmaster.get("/decisions").text
        assert ("จังหวัดสุรินทร์" in page, "จังหวัดน่าน" in page, "/review/undo" in page) == (
            True,
            False,
            False,
        )
        assert len(webmaster.get(own).json()["decisions"]) == 1
        assert webmaster.get(CASE).status_code == 404
        assert webmaster.get("/api/v1/units/nan/decisions").status_code == 404
        assert webmaster.get("/decisions?unit=nan").status_code == 404
        assert client("executive").get("/decisions").text.count("ผ่านโดยการพิจารณา") == 2

    def test_a_guest_sees_nothing_unless_it_is_switched_on(self, dashboard: Dashboard) -> None:
        assert dashboard.client("guest").get("/decisions").status_code == 403


class TestDeciding:
    def test_a_yes_is_kept_counted_and_written_down(
        self, dashboard: Dashboard, client: Make
    ) -> None:
        reviewer = client("reviewer")
        number = decide(reviewer)
        assert ("nan", "O3") not in waiting(reviewer)
        (told,) = reviewer.get(CASE).json()["decisions"]
        assert (told["id"], told["made_by"], told["standing"]) == (number, "วิชัย ตรวจตรา", "active")
        site = dashboard.site
        report = report_of(site.store, site.checklist(), 3, "nan")
        assert [one.item for one in report.vouched] == ["O3"]
        stood = unit_stands(site.store, "oit-2566", "nan")[-1]
        kept = site.store.waivers("oit-2566", "nan")
        shown = with_decisions(stood, kept, site.clock().date()).items["O3"]
        assert (shown.verdict, shown.answered) == (Verdict.VOUCHED, True), "history as reports"
        (entry,) = Audit(site.engine).page(Sought(what="review.decided"), 0, 1)
        assert (entry.who, entry.subject, entry.detail["item"]) == ("reviewer", "unit:nan", "O3")

    @pytest.mark.parametrize(
        ("path", "more", "says"),
        [
            (CASE, {"reason": "  "}, "เหตุผล"),
            (CASE, {"until": "2020-01-01"}, "ผ่านไปแล้ว"),
            (CASE, {"mark": "nonsense"}, "ไม่ครบ"),
            ("/api/v1/units/nan/items/O1/decisions", {}, "ครบถ้วนอยู่แล้ว"),
            ("/api/v1/units/dark/items/O1/decisions", {}, "ทำได้เพียงยกเว้น"),
        ],
    )
    def test_what_cannot_be_decided_is_told_in_one_line(
        self, client: Make, path: str, more: dict[str, str], says: str
    ) -> None:
        reviewer = client("reviewer")
        answer = reviewer.post(path, json={**YES, "mark": mark(reviewer, path), **more})
        assert answer.status_code == 422
        assert says in answer.json()["error"]["message"]
        assert reviewer.get(path).json()["decisions"] == []

    def test_of_two_people_at_once_one_decides(self, client: Make) -> None:
        first, second = client("reviewer"), client("administrator")
        seen = mark(second)
        decide(first)
        late = second.post(CASE, json={**YES, "mark": seen})
        assert late.status_code == 409
        assert "วิชัย ตรวจตรา พิจารณาข้อนี้แล้ว" in late.json()["error"]["message"]
        assert len(first.get(CASE).json()["decisions"]) == 1

    def test_a_case_that_was_decided_and_taken_back_meanwhile_is_looked_at_again(
        self, client: Make
    ) -> None:
        first, second = client("reviewer"), client("administrator")
        seen = mark(second)
        number = decide(first)
        assert first.delete(f"{CASE}/{number}").status_code == 200
        late = second.post(CASE, json={**YES, "mark": seen})
        assert (late.status_code, "ดูเรื่องนี้อีกครั้ง" in late.text) == (409, True)

    def test_a_newer_scan_makes_the_open_form_stale(
        self, dashboard: Dashboard, client: Make
    ) -> None:
        reviewer = client("reviewer")
        seen = mark(reviewer)
        rescanned(dashboard, "nan")
        assert reviewer.post(CASE, json={**YES, "mark": seen}).status_code == 409

    def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(self, client: Make) -> None:
        reviewer = client("reviewer")
        form = {
            "unit": "nan",
            "item": "O3",
            "kind": "accepted",
            "reason": "รอแก้",
            "until": "เร็ว ๆ นี้",
        }
        answer = reviewer.post("/review/decide", data={**form, "mark": mark(reviewer)})
        assert answer.status_code == 422
        assert "อ่านวันที่ «เร็ว ๆ นี้» ไม่ได้" in answer.text
        assert ">รอแก้</textarea>" in answer.text


def rescanned(dashboard: Dashboard, unit_id: str, content: str = "") -> int:
    """The unit's third result again in a new scan; its pages say `content` where it is given."""
    store, checklist = dashboard.site.store, dashboard.site.checklist()
    result = store.unit_result(3, unit_id)
    documents = [
        Document(
            Fetch(one.url, one.final_url, sha256=one.sha256, size=one.size, problem=one.problem),
            title=one.title,
            passages=(Passage(content),) if content else (),
        )
        for one in result.documents
    ]
    unit = next(one for one in UNITS if one.id == unit_id)
    scan = store.start_scan(checklist, result.as_of)
    store.save_unit(scan, unit, result.verdicts, result.coverage, documents)
    store.finish_scan(scan)
    with store.writing() as session:
        day = dashboard.site.clock()
        session.execute(update(ScanRow).where(ScanRow.id == scan).values(started=day))
    note_ended_waivers(checklist, store, scan, unit_id)
    return scan


class TestStaying:
    def test_an_answer_stays_through_later_scans_until_the_page_changes(
        self, dashboard: Dashboard, client: Make
    ) -> None:
        reviewer = client("reviewer")
        decide(reviewer)
        rescanned(dashboard, "nan")
        assert ("nan", "O3") not in waiting(reviewer)
        rescanned(dashboard, "nan", "ฉบับปรับปรุงใหม่")
        assert ("nan", "O3") in waiting(reviewer)
        rescanned(dashboard, "nan")
        assert ("nan", "O3") in waiting(reviewer), "what has ended does not come back by itself"
        assert decide(reviewer, kind="judged_lacking") == 2

    def test_a_new_answer_ends_the_one_before(self, dashboard: Dashboard, client: Make) -> None:
        reviewer = client("reviewer")
        decide(reviewer)
        rescanned(dashboard, "nan", "ฉบับปรับปรุงใหม่")
        decide(reviewer, kind="judged_lacking")
        told = reviewer.get(CASE).json()["decisions"]
        assert [one["standing"] for one in told] == ["active", "ended"]
        assert "พิจารณาใหม่เป็นหมายเลข 2" in told[1]["line"]

    def test_a_waived_item_waits_again_after_its_last_day(self, client: Make, clock: Clock) -> None:
        reviewer = client("reviewer")
        decide(reviewer, kind="not_applicable", until="2023-04-06")
        assert ("nan", "O3") not in waiting(reviewer)
        clock.turn(days=2)
        reviewer = client("reviewer")
        assert ("nan", "O3") in waiting(reviewer)


class TestUndo:
    def test_ones_own_goes_step_by_step_and_the_trail_stays(self, client: Make) -> None:
        reviewer = client("reviewer")
        decide(reviewer)
        other = "/api/v1/units/nan/items/O8/decisions"
        decide(reviewer, other)
        back = reviewer.post("/review/undo")
        assert back.headers["location"] == "/review?unit=nan&item=O8&undone=2"
        back = reviewer.post("/review/undo")
        assert back.headers["location"] == "/review?unit=nan&item=O3&undone=1"
        assert reviewer.post("/review/undo").status_code == 404
        assert {("nan", "O3"), ("nan", "O8")} <= set(waiting(reviewer))
        (told,) = reviewer.get(CASE).json()["decisions"]
        assert (told["standing"], "ผู้พิจารณาถอนคืนเอง" in told["line"]) == ("ended", True)

    def test_anothers_needs_a_reason(self, client: Make) -> None:
        number = decide(client("reviewer"))
        admin = client("administrator")
        assert admin.post("/review/undo", data={"decision": "0"}).status_code == 404
        assert admin.delete(f"{CASE}/{number}").status_code == 422
        assert admin.delete(f"{CASE}/{number}?reason=เอกสารผิดหน่วย").json()["ended_by"] == "สมใจ ใจดี"
        assert admin.delete(f"{CASE}/{number}?reason=อีกครั้ง").status_code == 409

    def test_of_another_item_there_is_no_such_decision(self, client: Make) -> None:
        reviewer = client("reviewer")
        number = decide(reviewer)
        assert reviewer.delete(f"/api/v1/units/nan/items/O8/decisions/{number}").status_code == 404
        assert reviewer.delete(f"{CASE}/99").status_code == 404


class TestPages:
    def test_deciding_goes_on_to_the_next_case_with_the_filters_kept(self, client: Make) -> None:
        reviewer = client("reviewer")
        form = {"unit": "nan", "item": "O3", "kind": WaiverKind.VOUCHED.value, "reason": "ดูแล้ว"}
        answer = reviewer.post("/review/decide?about=O3", data={**form, "mark": mark(reviewer)})
        assert answer.headers["location"] == "/review?about=O3&unit=surin&item=O3&done=1"
        shown = reviewer.get(answer.headers["location"]).text
        assert "บันทึกหมายเลข 1 แล้ว: จังหวัดน่าน O3" in shown

    def test_without_script_every_answer_is_a_form(self, client: Make) -> None:
        page = client("reviewer").get("/review?unit=nan&item=O3").text
        assert page.count('action="/review/decide"') == 3
        assert 'value="vouched"' in page
        unseen = client("reviewer").get("/review?unit=dark&item=O1&list=error").text
        assert unseen.count('action="/review/decide?list=error"') == 1
        assert 'value="vouched"' not in unseen

    def test_what_a_site_says_stays_text(self, client: Make) -> None:
        page = client("reviewer").get("/review?unit=hostile&item=O3").text
        assert HOSTILE[0] not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_there_is_no_case_of_an_unknown_unit(self, client: Make) -> None:
        assert client("reviewer").get("/review?unit=nobody&item=O3").status_code == 404
        assert client("reviewer").get("/review?unit=nan&item=O99").status_code == 404

    def test_the_archived_page_is_shown_where_this_version_can(self, dashboard: Dashboard) -> None:
        site = dashboard.site
        with_evidence = Desk(site, site.checklist(), (FRAME, ITEM)).case("nan", "O3")
        assert re.fullmatch(
            r"/units/nan/items/O3/scans/3/copies/\d+/page\?quote=1#quote", with_evidence.frame
        )
        assert with_evidence.page == "/units/nan/items/O3?scan=3"
        without = Desk(site, site.checklist()).case("nan", "O3")
        assert (without.frame, without.page) == ("", "")

    def test_a_long_list_goes_on_over_the_page(self, client: Make) -> None:
        reviewer = client("reviewer")
        first = reviewer.get("/review/list?list=error").text
        assert 'href="/review/list?list=error&amp;page=2"' in first
        assert "51–" in reviewer.get("/review/list?list=error&page=2").text

    def test_an_empty_queue_says_so(self, client: Make) -> None:
        page = client("reviewer").get("/review?about=O1").text
        assert "ไม่มีเรื่องที่รอพิจารณา" in page
