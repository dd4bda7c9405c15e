"""Every route by every role: what is refused, and that another's unit is as one that is not."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from accounts.people import People
from accounts.roles import RIGHTS, Right, Role
from evidence.archive import Archive
from tests.web.conftest import NOW, Dashboard, _sources
from tests.web.route_rights import ANYBODY, LISTED, READERS
from tests.web.seeds import CHECKLIST, OWN_UNIT, UNITS
from tests.web.test_doors import ROUTES
from web.guard import PUBLIC
from web.headers import HEADERS
from web.probes import _look
from web.scans.book import JobBook
from web.scans.jobs import Wanted
from web.scans.processes import Begun
from web.scans.snapshot import read_snapshot, seen_by
from web.settings import WebSettings
from web.site import Site
from web.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from tests.web.conftest import Client

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
    answer: Response = person.request(method, filled + query, **more)
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
    return Viewer(People(shared.site.engine).named("webmaster"), RIGHTS[Role.WEBMASTER])


def test_who_may_no_longer_check_does_not_stop_what_they_asked_for(shared: Dashboard) -> None:
    asked_once = JobBook(shared.site.engine).ask(
        Wanted("oit-2569", units=("dopa",)), "executive", NOW
    )
    answer = shared.client("executive").post(f"/scans/jobs/{asked_once[0].id}/stop")
    assert answer.status_code == 403


def test_what_looks_at_a_strangers_page_is_given_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OIT_OIDC_CLIENT_SECRET", "ความลับ")
    given: dict[str, Any] = {}

    def run(_command: object, **more: Any) -> None:
        given.update(more["env"])
        raise OSError

    monkeypatch.setattr("web.probes.subprocess.run", run)
    _look("https://www.nan.go.th/", "", {})
    assert "PYTHONPATH" in given
    assert not [name for name in given if name.startswith("OIT_")]


def test_a_sweep_is_given_no_secret_of_the_dashboard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OIT_OIDC_CLIENT_SECRET", "hush")
    monkeypatch.setenv("OIT_OCR_PAGES", "7")
    begun = Begun(["/usr/bin/env"], {}, tmp_path / "log")
    os.waitpid(begun.pid, 0)
    told = (tmp_path / "log").read_text("utf-8")
    assert "OIT_OCR_PAGES=7" in told
    assert "hush" not in told
