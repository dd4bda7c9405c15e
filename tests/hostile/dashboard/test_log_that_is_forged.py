"""The log of use is filled, forged or made to hold secrets.

Tried: names with line breaks and markup at the login, secrets typed in the wrong field, queries of
any name in the export, statements that change or drop the log's rows.
Must: one line for one deed, no password, cookie or key in any of them, and no change of a row.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Sought
from tests.web.seeds import PASSWORD
from tests.web.test_doors import enter

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

NEW = "ทุ่งรวงทอง สีเขียว 12"


def whole_log(dashboard: Dashboard) -> str:
    return "\n".join(
        json.dumps(
            [one.who, one.what, one.subject, one.address, dict(one.detail)], ensure_ascii=False
        )
        for one in Audit(dashboard.site.engine).each(Sought())
    )


def test_no_secret_stands_in_the_log(dashboard: Dashboard) -> None:
    person = dashboard.client()
    enter(person, "reviewer", PASSWORD)
    cookie = person.cookies["oit"]
    signed_in = dashboard.client("reviewer")
    signed_in.post("/account/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    boss = dashboard.client("administrator")
    one_time = (
        boss.post("/users/guest/password").text.partition('class="secret">')[2].partition("<")[0]
    )
    enter(dashboard.client(), PASSWORD, "x")
    dashboard.client("executive").get(f"/audit/export.csv?who=a&password={NEW}&x={cookie}")
    told = whole_log(dashboard)
    assert one_time
    for secret in (PASSWORD, NEW, cookie, one_time, "argon2"):
        assert secret not in told


@pytest.mark.parametrize(
    "name",
    ["a\nb", "admin\r\nlogin.done", "<script>alert(1)</script>", "=1+1", "a\x00", "a\x1b[2J"],
    ids=ascii,
)
def test_a_name_makes_no_line_of_its_own(dashboard: Dashboard, name: str) -> None:
    log = Audit(dashboard.site.engine)
    before = log.count(Sought())
    enter(dashboard.client(), name, "เดาสุ่ม-12345")
    assert log.count(Sought()) == before + 1
    (newest,) = log.page(Sought(), 0, 1)
    assert (newest.what, newest.who, newest.subject) == ("login.failed", "", "")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_log",
        "UPDATE audit_log SET who='x'",
        "REPLACE INTO audit_log SELECT * FROM audit_log",
    ],
)
def test_a_line_stays_as_it_was_written(dashboard: Dashboard, statement: str) -> None:
    before = whole_log(dashboard)
    with closing(sqlite3.connect(dashboard.site.home / "oit.db")) as raw:
        with pytest.raises(sqlite3.Error):
            raw.execute(statement)
        raw.commit()
    assert whole_log(dashboard) == before
