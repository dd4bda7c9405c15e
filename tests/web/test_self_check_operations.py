"""Self-check for programs: the same checks, rights and sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.self_check.asked import DONE
from tests.web.self_checks import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Client


@pytest.mark.usefixtures("here")
def test_programs_start_follow_and_delete_a_check(client: Callable[[str], Client]) -> None:
    person = client("webmaster")
    begun = person.post("/api/v1/self-checks", files={"file": ("แผน.pdf", DONE)}, data=UNIT)
    assert begun.status_code == 202
    address = begun.headers["location"]
    events = person.get(f"{address}/events").text
    assert json.loads(events.split("data: ")[-1].splitlines()[0])["state"] == "done"
    told = person.get(address).json()
    assert (told["state"], told["source"], told["failure"]) == ("done", "แผน.pdf", "")
    assert [step["text"] for step in told["steps"]] == ["first", "second"]
    assert told["report"]["items"][0]["finding"]["verdict"] == Verdict.PASS
    again = person.get(f"{address}/events", headers={"Last-Event-ID": "3"}).text
    assert again.count("event: ") == 1, "a reader goes on where it left off"
    assert [one["id"] for one in person.get("/api/v1/self-checks").json()["self_checks"]] == [
        told["id"]
    ]
    assert person.delete(address).status_code == 204
    assert person.get(address).status_code == 404


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"url": 5}', b"\xff", b"[" * 100_000])
def test_a_programs_slip_is_told(client: Callable[[str], Client], body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client("webmaster").post("/api/v1/self-checks", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad_input"
