"""A stranger fills memory and disk with what nobody asked for.

Tried: megabytes to every route that takes files, without a login, and by somebody signed in who may
not use the route; a login of a megabyte.
Must: of a stranger nothing is read, of others no more than a form's worth, before anything is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from web.limits import AT_THE_DOOR, LARGE, MEGABYTE

if TYPE_CHECKING:
    from tests.hostile.dashboard.conftest import Answer
    from tests.web.conftest import Client, Dashboard

FORM = "multipart/form-data; boundary=x"


def upload() -> Iterator[bytes]:
    """Four megabytes that do not say so."""
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    for _ in range(64):
        yield bytes(64 * 1024)


@pytest.mark.parametrize("path", [*LARGE, "/account/tokens", "/scans", "/no/such/page"])
def test_nothing_of_a_stranger_is_read(raw: Callable[..., Answer], path: str) -> None:
    said = {"content-type": FORM, "content-length": str(20 * MEGABYTE)}
    for cookie in ({}, {"cookie": "oit=guessed"}, {"authorization": "Bearer oit_guessed"}):
        answer = raw("POST", path, headers=said | cookie, body=b"--x")
        assert answer.refuses
        assert answer.taken == 0


def test_a_login_is_no_larger_than_a_login(standing: Dashboard) -> None:
    person = standing.client()
    assert person.post("/login", content=b"x" * (AT_THE_DOOR + 1)).status_code == 413
    assert person.post("/login", data={"password": "x" * 1000}).status_code == 403


@pytest.mark.parametrize("path", LARGE)
def test_who_may_not_send_files_sends_a_forms_worth(standing: Dashboard, path: str) -> None:
    guest: Client = standing.client("guest")
    said = {"Content-Type": FORM, "Content-Length": str(2 * MEGABYTE)}
    assert guest.post(path, content=b"", headers=said).status_code == 413
    answer = guest.post(path, content=upload(), headers={"Content-Type": FORM})
    assert answer.status_code in (403, 404, 405, 413)
