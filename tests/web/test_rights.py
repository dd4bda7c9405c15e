"""Every route by every role: what is refused, and that another's unit is as one that is not."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from accounts.roles import RIGHTS, Right, Role
from evidence.archive import Archive
from tests.web.conftest import NOW, Dashboard, _sources
from tests.web.seeds import CHECKLIST, OWN_UNIT, UNITS
from tests.web.test_doors import ROUTES
from web.guard import PUBLIC
from web.headers import HEADERS
from web.scans.book import JobBook
from web.scans.jobs import Wanted
from web.scans.snapshot import read_snapshot, seen_by
from web.settings import WebSettings
from web.site import Site
from web.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from tests.web.conftest import Client

ANYBODY, READERS = "anybody who is signed in", "whoever may read about some unit"
NEEDS: dict[str, str] = {
    ANYBODY: """
        POST /logout
        GET /account
        GET /account/password
        POST /account/password
        POST /account/sessions
        POST /account/tokens
        POST /account/tokens/{number}/revoke
        GET /api
        GET /api/v1/me
        GET /api/v1/openapi.json
        GET /api/v1/scans/events
    """,
    READERS: """
        GET /overview
        GET /overview/export.{kind}
        GET /decisions
        GET /registry
        GET /registry/-/export{kind}
        GET /registry/{unit_id}
        GET /registry/{unit_id}/revisions
        GET /scans/jobs/{number:int}
        GET /checklist
        GET /checklist/-/differences
        GET /checklist/{key}
        GET /checklist/{key}/{item}
        GET /units
        GET /units/{unit}
        GET /units/{unit}/report.{kind}
        GET /units/{unit}/items/{item}
        GET /units/{unit}/items/{item}/compare
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/page
        GET /units/{unit}/items/{item}/scans/{scan}/copies/{seq}/picture
        GET /units/{unit}/items/{item}/scans/{scan}/evidence.zip
        GET /api/v1/overview
        GET /api/v1/registry
        GET /api/v1/registry/{unit_id}
        GET /api/v1/registry/{unit_id}/revisions
        GET /api/v1/scans/jobs/{number}
        GET /api/v1/checklists
        GET /api/v1/checklists/{key}
        GET /api/v1/checklists/{key}/items/{item}
        GET /api/v1/units
        GET /api/v1/units/{unit}
        GET /api/v1/units/{unit}/history
        GET /api/v1/units/{unit}/decisions
        GET /api/v1/units/{unit}/items/{item}
        GET /api/v1/units/{unit}/items/{item}/decisions
        GET /api/v1/units/{unit}/items/{item}/difference
        GET /api/v1/units/{unit}/items/{item}/quotes/{number}/page
        GET /api/v1/units/{unit}/items/{item}/quotes/{number}/picture
        GET /api/v1/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original
    """,
    Right.READ_ALL: """
        GET /scans
        GET /scans/live
        GET /scans/{number:int}
        GET /scans/{number:int}/changes
        GET /scans/{number:int}/overview.{kind}
        GET /api/v1/scans
        GET /api/v1/scans/{number}
    """,
    Right.CHECK: """
        POST /scans/jobs/{number:int}/stop
        POST /units/{unit}/check
        POST /api/v1/scans/jobs/{number}/stop
        POST /api/v1/units/{unit}/checks
    """,
    Right.SELF_CHECK: """
        GET /self-check
        POST /self-check
        GET /self-check/units
        GET /self-check/kept/{kept_id}
        GET /self-check/kept/{kept_id}/{name}
        POST /self-check/kept/{kept_id}/delete
        GET /self-check/{job_id}
        GET /self-check/{job_id}/events
        POST /self-check/{job_id}/cancel
        POST /self-check/{job_id}/delete
        POST /self-check/{job_id}/keep
        GET /api/v1/self-checks
        POST /api/v1/self-checks
        GET /api/v1/self-checks/{job_id}
        DELETE /api/v1/self-checks/{job_id}
        GET /api/v1/self-checks/{job_id}/events
    """,
    Right.REVIEW: """
        GET /review
        GET /review/list
        POST /review/decide
        POST /review/undo
        GET /api/v1/reviews
        POST /api/v1/units/{unit}/items/{item}/decisions
        DELETE /api/v1/units/{unit}/items/{item}/decisions/{number}
    """,
    Right.EDIT_URLS: """
        POST /registry/{unit_id}
        POST /registry/{unit_id}/probe
        PUT /api/v1/registry/{unit_id}
    """,
    Right.EDIT_UNITS: """
        GET /registry/-/history
        POST /registry/-/history/{batch}/undo
        GET /registry/-/import
        POST /registry/-/import
        GET /registry/-/import/{key}
        POST /registry/-/import/{key}
        POST /registry/-/import/{key}/discard
        GET /registry/-/new
        POST /registry/-/new
        GET /registry/-/template.xlsx
        POST /registry/{unit_id}/remove
        POST /registry/{unit_id}/revisions/{number}/restore
        POST /api/v1/registry/{unit_id}/revisions/{number}/restore
    """,
    Right.APPROVE: """
        POST /registry/{unit_id}/approvals
        POST /api/v1/registry/{unit_id}/approvals
    """,
    Right.RUN_SCANS: """
        GET /scans/new
        POST /scans
        POST /scans/{number:int}/resume
        POST /scans/{number:int}/stop
        POST /api/v1/scans
        POST /api/v1/scans/{number}/resume
        POST /api/v1/scans/{number}/stop
    """,
    Right.ADMINISTER: """
        GET /users
        POST /users
        GET /users/{name}
        POST /users/{name}
        POST /users/{name}/disable
        POST /users/{name}/enable
        POST /users/{name}/password
        GET /api/v1/users
    """,
    Right.READ_AUDIT: """
        GET /audit
        GET /audit/export.csv
        GET /api/v1/audit
    """,
}  # fmt: skip
"""What each route asks for. A route that is in no list fails the first test."""
LISTED = {
    (method, path): need
    for need, lines in NEEDS.items()
    for method, path in (line.split() for line in lines.split("\n") if line.strip())
}
GUEST_READS = frozenset({Right.READ_ALL})
OTHER = "nan"
NOWHERE = "xan"
"""Another's unit, and a unit that there is not, equally long."""


def test_every_route_is_listed_with_what_it_asks_for() -> None:
    assert {one for one in ROUTES if one[1] not in PUBLIC} == set(LISTED)


@pytest.fixture(scope="module")
def shared(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """One dashboard for all that is only refused; job 1 is a check of another's unit."""
    folder = tmp_path_factory.mktemp("rights") / "var"
    shutil.copytree(seeds, folder)
    site = Site(_sources(folder), WebSettings(), lambda: NOW, folder / "reports")
    book = JobBook(site.engine)
    book.ask(Wanted(CHECKLIST, units=(OTHER,)), "reviewer", NOW)
    book.ask(Wanted(CHECKLIST), "reviewer", NOW)
    yield Dashboard(site)
    site.close()


def lacks(rights: frozenset[Right], need: str) -> bool:
    if need == ANYBODY:
        return False
    if need == READERS:
        return not rights & {Right.READ_ALL, Right.READ_OWN}
    return need not in rights


@pytest.mark.parametrize(
    ("role", "guests"),
    [*((role, "") for role in Role if role is not Role.ADMINISTRATOR), (Role.GUEST, "read")],
    ids=lambda one: str(one) or "-",
)
def test_what_a_role_has_no_right_to_is_refused(shared: Dashboard, role: Role, guests: str) -> None:
    rights = GUEST_READS if guests else RIGHTS[role]
    with shared.set_up(guests=guests) as opened:
        person = opened.client(role)
        for (method, path), need in LISTED.items():
            if lacks(rights, need):
                answer = asked(person, method, path, OWN_UNIT)
                # What one may not even know of is not there.
                allowed = {403, 404} if "unit" in path or "jobs" in path else {403}
                assert answer.status_code in allowed, (method, path)


def test_anothers_unit_is_to_a_webmaster_as_one_that_is_not(shared: Dashboard) -> None:
    webmaster = shared.client("webmaster")
    for (method, path), need in LISTED.items():
        if "{unit" not in path:
            continue
        there, nowhere = (asked(webmaster, method, path, unit) for unit in (OTHER, NOWHERE))
        refused = 403 if lacks(RIGHTS[Role.WEBMASTER], need) else 404
        assert (there.status_code, nowhere.status_code) == (refused, refused), (method, path)
        assert bare(there) == bare(nowhere), (method, path)


def asked(person: Client, method: str, path: str, unit: str, **parts: object) -> Response:
    """Ask for `path` with a body that would do."""
    known = {"unit": unit, "unit_id": unit, "item": "O1", "kind": "csv", "name": "admin"} | parts
    filled = re.sub(r"\{(\w+)[^}]*\}", lambda part: str(known.get(part[1], 1)), path)
    query = "?before=1&after=2&item=O1" if path.endswith(("difference", "probe")) else ""
    more: dict[str, Any] = {}
    if method in ("POST", "PUT"):
        more = {"json": body_of(path)} if path.startswith("/api/") else {"data": {"revision": "1"}}
    answer = person.request(method, filled + query, **more)
    assert all(name in answer.headers for name in HEADERS), (method, path)
    return answer


def body_of(path: str) -> dict[str, object]:
    if path.endswith("decisions"):
        return {"kind": "accept", "reason": "เห็นเอง", "mark": "1.0.0"}
    if path.endswith("registry/{unit_id}"):
        return {"revision": 1, "name": "จังหวัดน่าน", "type": "province"}
    return {"revision": 1} if "registry" in path else {}


def bare(answer: Response) -> str:
    return answer.text.replace(OTHER, NOWHERE)


def test_copies_of_another_unit_do_not_open_under_ones_own(shared: Dashboard) -> None:
    archive = Archive(shared.site.evidence_folder, shared.site.engine)
    webmaster = shared.client("webmaster")
    (own, *_), (other, *_) = (archive.of_unit(3, unit, "O1") for unit in (OWN_UNIT, OTHER))
    for path in ("/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original",
                 "/api/v1/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original",
                 "/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/page",
                 "/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/picture"):  # fmt: skip
        found = asked(webmaster, "GET", path, OWN_UNIT, scan=3, seq=other.seq)
        assert found.status_code == 404, path
    path = "/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/original"
    assert asked(webmaster, "GET", path, OWN_UNIT, scan=3, seq=own.seq).status_code == 200
    chosen = f"/units/{OWN_UNIT}/items/O1?scan=3&copy={other.seq}"
    assert other.capture.url not in webmaster.get(chosen).text


GATHERED = (
    "/overview",
    "/overview?q=จังหวัด",
    "/overview?verdict=fail&sort=name&scan=1",
    "/overview/export.csv",
    "/overview/export.xlsx",
    "/registry",
    "/registry?q=จังหวัด&look=1",
    "/registry/-/export.csv",
    "/registry/-/export.yaml",
    "/registry/-/export.xlsx",
    "/units",
    "/units?q=จังหวัด",
    "/units?checklist=oit-2566",
    "/decisions",
    "/self-check",
    "/self-check/units?unit=จังหวัด",
    "/account",
    "/api/v1/overview",
    "/api/v1/overview?q=จังหวัด",
    "/api/v1/units?q=จังหวัด",
    "/api/v1/registry",
    "/api/v1/self-checks",
    f"/units/{OWN_UNIT}",
    f"/units/{OWN_UNIT}?scan=2",
    f"/units/{OWN_UNIT}/report.json",
    f"/units/{OWN_UNIT}/items/O1",
    f"/registry/{OWN_UNIT}/revisions",
)


@pytest.mark.parametrize("path", GATHERED)
def test_lists_and_files_tell_a_webmaster_of_no_other_unit(shared: Dashboard, path: str) -> None:
    answer = shared.client("webmaster").get(path)
    assert answer.status_code == 200
    told = text_of(answer)
    foreign = [one for one in UNITS if one.id != OWN_UNIT]
    assert [one.id for one in foreign if one.name in told or one.main_site in told] == []


def text_of(answer: Response) -> str:
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_a_webmasters_figures_count_their_own_units_alone(shared: Dashboard) -> None:
    told = shared.client("webmaster").get("/api/v1/overview").json()
    assert {point["compared"] for point in told["trend"]} == {1}
    assert shared.client("webmaster").get("/api/v1/units").json()["total"] == 1
    assert shared.client("webmaster").get("/api/v1/registry").json()["total"] == 1


def test_jobs_of_other_units_are_not_there(shared: Dashboard) -> None:
    webmaster = shared.client("webmaster")
    for path in ("/scans/jobs/1", "/api/v1/scans/jobs/1", "/scans/jobs/2"):
        assert webmaster.get(path).status_code == 404
        assert shared.client("reviewer").get(path).status_code == 200
    for path in ("/scans/jobs/1/stop", "/api/v1/scans/jobs/1/stop"):
        assert webmaster.post(path).status_code == 404
    seen = seen_by(read_snapshot(shared.site), viewer_of_webmaster(shared))
    assert (seen.jobs, seen.scans, seen.ended) == ((), (), ())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/scans/{}"),
        ("GET", "/scans/{}/changes"),
        ("GET", "/scans/{}/overview.json"),
        ("GET", "/scans/jobs/{}"),
        ("POST", "/scans/{}/resume"),
        ("POST", "/scans/jobs/{}/stop"),
    ],
)
def test_a_number_that_no_database_holds_is_not_there(
    shared: Dashboard, method: str, path: str
) -> None:
    answer = shared.client("administrator").request(method, path.format(10**20))
    assert answer.status_code == 404


def test_a_token_that_no_database_holds_is_not_ones_own(shared: Dashboard) -> None:
    answer = shared.client("guest").post(f"/account/tokens/{10**20}/revoke")
    assert (answer.status_code, "ไม่พบโทเคนนี้" in answer.text) == (422, True)


def test_the_description_of_the_api_asks_for_a_token(shared: Dashboard) -> None:
    spec = shared.client("guest").get("/api/v1/openapi.json").json()
    assert spec["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    operations = [one for path in spec["paths"].values() for one in path.values()]
    assert all(one["security"] == [{"token": []}] for one in operations)


@pytest.mark.parametrize("path", ["/account/tokens", "/api/v1/units/surin/checks"])
def test_too_much_is_refused_in_the_words_of_the_place(shared: Dashboard, path: str) -> None:
    answer = shared.client("administrator").post(path, content=b"x" * 1_100_000)
    assert answer.status_code == 413
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if path.startswith("/api/"):
        assert answer.json()["error"]["code"] == "too_large"
    else:
        assert answer.text == "ข้อมูลที่ส่งมาใหญ่เกิน 1 MB"


def viewer_of_webmaster(shared: Dashboard) -> Viewer:
    from accounts.people import People

    return Viewer(People(shared.site.engine).named("webmaster"), RIGHTS[Role.WEBMASTER])
