"""Objects in a folder and in a bucket: one table for both, a real server behind the bucket."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from objects.folder import Folder
from tests.objects import s3_server

if TYPE_CHECKING:
    from objects.port import Objects

PLACES: dict[str, Callable[[Path], Objects]] = {
    "folder": lambda path: Folder(path / "objects"),
    "bucket": lambda _: s3_server.bucket(),
    "whole bucket": lambda _: s3_server.bucket(prefix=""),
}
NAME = "objects/ab/" + "ab" * 32 + ".warc.gz"


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    return PLACES[request.param](tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 10, b"x" * 3_000_000], ids=len)
def test_what_is_put_comes_back(place: Objects, content: bytes) -> None:
    assert place.put(NAME, content)
    assert place.get(NAME) == content
    assert place.size(NAME) == len(content)


def test_an_object_is_never_written_over(place: Objects) -> None:
    assert place.put(NAME, b"first")
    assert not place.put(NAME, b"second")
    assert not place.put(NAME, b"first")
    assert place.get(NAME) == b"first"


def test_of_many_writers_of_one_name_one_wins(place: Objects) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: place.put(NAME, b"%d" % n), range(8)))
    assert sum(made) == 1
    assert place.get(NAME) == b"%d" % made.index(True)


def test_what_is_not_there_is_none_and_may_be_removed(place: Objects) -> None:
    assert (place.get(NAME), place.size(NAME), place.remove(NAME)) == (None, None, 0)
    assert list(place.entries("objects")) == []


def test_removing_tells_what_it_freed(place: Objects) -> None:
    place.put(NAME, b"12345")
    assert place.remove(NAME) == 5
    assert place.get(NAME) is None
    assert place.put(NAME, b"again")


NAMES = [
    "manifest/000000000001-000000000007.jsonl",
    "manifest/000000000001.jsonl",
    "manifest/000000000009.jsonl",
    "objects/aa/1.warc.gz",
    "objects/aa-b/1.warc.gz",
    "objects/ab/0.warc.gz",
]


@pytest.mark.parametrize(
    ("below", "after", "found"),
    [
        ("manifest", "", NAMES[:3]),
        ("manifest/", "manifest/000000000001.jsonl", NAMES[2:3]),
        ("manifest/", "manifest/000000000001", NAMES[:3]),
        ("manifest", "manifest/000000000009.jsonl", []),
        ("objects", "", [NAMES[4], NAMES[3], NAMES[5]]),
        ("objects/aa", "", [NAMES[3]]),
        ("objects/a", "", []),
    ],
)
def test_lists_go_by_folder_and_in_order(
    place: Objects, below: str, after: str, found: list[str]
) -> None:
    for name in reversed(NAMES):
        place.put(name, b"12")
    listed = list(place.entries(below, after))
    assert [one.name for one in listed] == found
    assert all(one.size == 2 for one in listed)
    assert all(abs(datetime.now(UTC) - one.written) < timedelta(minutes=5) for one in listed)


def test_more_than_may_be_read_is_refused(place: Objects) -> None:
    place.put(NAME, b"x" * 2000)
    assert len(place.get(NAME, most=2000) or b"") == 2000
    with pytest.raises(OSError, match="larger than 1,999 bytes"):
        place.get(NAME, most=1999)


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".part", "a/.b", "ก", "a\nb", "x" * 401],
)
def test_only_plain_names_are_taken(place: Objects, name: str) -> None:
    for ask in (place.get, place.size, place.remove, lambda n: place.put(n, b"")):
        with pytest.raises(ValueError, match="not a name"):
            ask(name)


def test_two_prefixes_of_a_bucket_do_not_see_each_other() -> None:
    name = s3_server.fresh_bucket()
    one, other = s3_server.bucket(name, "one"), s3_server.bucket(name, "one-more")
    one.put("objects/x", b"1")
    assert other.get("objects/x") is None
    assert list(other.entries("objects")) == []
    assert [x["Key"] for x in s3_server.client().list_objects_v2(Bucket=name)["Contents"]] == [
        "one/conditional-put.txt",
        "one/objects/x",
    ]


@pytest.mark.parametrize("count", [0, 9, 10, 11, 25])
def test_a_list_of_several_pages_is_whole(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("objects.bucket._AT_ONCE", 10)
    place = s3_server.bucket()
    for number in range(count):
        place.put(f"m/{number:05d}", b"")
    assert [one.name for one in place.entries("m")] == [f"m/{n:05d}" for n in range(count)]


def test_a_file_that_is_cut_off_while_it_is_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Folder(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("objects.whole.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        place.put(NAME, b"x")
    assert list(place.entries("objects")) == []
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


BODY = hashlib.sha256(b"seed").digest() * 20_000


@pytest.mark.parametrize("cuts", [1, 2])
def test_a_request_cut_in_the_middle_leaves_nothing_and_is_made_again(cuts: int) -> None:
    with s3_server.wire() as wire:
        name = s3_server.fresh_bucket()
        place, seen = s3_server.bucket(name, at=wire.at), s3_server.bucket(name)
        place.put("warm", b"")
        wire.cut(cuts, sent=300_000)
        assert place.put(NAME, BODY)
        assert seen.get(NAME) == BODY


def test_a_put_whose_answer_is_lost_counts_as_made() -> None:
    with s3_server.wire() as wire:
        name = s3_server.fresh_bucket()
        place, seen = s3_server.bucket(name, at=wire.at), s3_server.bucket(name)
        place.put("warm", b"")
        wire.cut(1, answered=5)
        place.put(NAME, BODY)
        assert seen.get(NAME) == BODY


def test_an_answer_cut_in_the_middle_is_asked_for_again() -> None:
    with s3_server.wire() as wire:
        name = s3_server.fresh_bucket()
        place = s3_server.bucket(name, at=wire.at)
        place.put(NAME, BODY)
        wire.cut(1, answered=200_000)
        assert place.get(NAME) == BODY
        assert wire.cuts == 0
