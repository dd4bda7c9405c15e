"""The evidence of a verdict: what is shown of it, to whom, and how the copies are given out."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from checklist.verdict import Verdict
from results.waivers import Waiver, WaiverKind
from tests.databases import database_at
from tests.web.conftest import NOW, Client, Dashboard
from tests.web.evidence_samples import ADDRESS, ITEM, ROW, WORDS, archived, hostile_page
from web.evidence import viewing, worker
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from web.evidence.tasks import Task

HERE = f"/units/surin/items/{ITEM}"


@pytest.fixture(scope="module", autouse=True)
def _without_processes() -> Iterator[None]:
    """What the worker does is done here: other tests start it."""

    def made(task: Task, bodies: list[bytes]) -> bytes:
        try:
            answer, content = worker.answered(task, bodies)
        except ValueError:
            raise viewing.ViewError(viewing.UNSHOWN) from None
        return answer.model_dump_json().encode() + b"\n" + content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(viewing, "_made", made)
        yield


@pytest.fixture(scope="module")
def held(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A dashboard whose newest scan of `surin` has evidence of every sort; do not change it."""
    folder = tmp_path_factory.mktemp("evidence") / "var"
    shutil.copytree(seeds, folder)
    sources = Sources(database_at(f"{folder}/oit.db"), folder)
    site = Site(sources, WebSettings(), lambda: NOW + timedelta(days=20))
    archived(site)
    yield Dashboard(site)
    site.close()


@pytest.fixture(scope="module")
def owner(held: Dashboard) -> Client:
    return held.client("webmaster")


def lines_of(held: Dashboard) -> dict[str, int]:
    """The line of each copy of the newest scan by the ending of its address, and the screenshot."""
    told = held.client("reviewer").get(f"/api/v1{HERE}").json()
    return {
        "shot" if one["kind"] == "screenshot" else one["url"].rpartition("/")[2]: one["line"]
        for one in told["copies"]
    }


def test_the_page_says_what_was_asked_found_and_from_where(owner: Client) -> None:
    shown = owner.get(HERE).text
    item = hashlib.sha256(hostile_page(2)).hexdigest()
    for said in ("ไม่ผ่าน", "แผนปฏิบัติการป้องกันการทุจริต", item, "HTTP", "รายการที่", "15 เมษายน 2566"):
        assert said in shown, said
    assert shown.count("<script") == shown.count('src="/assets/')
    assert f"{ADDRESS}/silent" in shown
    assert "ไม่ได้รับเนื้อหา จึงไม่มีสำเนา" in shown


def test_each_quote_leads_to_its_place_in_the_copy(owner: Client) -> None:
    shown = owner.get(f"{HERE}?quote=2").text
    frame = re.search(r'<iframe class="archived" sandbox="" [^>]*src="([^"]+)"', shown)
    assert frame is not None
    assert frame[1].endswith("/page?quote=2#quote")
    page = owner.get(frame[1]).text
    marked = re.sub("<[^>]*>", "", "".join(re.findall(r"<mark.*?</mark>", page)))
    assert marked.replace(" ", "") == ROW.replace("\t", "").replace(" ", "")


def test_a_quote_that_is_not_in_its_copy_is_said_not_to_be(owner: Client) -> None:
    page = owner.get(f"/api/v1{HERE}/quotes/5/page").text
    assert "ระบุตำแหน่งของข้อความที่ยกมาในสำเนานี้ไม่ได้" in page
    assert "<mark" not in page


def test_the_page_of_a_pdf_is_a_picture_and_its_text_can_be_asked_for(owner: Client) -> None:
    drawn = owner.get(f"/api/v1{HERE}/quotes/3/page")
    assert '<img alt="ภาพหน้า 1' in drawn.text
    assert 'src="data:image/' in drawn.text
    text = owner.get(f"/api/v1{HERE}/quotes/3/page?as=text").text
    assert "<mark" in text
    assert "FY2566" in text
    picture = owner.get(f"/api/v1{HERE}/quotes/3/picture")
    assert picture.headers["content-type"] in ("image/png", "image/webp")


def test_what_was_read_from_a_scan_is_shown_without_a_false_mark(owner: Client) -> None:
    page = owner.get(f"/api/v1{HERE}/quotes/6/page").text
    assert "อ่านจากภาพ จึงระบุตำแหน่งในภาพไม่ได้" in page
    assert 'src="data:image/' in page


def test_a_word_file_is_shown_as_its_text_with_the_quote_marked(owner: Client) -> None:
    page = owner.get(f"/api/v1{HERE}/quotes/4/page").text
    assert f'<mark id="quote">{WORDS}</mark>' in page


def test_the_archived_page_can_do_nothing(owner: Client) -> None:
    answer = owner.get(f"/api/v1{HERE}/quotes/1/page")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "sandbox" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert not re.search(
        r"<(script|iframe|form|input|img|link|base|svg|object|template|a)\b", answer.text
    )
    assert "ข้อความลับ" not in answer.text


def test_originals_are_given_as_files_that_nothing_opens(held: Dashboard, owner: Client) -> None:
    lines = lines_of(held)
    answer = owner.get(f"{HERE}/scans/5/copies/{lines['o12']}/original")
    assert answer.content == hostile_page(2)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.match(
        r'attachment; filename="O12-\d+-file\.html\.txt"', answer.headers["content-disposition"]
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    pdf = owner.get(f"{HERE}/scans/5/copies/{lines['plan.pdf']}/original")
    assert pdf.headers["content-disposition"].endswith("-plan.pdf")
    shot = owner.get(f"{HERE}/scans/5/copies/{lines['shot']}/picture")
    assert shot.headers["content-type"] == "image/jpeg"


def test_the_pack_for_the_clarification_is_given_and_noted(held: Dashboard, owner: Client) -> None:
    answer = owner.get(f"{HERE}/scans/5/evidence.zip")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert f"clarification-{ITEM}.docx" in pack.namelist()
    log = held.client("executive").get("/audit?what=evidence.exported").text
    assert "unit:surin" in log


def test_two_scans_are_compared_word_by_word(owner: Client) -> None:
    shown = owner.get(f"{HERE}/compare").text
    assert "<del>1</del>" in shown
    assert "<ins>2</ins>" in shown
    assert shown.count("…</code>") == 2
    same = owner.get(f"{HERE}/compare?url={ADDRESS}/plan.pdf").text
    assert "ทั้งสองครั้งได้เนื้อหาเดียวกันทุกไบต์" in same
    told = owner.get(f"/api/v1{HERE}/difference?before=4&after=5").json()
    assert told["difference"]["changed"] == 1
    none = owner.get(f"{HERE}/compare?before=3&after=5").text
    assert "ครั้งนี้ไม่มีสำเนาของ URL นี้" in none


def test_an_older_scan_is_shown_as_it_was(owner: Client) -> None:
    assert "มีผลที่ใหม่กว่านี้" in owner.get(f"{HERE}?scan=4").text
    assert owner.get(f"/api/v1{HERE}?scan=2").json()["scan"] == 2


def test_what_could_not_be_checked_shows_the_cause_and_a_letter(held: Dashboard) -> None:
    shown = held.client("reviewer").get("/units/dark/items/O5").text
    assert "เรียน ผู้ให้บริการเว็บไซต์ของเทศบาลตำบลไกลสัญญาณ" in shown
    assert "ยังไม่พบเอกสาร" not in shown


def test_a_persons_decision_stands_beside_what_was_found(dashboard: Dashboard) -> None:
    dashboard.site.store.add_waiver(
        Waiver(
            "surin",
            "oit-2566",
            "O2",
            WaiverKind.ACCEPTED,
            "วิชัย",
            "<b>ตกลงกันแล้ว</b>",
            NOW,
            verdict=Verdict.FAIL,
            scan_id=3,
        )
    )
    shown = dashboard.client("webmaster").get("/units/surin/items/O2").text
    assert "ยอมรับผลตามที่เป็นอยู่: &lt;b&gt;ตกลงกันแล้ว" in shown
    assert "ได้รับยกเว้น" in shown
    assert "ระบบตรวจพบว่า" in shown


PATHS = (
    "/units/{unit}/items/O3",
    "/units/{unit}/items/O3?scan=3",
    "/units/{unit}/items/O3/compare",
    "/units/{unit}/items/O3/scans/3/evidence.zip",
    "/units/{unit}/items/O3/scans/3/copies/{line}/page",
    "/units/{unit}/items/O3/scans/3/copies/{line}/page?quote=1",
    "/units/{unit}/items/O3/scans/3/copies/{line}/picture",
    "/units/{unit}/items/O3/scans/3/copies/{line}/original",
    "/api/v1/units/{unit}/items/O3",
    "/api/v1/units/{unit}/items/O3/quotes/1/page",
    "/api/v1/units/{unit}/items/O3/quotes/1/picture",
    "/api/v1/units/{unit}/items/O3/scans/3/copies/{line}/original",
    "/api/v1/units/{unit}/items/O3/difference?before=2&after=3",
)


@pytest.mark.parametrize("path", PATHS)
def test_another_units_evidence_does_not_exist_for_a_webmaster(
    held: Dashboard, owner: Client, path: str
) -> None:
    told = held.client("executive").get("/api/v1/units/dopa/items/O3?scan=3").json()
    line = told["copies"][0]["line"]
    assert owner.get(path.format(unit="dopa", line=line)).status_code == 404
    # Nor by way of the own unit, an item or a scan that the copy is no evidence of.
    if "{line}" in path:
        assert owner.get(path.format(unit="surin", line=line)).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_guest_sees_nothing(held: Dashboard, path: str) -> None:
    assert held.client("guest").get(path.format(unit="surin", line=1)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/units/nobody/items/O3",
        "/units/surin/items/O99",
        f"{HERE}?scan=99",
        f"{HERE}/scans/99/evidence.zip",
        f"{HERE}/scans/5/copies/999999/original",
        f"{HERE}/scans/3/copies/1/original",
        f"/api/v1{HERE}/quotes/77/page",
        f"/api/v1{HERE}/quotes/1/picture",
        f"/api/v1{HERE}/quotes/3/picture?page=99",
        f"/api/v1{HERE}/difference?before=4&after=5&url=https://elsewhere.example/",
        "/units/su%00rin/items/O3",
    ],
)
def test_what_is_not_there_is_not_found(held: Dashboard, path: str) -> None:
    assert held.client("administrator").get(path).status_code == 404


@pytest.mark.parametrize(
    "path", [f"{HERE}?scan=0", f"{HERE}?scan=x", f"{HERE}?quote=-1", "/units/surin/items/x"]
)
def test_what_makes_no_sense_is_refused(owner: Client, path: str) -> None:
    assert owner.get(path).status_code in (404, 422)


def test_a_quote_marks_only_a_copy_of_its_own_bytes(held: Dashboard, owner: Client) -> None:
    line = lines_of(held)["plan.pdf"]
    assert owner.get(f"{HERE}/scans/5/copies/{line}/page?quote=1").status_code == 404


def test_a_damaged_copy_is_told_and_never_shown(dashboard: Dashboard) -> None:
    for path in dashboard.site.evidence_folder.glob("objects/*/*"):
        path.write_bytes(b"something else")
    client = dashboard.client("webmaster")
    assert client.get("/units/surin/items/O3").status_code == 200
    answer = client.get("/api/v1/units/surin/items/O3/quotes/1/page")
    assert answer.status_code == 503
    assert "oit evidence verify" in answer.json()["error"]["message"]
    line = client.get("/api/v1/units/surin/items/O3").json()["copies"][0]["line"]
    framed = client.get(f"/units/surin/items/O3/scans/3/copies/{line}/page")
    assert framed.status_code == 503
    assert framed.headers["x-frame-options"] == "SAMEORIGIN"
    assert "oit evidence verify" in framed.text


def test_a_scan_before_there_was_an_archive_says_so(dashboard: Dashboard) -> None:
    with dashboard.site.store.writing() as session:
        session.execute(text("DELETE FROM captures"))
    shown = dashboard.client("webmaster").get("/units/surin/items/O3").text
    assert "คลังหลักฐานไม่มีสำเนา" in shown
    assert "<iframe" not in shown
