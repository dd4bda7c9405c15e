"""Processes that come one after the other, each with no memory of the one before.

Tried: a process asks a host and ends; the next begins at once. The note of the last request is
damaged, or from a future that a wrong clock made.
Must: the pause holds from one process to the next; a bad note costs one pause at most, never a night.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from crawler.turn_files import FileTurns
from crawler.turns import turn_now


def note_of(folder: Path) -> Path:
    [note] = folder.rglob("*.turn")
    return note


def test_the_pause_holds_between_two_processes(tmp_path: Path) -> None:
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5):
        begun = time.monotonic()
    with turn_now(FileTurns(tmp_path), "a.go.th", 0.3, 5):
        assert 0.29 <= time.monotonic() - begun < 2
    assert "a.go.th" in note_of(tmp_path).read_text()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0" * 64,
        b"soon never",
        b"nan inf x",
        b"9999999999.0 9999999999.0 a.go.th",
        b"-1 -1 x",
    ],
)
def test_a_bad_note_costs_one_pause_at_most(tmp_path: Path, said: bytes) -> None:
    with turn_now(FileTurns(tmp_path), "a.go.th", 0, 5):
        pass
    note_of(tmp_path).write_bytes(said)
    begun = time.monotonic()
    with turn_now(FileTurns(tmp_path), "a.go.th", 0.2, 5):
        assert time.monotonic() - begun < 1


def test_a_folder_that_cannot_be_written_leaves_turns_within_the_process(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    turns = FileTurns(blocked)
    first, second = turns.queue("a.go.th"), turns.queue("a.go.th")
    assert first.ask(0) is None
    assert second.ask(0) is not None
    first.leave()
    assert second.ask(0) is None


def test_no_path_is_built_from_a_host_name(tmp_path: Path) -> None:
    for host in ("../../etc/passwd", "a/b", "ก" * 300, "", "\0", "\ud800"):
        with turn_now(FileTurns(tmp_path / "turns"), host, 0, 1):
            pass
    assert {path.name for path in tmp_path.iterdir()} == {"turns"}
