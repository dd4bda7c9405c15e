"""A form or a program sends fields that no form of ours has (mass assignment).

Tried: role, units, rights and owner are sent along with a password, a token and a unit.
Must: they change nothing; the API says that it does not know them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.people import People
from accounts.roles import Role
from accounts.tokens import Tokens
from registry import reading
from tests.web.seeds import PASSWORD

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

MORE = {
    "role": "administrator", "units": "nan", "person_id": "1", "id": "1", "name": "admin",
    "rights": "administer", "disabled_at": "", "must_change": "false", "one_time_until": "",
}  # fmt: skip
NEW = "ทุ่งรวงทอง สีเขียว 12"


def test_a_new_password_brings_no_new_role(dashboard: Dashboard) -> None:
    form = MORE | {"old": PASSWORD, "new": NEW, "again": NEW}
    assert dashboard.client("webmaster").post("/account/password", data=form).status_code == 303
    person = People(dashboard.site.engine).named("webmaster")
    assert (person.role, person.units) == (Role.WEBMASTER, frozenset({"surin"}))


def test_a_token_is_its_makers(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    form = MORE | {"label": "งาน", "days": "3", "person": "admin", "key": "x"}
    dashboard.client("webmaster").post("/account/tokens", data=form)
    people = {one.name: one for one in People(engine).all()}
    assert Tokens(engine).of_person(people["admin"].id) == []
    assert len(Tokens(engine).of_person(people["webmaster"].id)) == 1


def test_who_edits_addresses_changes_nothing_else_of_a_unit(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    before = reading.entry(engine, "surin")
    assert before is not None
    form = {"revision": str(before.number), "name": "ของฉัน", "status": "paused", "verified": "on",
            "main_site": "https://evil.example", "owner_email": "x@evil.example", "id": "nan",
            "O12": "https://www.surin.go.th/o12-new"}  # fmt: skip
    assert dashboard.client("webmaster").post("/registry/surin", data=form).status_code == 303
    after = reading.entry(engine, "surin")
    assert after is not None
    kept = ("name", "status", "verified", "main_site", "owner_email", "id")
    assert [getattr(after.unit, one) for one in kept] == [getattr(before.unit, one) for one in kept]
    assert after.unit.urls["O12"] == ("https://www.surin.go.th/o12-new",)


def test_the_api_names_fields_that_it_does_not_know(standing: Dashboard) -> None:
    boss = standing.client("administrator")
    for path, sent in (
        ("/api/v1/scans", {"units": [], "asked_by": "admin"}),
        ("/api/v1/units/surin/checks", {"items": [], "unit": "nan"}),
        ("/api/v1/registry/surin/approvals", {"revision": 1, "by": "executive"}),
    ):
        assert boss.post(path, json=sent).status_code == 422, path
