"""What programs change and take away: the same deeds, lines in the log and refusals as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Sought
from registry import reading
from tests.self_check.asked import DONE
from tests.web.self_checks import UNIT

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
    assert "new-unit" in boss.get(f"{API}/registry/-/export.csv").text
    wrong = boss.post(f"{API}/registry/-/import", files={"file": ("u.exe", ROW)})
    assert wrong.status_code == 422


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
        assert f"/account/sessions/{gone}/end" in here.get("/account").text
        assert here.post(f"/account/sessions/{gone}/end").status_code == 303
    assert newest(dashboard) == "session.ended"
    assert (there.get(f"{API}/me").status_code, here.get(f"{API}/me").status_code) == (401, 200)
