"""An archive after a crash, beside an older or newer database, and while others write to it."""

from __future__ import annotations

import fcntl
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evidence import table
from evidence.findings import Flaw
from evidence.verifying import verify
from tests.evidence.archive_samples import (
    ABOUT,
    PAGE,
    a_capture,
    bodies,
    manifest_file,
    opened,
    three,
)

if TYPE_CHECKING:
    from evidence.archive import Archive


def flaws(archive: Archive) -> set[Flaw]:
    return {one.flaw for one in verify(archive).findings}


def cut_off(archive: Archive, scan: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep captures up to the moment at which their lines are written and their rows are not."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(table, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            three(archive, scan)


def test_a_crash_is_no_tampering_though_the_page_is_another_when_it_is_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as archive:
        cut_off(archive, 1, monkeypatch)
        assert verify(archive).clean
        elsewhere = a_capture(hours=2, url="https://suan.example.go.th/new")
        archive.keep(1, "suan", [elsewhere], bodies(), ABOUT)
        archive.seal(1)
        assert flaws(archive) == {Flaw.INTERRUPTED}


def test_a_crash_is_no_tampering_after_its_scan_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as archive:
        cut_off(archive, 1, monkeypatch)
        three(archive, 1)
        archive.seal(1)
        assert archive.forget([1]).captures == 3
        assert flaws(archive) == {Flaw.INTERRUPTED}
        assert verify(archive).clean


def test_rows_that_vanish_after_their_scan_ended_are_no_crash(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        kept = three(archive, 1)
        archive.seal(1)
        with archive._changing() as session:
            table.remove(session, [one.seq for one in kept])
        assert flaws(archive) == {Flaw.LINE_WITHOUT_ROW}


def test_an_archive_older_than_its_database_goes_on_and_the_loss_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        three(archive, 1)
        archive.seal(1)
        shutil.copytree((tmp_path / "evidence"), tmp_path / "copy")
        archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
        archive.seal(2)
        shutil.rmtree(tmp_path / "evidence")
        (tmp_path / "copy").rename(tmp_path / "evidence")
        [again] = archive.keep(3, "suan", [a_capture(hours=48)], bodies(), ABOUT)
        archive.seal(3)
        assert archive.body(again) == PAGE
        assert [one.seq for one in archive.of_unit(3, "suan")] == [again.seq]
        found = {(one.flaw, one.subject) for one in verify(archive).findings}
        assert found == {(Flaw.LINES_MISSING, "5"), (Flaw.ROW_WITHOUT_LINE, "5")}


def test_a_lost_archive_is_begun_anew_behind_the_numbers_that_were_given(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        three(archive, 1)
        archive.seal(1)
        shutil.rmtree(tmp_path / "evidence")
        [kept] = archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
        assert kept.seq > 4
        assert archive.body(kept) == PAGE
        assert (Flaw.LINES_MISSING, "1") in [
            (one.flaw, one.subject) for one in verify(archive).findings
        ]


def test_a_check_waits_until_a_writer_has_lines_and_rows_together(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        three(archive, 1)
        with open(manifest_file(archive).with_suffix(".lock")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found: list[bool] = []
            check = threading.Thread(target=lambda: found.append(verify(archive).clean))
            check.start()
            check.join(0.3)
            assert found == []
            fcntl.flock(lock, fcntl.LOCK_UN)
            check.join(10)
        assert found == [True]


def test_a_check_of_a_copy_without_the_lock_file_works(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        three(archive, 1)
        manifest_file(archive).with_suffix(".lock").unlink()
        assert verify(archive).clean
        assert not manifest_file(archive).with_suffix(".lock").exists()
