"""A file is uploaded under a name that is a path, an order or a picture of another name.

Tried: paths up, absolute paths, NUL, line breaks, letters that turn the writing direction, markup,
names without end, two endings.
Must: no file lies anywhere but in the folder of the import, nothing runs, the name is shown as text
or the ending is refused in one line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

NAMES = (
    "../../../etc/cron.d/x.csv", "/etc/passwd.csv", "x.csv\x00.exe",
    "a\r\nSet-Cookie: oit=x.csv", "\u202evsc.exe.csv", "<script>alert(1)</script>.csv",
    "ก" * 5000 + "=HYPERLINK(1).csv",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_never_a_place(dashboard: Dashboard, name: str, tmp_path: Path) -> None:
    boss = dashboard.client("administrator")
    before = {path for path in tmp_path.rglob("*") if "desk" not in str(path)}
    row = "รหัส,ชื่อ,ประเภท\nnew-unit,หน่วยใหม่,local\n".encode()
    answer = boss.post("/registry/-/import", files={"file": (name, row)})
    assert answer.status_code in (303, 400, 422)
    assert "set-cookie" not in answer.headers
    if answer.status_code == 303:
        shown = boss.get(answer.headers["location"]).text
        assert "<script>alert" not in shown
        assert "\u202e" not in shown
    assert {path for path in tmp_path.rglob("*") if "desk" not in str(path)} == before
