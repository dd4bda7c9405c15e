"""Bodies on disk: stored once, found by hash, thrown away oldest first."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies import BodyStore


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_what_is_put_comes_back_whoever_puts_it_and_however_often(bodies: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        store = BodyStore(Path(folder))
        names = [store.put(body) for body in bodies]
        assert [store.get(name) for name in names] == bodies
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        assert len(files) == len(set(bodies))


def test_what_was_never_stored_or_was_changed_is_not_given_out(tmp_path: Path) -> None:
    store = BodyStore(tmp_path / "later")
    assert store.get("0" * 64) is None
    name = store.put("แผนผังหน่วยงาน".encode())
    path = next(p for p in tmp_path.rglob(name))
    path.write_bytes(b"changed")
    assert store.get(name) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab", "Z" * 64, "0" * 63 + "\n"])
def test_only_a_hash_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        BodyStore(tmp_path).get(name)


def test_pruning_keeps_what_was_used_last(tmp_path: Path) -> None:
    store = BodyStore(tmp_path)
    names = [store.put(bytes([number]) * 100) for number in range(4)]
    for age, name in enumerate(reversed(names)):
        os.utime(next(tmp_path.rglob(name)), (1_000_000 - age, 1_000_000 - age))
    store.put(bytes([0]) * 100)
    assert store.prune(250) == 200
    assert [store.get(name) is not None for name in names] == [True, False, False, True]
    assert store.prune(0) == 200
    assert store.prune(0) == 0
