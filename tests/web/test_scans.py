"""The pages and operations of scans: who may look, ask, stop; bad input in one Thai line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from accounts.audit import Audit, Sought
from results.record import ScanStatus, Scope
from tests.web.registry_seeds import empty_registry
from tests.web.seeds import HOSTILE
from web.scans.book import JobBook
from web.scans.command import arguments_of
from web.scans.jobs import JobState, Wanted
from web.scans.places import jobs_folder
from web.scans.snapshot import Watch, read_snapshot
from web.scans.watching import told
from web.viewer import Viewer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Client, Dashboard
    from web.scans.jobs import Job

KEY = "oit-2566"
HEAD = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก\n"
People = Callable[..., "Client"]


@pytest.fixture
def registry(dashboard: Dashboard) -> Dashboard:
    """A dashboard whose registry is a file of an earlier version that holds two units."""
    empty_registry(dashboard.site.engine)
    rows = "".join(
        f"{one},จังหวัด{one},จังหวัด,https://{one}.example.go.th/\n" for one in ("surin", "nan")
    )
    (dashboard.site.home / "units.csv").write_text(HEAD + rows, encoding="utf-8")
    return dashboard


def jobs_of(dashboard: Dashboard) -> list[Job]:
    return JobBook(dashboard.site.engine).open_jobs()


def left_unfinished(dashboard: Dashboard, scope: Scope = Scope.WHOLE) -> int:
    store, checklist = dashboard.site.store, dashboard.site.checklist(KEY)
    settings = {"units": [{"id": "surin", "name": "จังหวัดสุรินทร์"}], "items": ["O1"]}
    number = store.start_scan(checklist, date(2023, 4, 6), settings, "1", scope)
    store.finish_scan(number, ScanStatus.INTERRUPTED)
    return number


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/scans", {"administrator", "reviewer", "executive"}),
        ("/scans/live", {"administrator", "reviewer", "executive"}),
        ("/scans/3", {"administrator", "reviewer", "executive"}),
        ("/scans/3/changes", {"administrator", "reviewer", "executive"}),
        ("/scans/new", {"administrator", "reviewer"}),
        ("/api/v1/scans", {"administrator", "reviewer", "executive"}),
        ("/api/v1/scans/3", {"administrator", "reviewer", "executive"}),
    ],
)
def test_who_may_look(client: People, path: str, allowed: set[str]) -> None:
    for role in ("administrator", "reviewer", "executive", "webmaster", "guest"):
        assert client(role).get(path).status_code == (200 if role in allowed else 403), role


@pytest.mark.parametrize("role", ["executive", "webmaster", "guest"])
def test_who_may_not_run_scans(registry: Dashboard, role: str) -> None:
    job = JobBook(registry.site.engine).ask(Wanted(KEY), "admin", registry.site.clock())[0].id
    number = left_unfinished(registry)
    client = registry.client(role)
    for path in ("/scans", f"/scans/{number}/resume", f"/scans/{number}/stop"):
        assert client.post(path).status_code == 403, path
        assert client.post(f"/api/v1{path}", json={}).status_code == 403, path
    refused = 403 if role == "executive" else 404
    assert client.post(f"/scans/jobs/{job}/stop").status_code == refused
    assert jobs_of(registry)[0].stops == 0


def test_the_page_shows_every_scan_with_what_it_found(client: People) -> None:
    text = client("reviewer").get("/scans").text
    assert "ไม่มีการตรวจที่กำลังทำ และไม่มีคิว" in text
    for number in (1, 2, 3):
        assert f'href="/scans/{number}"' in text
    assert "คำสั่งบนเครื่อง" in text
    assert "สั่งตรวจ" not in client("executive").get("/scans").text


def test_one_scan_in_full_with_hostile_titles_as_text(client: People) -> None:
    text = client("executive").get("/scans/3").text
    assert "สาเหตุที่ตรวจไม่ได้" in text
    assert "เทียบกับครั้งที่ 2" in text
    changes = client("executive").get("/scans/3/changes").text
    assert HOSTILE[0] not in changes
    assert client("executive").get("/scans/99").status_code == 404
    assert client("executive").get("/scans/1/changes").status_code == 422
    assert client("executive").get("/scans/3/changes?since=3").status_code == 422


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("json", b"{")])
def test_the_overview_of_a_scan_is_taken_away(client: People, kind: str, begins: bytes) -> None:
    answer = client("executive").get(f"/scans/3/overview.{kind}")
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(begins)
    assert f'filename="overview-scan3.{kind}"' in answer.headers["content-disposition"]
    assert client("executive").get("/scans/3/overview.exe").status_code == 404
    assert client("webmaster").get(f"/scans/3/overview.{kind}").status_code == 403


def test_a_large_scan_is_taken_away_as_a_workbook_of_every_unit_and_item(
    client: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pages.scan_files.MOST_UNITS", "pages.scans.MOST_UNITS", "overview.tables.LONG"):
        monkeypatch.setattr(f"web.{name}", 1)
    asker = client("executive")
    book = load_workbook(io.BytesIO(asker.get("/scans/3/overview.xlsx").content))
    grid = list(book.worksheets[0].values)
    small = load_workbook(io.BytesIO(asker.get("/overview/export.xlsx?scan=3").content))
    assert grid == list(small.worksheets[0].values)
    assert (len(grid), len(grid[0])) == (1 + 6, 7 + 43)
    assert book.worksheets[0].auto_filter.ref == "A1:AX7"
    by_program = load_workbook(io.BytesIO(asker.get("/api/v1/scans/3/overview.xlsx").content))
    assert list(by_program.worksheets[0].values) == grid
    assert asker.get("/api/v1/scans/3/overview.exe").status_code == 404
    refused = asker.get("/api/v1/scans/3/overview.pdf")
    assert (refused.status_code, "Excel เท่านั้น" in refused.text) == (422, True)
    shown = asker.get("/scans/3").text
    assert "/scans/3/overview.xlsx" in shown
    assert "/scans/3/overview.pdf" not in shown


def test_a_scan_is_asked_for_and_written_down(registry: Dashboard) -> None:
    client = registry.client("reviewer")
    form = {"checklist": KEY, "units": "surin, nan", "items": "O1,o5-๙", "from_scratch": "true"}
    answer = client.post("/scans", data=form)
    (job,) = jobs_of(registry)
    assert answer.headers["location"] == f"/scans/jobs/{job.id}"
    assert job.wanted == Wanted(KEY, ("surin", "nan"), ("O1", "O5", "O6", "O7", "O8", "O9"), True)
    assert (job.asked_by, job.state) == ("reviewer", JobState.WAITING)
    shown = client.get(f"/scans/jobs/{job.id}").text
    assert "กำลังจะเริ่ม" in shown
    assert "จังหวัดsurin" in shown
    assert f'href="/scans/jobs/{job.id}"' in client.get("/scans").text
    (entry,) = Audit(registry.site.engine).page(Sought(what="scan.asked"), 0, 5)
    assert (entry.who, entry.subject) == ("reviewer", f"scan-job:{job.id}")
    assert entry.detail["units"] == ["surin", "nan"]


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"units": "nowhere"}, "nowhere"),
        ({"units": "--shipped"}, "--shipped"),
        ({"items": "O99"}, "O99"),
        ({"items": "O9-O5"}, "O9-O5"),
        ({"items": "<b>"}, "&lt;b&gt;"),
        ({"checklist": "../secret"}, "../secret"),
    ],
)
def test_bad_input_is_told_and_nothing_is_queued(
    registry: Dashboard, form: dict[str, str], word: str
) -> None:
    answer = registry.client("reviewer").post("/scans", data=form)
    assert answer.status_code == 422
    assert word in answer.text.partition('role="alert">')[2].partition("</p>")[0]
    assert jobs_of(registry) == []


def test_without_a_registry_not_everything_can_be_swept(dashboard: Dashboard) -> None:
    empty_registry(dashboard.site.engine)
    answer = dashboard.client("reviewer").post("/api/v1/scans", json={})
    assert answer.status_code == 422
    assert "ทะเบียน" in answer.json()["error"]["message"]
    assert (
        dashboard.client("reviewer").post("/api/v1/scans", json={"units": ["surin"]}).status_code
        == 202
    )


def test_an_unfinished_scan_is_gone_on_with_once(registry: Dashboard) -> None:
    number = left_unfinished(registry)
    client = registry.client("reviewer")
    text = client.get(f"/scans/{number}").text
    assert "ทำต่อ" in text
    assert "จังหวัดสุรินทร์" in text
    assert client.post(f"/scans/{number}/resume").status_code == 303
    (job,) = jobs_of(registry)
    assert job.wanted == Wanted(KEY, resume=number)
    again = client.post(f"/api/v1/scans/{number}/resume")
    assert "อยู่ในคิว" in again.json()["error"]["message"]
    assert client.post("/scans/1/resume").status_code == 422
    assert client.post("/scans/99/resume").status_code == 404


def test_a_webmaster_checks_own_units_alone(registry: Dashboard) -> None:
    client = registry.client("webmaster")
    assert client.post("/units/nan/check").status_code == 404
    assert client.post("/api/v1/units/nan/checks", json={}).status_code == 404
    assert client.post("/units/surin/check", data={"item": ["O1", "O12"]}).status_code == 303
    (job,) = jobs_of(registry)
    assert job.wanted == Wanted(KEY, ("surin",), ("O1", "O12"), from_scratch=True)
    assert client.get(f"/scans/jobs/{job.id}").status_code == 200
    (entry,) = Audit(registry.site.engine).page(Sought(what="unit.check_asked"), 0, 5)
    assert (entry.who, entry.subject) == ("webmaster", "unit:surin")
    assert registry.client("executive").post("/units/surin/check").status_code == 403


def test_a_webmaster_sees_and_stops_nothing_of_others(registry: Dashboard) -> None:
    book, now = JobBook(registry.site.engine), registry.site.clock()
    of_nan = book.ask(Wanted(KEY, ("nan",)), "reviewer", now)[0].id
    of_surin = book.ask(Wanted(KEY, ("surin",)), "reviewer", now)[0].id
    client = registry.client("webmaster")
    assert client.get(f"/api/v1/scans/jobs/{of_nan}").status_code == 404
    assert client.post(f"/scans/jobs/{of_nan}/stop").status_code == 404
    assert client.get(f"/api/v1/scans/jobs/{of_surin}").status_code == 200
    assert client.post(f"/scans/jobs/{of_surin}/stop").status_code == 403
    own = client.post("/api/v1/units/surin/checks", json={"items": ["O1"]}).json()["job"]["job"]
    stopped = client.post(f"/api/v1/scans/jobs/{own}/stop").json()["job"]
    assert (stopped["state"], stopped["message"]) == ("stopped", "ยกเลิกก่อนเริ่มตรวจ")
    assert client.post(f"/api/v1/scans/jobs/{own}/stop").status_code == 422


def test_a_scan_that_was_not_asked_for_here_is_not_stopped_here(registry: Dashboard) -> None:
    answer = registry.client("administrator").post("/api/v1/scans/3/stop")
    assert answer.status_code == 422
    assert "oit schedule" in answer.json()["error"]["message"]


def test_the_operations_answer_what_the_page_shows(registry: Dashboard) -> None:
    client = registry.client("executive")
    JobBook(registry.site.engine).ask(Wanted(KEY), "reviewer", registry.site.clock())
    found = client.get("/api/v1/scans?most=2").json()
    assert [one["scan"] for one in found["scans"]] == [3, 2]
    assert found["total"] == 3
    assert sum(found["scans"][0]["verdicts"].values()) == 6 * 43
    assert found["now"]["jobs"][0]["waits_for"] == "กำลังจะเริ่ม"
    detail = client.get("/api/v1/scans/3").json()
    assert detail["statistics"]["wanted"] == 6
    assert client.get("/api/v1/scans/99999999999").status_code == 404


def test_everybody_looks_through_one_reading(registry: Dashboard) -> None:
    read = 0

    def reading() -> object:
        nonlocal read
        read += 1
        return read_snapshot(registry.site)

    watch = Watch(reading, pause_s=60)  # type: ignore[arg-type]
    assert watch.fresh() is None
    assert [watch.latest() is watch.latest() for _ in range(5)] == [True] * 5
    assert read == 1


@pytest.mark.parametrize(
    ("role", "seen"), [("executive", ["surin", "nan"]), ("webmaster", ["surin"])]
)
def test_the_stream_tells_each_what_is_theirs(
    registry: Dashboard, role: str, seen: list[str]
) -> None:
    import anyio

    from accounts.people import People as Known
    from accounts.roles import Role, rights_of

    book = JobBook(registry.site.engine)
    for unit in ("surin", "nan"):
        book.ask(Wanted(KEY, (unit,)), "reviewer", registry.site.clock())
    viewer = Viewer(Known(registry.site.engine).named(role), rights_of(Role(role)))

    async def first() -> dict[str, str]:
        stream = told(registry.site, viewer, 0.01)
        found = await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        return found

    event = anyio.run(first)
    assert event["event"] == "scans"
    assert [job["units"] for job in json.loads(event["data"])["jobs"]] == [[one] for one in seen]


def test_the_command_sweeps_the_registry_and_spares_the_overview(
    registry: Dashboard, tmp_path: Path
) -> None:
    book, now, out = JobBook(registry.site.engine), registry.site.clock(), tmp_path / "out"
    whole = book.ask(Wanted(KEY, from_scratch=True), "a", now)[0]
    check = book.ask(Wanted(KEY, ("surin",), ("O1", "O2")), "a", now)[0]
    again = book.ask(Wanted(KEY, resume=7), "a", now)[0]
    plan = book.ask(Wanted("moi-2566"), "a", now)[0]
    folder = jobs_folder(registry.site)
    head = f"sweep --first --checklist {KEY} --fail-on none"
    assert " ".join(arguments_of(whole, out, folder)) == f"{head} --db --from-scratch --out {out}"
    assert " ".join(arguments_of(check, out, folder)) == (
        f"{head} --db --unit surin --items O1,O2 --out {folder}/{check.id}-reports --format json"
    )
    assert " ".join(arguments_of(again, out, folder)) == f"{head} --resume --scan 7 --out {out}"
    assert arguments_of(plan, out, folder)[-1] == str(out / "moi-2566")
