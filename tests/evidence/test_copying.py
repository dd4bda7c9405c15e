"""An archive copied to a bucket and back: whole, checked, and gone on with after a stop."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from cli import app
from evidence.archive import Archive
from evidence.copying import CopyError, copy, plan
from evidence.verifying import verify
from tests.databases import database_at
from tests.evidence.archive_samples import ABOUT, MISSING, PDF, a_capture, bodies, opened, three
from tests.objects import s3_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from objects.port import Objects


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    return s3_server.reached(monkeypatch)


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Archive]:
    """Three copies, a seal and a capture that was forgotten: 6 lines."""
    with opened(tmp_path) as archive:
        three(archive)
        archive.seal(1)
        archive.keep(2, "suan", [a_capture(PDF, hours=1, status=410)], bodies(), ABOUT)
        archive.forget([2])
        yield archive


def lines(archive: Archive) -> bytes:
    return b"".join(archive.manifest.raw_lines())


def test_there_and_back_nothing_is_another(source: Archive, address: str, tmp_path: Path) -> None:
    bucket = Archive(address, source.engine)
    asked = plan(source, bucket)
    assert (asked.objects, asked.lines, asked.there) == (3, 6, 0)
    assert not bucket.exists
    done = copy(source, bucket)
    assert (done.objects, done.bytes, done.lines, done.there) == (3, asked.bytes, 6, 0)
    assert done.head == source.manifest.head() == bucket.manifest.head()
    assert lines(bucket) == lines(source)
    assert verify(bucket).findings == []
    back = Archive(tmp_path / "back", source.engine)
    assert copy(bucket, back).objects == 3
    assert lines(back) == lines(source)
    assert verify(back).findings == []


def test_what_came_since_is_brought_by_the_next_copy(source: Archive, address: str) -> None:
    bucket = Archive(address, source.engine)
    copy(source, bucket)
    source.keep(3, "suan", [a_capture(MISSING, hours=3)], bodies(), ABOUT)
    done = copy(source, bucket)
    assert (done.objects, done.lines, done.there) == (1, 1, 3)
    assert verify(bucket).findings == []
    assert copy(source, bucket).objects == 0


def test_a_copy_that_was_stopped_is_gone_on_with(
    source: Archive, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Archive(address, source.engine)
    put, left = type(bucket.place).put, iter(range(2))

    def until_cut(self: Objects, name: str, content: bytes) -> bool:
        if next(left, None) is None:
            raise OSError("cut")
        return put(self, name, content)

    with monkeypatch.context() as patch:
        patch.setattr(type(bucket.place), "put", until_cut)
        with pytest.raises(OSError, match="cut"):
            copy(source, bucket)
    assert not bucket.exists
    done = copy(source, bucket)
    assert (done.there, done.objects) == (2, 1)
    assert verify(bucket).findings == []


def test_a_damaged_copy_stays_behind_and_is_named(source: Archive, address: str) -> None:
    name = source.of_unit(1, "suan")[0].object_sha256
    path = source.objects.path(name)
    path.chmod(0o600)
    path.write_bytes(b"other")
    done = copy(source, Archive(address, source.engine))
    assert done.objects == 2
    assert [name in one for one in done.damaged] == [True]


def test_a_broken_copy_at_the_target_is_made_whole(source: Archive, address: str) -> None:
    bucket = Archive(address, source.engine)
    name = next(iter(source.place.entries("objects"))).name
    bucket.place.put(name, b"half")
    copy(source, bucket)
    assert bucket.place.get(name) == source.place.get(name)


def test_a_target_that_does_not_keep_what_it_is_given_is_noticed(
    source: Archive, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Archive(address, source.engine)
    put = type(bucket.place).put
    monkeypatch.setattr(
        type(bucket.place), "put", lambda self, name, content: put(self, name, content[:-1])
    )
    with pytest.raises(CopyError, match="does not keep"):
        copy(source, bucket)
    assert not bucket.exists


def test_another_manifest_is_never_mixed_in(source: Archive, address: str, tmp_path: Path) -> None:
    with Archive.open(address, database_at(tmp_path / "other.db")) as other:
        other.keep(9, "other", [a_capture(PDF)], bodies(), ABOUT)
    bucket = Archive(address, source.engine)
    for deed in (plan, copy):
        with pytest.raises(CopyError, match="another manifest"):
            deed(source, bucket)
    assert bucket.manifest.head().seq == 1


def oit(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--lang", "en", "evidence", *arguments])
    return done.exit_code, " ".join(done.output.split())


def test_the_command_copies_and_the_archive_is_used_there(
    source: Archive, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = ("--database", str(source.engine.url))
    monkeypatch.setenv("OIT_EVIDENCE_FOLDER", str(tmp_path / "evidence"))
    code, said = oit("copy", "--to", address, "--dry-run", *database)
    assert (code, "to copy: 3 copies" in said) == (0, True)
    code, said = oit("copy", "--to", address, *database)
    assert (code, "copied: 3 copies" in said, "head: entry 6" in said) == (0, True, True)
    assert oit("copy", "--to", str(tmp_path / "evidence"), *database)[0] == 2
    monkeypatch.delenv("OIT_EVIDENCE_FOLDER")
    shutil.rmtree(tmp_path / "evidence")
    monkeypatch.setenv("OIT_EVIDENCE_URL", address)
    code, said = oit("verify", "--json", *database)
    assert code == 0
    assert json.loads(said)["lines"] == 6
    code, said = oit("copy", "--to", str(tmp_path / "again"), *database)
    assert (code, "copied: 3 copies" in said) == (0, True)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"OIT_EVIDENCE_URL": "s3://ab"}, "not an address of an object store"),
        ({"OIT_EVIDENCE_URL": "s3://no-such-bucket"}, "there is no such bucket"),
        ({"OIT_EVIDENCE_URL": "s3://bucket", "OIT_EVIDENCE_FOLDER": "x"}, "both set"),
        ({"OIT_EVIDENCE_URL": "s3://bucket", "OIT_S3_KEY_FILE": "/no/file"}, "cannot read"),
        ({"OIT_EVIDENCE_URL": "s3://bucket", "OIT_S3_ENDPOINT": "ftp://x"}, "must look like"),
    ],
)
@pytest.mark.usefixtures("address")
def test_settings_of_no_use_are_told_in_one_line(
    settings: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as archive:
        database = str(archive.engine.url)
    for name, text in settings.items():
        monkeypatch.setenv(name, text)
    for command in (["verify"], ["copy", "--to", str(tmp_path / "x")]):
        code, said = oit(*command, "--database", database)
        assert (code, told in said) == (2, True), said
        assert s3_server.SECRET not in said
