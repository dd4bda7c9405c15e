"""A sweep that archives into a bucket, and every command that works with the archive then."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import sweep
from checklist.profile import UnitType
from cli import app
from commands.options import crawl_settings, with_archive
from crawler.bodies import BodyStore, bodies_at
from evidence.archive import Archive
from results.store import Store
from sweep.archiving import reach_buckets
from tests.crawler.loopback_site import PROSE, LoopbackSite, page
from tests.databases import database_at
from tests.objects import s3_server
from tests.test_evidence_command import CHECKLIST
from units.registry import Unit

PAGES = {
    "/": page("เทศบาลตำบลบ้านสวนมะลิ", PROSE),
    "/contact": page("ข้อมูลการติดต่อ", f"<p>ที่อยู่ 1 หมู่ 2 โทรศัพท์ 044-123456</p>{PROSE}"),
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of an installation whose archive and bodies are in one bucket."""
    address = s3_server.reached(monkeypatch)
    given = {
        "OIT_HOME": str(tmp_path), "OIT_EVIDENCE_URL": f"{address}/evidence",
        "OIT_SHARED_URL": f"{address}/shared", "OIT_ALLOW_NETWORKS": "127.0.0.0/8",
        "OIT_DELAY_S": "0", "OIT_RENDER": "false", "OIT_MAX_PATH_PAGES": "0",
        "OIT_MAX_INDEX_PAGES": "0", "OIT_MAX_MENU_PAGES": "0", "OIT_CONFIRM_AFTER_S": "0",
    }  # fmt: skip
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    return given


def run(url: str, *words: str) -> Any:
    return CliRunner().invoke(app, ["--lang", "en", *words, "--database", url])


@pytest.mark.usefixtures("settings")
def test_a_sweep_and_all_commands(tmp_path: Path) -> None:
    url = database_at(tmp_path / "oit.db")
    crawl = with_archive(crawl_settings(), url)
    assert crawl.evidence_folder is None
    reach_buckets(crawl)
    with LoopbackSite("127.0.0.1", PAGES) as site, Store.open(url) as store:
        unit = Unit(
            id="suan", name="เทศบาลตำบลบ้านสวนมะลิ", type=UnitType.LOCAL, main_site=f"{site.url}/",
            urls={"O5": (f"{site.url}/contact", f"{site.url}/gone")},
        )  # fmt: skip
        asked = sweep.SweepRequest(
            CHECKLIST, [unit], CHECKLIST.select(["O5"]), date(2023, 4, 30), crawl,
            tmp_path / "reports",
        )  # fmt: skip
        sweep.sweep(asked, store)
    assert not list(tmp_path.glob("*evidence*"))
    rows = json.loads(run(url, "evidence", "list", "--unit", "suan", "--json").stdout)
    assert sorted(row["url"].removeprefix(site.url) for row in rows) == ["/contact", "/gone"]
    told = json.loads(run(url, "evidence", "verify", "--json").stdout)
    assert (told["clean"], told["lines"], told["objects"]) == (True, 3, 2)
    pack = tmp_path / "pack.zip"
    made = run(url, "evidence", "export", "--unit", "suan", "--item", "O5", "--out", str(pack))
    assert made.exit_code == 0, made.output
    with zipfile.ZipFile(pack) as opened:
        assert "evidence.warc.gz" in opened.namelist()
        assert opened.read("manifest-lines.jsonl").count(b"\n") == 2
    assert run(url, "retention", "--yes").exit_code == 0
    assert json.loads(run(url, "evidence", "verify", "--json").stdout)["clean"]


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("setting", ["OIT_EVIDENCE_URL", "OIT_SHARED_URL"])
@pytest.mark.parametrize(
    ("address", "told"),
    [("s3://no-such-bucket/x", "there is no such bucket"), ("s3:bucket", "not an address")],
)
def test_a_sweep_does_not_begin_without_its_bucket(
    setting: str, address: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, address)
    url = database_at(tmp_path / "oit.db")
    ran = run(url, "sweep", "--shipped", "--out", str(tmp_path / "out"))
    assert (ran.exit_code, told in " ".join(ran.output.split())) == (2, True), ran.output
    with Store.open(url) as store:
        assert not store.scans()


BODY = b"%PDF-1.4 a scan"
NAME = hashlib.sha256(BODY).hexdigest()


def test_a_body_goes_from_one_machine_to_another(settings: dict[str, str], tmp_path: Path) -> None:
    shared = settings["OIT_SHARED_URL"]
    one, other = bodies_at(tmp_path / "one", shared), bodies_at(tmp_path / "other", shared)
    BodyStore(tmp_path / "one").put(BODY)
    assert other.get(NAME) is None
    assert not other.share(NAME)
    assert one.share(NAME)
    assert one.share(NAME)
    assert other.get(NAME) == BODY
    assert BodyStore(tmp_path / "other").get(NAME) == BODY
    assert bodies_at(None, shared).get(NAME) == BODY


def test_without_a_bucket_bodies_stay_here(tmp_path: Path) -> None:
    BodyStore(tmp_path).put(BODY)
    alone = bodies_at(tmp_path)
    assert (alone.get(NAME), alone.share(NAME), bodies_at(None).get(NAME)) == (BODY, False, None)


@pytest.mark.parametrize("name", ["", "../x", "0" * 63])
def test_only_a_hash_names_a_body(name: str, settings: dict[str, str], tmp_path: Path) -> None:
    for deed in (bodies_at(tmp_path, settings["OIT_SHARED_URL"]).get, bodies_at(tmp_path).share):
        with pytest.raises(ValueError, match="not a SHA-256"):
            deed(name)


def test_a_body_that_a_store_changed_is_not_taken(settings: dict[str, str], tmp_path: Path) -> None:
    shared = settings["OIT_SHARED_URL"]
    bucket, key = shared.removeprefix("s3://").split("/", 1)
    name = f"{key}/bodies/{NAME[:2]}/{NAME}"
    s3_server.client().put_object(Bucket=bucket, Key=name, Body=BODY + b"!")
    assert bodies_at(tmp_path, shared).get(NAME) is None


def test_a_store_that_is_away_costs_only_the_sharing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("objects.bucket._AGAIN_S", ())
    monkeypatch.setattr("objects.bucket._RETRIES", 0)
    s3_server.reached(monkeypatch, "http://127.0.0.1:9")
    BodyStore(tmp_path).put(BODY)
    away = bodies_at(tmp_path, "s3://away-bucket/x")
    assert (away.get(NAME), away.share(NAME), away.get("0" * 64)) == (BODY, False, None)
    assert [one.levelname for one in caplog.records if "minute" in one.message] == ["WARNING"]


def test_an_archive_of_the_settings_is_in_the_bucket(
    settings: dict[str, str], tmp_path: Path
) -> None:
    url = database_at(tmp_path / "oit.db")
    place = with_archive(crawl_settings(), url).evidence_place
    assert place == settings["OIT_EVIDENCE_URL"]
    with Archive.open(place, url) as archive:
        assert archive.place.shown == place
