"""A path leads out of the folder that files are given from.

Tried: dots, encoded twice, backslashes, NUL, absolute paths and link names at assets, reports,
exports, archived copies and kept answers.
Must: not found; a file outside is never given, and what is given is only what is shipped or kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.dashboard.conftest import asked_raw, cookie_of
from web.asset_files import contents, digest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

WAYS = ("../../pyproject.toml", "..%2f..%2fpyproject.toml", "%2e%2e/%2e%2e/pyproject.toml", "..%252f..%252fpyproject.toml",
        "..\\..\\pyproject.toml", "/etc/passwd", "%2fetc%2fpasswd", "style.css%00.js", "....//....//etc/passwd", "file:///etc/passwd",
        "", ".", "..", "~root", "C:%5cwindows%5cwin.ini")  # fmt: skip
PLACES = (
    f"/assets/{digest()}/{{}}", "/assets/{}", "/units/surin/report.{}", "/units/{}/report.json", "/overview/export.{}",
    "/registry/-/export{}", "/registry/-/import/{}", "/scans/3/overview.{}", "/self-check/kept/{}/result.json",
    "/self-check/kept/" + "0" * 32 + "/{}", "/units/surin/items/{}/scans/3/evidence.zip", "/checklist/{}", "/checklist/oit-2566/{}",
    "/api/v1/checklists/{}", "/users/{}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_way_leads_out(standing: Dashboard, place: str) -> None:
    headers = cookie_of(standing.client("administrator"))
    for way in WAYS:
        answer = asked_raw(standing.app, "GET", place.format(way), headers=headers)
        assert answer.status < 500
        assert b"root:" not in answer.body
        assert b"[build-system]" not in answer.body
        if answer.status == 200:
            assert b"<html" in answer.body, (place, way)


def test_only_what_is_shipped_is_an_asset() -> None:
    assert all(not name.startswith((".", "/")) and ".." not in name for name in contents())
