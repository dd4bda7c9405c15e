"""The archive in a bucket: all that it does in a folder, and one chain from several machines."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from database.faults import CutOffError
from evidence import segments, table
from evidence.archive import Archive
from evidence.capture import Kept, facts_of
from evidence.chain import Head, read
from evidence.findings import Flaw
from evidence.objects import file_of
from evidence.segments import MANIFEST, Segments
from evidence.verifying import holds_nothing, verify
from objects.faults import BucketError
from objects.opening import objects_at
from tests.databases import database_at, on, server
from tests.evidence.archive_samples import (
    ABOUT,
    MISSING,
    PAGE,
    PDF,
    Bodies,
    a_capture,
    bodies,
    three,
)
from tests.objects import s3_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from objects.port import Objects

ROOT = Path(__file__).parents[2]
AT_ONCE = timedelta(seconds=-60)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, and the settings that lead to it."""
    return s3_server.reached(monkeypatch)


@pytest.fixture
def archive(tmp_path: Path, address: str) -> Iterator[Archive]:
    with Archive.open(address, database_at(tmp_path / "oit.db")) as archive:
        yield archive


def flaws(archive: Archive) -> set[Flaw]:
    return {one.flaw for one in verify(archive).findings}


def pieces(archive: Archive) -> list[str]:
    return [one.name.removeprefix(f"{MANIFEST}/") for one in archive.place.entries(MANIFEST)]


def tidied(archive: Archive, monkeypatch: pytest.MonkeyPatch, full: int = 10**6) -> None:
    monkeypatch.setattr(segments, "FEWEST", 2)
    assert isinstance(archive.manifest, Segments)
    archive.manifest.tidy(AT_ONCE, full)


def put_instead(archive: Archive, name: str, content: bytes | None) -> None:
    """Change an object behind the program's back; `None` deletes it."""
    bucket, prefix = archive.place.shown.removeprefix("s3://").split("/")
    key = {"Bucket": bucket, "Key": f"{prefix}/{name}"}
    if content is None:
        s3_server.client().delete_object(**key)
    else:
        s3_server.client().put_object(**key, Body=content)


def test_an_archive_that_never_kept_anything_writes_nothing(archive: Archive) -> None:
    assert archive.seal(1).seq == 0
    assert archive.forget([1]).captures == 0
    assert holds_nothing(archive)
    assert verify(archive).clean
    assert pieces(archive) == []


def test_what_was_kept_is_found_again_byte_for_byte(archive: Archive) -> None:
    kept = three(archive)
    head = archive.seal(1)
    assert [archive.body(one) for one in kept] == [PAGE, MISSING, PDF]
    assert [one.seq for one in archive.of_unit(1, "suan")] == [1, 2, 3]
    assert len(list(archive.objects.names())) == 3
    checked = verify(archive)
    assert (checked.findings, checked.lines, checked.objects) == ([], 4, 3)
    assert checked.head == head == archive.manifest.head()
    assert pieces(archive) == ["000000000001.jsonl", "000000000004.jsonl"]
    wanted = list(archive.manifest.lines({1, 3, 4, 99}))
    assert [line.seq for raw in wanted if (line := read(raw.rstrip())) is not None] == [1, 3, 4]


def test_an_unchanged_page_costs_a_line_and_no_copy(archive: Archive) -> None:
    [first] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
    second = Bodies()
    [again] = archive.keep(2, "suan", [a_capture(hours=24)], second, ABOUT)
    assert second.read == 0
    assert again.object_sha256 == first.object_sha256
    assert three(archive, 2)[0].seq == again.seq
    assert verify(archive).findings == []


def test_retention_forgets_what_is_old_and_never_the_entry_window(archive: Archive) -> None:
    old, inside = a_capture(MISSING, hours=-24), a_capture(PDF, entry_window=True)
    archive.keep(1, "suan", [old, inside, a_capture()], bodies(), ABOUT)
    archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
    gone = archive.forget([1])
    assert (gone.captures, gone.objects) == (2, 1)
    assert gone.bytes > 0
    assert len(list(archive.objects.names())) == 2
    checked = verify(archive)
    assert (checked.findings, checked.forgotten) == ([], 2)


def test_a_copy_that_a_capture_names_again_meanwhile_is_not_removed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    [kept] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
    freed = archive._freed

    def later(names: list[str]) -> list[int]:
        again = replace(kept, scan_id=2, capture=a_capture(hours=24))
        with archive._locked() as (session, writer):
            [seq] = writer.append([facts_of(again)])
            table.add(session, [replace(again, seq=seq)])
        return freed(names)

    monkeypatch.setattr(archive, "_freed", later)
    assert archive.forget([1]).objects == 0
    assert archive.body(kept) == PAGE
    assert verify(archive).findings == []


def test_a_copy_that_is_forgotten_while_it_is_wanted_is_made_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
    copied = archive._copied
    looks = iter([True, False])

    def then_forgotten(*given: Any) -> list[Kept]:
        found = list(copied(*given))
        if next(looks):
            archive.forget([1])
        return found

    monkeypatch.setattr(archive, "_copied", then_forgotten)
    [again] = archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
    assert archive.body(again) == PAGE
    assert verify(archive).findings == []


TAMPERINGS: dict[str, tuple[int, bytes | None, Flaw]] = {
    "a line changed": (0, b'{"seq":1}\n', Flaw.LINE_UNREADABLE),
    "a piece deleted": (0, None, Flaw.LINES_MISSING),
    "the tail cut": (1, None, Flaw.TAIL_CUT),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_a_store_that_changes_the_manifest_is_noticed(archive: Archive, how: str) -> None:
    three(archive)
    archive.seal(1)
    place, content, flaw = TAMPERINGS[how]
    put_instead(archive, f"{MANIFEST}/{pieces(archive)[place]}", content)
    archive.manifest = Segments(archive.place)
    found = verify(archive)
    assert not found.clean
    assert flaw in {one.flaw for one in found.findings}


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (None, Flaw.OBJECT_GONE),
        (b"", Flaw.OBJECT_CHANGED),
        (gzip.compress(b"another"), Flaw.OBJECT_CHANGED),
    ],
    ids=["gone", "emptied", "another"],
)
def test_a_store_that_lies_of_a_copy_is_noticed(
    archive: Archive, content: bytes | None, flaw: Flaw
) -> None:
    kept = three(archive)[0]
    put_instead(archive, file_of(kept.object_sha256), content)
    assert archive.body(kept) is None
    assert flaws(archive) == {flaw}


def test_a_copy_that_nobody_names_is_told(archive: Archive) -> None:
    three(archive)
    put_instead(archive, file_of("ab" * 32), b"x")
    assert flaws(archive) == {Flaw.OBJECT_WITHOUT_LINE}


def test_a_crash_between_lines_and_rows_is_no_tampering(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(table, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            three(archive)
    assert verify(archive).clean
    kept = three(archive)
    archive.seal(1)
    assert [one.seq for one in kept] == [4, 5, 6]
    assert flaws(archive) == {Flaw.INTERRUPTED}


def test_a_store_that_is_away_leaves_nothing_that_counts(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(archive)

    def away(*_: object) -> bool:
        raise BucketError("away", archive.place.shown)

    whole = type(archive.place).put
    gone = a_capture(PDF, hours=1, status=410)
    for put in ("objects/", MANIFEST):
        with monkeypatch.context() as patch:

            def some(self: Objects, name: str, content: bytes, put: str = put) -> bool:
                return away() if name.startswith(put) else whole(self, name, content)

            patch.setattr(type(archive.place), "put", some)
            with pytest.raises(BucketError, match="does not answer"):
                archive.keep(2, "suan", [gone], bodies(), ABOUT)
        assert archive.of_unit(2, "suan") == []
        assert verify(archive).clean
    archive.keep(2, "suan", [gone], bodies(), ABOUT)
    assert verify(archive).findings == []


def test_of_two_writers_behind_one_head_the_store_refuses_one(archive: Archive) -> None:
    three(archive)
    with archive.manifest.writing() as first, Segments(archive.place).writing() as second:
        assert first.head == second.head
        assert first.append([{"what": "sealed", "scan": 1}]) == [4]
        with pytest.raises(CutOffError, match="another machine wrote"):
            second.append([{"what": "sealed", "scan": 2}])
    assert verify(archive).findings == []


def test_pieces_are_put_together_byte_for_byte(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scan in range(1, 6):
        archive.keep(scan, "suan", [a_capture(hours=scan)], bodies(), ABOUT)
    before = b"".join(archive.manifest.raw_lines())
    archive.manifest.tidy()
    assert len(pieces(archive)) == 5
    tidied(archive, monkeypatch)
    assert pieces(archive) == ["000000000001-000000000005.jsonl"]
    assert b"".join(archive.manifest.raw_lines()) == before
    fresh = Segments(archive.place)
    assert fresh.head() == archive.manifest.head() == verify(archive).head
    assert b"".join(fresh.lines({2, 4})) == b"".join(before.splitlines(keepends=True)[1:4:2])
    archive.keep(6, "suan", [a_capture(hours=6)], bodies(), ABOUT)
    tidied(archive, monkeypatch)
    assert pieces(archive) == ["000000000001-000000000006.jsonl"]
    assert verify(archive).findings == []


@pytest.mark.parametrize("removed", [0, 2])
def test_a_run_that_was_cut_off_while_it_put_pieces_together_is_gone_on_with(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, removed: int
) -> None:
    for scan in range(1, 6):
        archive.keep(scan, "suan", [a_capture(hours=scan)], bodies(), ABOUT)
    remove, left = type(archive.place).remove, iter(range(removed))

    def until_killed(self: Objects, name: str) -> int:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return remove(self, name)

    with monkeypatch.context() as patch:
        patch.setattr(type(archive.place), "remove", until_killed)
        with pytest.raises(KeyboardInterrupt):
            tidied(archive, patch)
    assert len(pieces(archive)) == 6 - removed
    assert Segments(archive.place).head().seq == 5
    assert (verify(archive).findings, verify(archive).lines) == ([], 5)
    archive.keep(6, "suan", [a_capture(hours=6)], bodies(), ABOUT)
    tidied(archive, monkeypatch)
    assert pieces(archive) == ["000000000001-000000000006.jsonl"]
    assert (verify(archive).findings, verify(archive).lines) == ([], 6)


def test_a_reader_goes_on_while_pieces_are_put_together(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scan in range(1, 6):
        archive.keep(scan, "suan", [a_capture(hours=scan)], bodies(), ABOUT)
    before = list(archive.manifest.raw_lines())
    reading = archive.manifest.raw_lines(5)
    some = [next(reading), next(reading)]
    tidied(archive, monkeypatch)
    archive.keep(6, "suan", [a_capture(hours=6)], bodies(), ABOUT)
    tidied(archive, monkeypatch)
    assert [*some, *reading] == before


def test_a_last_line_that_cannot_be_read_is_gone_on_behind(archive: Archive) -> None:
    three(archive)
    put_instead(archive, f"{MANIFEST}/000000000004.jsonl", b"rubbish\n")
    archive.manifest = Segments(archive.place)
    assert archive.manifest.head() == Head()
    [kept] = archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
    assert kept.seq == 6
    assert flaws(archive) == {Flaw.LINE_UNREADABLE}


WRITER = """
import sys
from evidence.archive import Archive
from evidence.capture import Kept, facts_of
from tests.evidence.archive_samples import ABOUT, a_capture, bodies
place, database, me, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
with Archive.open(place, database) as archive:
    for number in range(rounds):
        captures = [a_capture(hours=number + k, url=f"https://{me}.go.th/{k}") for k in range(3)]
        archive.keep(number + 1, me, captures, bodies(), ABOUT)
        print(number, flush=True)
    archive.seal(1)
"""


def writer(address: str, database: str, name: str, rounds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, address, database, name, str(rounds)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.usefixtures("on_each_database")
def test_machines_that_write_at_once_write_one_chain(tmp_path: Path, address: str) -> None:
    database = database_at(tmp_path / "oit.db")
    with ExitStack() as stack:
        machines = [stack.enter_context(writer(address, database, f"unit{n}", 3)) for n in range(2)]
        assert [one.wait(60) for one in machines] == [0, 0]
    with Archive.open(address, database) as archive:
        checked = verify(archive)
        assert (checked.findings, checked.lines) == ([], 2 * (3 * 3 + 1))
        assert len(archive.of_unit(3, "unit1")) == 3


def test_a_machine_that_is_killed_leaves_a_chain_that_others_go_on_with(
    tmp_path: Path, address: str
) -> None:
    with on("postgresql"):
        database = database_at(tmp_path / "oit.db")
        with (
            writer(address, database, "dying", 1000) as dying,
            writer(address, database, "other", 3) as other,
        ):
            assert dying.stdout is not None
            for _ in range(2):
                dying.stdout.readline()
            os.kill(dying.pid, signal.SIGKILL)
            assert other.wait(60) == 0
        with Archive.open(address, database) as archive:
            [kept, *_] = archive.keep(1, "dying", [a_capture(hours=99)], bodies(), ABOUT)
            assert archive.body(kept) == PAGE
            checked = verify(archive)
            assert checked.clean
            assert {one.flaw for one in checked.findings} <= {Flaw.INTERRUPTED}


@pytest.mark.parametrize("cut", ["before the lines", "after the lines"])
def test_a_machine_that_loses_its_lock_writes_behind_the_one_that_got_it(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    with on("postgresql"):
        url = database_at(tmp_path / "oit.db")
        put, cuts = Segments._put, iter([True])

        def losing(self: Segments, head: Head, lines: bytes) -> None:
            if not next(cuts, False):
                put(self, head, lines)
                return
            if cut == "after the lines":
                put(self, head, lines)
            server().cut(url.rpartition("/")[2].partition("?")[0])
            with Archive.open(address, url) as other:
                other.manifest = Segments(other.place)
                other.keep(1, "other", [a_capture(PDF, status=410)], bodies(), ABOUT)
            if cut == "before the lines":
                put(self, head, lines)

        with Archive.open(address, url) as archive:
            monkeypatch.setattr(Segments, "_put", losing)
            kept = three(archive)
            assert [archive.body(one) for one in kept] == [PAGE, MISSING, PDF]
            archive.seal(1)
            assert [one.seq for one in kept] == ([2, 3, 4] if "before" in cut else [5, 6, 7])
            assert flaws(archive) == (set() if "before" in cut else {Flaw.INTERRUPTED})


def test_in_a_bucket_with_versions_what_retention_deletes_can_be_had_back(
    archive: Archive, address: str
) -> None:
    bucket = address.split("/")[2]
    on_now = {"Status": "Enabled"}
    s3_server.client().put_bucket_versioning(Bucket=bucket, VersioningConfiguration=on_now)
    [kept] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
    assert archive.forget([1]).objects == 1
    assert archive.payload(kept.capture.payload_sha256) is None
    assert list(archive.objects.names()) == []
    key = f"oit/{file_of(kept.object_sha256)}"
    told = s3_server.client().list_object_versions(Bucket=bucket, Prefix=key)
    assert (len(told["Versions"]), len(told["DeleteMarkers"])) == (1, 1)
    assert verify(archive).findings == []


def test_a_body_is_found_by_its_hash_whenever_it_was_kept(archive: Archive) -> None:
    first, *_ = three(archive)
    archive.keep(2, "suan", [a_capture(status=410)], bodies(), ABOUT)
    digest = first.capture.payload_sha256
    assert archive.payload(digest) == PAGE
    put_instead(archive, file_of(first.object_sha256), b"damaged")
    assert archive.payload(digest) == PAGE
    assert archive.payload("0" * 64) is None


def test_a_place_is_opened_by_its_address(address: str) -> None:
    assert objects_at(address).shown == address
