"""Somebody guesses what belongs to another, in the path, the query and the body.

Tried: a webmaster names another's unit in every place that takes one, another's token, job, kept
answer and waiting import.
Must: each is as if it did not exist, and nothing of it changes. (`tests/web/test_rights.py` holds
the same for every path that names a unit.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.people import People
from accounts.tokens import Tokens
from registry import drafts
from registry.records import Author
from tests.web.conftest import NOW, Dashboard
from web.scans.book import JobBook
from web.scans.jobs import Wanted

if TYPE_CHECKING:
    from tests.web.self_checks import Here

OTHER = "nan"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (f"/api/v1/units/{OTHER}/checks", {"items": []}),
        ("/api/v1/units/surin%2f..%2fnan/checks", {}),
        ("/api/v1/scans", {"units": [OTHER]}),
    ],
    ids=str,
)
def test_another_unit_is_not_checked(standing: Dashboard, path: str, sent: object) -> None:
    before = len(JobBook(standing.site.engine).open_jobs())
    answer = standing.client("webmaster").post(path, json=sent)
    assert answer.status_code in (403, 404, 422)
    assert len(JobBook(standing.site.engine).open_jobs()) == before


@pytest.mark.parametrize("units", [["nan"], ["nan", "surin"], ["จังหวัดน่าน"]], ids=str)
def test_a_self_check_is_not_made_for_another_unit(here: Here, units: list[str]) -> None:
    person = here.dashboard.client("webmaster")
    sent = {"url": "https://www.surin.go.th/", "unit": units}
    assert person.post("/api/v1/self-checks", json=sent).status_code == 422
    assert person.post("/self-check", data=sent).status_code == 422


@pytest.mark.parametrize("query", ["unit=nan", "unit=surin&unit=nan", "q=nan&unit_id=nan"])
def test_a_query_names_no_other_unit(standing: Dashboard, query: str) -> None:
    person = standing.client("webmaster")
    for path in ("/units", "/overview", "/registry", "/decisions", "/self-check/units"):
        assert "จังหวัดน่าน" not in person.get(f"{path}?{query}").text, path


def test_a_job_of_another_person_cannot_be_stopped(dashboard: Dashboard) -> None:
    (job, _new) = JobBook(dashboard.site.engine).ask(
        Wanted("oit-2566", units=("surin",)), "reviewer", NOW
    )
    person = dashboard.client("webmaster")
    assert person.post(f"/scans/jobs/{job.id}/stop").status_code == 403
    assert JobBook(dashboard.site.engine).open_jobs()[0].stops == 0


def test_a_token_of_another_person_cannot_be_revoked(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    person = People(engine).named("reviewer")
    made, secret = Tokens(engine).make(person, "งาน", 5, NOW)
    for role in ("webmaster", "administrator"):
        dashboard.client(role).post(f"/account/tokens/{made.id}/revoke")
    assert Tokens(engine).find(secret, NOW) == person


def test_an_import_waits_for_its_own_reader_alone(dashboard: Dashboard) -> None:
    engine = dashboard.site.engine
    draft = drafts.Draft("x.csv", (), (), frozenset(), whole=True)
    key = drafts.put_down(engine, draft, Author("another", NOW))
    boss = dashboard.client("administrator")
    assert boss.get(f"/registry/-/import/{key}").status_code == 404
    assert boss.post(f"/registry/-/import/{key}", data={"seen": ""}).status_code == 404
    boss.post(f"/registry/-/import/{key}/discard")
    assert drafts.taken_up(engine, key, Author("another", NOW))


@pytest.mark.parametrize("found", ["1", "../../oit.db", "0" * 32, "%2e%2e"])
def test_kept_answers_and_jobs_of_others_are_not_there(standing: Dashboard, found: str) -> None:
    person = standing.client("webmaster")
    for path in (
        f"/self-check/{found}",
        f"/self-check/kept/{found}",
        f"/self-check/kept/{found}/result.json",
    ):
        assert person.get(path).status_code == 404, path
