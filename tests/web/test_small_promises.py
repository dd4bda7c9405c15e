"""What pages promise in passing: kept both or neither, led by path, told what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.audit import Audit, Sought
from accounts.people import People
from accounts.roles import Role
from database.engine import StoreError
from results.store import Store
from tests.databases import database_at
from tests.web.conftest import Client, Clock, Dashboard
from tests.web.seeds import FIRST_DAY
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

AsRole = Callable[[str | None], Client]


def test_a_change_that_cannot_be_written_down_is_not_made(
    dashboard: Dashboard, client: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise StoreError("ดิสก์เต็ม (disk full)")

    monkeypatch.setattr(Audit, "write", full)
    asked = {"name": "new.person", "display": "คนใหม่", "role": "reviewer"}
    assert client("administrator").post("/users", data=asked).status_code == 503
    names = {one.name for one in People(dashboard.site.engine).all()}
    assert "new.person" not in names
    monkeypatch.undo()
    assert client("administrator").post("/users", data=asked).status_code in (200, 303)
    assert "new.person" in {one.name for one in People(dashboard.site.engine).all()}
    assert Audit(dashboard.site.engine).count(Sought(what="user.added", subject="new.person")) == 1


@pytest.mark.parametrize("path", ["/overview/", "/units/", "//evil.example/", "/overview//"])
def test_a_slash_at_the_end_leads_by_path_alone(client: AsRole, path: str) -> None:
    answer = client("reviewer").get(path, headers={"Host": "evil.example"})
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")
    assert "evil.example" not in location


def test_an_empty_overview_says_what_to_do(tmp_path: Path, clock: Clock) -> None:
    Store.open(database_at(f"{tmp_path}/oit.db")).close()
    site = Site(
        Sources(database_at(f"{tmp_path}/oit.db"), tmp_path), WebSettings(guests="read"), clock
    )
    try:
        People(site.engine).add(
            "admin", "ผู้ดูแล", Role.ADMINISTRATOR, FIRST_DAY, issuer="x", subject="y"
        )
        page = Dashboard(site).client(Role.ADMINISTRATOR).get("/overview").text
    finally:
        site.close()
    assert 'href="/registry"' in page.partition("<h1>")[2]
    assert 'href="/scans/new"' in page.partition("<h1>")[2]
