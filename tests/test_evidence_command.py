"""Evidence from a sweep of real pages to a pack that a civil servant hands in."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

import sweep
from checklist.evidence import Document, Fetch, Origin, Trail
from checklist.loader import load, load_year
from checklist.profile import UnitType
from checklist.verdict import ItemVerdict, Verdict
from cli import app
from crawler.settings import CrawlSettings
from evidence.archive import Archive
from results.store import Store
from sweep.archiving import in_entry_window, rests_on
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, minimal_pdf, page
from tests.databases import database_at
from units.registry import Unit

CHECKLIST = load_year(2566)
PAGES = {
    "/": page("เทศบาลตำบลบ้านสวนมะลิ", PROSE),
    "/contact": page("ข้อมูลการติดต่อ", f"<p>ที่อยู่ 1 หมู่ 2 โทรศัพท์ 044-123456</p>{PROSE}"),
    "/plan": page("แผนปฏิบัติการป้องกันการทุจริต", f"<a href='/plan66.pdf'>แผนปฏิบัติการ 2566</a>{PROSE}"),
    "/plan66.pdf": Answer(minimal_pdf("FY2566"), kind="application/pdf"),
}  # fmt: skip


@dataclass(frozen=True)
class Ministry:
    """A site that was swept, its database and its reports' folder."""

    folder: Path
    site: str
    url: str

    @property
    def archive(self) -> Archive:
        return Archive.open(self.folder / "oit-evidence", self.url)

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(app, ["evidence", *words, "--database", self.url])


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    folder = tmp_path_factory.mktemp("evidence")
    url = database_at(f"{folder}/oit.db")
    with LoopbackSite("127.0.0.1", PAGES) as site, Store.open(url) as store:
        unit = Unit(
            id="suan",
            name="เทศบาลตำบลบ้านสวนมะลิ",
            type=UnitType.LOCAL,
            main_site=f"{site.url}/",
            urls={
                "O5": (f"{site.url}/contact", f"{site.url}/contact#map"),
                "O36": tuple(f"{site.url}{path}" for path in ("/plan", "/plan66.pdf", "/gone")),
            },
        )
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, render=False, confirm_after_s=0,
            max_path_pages=0, max_index_pages=0, max_menu_pages=0, bodies_folder=folder / "bodies",
            evidence_folder=folder / "oit-evidence",
        )  # fmt: skip
        items = CHECKLIST.select(["O5", "O36"])
        asked = sweep.SweepRequest(
            CHECKLIST, [unit], items, date(2023, 4, 30), settings, folder / "reports"
        )
        sweep.sweep(asked, store)
        yield Ministry(folder, site.url, url)


@pytest.fixture(scope="module")
def seen_again(ministry: Ministry) -> Ministry:
    """The same bytes at the same addresses a day later."""
    with ministry.archive as archive:
        first = archive.of_unit(1, "suan")
        later = [
            replace(one.capture, fetched_at=one.capture.fetched_at + timedelta(days=1))
            for one in first
        ]
        archive.keep(2, "suan", later, lambda _: None, {})
        archive.seal(2)
    return ministry


def packed(ministry: Ministry, tmp_path: Path, *words: str) -> dict[str, bytes]:
    target = tmp_path / "pack.zip"
    result = ministry.run("export", "--unit", "suan", *words, "--out", str(target))
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(target) as pack:
        pack.extractall(tmp_path / "pack")
        return {name: pack.read(name) for name in pack.namelist()}


def test_everything_a_verdict_rests_on_is_kept(ministry: Ministry) -> None:
    result = ministry.run("list", "--unit", "suan", "--scan", "1", "--json")
    rows = json.loads(result.stdout)
    path = {row["url"].removeprefix(ministry.site): row for row in rows}
    assert sorted(path) == ["/contact", "/contact#map", "/gone", "/plan", "/plan66.pdf"]
    assert path["/gone"]["status"] == 404
    assert path["/contact"]["object"] == path["/contact#map"]["object"]
    assert path["/plan66.pdf"]["items"] == ["O36"]
    shown = ministry.run("list", "--unit", "suan", "--item", "o5")
    assert "/contact" in shown.stdout
    assert "/plan" not in shown.stdout


def test_unchanged_pages_add_moments_and_no_copies(seen_again: Ministry) -> None:
    with seen_again.archive as archive:
        first, second = archive.of_unit(1, "suan"), archive.of_unit(2, "suan")
        assert {one.object_sha256 for one in first} == {one.object_sha256 for one in second}
        assert len(list(archive.objects.names())) == 4
        assert {one.seq for one in first}.isdisjoint(one.seq for one in second)


def test_the_pack_holds_files_that_anyone_can_check(seen_again: Ministry, tmp_path: Path) -> None:
    files = packed(seen_again, tmp_path, "--item", "O36")
    assert sorted(files) == [
        "captures.json", "clarification-O36.docx", "evidence.warc.gz", "hashes.txt",
        "manifest-lines.jsonl", "originals/01-plan66.pdf", "pages/01.png",
    ]  # fmt: skip
    assert files["originals/01-plan66.pdf"] == minimal_pdf("FY2566")
    if shutil.which("sha256sum"):
        done = subprocess.run(
            ["sha256sum", "-c", "--strict", "hashes.txt"],
            cwd=tmp_path / "pack", capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
    kinds = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
        for record in ArchiveIterator(io.BytesIO(files["evidence.warc.gz"]), check_digests="raise")
        if record.rec_type in ("response", "revisit")
    ]
    assert sorted(kinds) == sorted(
        (kind, f"{seen_again.site}{path}")
        for kind in ("response", "revisit")
        for path in ("/plan", "/gone", "/plan66.pdf")
    )


def test_the_sheet_tells_what_the_links_showed(seen_again: Ministry, tmp_path: Path) -> None:
    files = packed(seen_again, tmp_path, "--item", "O36")
    paper = docx.Document(io.BytesIO(files["clarification-O36.docx"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in paper.paragraphs), *cells])
    for told in (
        "เทศบาลตำบลบ้านสวนมะลิ", "O36", f"{seen_again.site}/plan", f"{seen_again.site}/gone",
        "HTTP 404", "HTTP 200", "พ.ศ. ๒๕๖๖", "ไม่อยู่ในช่วงกรอก", "sha256sum -c hashes.txt",
        "พบเนื้อหาเดียวกันทุกไบต์ ๒ ครั้ง", "ลงชื่อ", "ตำแหน่ง", "ป.ป.ช.",
    ):  # fmt: skip
        assert told in text, told
    for row in json.loads(files["captures.json"]):
        assert row["payload"] in text
    assert len(paper.inline_shapes) == 1


def test_verify_is_quiet_until_something_is_changed(ministry: Ministry) -> None:
    clean = ministry.run("verify")
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert "ไม่พบการแก้ไขหรือสูญหาย" in clean.stderr
    with ministry.archive as archive:
        path = archive.objects.path(archive.of_unit(1, "suan")[0].object_sha256)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content[:-9] + b"x" + content[-8:])
    try:
        found = ministry.run("verify")
        assert found.exit_code == 1
        [line] = found.stdout.splitlines()
        assert line.startswith("! สำเนาหลักฐานของรายการที่ 1 ถูกแก้ไข")
        told = json.loads(ministry.run("verify", "--json").stdout)
        assert (told["clean"], told["findings"][0]["flaw"]) == (False, "object_changed")
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "--unit", "suan", "--item", "O1"], "ไม่มีสำเนาของหน่วยงาน «suan» ข้อ O1"),
        (["export", "--unit", "suen", "--item", "O36"], "ใกล้ที่สุดคือ «suan»"),
        (["export", "--unit", "suan", "--item", "O1-O3"], "ระบุทีละข้อ"),
        (["export", "--unit", "suan", "--item", "O99"], "ไม่มีข้อ O99"),
        (["list", "--unit", "suan", "--scan", "9"], "ไม่พบการตรวจครั้งที่ 9"),
    ],
)
def test_a_wrong_call_gets_one_line(ministry: Ministry, words: list[str], said: str) -> None:
    result = ministry.run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_without_an_archive_there_is_nothing_to_verify(tmp_path: Path) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    with Store.open(url):
        pass
    result = CliRunner().invoke(app, ["evidence", "verify", "--database", url])
    assert result.exit_code == 2
    assert "ยังไม่มีคลังหลักฐาน" in result.stderr


def test_a_pack_is_not_written_over(ministry: Ministry, tmp_path: Path) -> None:
    target = tmp_path / "pack.zip"
    target.write_text("mine")
    result = ministry.run("export", "--unit", "suan", "--item", "O36", "--out", str(target))
    assert result.exit_code == 2
    assert target.read_text() == "mine"


def test_the_entry_window_counts_by_the_day_in_thailand() -> None:
    last_evening = datetime(2023, 4, 30, 16, 59, tzinfo=UTC)
    assert in_entry_window(CHECKLIST, last_evening)
    assert not in_entry_window(CHECKLIST, last_evening.replace(hour=17, minute=0))
    assert in_entry_window(CHECKLIST, datetime(2023, 2, 28, 17, 0, tzinfo=UTC))
    assert not in_entry_window(load("moi-2566"), last_evening)


def test_a_document_that_served_nothing_is_not_evidence() -> None:
    fetch = Fetch("https://a.example/x", "https://a.example/x", sha256="a" * 64)
    followed = Document(fetch, trail=Trail(Origin.FOLLOWED))
    verdict = ItemVerdict("O36", Verdict.FAIL)
    assert list(rests_on(verdict, [followed])) == []
    named = replace(verdict, urls=("https://a.example/x",))
    assert list(rests_on(named, [followed])) == [followed]
    failing = replace(followed, fetch=replace(fetch, problem="http_404"))
    assert list(rests_on(verdict, [failing])) == [failing]
    given = replace(followed, trail=Trail(Origin.GIVEN))
    assert list(rests_on(verdict, [given])) == [given]
