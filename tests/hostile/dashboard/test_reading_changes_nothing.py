"""A picture or a link in a mail makes a signed-in browser ask for an address (CSRF by GET).

Tried: every route is asked by GET as an administrator.
Must: nothing in the database is another than before, but for the log and a session's last use.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.web.test_doors import ROUTES
from tests.web.test_rights import asked

if TYPE_CHECKING:
    import pytest

    from tests.web.conftest import Dashboard

NOTED = ("audit_log", "web_sessions", "sqlite_")


def rows_of(dashboard: Dashboard) -> dict[str, list[object]]:
    with closing(sqlite3.connect(dashboard.site.home / "oit.db")) as raw:
        names = [one for (one,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        kept = [one for one in names if not one.startswith(NOTED)]
        return {one: raw.execute(f'SELECT * FROM "{one}"').fetchall() for one in kept}


def test_no_address_changes_anything(dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    # Drawing the pictures of a report takes a process each, which knows no database.
    monkeypatch.setattr("web.units.reading.kept_pictures", lambda *_: [])
    boss = dashboard.client("administrator")
    before = rows_of(dashboard)
    paths = sorted({path for method, path in ROUTES if method == "GET" and "events" not in path})
    for path in paths:
        if not path.startswith(("/login", "/metrics", "/assets", "/healthz")) and path != "/":
            asked(boss, "GET", path, "surin", scan=3, number=3)
    assert rows_of(dashboard) == before
