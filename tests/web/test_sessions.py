"""Sessions, passwords and tokens as the dashboard keeps them; what strangers may not do."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Sought
from accounts.people import People
from accounts.roles import Role
from accounts.throttle import FREE_BY_ACCOUNT
from tests.web.conftest import Dashboard
from tests.web.seeds import HOSTILE, PASSWORD
from tests.web.test_doors import enter
from web.addresses import own_path
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Client, Clock

NEW = "ทุ่งรวงทอง สีเขียว 12"


def cookies_of(answer: object) -> dict[str, str]:
    said = answer.headers.get_list("set-cookie")  # type: ignore[attr-defined]
    return {one.partition("=")[0]: one for one in said}


def test_the_cookie_is_for_us_alone(dashboard: Dashboard) -> None:
    plain = cookies_of(enter(dashboard.client(), "admin", PASSWORD))["oit"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(plain.split("; "))
    assert "Domain" not in plain
    with dashboard.set_up(address="https://oit.example.go.th") as there:
        person = there.client(address="https://oit.example.go.th")
        guarded = cookies_of(enter(person, "admin", PASSWORD))["__Host-oit"]
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(guarded.split("; "))
        assert "max-age" in person.get("/login").headers["strict-transport-security"]


def test_behind_a_proxy_the_address_of_the_person_is_known_if_the_proxy_is_trusted(
    dashboard: Dashboard,
) -> None:
    address = "https://oit.example.go.th"
    forwarded = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "Origin": address}
    for proxies, seen in (((), "testclient"), (("testclient",), "203.0.113.7")):
        with dashboard.set_up(address=address, proxies=proxies) as there:
            person = there.client(address=address)
            person.headers.update(forwarded)
            assert enter(person, "admin", PASSWORD).status_code == 303  # type: ignore[attr-defined]
        newest = Audit(dashboard.site.engine).page(Sought(what="login.done"), 0, 1)
        assert newest[0].address == seen


def test_a_login_over_plain_http_from_elsewhere_is_told_of(dashboard: Dashboard) -> None:
    answer = dashboard.client(address="http://oit.example.go.th").get("/login")
    assert "https เท่านั้น" in answer.text
    assert all("Secure" in one for one in cookies_of(answer).values())


def test_a_session_cannot_be_chosen_by_another(dashboard: Dashboard) -> None:
    person = dashboard.client()
    person.bring("planted")
    enter(person, "admin", PASSWORD)
    first = person.cookies["oit"]
    assert first != "planted"
    person.headers["X-CSRF-Token"] = key_of(person)
    enter_again = person.post("/login", data={"name": "admin", "password": PASSWORD})
    assert enter_again.status_code == 303
    assert person.cookies["oit"] != first
    stale = dashboard.client()
    stale.bring(first)
    assert stale.get("/account").status_code == 303


def key_of(person: Client) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', person.get("/account").text)
    assert found is not None
    return found[1]


def test_a_logout_ends_the_session_in_the_database(dashboard: Dashboard) -> None:
    person = dashboard.client("reviewer")
    secret = person.cookies["oit"]
    assert person.post("/logout").headers["location"] == "/login"
    again = dashboard.client()
    again.bring(secret)
    assert again.get("/account").status_code == 303


def test_idle_people_are_signed_out(dashboard: Dashboard, clock: Clock) -> None:
    person = dashboard.client("reviewer")
    clock.turn(minutes=119)
    assert person.get("/account").status_code == 200
    clock.turn(minutes=120)
    assert person.get("/account").headers["location"] == "/login?next=/account"


def test_a_disabled_person_is_out_at_once(dashboard: Dashboard) -> None:
    person, boss = dashboard.client("reviewer"), dashboard.client("administrator")
    key = made_token(person)
    assert boss.post("/users/reviewer/disable").status_code == 303
    assert person.get("/account").status_code == 303
    assert me(dashboard, key) == 401
    boss.post("/users/reviewer/enable")
    assert person.get("/account").status_code == 303
    assert me(dashboard, key) == 200


def made_token(person: Client, label: str = "งาน") -> str:
    answer = person.post("/account/tokens", data={"label": label, "days": "3"})
    found = re.search(r"oit_[\w-]{43}", answer.text)
    assert found is not None
    return found[0]


def me(dashboard: Dashboard, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return int(dashboard.client().get("/api/v1/me", headers=headers).status_code)


def test_a_changed_password_ends_all_other_sessions(dashboard: Dashboard) -> None:
    person, elsewhere = dashboard.client("reviewer"), dashboard.client("reviewer")
    form = {"old": PASSWORD, "new": NEW, "again": NEW}
    for wrong in ({"old": "ผิด"}, {"again": "อื่น"}, {"new": "สั้น", "again": "สั้น"}, {"new": PASSWORD, "again": PASSWORD}):  # fmt: skip
        assert person.post("/account/password", data=form | wrong).status_code == 422
    old_cookie = person.cookies["oit"]
    assert person.post("/account/password", data=form).status_code == 303
    assert person.get("/account").status_code == 200
    assert person.cookies["oit"] != old_cookie
    assert elsewhere.get("/account").status_code == 303
    assert enter(dashboard.client(), "reviewer", PASSWORD).status_code == 403  # type: ignore[attr-defined]
    assert enter(dashboard.client(), "reviewer", NEW).status_code == 303  # type: ignore[attr-defined]


def test_a_one_time_password_opens_only_the_page_to_change_it(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    shown = boss.post("/users", data={"name": "new", "display": "คนใหม่", "role": "reviewer"})
    found = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", shown.text)
    assert found is not None
    person = dashboard.client()
    answer = enter(person, "new", found[0])
    assert answer.headers["location"] == "/account/password"  # type: ignore[attr-defined]
    assert person.get("/account").headers["location"] == "/account/password"
    assert person.get("/api/v1/me").json()["error"]["code"] == "password_must_change"
    person.headers["X-CSRF-Token"] = key_of_password_page(person)
    form = {"old": found[0], "new": NEW, "again": NEW}
    assert person.post("/account/password", data=form).status_code == 303
    assert person.get("/account").status_code == 200
    assert found[0] not in boss.get("/users").text


def key_of_password_page(person: Client) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', person.get("/account/password").text)
    assert found is not None
    return found[1]


def test_guessing_is_slowed_the_same_for_any_name(dashboard: Dashboard, clock: Clock) -> None:
    answers = {}
    for name in ("reviewer", "nobody"):
        person = dashboard.client()
        tries = [enter(person, name, "เดาสุ่ม-12345") for _ in range(FREE_BY_ACCOUNT + 1)]
        answers[name] = [
            (one.status_code, re.findall(r'role="alert">([^<]+)', one.text))  # type: ignore[attr-defined]
            for one in tries
        ]
    assert answers["reviewer"] == answers["nobody"]
    assert [status for status, _ in answers["nobody"]] == [403] * FREE_BY_ACCOUNT + [429]
    assert enter(dashboard.client(), "reviewer", PASSWORD).status_code == 429  # type: ignore[attr-defined]
    clock.turn(minutes=1)
    assert enter(dashboard.client(), "reviewer", PASSWORD).status_code == 303  # type: ignore[attr-defined]


def test_a_stranger_does_not_fill_the_log(dashboard: Dashboard, clock: Clock) -> None:
    person, log = dashboard.client(), Audit(dashboard.site.engine)
    for _ in range(FREE_BY_ACCOUNT + 3):
        enter(person, "nobody", "เดาสุ่ม-12345")
    assert log.count(Sought(what="login.failed", subject="user:nobody")) == FREE_BY_ACCOUNT
    assert log.count(Sought(what="login.too_soon")) == 1
    clock.turn(minutes=1)
    for _ in range(3):
        enter(person, "nobody", "เดาสุ่ม-12345")
    assert log.count(Sought(what="login.too_soon")) == 2


def test_a_token_has_the_rights_of_its_person_and_needs_no_form_key(dashboard: Dashboard) -> None:
    webmaster = dashboard.client("webmaster")
    headers = {"Authorization": f"Bearer {made_token(webmaster)}"}
    program = dashboard.client()
    told = program.get("/api/v1/me", headers=headers).json()
    assert (told["name"], told["role"], told["units"]) == ("webmaster", "webmaster", ["surin"])
    assert program.get("/api/v1/users", headers=headers).status_code == 403
    assert program.get("/account", headers=headers).status_code == 303
    assert program.get("/api/v1/me", headers={"Authorization": "Bearer oit_x"}).status_code == 401
    boss = {"Authorization": f"Bearer {made_token(dashboard.client('administrator'))}"}
    assert len(program.get("/api/v1/users", headers=boss).json()) == len(Role)


def test_nobody_revokes_anothers_token(dashboard: Dashboard) -> None:
    key = made_token(dashboard.client("reviewer"))
    assert dashboard.client("webmaster").post("/account/tokens/1/revoke").status_code == 422
    assert me(dashboard, key) == 200
    assert dashboard.client("reviewer").post("/account/tokens/1/revoke").status_code == 303
    assert me(dashboard, key) == 401


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/a\nb", "javascript:alert(1)",
     "/\tevil", '/"><script>', "/" + "x" * 3000],
)  # fmt: skip
def test_a_login_leads_only_to_our_own_pages(to: str) -> None:
    assert own_path(to) == "/"


def test_own_paths_stay_as_they_are() -> None:
    assert own_path("/units/จังหวัด?a=b&c=//d") == "/units/จังหวัด?a=b&c=//d"


def test_guests_see_nothing_until_reading_is_switched_on(dashboard: Dashboard) -> None:
    assert dashboard.client("guest").get("/api/v1/me").json()["rights"] == []
    with dashboard.set_up(guests="read") as there:
        assert there.client("guest").get("/api/v1/me").json()["rights"] == ["read_all"]
        assert there.client("guest").get("/users").status_code == 403


def test_names_that_try_to_run_are_shown_as_text(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    for n, hostile in enumerate(HOSTILE):
        form = {"name": f"h{n}", "display": hostile, "role": "reviewer"}
        shown = boss.post("/users", data=form).text + boss.get("/users").text
        shown += boss.get(f"/users/h{n}").text + boss.get("/audit").text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "49 49" not in shown


def test_what_is_typed_wrong_is_kept_and_told(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    for form in (
        {"name": "ก ข", "display": "ใคร", "role": "reviewer"},
        {"name": "web2", "display": "ใคร", "role": "webmaster"},
        {"name": "web2", "display": "ใคร", "role": "webmaster", "units": "../x"},
        {"name": "web2", "display": "ใคร", "role": "king"},
        {"name": "admin", "display": "ใคร", "role": "reviewer"},
    ):
        answer = boss.post("/users", data=form)
        assert answer.status_code == 422, form
        assert 'role="alert"' in answer.text
        assert 'value="ใคร"' in answer.text
    names = {one.name for one in People(dashboard.site.engine).all()}
    assert names == {"admin", "reviewer", "executive", "webmaster", "guest"}


def test_the_log_tells_who_did_what_and_is_exported_without_formulas(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    boss.post("/users", data={"name": "new", "display": HOSTILE[1], "role": "reviewer"})
    boss.post("/users/new", data={"display": "ใหม่", "role": "webmaster", "units": "surin, nan"})
    log = Audit(dashboard.site.engine)
    changed, added = log.page(Sought(subject="user:new"), 0, 9)
    assert (added.who, added.what, added.address) == ("admin", "user.added", "testclient")
    assert changed.detail["after"]["units"] == ["nan", "surin"]
    answer = dashboard.client("executive").get("/audit/export.csv?subject=user:new")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row[5] for row in rows[1:]] == ["user.changed", "user.added"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_failed_login_is_written_without_what_looks_like_a_password(
    dashboard: Dashboard,
) -> None:
    enter(dashboard.client(), "รหัสผ่านของฉัน!", "x")
    enter(dashboard.client(), "admin", "x")
    found = Audit(dashboard.site.engine).page(Sought(what="login.failed"), 0, 9)
    assert [one.subject for one in found[:2]] == ["user:admin", ""]


@pytest.mark.parametrize("query", ["since=x", "since=31/2/2566", "page=0", "page=x"])
def test_a_search_of_no_use_is_a_thai_page(dashboard: Dashboard, query: str) -> None:
    answer = dashboard.client("executive").get(f"/audit?{query}")
    assert answer.status_code == 422
    assert '<html lang="th">' in answer.text


def test_the_log_is_searched_by_days_of_the_buddhist_era(dashboard: Dashboard) -> None:
    person = dashboard.client("executive")
    for days, count in (("since=4/4/2566", 3), ("since=๓/๔/๒๕๖๖&until=2566-04-03", 3), ("until=2023-04-02", 0)):  # fmt: skip
        assert person.get(f"/api/v1/audit?{days}").json()["total"] == count


def test_pages_are_not_cached_and_assets_are(dashboard: Dashboard) -> None:
    person = dashboard.client("reviewer")
    shown = person.get("/account")
    assert shown.headers["cache-control"] == "no-store"
    paths = re.findall(r'(?:href|src)="(/assets/[^"]+)"', shown.text)
    assert len(paths) >= 3
    for path in paths:
        answer = dashboard.client().get(path)
        assert "immutable" in answer.headers["cache-control"], path
    assert dashboard.client().get("/assets/0/../../pyproject.toml").status_code == 404
    assert (
        dashboard.client().get(re.sub(r"/assets/\w+/", "/assets/0/", paths[0])).status_code == 404
    )


def test_nothing_in_a_page_is_inline(dashboard: Dashboard) -> None:
    boss = dashboard.client("administrator")
    for path in ("/account", "/users", "/users/webmaster", "/audit", "/api", "/no/such"):
        text = boss.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", text), path


def test_a_database_that_is_not_there_is_told_of_and_not_made(tmp_path: Path) -> None:
    person = Dashboard(Site(Sources(f"sqlite:///{tmp_path}/no/oit.db", tmp_path))).client()
    answer = person.get("/login")
    assert answer.status_code == 503
    assert "oit user add" in answer.text
    assert not (tmp_path / "no").exists()


def test_without_people_the_login_tells_how_to_make_the_first(
    dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "oit user add" not in dashboard.client().get("/login").text
    monkeypatch.setattr(People, "any", lambda _self: False)
    assert "oit user add" in dashboard.client().get("/login").text


def test_too_much_is_refused_before_it_is_read(dashboard: Dashboard) -> None:
    person = dashboard.client("reviewer")
    answer = person.post("/account/tokens", content=b"x" * 1_100_000)
    assert answer.status_code == 413
    chunks = (b"x" * 200_000 for _ in range(6))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = person.post("/account/tokens", content=chunks, headers=form)
    assert answer.status_code in (400, 413)


def test_a_fault_of_ours_is_a_thai_page_without_its_cause(
    dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: object) -> None:
        raise ZeroDivisionError("a secret place")

    person = dashboard.client("administrator")
    person._transport.raise_server_exceptions = False
    monkeypatch.setattr(People, "all", broken)
    for path in ("/users", "/api/v1/users"):
        answer = person.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"]
    assert answer.json()["error"]["code"] == "failed"
