"""A form within the size limit is made of as many parts as fit.

Tried: thousands of fields, thousands of empty files, a part with a head of a megabyte, a boundary
that is missing or endless.
Must: refused in one line; no fault of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

PART = b'--x\r\nContent-Disposition: form-data; name="a"%s\r\n\r\n\r\n'
BODIES = {
    "fields": PART % b"" * 5000 + b"--x--",
    "files": PART % b'; filename="a"' * 5000 + b"--x--",
    "head": b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 900_000 + b"\r\n\r\n--x--",
    "no end": PART % b"",
    "no name": b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
    "no part": b"--x\r\n\r\n\r\n--x--",
    "charset": b'--x\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\nutf-7\r\n--x--',
}


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("path", ["/account/tokens", "/registry/-/import", "/self-check"])
def test_parts_without_end_are_refused(standing: Dashboard, kind: str, path: str) -> None:
    boss = standing.client("administrator")
    answer = boss.post(
        path, content=BODIES[kind], headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code < 500
    if kind in ("fields", "files"):
        assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["", "; boundary=", "; boundary=" + "x" * 5000, "; boundary=ก"])
def test_a_boundary_of_no_use_is_refused(standing: Dashboard, kind: str) -> None:
    headers = {"Content-Type": f"multipart/form-data{kind}".encode()}
    boss = standing.client("administrator")
    answer = boss.post("/registry/-/import", content=b"--x--", headers=headers)
    assert 400 <= answer.status_code < 500


def test_fields_of_an_address_form_are_counted(standing: Dashboard) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    boss = standing.client("administrator")
    assert boss.post("/account/tokens", content=b"a=1&" * 100_000, headers=form).status_code == 400
