"""What programs change and take away: the same deeds, lines in the log and refusals as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from accounts.audit import Audit, Sought
from database.engine import StoreError
from registry import reading
from tests.self_check.asked import DONE
from tests.web.seeds import PASSWORD
from tests.web.self_checks import UNIT
from tests.web.test_doors import enter
from web.scans.book import JobBook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Client, Dashboard

    As = Callable[[str], Client]
API = "/api/v1"
ROW = "รหัส,ชื่อ,ประเภท\nnew-unit,หน่วยใหม่,local\n".encode()


def newest(dashboard: Dashboard) -> str:
    return Audit(dashboard.site.engine).page(Sought(), 0, 1)[0].what


def test_a_person_is_added_changed_shut_out_and_let_in(client: As, dashboard: Dashboard) -> None:
    boss = client("administrator")
    sent = {"name": "somjai", "display": "สมใจ", "role": "webmaster", "units": ["surin"]}
    made = boss.post(f"{API}/users", json=sent)
    assert (made.status_code, newest(dashboard)) == (201, "user.added")
    assert len(made.json()["one_time_password"]) >= 10
    there = f"{API}/users/somjai"
    changed = boss.put(there, json={"display": "สมใจ", "role": "reviewer"}).json()
    assert (changed["role"], changed["units"]) == ("reviewer", [])
    for deed, done in (("disable", "user.disabled"), ("enable", "user.enabled"),
                       ("password", "user.password_reset")):  # fmt: skip
        assert boss.post(f"{there}/{deed}").status_code == 200
        assert newest(dashboard) == done
    assert boss.get(there).json()["disabled"] is False


def test_what_the_page_refuses_of_people_the_api_refuses(client: As) -> None:
    boss = client("administrator")
    no_unit = {"name": "x-one", "display": "ก", "role": "webmaster"}
    assert "อย่างน้อยหนึ่ง" in boss.post(f"{API}/users", json=no_unit).json()["error"]["message"]
    assert boss.post(f"{API}/users/admin/disable").status_code == 422
    assert boss.put(f"{API}/users/nobody", json=no_unit).status_code == 422
    assert boss.get(f"{API}/users/nobody").status_code == 404
    del boss.headers["X-CSRF-Token"]
    assert boss.post(f"{API}/users/reviewer/disable").status_code == 403


def test_an_import_is_shown_first_and_done_as_shown(client: As, dashboard: Dashboard) -> None:
    boss = client("administrator")
    shown = boss.post(f"{API}/registry/-/import", files={"file": ("u.csv", ROW)}).json()
    assert [(one["unit"], one["what"]) for one in shown["steps"]] == [("new-unit", "added")]
    assert reading.entry(dashboard.site.engine, "new-unit") is None
    there = f"{API}/registry/-/import/{shown['key']}"
    assert boss.post(there, json={"mark": "other"}).status_code == 409
    assert boss.post(there, json={"mark": shown["mark"]}).json()["added"] == 1
    assert newest(dashboard) == "registry.imported"
    assert boss.get(there).status_code == 404
    assert boss.get(f"{API}/registry/-/template.xlsx").content.startswith(b"PK")
    assert "new-unit" in boss.get(f"{API}/registry/-/export.csv").text
    wrong = boss.post(f"{API}/registry/-/import", files={"file": ("u.exe", ROW)})
    assert wrong.status_code == 422
    done = boss.get(f"{API}/registry/-/history").json()[0]
    assert (done["unit"], done["how"]) == ("new-unit", "import")
    undo = f"{API}/registry/-/history/{done['batch']}/undo"
    assert boss.post(undo).json() == {"units": 1}
    assert newest(dashboard) == "registry.import_undone"
    assert reading.entry(dashboard.site.engine, "new-unit") is None
    assert boss.post(undo).status_code == 409


def test_a_unit_is_taken_out_at_the_revision_that_was_seen(client: As) -> None:
    boss = client("administrator")
    seen = boss.get(f"{API}/registry/nan").json()["revision"]
    assert boss.delete(f"{API}/registry/nan?revision={seen + 5}").status_code == 409
    assert boss.delete(f"{API}/registry/nan?revision={seen}").status_code == 204
    assert boss.get(f"{API}/registry/nan").status_code == 404


def test_files_of_a_unit_and_the_changes_of_a_scan(client: As, dashboard: Dashboard) -> None:
    own = client("webmaster")
    assert own.get(f"{API}/units/surin/report.csv").headers["content-type"].startswith("text/csv")
    assert own.get(f"{API}/units/surin/report.exe").status_code == 404
    pack = own.get(f"{API}/units/surin/items/O1/scans/3/evidence.zip")
    assert pack.content.startswith(b"PK")
    assert newest(dashboard) == "evidence.exported"
    told = client("reviewer").get(f"{API}/scans/3/changes?since=2").json()
    assert (told["before"]["scan"], told["after"]["scan"]) == (2, 3)
    assert client("reviewer").get(f"{API}/scans/3/changes?since=3").status_code == 422


@pytest.mark.usefixtures("here")
def test_a_kept_answer_is_its_keepers(client: As) -> None:
    own = client("webmaster")
    begun = own.post(f"{API}/self-checks", files={"file": ("a.pdf", DONE)}, data=UNIT)
    own.get(f"{begun.headers['location']}/events")
    kept = own.post(f"{begun.headers['location']}/keep").json()
    there = f"{API}/kept-checks/{kept['id']}"
    assert [one["id"] for one in own.get(f"{API}/kept-checks").json()] == [kept["id"]]
    assert own.get(there).json()["report"] == kept["report"]
    other = client("administrator")
    assert (other.get(there).status_code, other.delete(there).status_code) == (404, 404)
    assert own.delete(there).status_code == 204
    assert own.get(there).status_code == 404


@pytest.mark.parametrize("by", ["api", "page"])
def test_one_session_of_ones_own_is_ended(client: As, dashboard: Dashboard, by: str) -> None:
    here, there, other = client("reviewer"), client("reviewer"), client("executive")
    (gone,) = [one["id"] for one in there.get(f"{API}/me/sessions").json() if one["this"]]
    assert other.delete(f"{API}/me/sessions/{gone}").status_code == 404
    if by == "api":
        assert here.delete(f"{API}/me/sessions/{gone}").status_code == 204
    else:
        shown = BeautifulSoup(here.get("/account").text, "lxml")
        button = shown.select_one(f'form[action="/account/sessions/{gone}/end"] button')
        assert button is not None
        assert button.get_text().startswith("ออกจากระบบที่ลงชื่อเมื่อ")
        assert here.post(f"/account/sessions/{gone}/end").status_code == 303
    assert newest(dashboard) == "session.ended"
    assert (there.get(f"{API}/me").status_code, here.get(f"{API}/me").status_code) == (401, 200)


def test_a_token_makes_another_that_does_not_outlast_it(client: As, dashboard: Dashboard) -> None:
    own = client("reviewer")
    made = own.post(f"{API}/me/tokens", json={"label": "รายงาน", "days": 30}).json()
    assert newest(dashboard) == "token.made"
    with_token = dashboard.client(None)
    with_token.headers["Authorization"] = f"Bearer {made['secret']}"
    longer = with_token.post(f"{API}/me/tokens", json={"label": "ก", "days": 31})
    assert (longer.status_code, "30 วัน" in longer.text) == (422, True)
    second = with_token.post(f"{API}/me/tokens", json={"label": "ข", "days": 30}).json()
    assert [one["label"] for one in with_token.get(f"{API}/me/tokens").json()] == ["ข", "รายงาน"]
    assert made["secret"] not in with_token.get(f"{API}/me/tokens").text
    there = f"{API}/me/tokens/{second['token']['id']}"
    assert client("administrator").delete(there).status_code == 404
    assert own.delete(there).status_code == 204
    assert newest(dashboard) == "token.revoked"
    assert [one["works"] for one in own.get(f"{API}/me/tokens").json()] == [False, True]


def test_ones_own_password_is_changed_with_the_old_one(client: As, dashboard: Dashboard) -> None:
    own, elsewhere = client("reviewer"), client("reviewer")
    there, new = f"{API}/me/password", "ม้าเขียวกินหญ้า-2566"
    assert own.put(there, json={"old": "ผิดแน่นอน-1234", "new": new}).status_code == 422
    assert newest(dashboard) == "password.refused"
    assert own.put(there, json={"old": PASSWORD, "new": "1234567890"}).status_code == 422
    assert elsewhere.get(f"{API}/me").status_code == 200
    assert own.put(there, json={"old": PASSWORD, "new": new}).status_code == 204
    assert newest(dashboard) == "password.changed"
    assert (own.get(f"{API}/me").status_code, elsewhere.get(f"{API}/me").status_code) == (200, 401)


@pytest.mark.usefixtures("here")
def test_what_cannot_be_written_down_is_not_done(
    client: As, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, boss, book = client("webmaster"), client("reviewer"), JobBook(dashboard.site.engine)
    begun = own.post(f"{API}/self-checks", files={"file": ("a.pdf", DONE)}, data=UNIT)
    done = begun.headers["location"]
    own.get(f"{done}/events")
    kept = own.post(f"{done}/keep").json()["id"]
    job = boss.post(f"{API}/scans", json={"units": ["surin"]}).json()["job"]["job"]

    def full(*_: object) -> None:
        raise StoreError("ดิสก์เต็ม")

    monkeypatch.setattr(Audit, "write", full)
    for person, method, path, body in (
        (boss, "POST", f"{API}/scans", {"units": ["nan"]}),
        (own, "POST", f"{API}/units/surin/checks", {"items": ["O1"]}),
        (boss, "POST", f"{API}/scans/jobs/{job}/stop", None),
        (own, "POST", f"{done}/keep", None),
        (own, "DELETE", f"{API}/kept-checks/{kept}", None),
        (boss, "POST", f"{API}/me/tokens", {"label": "ก"}),
        (boss, "PUT", f"{API}/me/password", {"old": PASSWORD, "new": "ม้าเขียวกินหญ้า-2566"}),
        (boss, "POST", "/logout", None),
    ):
        assert person.request(method, path, json=body).status_code == 503, path
    assert [(one.id, one.stops) for one in book.open_jobs()] == [(job, 0)]
    assert [one["id"] for one in own.get(f"{API}/kept-checks").json()] == [kept]
    assert boss.get(f"{API}/me/tokens").json() == []
    before = len(boss.get(f"{API}/me/sessions").json())
    stranger = dashboard.client(None)
    assert enter(stranger, "reviewer", PASSWORD).status_code == 503  # type: ignore[attr-defined]
    assert len(boss.get(f"{API}/me/sessions").json()) == before
