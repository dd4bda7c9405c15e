"""Locks that the system itself lets go of when their holder dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scheduling.locks import Lock, holder, is_held


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "sweep.lock"
    first = Lock.take(path)
    assert first is not None
    assert Lock.take(path) is None
    first.let_go()
    assert not is_held(path)


def test_a_lock_lives_as_long_as_the_process_it_was_handed_to(tmp_path: Path) -> None:
    path = tmp_path / "sweep.lock"
    lock = Lock.take(path)
    assert lock is not None
    job = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock.fileno(),)
    )
    lock.name_holder(job.pid)
    lock.let_go()
    assert is_held(path)
    assert holder(path) == job.pid
    job.communicate(b"\n")
    assert not is_held(path)


def test_the_number_of_an_earlier_holder_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "sweep.lock"
    earlier = Lock.take(path)
    assert earlier is not None
    earlier.name_holder(4_000_000)
    earlier.let_go()
    now = Lock.take(path)
    assert now is not None
    assert holder(path) is None
    now.let_go()
